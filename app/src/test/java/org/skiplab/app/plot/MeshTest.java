package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import javafx.scene.image.PixelReader;
import javafx.scene.paint.Color;
import javafx.scene.transform.Affine;
import org.junit.jupiter.api.Test;

class MeshTest {

    private static final int[] PAPER = {0, 0, 200, 100};

    @Test
    void aLineCoversAsMuchAsItIsThick() {
        Mesh.Picture mesh = mesh(Outline.from(10, 20).line(90, 20).end(), 1, 2).orElseThrow();

        assertThat(mesh.whole()).isTrue();
        assertThat(column(mesh, 50)).isBetween(1.9, 2.1);
    }

    @Test
    void aCurveEndsWhereItShould() {
        Mesh.Picture mesh =
                mesh(Outline.from(20, 50).cubic(20, 10, 60, 10, 60, 50).end(), 2, 1).orElseThrow();

        assertThat(column(mesh, 41)).as("left end, twice as large").isGreaterThan(1);
        assertThat(mesh.x()).isBetween(30, 40);
        assertThat(mesh.y() + mesh.image().getHeight()).isBetween(100.0, 106.0);
    }

    @Test
    void whatIsTooLargeToKeepIsMadeAsFarAsItIsSeen() {
        Mesh.Picture mesh =
                mesh(Outline.from(0, 0).cubic(0, 50, 100, 50, 100, 0).line(0, 40).end(), 60, 1)
                        .orElseThrow();

        assertThat(mesh.whole()).isFalse();
        assertThat(mesh.image().getWidth()).isLessThanOrEqualTo(200);
        assertThat(mesh(Outline.from(900, 0).cubic(900, 90, 999, 90, 999, 0).end(), 60, 1))
                .isEmpty();
    }

    private static Optional<Mesh.Picture> mesh(Outline outline, double scale, double width) {
        return Mesh.of(outline, Affine.affine(scale, 0, 0, scale, 0, 0), width, Color.BLACK, PAPER);
    }

    /// How many pixels of a column are covered, in all.
    private static double column(Mesh.Picture mesh, int x) {
        PixelReader pixels = mesh.image().getPixelReader();
        double sum = 0;
        for (int y = 0; y < mesh.image().getHeight(); y++) {
            sum += pixels.getColor(x - mesh.x(), y).getOpacity();
        }
        return sum;
    }
}
