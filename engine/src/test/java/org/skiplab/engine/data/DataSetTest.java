package org.skiplab.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.graph.Shape;

class DataSetTest {
    private static final Shape SHAPE = new Shape(4, 3, 3);

    @Test
    void imagesComeBackAsTheyWereAddedAcrossChunks() {
        // 3 MB an image: one in a chunk of 4 MB.
        Shape large = new Shape(1024, 1024, 3);
        ImageSet set = Images.noise(3, large, 2, 5);
        ImageSet same = Images.noise(1, large, 2, 7);
        assertThat(Images.bytes(set, 2)).isEqualTo(Images.bytes(same, 0));
        assertThat(Images.bytes(set, 0)).isNotEqualTo(Images.bytes(set, 1));
        assertThat(set.label(1)).isEqualTo(1);
    }

    @Test
    void imagesBeyondTheHeapsShareLieInAFileAndComeBackTheSame() {
        // 5.6 MB in chunks of 4 MB: one in the heap, one in the file.
        Shape shape = new Shape(40, 50, 1);
        var all = Images.names(3);
        ImageSet heap = Images.in(new StoredImages.Builder(shape, all), 2800, i -> i % 3, 4);
        long room = 4 << 20;
        ImageSet spilled =
                Images.in(new StoredImages.Builder(shape, all, room), 2800, i -> i % 3, 4);
        ImageSet onlyFile = Images.in(new StoredImages.Builder(shape, all, 0), 2800, i -> i % 3, 4);
        for (int i = 0; i < 2800; i++) {
            assertThat(Images.bytes(spilled, i)).isEqualTo(Images.bytes(heap, i));
            assertThat(Images.bytes(onlyFile, i)).isEqualTo(Images.bytes(heap, i));
            assertThat(spilled.label(i)).isEqualTo(i % 3);
        }
    }

    @Test
    void severalSetsAreReadAsOne() {
        ImageSet a = Images.noise(3, SHAPE, 2, 1);
        ImageSet b = Images.noise(1, SHAPE, 2, 20);
        ImageSet c = Images.noise(4, SHAPE, 2, 30);
        ImageSet all = Concatenation.of(List.of(a, b, c));
        assertThat(all.size()).isEqualTo(8);
        int at = 0;
        for (ImageSet part : List.of(a, b, c)) {
            for (int i = 0; i < part.size(); i++, at++) {
                assertThat(Images.bytes(all, at)).isEqualTo(Images.bytes(part, i));
                assertThat(all.label(at)).isEqualTo(part.label(i));
            }
        }
        ImageSet other = Images.noise(1, new Shape(1, 1, 3), 2, 1);
        assertThatThrownBy(() -> Concatenation.of(List.of(a, other)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSplitTakesEveryImageOnceAndEveryClassInItsShare() {
        ImageSet set = Images.of(200, SHAPE, 3, i -> i < 100 ? 0 : i < 180 ? 1 : 2, 1);
        Selection.Split split = Selection.split(set, 0.25, 3);
        int[] train = ((Selection) split.train()).indices();
        int[] test = ((Selection) split.test()).indices();
        assertThat(IntStream.concat(IntStream.of(train), IntStream.of(test)).sorted().toArray())
                .isEqualTo(IntStream.range(0, 200).toArray());
        int[] counts = new int[3];
        for (int i = 0; i < split.test().size(); i++) {
            counts[split.test().label(i)]++;
        }
        assertThat(counts).containsExactly(25, 20, 5);
        assertThat(((Selection) Selection.split(set, 0.25, 3).test()).indices()).isEqualTo(test);
        assertThat(((Selection) Selection.split(set, 0.25, 4).test()).indices()).isNotEqualTo(test);
        Selection.Split smallest = Selection.split(Images.noise(2, SHAPE, 2, 1), 0.01, 1);
        assertThat(smallest.train().size()).isEqualTo(1);
        assertThat(smallest.test().size()).isEqualTo(1);
    }

    @Test
    void normalisationIsTheMeanAndDeviationOfEveryPixel() {
        ImageSet set = Images.noise(50, SHAPE, 3, 2);
        Normalisation measured = Normalisation.computed(set);
        for (int c = 0; c < 3; c++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 50; i++) {
                byte[] image = Images.bytes(set, i);
                for (int p = c; p < image.length; p += 3) {
                    double value = (image[p] & 0xFF) / 255.0;
                    sum += value;
                    squares += value * value;
                }
            }
            double mean = sum / 600;
            assertThat(measured.mean()[c]).isCloseTo((float) mean, within(1e-6f));
            assertThat(measured.std()[c])
                    .isCloseTo((float) Math.sqrt(squares / 600 - mean * mean), within(1e-6f));
        }
    }

    @Test
    void aConstantChannelKeepsItsScale() {
        var builder = new StoredImages.Builder(new Shape(2, 2, 1), List.of("only"));
        builder.add(new byte[] {51, 51, 51, 51}, 0, 0);
        assertThat(Normalisation.computed(builder.build()))
                .isEqualTo(new Normalisation(new float[] {0.2f}, new float[] {1}));
    }

    @Test
    void normalisationCannotBeChangedFromOutside() {
        float[] mean = {0.5f};
        var normalisation = new Normalisation(mean, new float[] {1});
        mean[0] = 9;
        normalisation.mean()[0] = 9;
        assertThat(normalisation.mean()[0]).isEqualTo(0.5f);
        assertThatThrownBy(() -> new Normalisation(new float[] {0}, new float[] {0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 99, 100, 101, 999, 1000, 5000})
    void aLimitTakesEveryClassInItsShare(int limit) {
        // 50 %, 30 %, 20 %, sorted by class.
        ImageSet set = Images.of(1000, SHAPE, 3, i -> i < 500 ? 0 : i < 800 ? 1 : 2, 1);
        ImageSet limited = Selection.stratified(set, limit);
        int size = Math.min(limit, 1000);
        assertThat(limited.size()).isEqualTo(size);
        double[] shares = {0.5, 0.3, 0.2};
        for (int c = 0; c < 3; c++) {
            int label = c;
            long count = IntStream.range(0, size).filter(i -> limited.label(i) == label).count();
            assertThat(Math.abs(count - shares[c] * size)).isLessThan(1);
        }
    }

    @Test
    void limitingADataSetKeepsItsNormalisation() {
        ImageSet train = Images.noise(100, SHAPE, 4, 1);
        ImageSet test = Images.noise(20, SHAPE, 4, 200);
        var data = new DataSet("noise", train, test, Normalisation.computed(train), "");
        DataSet limited = data.limited(40);
        assertThat(limited.train().size()).isEqualTo(40);
        assertThat(limited.test().size()).isEqualTo(20);
        assertThat(limited.normalisation()).isEqualTo(data.normalisation());
        var selection = (Selection) limited.train();
        assertThat(selection.indices()).isSorted().doesNotHaveDuplicates();
        assertThat(Images.bytes(selection, 5))
                .isEqualTo(Images.bytes(train, selection.indices()[5]));
    }

    @Test
    void setsThatDoNotBelongTogetherAreRefused() {
        ImageSet train = Images.noise(10, SHAPE, 4, 1);
        ImageSet other = Images.noise(10, new Shape(3, 4, 3), 4, 1);
        ImageSet fewer = Images.noise(10, SHAPE, 3, 1);
        Normalisation none = Normalisation.none(3);
        assertThatThrownBy(() -> new DataSet("x", train, other, none, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataSet("x", train, fewer, none, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
