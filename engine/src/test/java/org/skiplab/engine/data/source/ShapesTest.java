package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.graph.Shape;

class ShapesTest {
    private static long checksum(ImageSet set) {
        var crc = new CRC32();
        for (int i = 0; i < set.size(); i++) {
            crc.update(Published.image(set, i));
        }
        return crc.getValue();
    }

    /// Known values: what another machine, or a later release, has to draw as well.
    @ParameterizedTest
    @CsvSource({"0, 1112520372", "4, 2022997068", "10, 2024765097"})
    void noTwoMachinesDiffer(int difficulty, long expected) {
        DataSet data =
                Published.data("shapes#difficulty=" + difficulty + ",seed=3,train=200,test=10");
        assertThat(checksum(data.train())).isEqualTo(expected);
    }

    @Test
    void everyImageIsDifferentAndClassesAreEven() {
        DataSet data = Published.data("shapes#difficulty=0,seed=1,train=500,test=100");
        assertThat(data.shape()).isEqualTo(new Shape(32, 32, 3));
        assertThat(data.classNames()).hasSize(10).contains("half disc", "star");
        Set<Integer> hashes = new HashSet<>();
        int[] counts = new int[10];
        for (ImageSet set : new ImageSet[] {data.train(), data.test()}) {
            for (int i = 0; i < set.size(); i++) {
                hashes.add(Arrays.hashCode(Published.image(set, i)));
                counts[set.label(i)]++;
            }
        }
        assertThat(hashes).hasSize(600);
        assertThat(counts).containsOnly(60);
    }

    @Test
    void seedsAndDifficultiesDrawOtherImages() {
        Set<Long> sums = new HashSet<>();
        for (int difficulty = 0; difficulty <= 10; difficulty++) {
            for (int seed = 1; seed <= 3; seed++) {
                sums.add(
                        checksum(
                                Published.data(
                                                "shapes#difficulty=%d,seed=%d,train=20,test=10"
                                                        .formatted(difficulty, seed))
                                        .train()));
            }
        }
        assertThat(sums).hasSize(33);
    }

    /// Every figure fits its circle, touches most of its radius and is not another's twin.
    @ParameterizedTest
    @EnumSource(Figure.class)
    void figuresFillTheirCircle(Figure figure) {
        int inside = 0;
        int farthest = 0;
        for (int y = -400; y <= 400; y++) {
            for (int x = -400; x <= 400; x++) {
                if (figure.contains(x, y)) {
                    inside++;
                    farthest = Math.max(farthest, x * x + y * y);
                }
            }
        }
        assertThat(Math.sqrt(farthest)).isBetween(225.0, (double) Figure.REACH);
        assertThat(inside).isBetween(30_000, 175_000);
    }

    @Test
    void easyImagesShowOneFigureOfOneColourOnOneGround() {
        DataSet data = Published.data("shapes#difficulty=0,seed=2,train=50,test=10");
        for (int i = 0; i < 50; i++) {
            byte[] image = Published.image(data.train(), i);
            int ground = colour(image, 0);
            int grounds = 0;
            Set<Integer> colours = new HashSet<>();
            for (int p = 0; p < 1024; p++) {
                grounds += colour(image, p) == ground ? 1 : 0;
                colours.add(colour(image, p));
            }
            assertThat(grounds).isBetween(300, 950);
            // Ground, figure, and eight shades between them at the edge.
            assertThat(colours.size()).isBetween(2, 10);
        }
    }

    private static int colour(byte[] image, int pixel) {
        return (image[3 * pixel] & 0xFF) << 16
                | (image[3 * pixel + 1] & 0xFF) << 8
                | image[3 * pixel + 2] & 0xFF;
    }
}
