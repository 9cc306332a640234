package org.skiplab.engine.data.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.Batch;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.PixelHistogram;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;

class LookTest {
    private static final Shape SHAPE = new Shape(1, 2, 1);

    private static ImageSet set(int... leftRightLabel) {
        var builder = new StoredImages.Builder(SHAPE, List.of("a", "b", "c"));
        for (int i = 0; i < leftRightLabel.length; i += 3) {
            byte[] image = {(byte) leftRightLabel[i], (byte) leftRightLabel[i + 1]};
            builder.add(image, 0, leftRightLabel[i + 2]);
        }
        return builder.build();
    }

    private static DataSet data(ImageSet train, ImageSet test) {
        return new DataSet("x", train, test, Normalisation.computed(train), "");
    }

    @Test
    void countsAndMeansAreThoseOfTheImages() throws InterruptedException {
        Survey survey = Survey.of(set(0, 255, 0, 1, 255, 0, 100, 200, 1));
        assertThat(List.of(survey.count(0), survey.count(1), survey.count(2)))
                .containsExactly(2, 1, 0);
        // 0.5 is rounded up.
        assertThat(survey.mean(0)).containsExactly(new int[] {1, 255});
        assertThat(survey.mean(1)).containsExactly(new int[] {100, 200});
        assertThat(survey.mean(2)).containsExactly(0, 0);
        assertThat(survey.member(1, 0)).isEqualTo(2);
        assertThat(survey.member(0, 1)).isEqualTo(1);
        // 101 / 3 and 710 / 3.
        assertThat(survey.mean()).containsExactly(new int[] {34, 237});
    }

    @Test
    void manyClassesOfLargeImagesDoNotFillTheMemory() throws InterruptedException {
        var names = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        var builder = new StoredImages.Builder(new Shape(512, 512, 3), names);
        builder.add(new byte[512 * 512 * 3], 0, 999);
        Survey survey = Survey.of(builder.build());
        assertThat(survey.hasClassMeans()).isFalse();
        assertThat(survey.count(999)).isOne();
        assertThat(survey.mean()).hasSize(512 * 512 * 3);
    }

    @Test
    void lookingCanBeCancelled() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Survey.of(set(1, 2, 0))).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theHistogramCountsEveryPixel() {
        PixelHistogram histogram = PixelHistogram.of(set(7, 7, 0, 255, 0, 1));
        assertThat(histogram.count(0, 7)).isEqualTo(2);
        assertThat(histogram.count(0, 255)).isEqualTo(1);
        assertThat(histogram.count(0, 0)).isEqualTo(1);
        assertThat(histogram.count(0, 8)).isZero();
    }

    @Test
    void twinsAcrossTheSetsAreFoundWithTheirLabels() throws InterruptedException {
        ImageSet train = set(1, 2, 0, 3, 4, 1, 1, 2, 0, 2, 1, 0);
        ImageSet test = set(9, 9, 0, 3, 4, 1, 1, 2, 2, 3, 4, 1);
        Overlap overlap = Overlap.of(data(train, test));
        assertThat(overlap.count()).isEqualTo(3);
        assertThat(overlap.twins())
                .containsExactly(
                        new Overlap.Twin(1, 1, true),
                        new Overlap.Twin(0, 2, false),
                        new Overlap.Twin(1, 3, true));
        assertThat(Overlap.of(data(train, set(8, 8, 0))).count()).isZero();
    }

    @Test
    void aPreviewIsWhatTheFeedGivesTheNetwork() throws InterruptedException {
        Shape shape = new Shape(6, 5, 3);
        var builder = new StoredImages.Builder(shape, List.of("a", "b"));
        for (int i = 0; i < 12; i++) {
            byte[] image = new byte[90];
            Seeds.stream(i).nextBytes(image);
            builder.add(image, 0, i % 2);
        }
        DataSet data = data(builder.build(), builder.build());
        var augmentation = new Augmentation(2, true, 3);
        var seeds = new Seeds(4);
        var preview = new Preview(data, augmentation, seeds);
        try (Feed feed =
                Feed.training(
                        data.train(),
                        data.normalisation(),
                        augmentation,
                        4,
                        seeds,
                        Feed.Position.START)) {
            for (int step = 0; step < 9; step++) {
                Batch batch = feed.take();
                float[] images = batch.images().toArray(ValueLayout.JAVA_FLOAT);
                for (int i = 0; i < 4; i++) {
                    int index = batch.indices()[i];
                    assertThat(preview.input(index, preview.draw(index, batch.epoch())))
                            .isEqualTo(Arrays.copyOfRange(images, 90 * i, 90 * (i + 1)));
                }
            }
        }
        byte[] original = new byte[90];
        data.train().copyImage(3, original, 0);
        var plain = new Preview(data, Augmentation.NONE, seeds);
        assertThat(plain.shown(plain.input(3, Augmentation.Draw.NONE))).isEqualTo(original);
    }
}
