package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import javafx.scene.image.PixelReader;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

class ThinLineTest {

    private static final Cut PAPER = new Cut(0, 0, 200, 100);

    @Test
    void aPieceCoversItsLengthTimesItsThickness() {
        assertThat(covered(picture(new double[] {20, 50}, new double[] {10, 50}, 1, PAPER)))
                .as("steep, 50 long")
                .isCloseTo(1.5 * 50, within(0.5));
        assertThat(covered(picture(new double[] {20, 60}, new double[] {10, 40}, 1, PAPER)))
                .as("flat, 50 long")
                .isCloseTo(1.5 * 50, within(0.5));
        assertThat(covered(picture(new double[] {20, 60}, new double[] {10, 40}, 2, PAPER)))
                .as("on a screen of twice as many pixels")
                .isCloseTo(4 * 1.5 * 50, within(2.0));
    }

    @Test
    void overlappingPiecesCoverAPixelOnce() {
        ThinLine.Picture there =
                picture(new double[] {20, 20, 20}, new double[] {10, 50, 10}, 1, PAPER);

        assertThat(covered(there)).isCloseTo(40 + 2 * 0.5 * 40, within(0.5));
    }

    @Test
    void theLineIsWhereItShouldBe() {
        ThinLine.Picture picture =
                picture(new double[] {20.5, 20.5}, new double[] {10, 50}, 1, PAPER);

        assertThat(opacity(picture, 20, 30)).isEqualTo(1);
        assertThat(opacity(picture, 19, 30)).isCloseTo(0.25, within(0.01));
        assertThat(opacity(picture, 21, 30)).isCloseTo(0.25, within(0.01));
        assertThat(opacity(picture, 20, 52)).isZero();
    }

    @Test
    void nothingIsPaintedBeyondWhatIsSeen() {
        Cut half = new Cut(0, 20, 200, 40);
        ThinLine.Picture picture =
                picture(new double[] {-50, 300}, new double[] {-30, 90}, 1, half);

        assertThat(picture.y()).isEqualTo(20);
        assertThat(picture.x()).isZero();
        assertThat(picture.image().getWidth()).isEqualTo(200);
        assertThat(picture.image().getHeight()).isEqualTo(20);
        assertThat(
                        ThinLine.of(
                                new double[] {0, 9},
                                new double[] {50, 90},
                                2,
                                1,
                                1,
                                Color.RED,
                                half))
                .isEmpty();
    }

    private static ThinLine.Picture picture(double[] x, double[] y, double dots, Cut seen) {
        return ThinLine.of(x, y, x.length, dots, 1.5, Color.BLACK, seen).orElseThrow();
    }

    private static double opacity(ThinLine.Picture picture, int x, int y) {
        int column = x - picture.x();
        int row = y - picture.y();
        return row >= picture.image().getHeight()
                ? 0
                : picture.image().getPixelReader().getColor(column, row).getOpacity();
    }

    private static double covered(ThinLine.Picture picture) {
        PixelReader pixels = picture.image().getPixelReader();
        double sum = 0;
        for (int y = 0; y < picture.image().getHeight(); y++) {
            for (int x = 0; x < picture.image().getWidth(); x++) {
                sum += pixels.getColor(x, y).getOpacity();
            }
        }
        return sum;
    }
}
