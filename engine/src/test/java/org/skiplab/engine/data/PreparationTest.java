package org.skiplab.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;

class PreparationTest {
    private static final Normalisation NORMALISATION =
            new Normalisation(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.2f, 0.25f, 0.5f});

    /// The definition, pixel by pixel: pad, crop, mirror, cut.
    private static float expected(
            byte[] image,
            Shape shape,
            Augmentation a,
            Augmentation.Draw draw,
            int y,
            int x,
            int c) {
        int cutTop = draw.cutY() - a.cutout() / 2;
        int cutLeft = draw.cutX() - a.cutout() / 2;
        if (y >= cutTop && y < cutTop + a.cutout() && x >= cutLeft && x < cutLeft + a.cutout()) {
            return 0;
        }
        int cropX = draw.flip() ? shape.width() - 1 - x : x;
        int sourceY = y + draw.dy();
        int sourceX = cropX + draw.dx();
        if (a.border() == Augmentation.Border.REFLECTION) {
            sourceY = reflected(sourceY, shape.height());
            sourceX = reflected(sourceX, shape.width());
        }
        if (sourceY < 0 || sourceX < 0 || sourceY >= shape.height() || sourceX >= shape.width()) {
            return 0;
        }
        int at = (sourceY * shape.width() + sourceX) * shape.channels() + c;
        double value = (image[at] & 0xFF) / 255.0;
        return (float) ((value - NORMALISATION.mean()[c]) / NORMALISATION.std()[c]);
    }

    /// To and fro between the first and the last pixel until the way is used up.
    private static int reflected(int at, int extent) {
        while (at < 0 || at >= extent) {
            at = at < 0 ? -at : 2 * (extent - 1) - at;
        }
        return at;
    }

    @ParameterizedTest
    @CsvSource({
        "0,false,0,MEAN",
        "4,false,0,MEAN",
        "0,true,0,MEAN",
        "0,false,5,MEAN",
        "4,true,6,MEAN",
        "20,true,3,MEAN",
        "4,false,0,REFLECTION",
        "4,true,6,REFLECTION",
        "20,true,3,REFLECTION"
    })
    void everyPixelIsWhatTheDefinitionSays(
            int pad, boolean flip, int cutout, Augmentation.Border border) {
        Shape shape = new Shape(9, 7, 3);
        var augmentation = new Augmentation(pad, flip, cutout, border);
        var preparation = new Preparation(shape, NORMALISATION, augmentation);
        RandomGenerator random = Seeds.stream(pad + cutout);
        byte[] image = new byte[(int) shape.size()];
        float[] target = new float[image.length];
        for (int trial = 0; trial < 200; trial++) {
            random.nextBytes(image);
            Augmentation.Draw draw = augmentation.draw(new Seeds(1), 0, trial, shape);
            Arrays.fill(target, Float.NaN);
            preparation.prepare(image, draw, target);
            for (int y = 0, t = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    for (int c = 0; c < 3; c++, t++) {
                        assertThat(target[t])
                                .isEqualTo(expected(image, shape, augmentation, draw, y, x, c));
                    }
                }
            }
        }
    }

    @Test
    void imagesOfOneChannelTakeTheSamePath() {
        Shape shape = new Shape(6, 5, 1);
        var normalisation = new Normalisation(new float[] {0.5f}, new float[] {0.25f});
        var preparation = new Preparation(shape, normalisation, new Augmentation(3, true, 0));
        byte[] image = new byte[30];
        Seeds.stream(2).nextBytes(image);
        float[] target = new float[30];
        var draw = new Augmentation.Draw(1, -2, true, 0, 0);
        preparation.prepare(image, draw, target);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 5; x++) {
                int sourceX = 4 - x - 2;
                boolean inside = y + 1 < 6 && sourceX >= 0;
                int value = inside ? image[(y + 1) * 5 + sourceX] & 0xFF : 0;
                assertThat(target[y * 5 + x])
                        .isEqualTo(inside ? (float) ((value / 255.0 - 0.5) / 0.25) : 0);
            }
        }
    }

    /// `numpy.pad([10, 20, 30], 2, "reflect")` is `[30, 20, 10, 20, 30, 20, 10]`.
    @Test
    void reflectionsDoNotRepeatTheEdge() {
        Shape shape = new Shape(1, 3, 1);
        var normalisation = new Normalisation(new float[] {0}, new float[] {1});
        var preparation = new Preparation(shape, normalisation, Augmentation.REFLECTED);
        byte[] image = {10, 20, 30};
        float[] target = new float[3];
        preparation.prepare(image, new Augmentation.Draw(0, -2, false, 0, 0), target);
        assertThat(target).containsExactly(30 / 255f, 20 / 255f, 10 / 255f);
        preparation.prepare(image, new Augmentation.Draw(3, 2, false, 0, 0), target);
        assertThat(target).containsExactly(30 / 255f, 20 / 255f, 10 / 255f);
    }

    @Test
    void drawsCoverTheirRangesEvenly() {
        Shape shape = new Shape(8, 8, 3);
        var augmentation = new Augmentation(2, true, 3);
        int[] shifts = new int[5];
        Set<Integer> rows = new HashSet<>();
        int flips = 0;
        for (int i = 0; i < 5000; i++) {
            Augmentation.Draw draw = augmentation.draw(new Seeds(5), i / 100, i % 100, shape);
            shifts[draw.dy() + 2]++;
            flips += draw.flip() ? 1 : 0;
            rows.add(draw.cutY());
        }
        for (int count : shifts) {
            assertThat(count).isCloseTo(1000, within(150));
        }
        assertThat(flips).isCloseTo(2500, within(200));
        assertThat(rows).hasSize(8);
        assertThat(Augmentation.NONE.draw(new Seeds(1), 0, 9, shape).flip()).isFalse();
    }
}
