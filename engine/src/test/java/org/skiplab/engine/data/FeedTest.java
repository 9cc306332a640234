package org.skiplab.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.data.Feed.Position;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;

class FeedTest {
    private static final Shape SHAPE = new Shape(5, 4, 3);
    private static final Augmentation ALL = new Augmentation(2, true, 2);

    private final ImageSet set = Images.noise(23, SHAPE, 4, 1);
    private final Normalisation normalisation = Normalisation.computed(set);

    private record Copy(float[] images, int[] labels, int[] indices, int count, Position at) {
        static Copy of(Batch batch) {
            return new Copy(
                    batch.images().toArray(ValueLayout.JAVA_FLOAT),
                    batch.labels().clone(),
                    batch.indices().clone(),
                    batch.count(),
                    batch.position());
        }

        boolean same(Copy other) {
            return Arrays.equals(images, other.images)
                    && Arrays.equals(labels, other.labels)
                    && Arrays.equals(indices, other.indices)
                    && at.equals(other.at);
        }
    }

    private Feed training(int batch, long seed, Position from) {
        return Feed.training(set, normalisation, ALL, batch, new Seeds(seed), from);
    }

    private static List<Copy> take(Feed feed, int batches) throws InterruptedException {
        List<Copy> taken = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            taken.add(Copy.of(feed.take()));
        }
        return taken;
    }

    @Test
    void anEpochShowsEveryImageAtMostOnceAndDropsTheRest() throws InterruptedException {
        try (Feed feed = training(5, 7, Position.START)) {
            assertThat(feed.batchesPerEpoch()).isEqualTo(4);
            Set<List<Integer>> orders = new HashSet<>();
            Set<Integer> everSeen = new HashSet<>();
            for (int epoch = 0; epoch < 20; epoch++) {
                List<Integer> seen = new ArrayList<>();
                for (int b = 0; b < 4; b++) {
                    Batch batch = feed.take();
                    assertThat(batch.position()).isEqualTo(new Position(epoch, 5 * b));
                    assertThat(batch.count()).isEqualTo(5);
                    for (int i = 0; i < 5; i++) {
                        seen.add(batch.indices()[i]);
                        assertThat(batch.labels()[i]).isEqualTo(set.label(batch.indices()[i]));
                    }
                }
                assertThat(seen).doesNotHaveDuplicates().hasSize(20);
                orders.add(seen);
                everSeen.addAll(seen);
            }
            assertThat(orders).hasSize(20);
            assertThat(everSeen).hasSize(23);
        }
    }

    @Test
    void theSameSeedGivesTheSameBatchesWhateverTheTiming() throws Exception {
        RandomGenerator random = Seeds.stream(3);
        try (Feed fast = training(4, 11, Position.START);
                Feed slow = training(4, 11, Position.START);
                Feed other = training(4, 12, Position.START)) {
            int differences = 0;
            for (int i = 0; i < 40; i++) {
                Copy a = Copy.of(fast.take());
                if (random.nextInt(8) == 0) {
                    Thread.sleep(2);
                }
                assertThat(a.same(Copy.of(slow.take()))).isTrue();
                differences += a.same(Copy.of(other.take())) ? 0 : 1;
            }
            assertThat(differences).isEqualTo(40);
        }
    }

    @Test
    void aFeedGoesOnWhereAnotherStoppedAlsoWithAnotherBatchSize() throws InterruptedException {
        List<Copy> whole;
        try (Feed feed = training(2, 5, Position.START)) {
            whole = take(feed, 22);
        }
        try (Feed feed = training(2, 5, new Position(0, 6))) {
            List<Copy> rest = take(feed, 19);
            for (int i = 0; i < rest.size(); i++) {
                assertThat(rest.get(i).same(whole.get(i + 3))).isTrue();
            }
        }
        try (Feed feed = training(4, 5, new Position(0, 6))) {
            Copy larger = Copy.of(feed.take());
            int numbers = larger.images.length / 2;
            assertThat(Arrays.copyOf(larger.images, numbers)).isEqualTo(whole.get(3).images);
            assertThat(Arrays.copyOfRange(larger.images, numbers, 2 * numbers))
                    .isEqualTo(whole.get(4).images);
            assertThat(feed.take().position()).isEqualTo(new Position(0, 10));
        }
        try (Feed feed = training(4, 5, new Position(0, 21))) {
            assertThat(feed.take().position()).isEqualTo(new Position(1, 0));
        }
    }

    @Test
    void evaluationKeepsOrderAndEveryImageAndFillsTheLastBatchWithZeros()
            throws InterruptedException {
        try (Feed feed = Feed.evaluation(set, normalisation, 10)) {
            assertThat(feed.batchesPerEpoch()).isEqualTo(3);
            var plain = new Preparation(SHAPE, normalisation, Augmentation.NONE);
            float[] expected = new float[(int) SHAPE.size()];
            for (int epoch = 0; epoch < 2; epoch++) {
                for (int b = 0; b < 3; b++) {
                    Batch batch = feed.take();
                    assertThat(batch.position()).isEqualTo(new Position(epoch, 10 * b));
                    assertThat(batch.count()).isEqualTo(b == 2 ? 3 : 10);
                    assertThat(batch.size()).isEqualTo(10);
                    float[] images = batch.images().toArray(ValueLayout.JAVA_FLOAT);
                    for (int i = 0; i < 10; i++) {
                        boolean real = i < batch.count();
                        int index = 10 * b + i;
                        assertThat(batch.indices()[i]).isEqualTo(real ? index : -1);
                        assertThat(batch.labels()[i]).isEqualTo(real ? set.label(index) : 0);
                        Arrays.fill(expected, 0);
                        if (real) {
                            byte[] image = Images.bytes(set, index);
                            plain.prepare(image, Augmentation.Draw.NONE, expected);
                        }
                        int from = i * expected.length;
                        assertThat(Arrays.copyOfRange(images, from, from + expected.length))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void buffersAreAlignedReusedAndFreed() throws InterruptedException {
        MemorySegment images;
        try (Feed feed = training(3, 1, Position.START)) {
            Set<Long> addresses = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                Batch batch = feed.take();
                assertThat(batch.images().address() % 64).isZero();
                assertThat(batch.images().byteSize()).isEqualTo(3 * SHAPE.size() * 4);
                addresses.add(batch.images().address());
            }
            assertThat(addresses).hasSizeLessThanOrEqualTo(3);
            images = feed.take().images();
            assertThat(images.scope().isAlive()).isTrue();
        }
        assertThat(images.scope().isAlive()).isFalse();
    }

    @Test
    void aClosedFeedSaysSoAndItsThreadEnds() {
        Feed feed = training(3, 1, Position.START);
        feed.close();
        feed.close();
        assertThatThrownBy(feed::take)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void imagesThatFailReachTheTakerEveryTime() throws InterruptedException {
        ImageSet broken =
                new ImageSet() {
                    @Override
                    public int size() {
                        return set.size();
                    }

                    @Override
                    public Shape shape() {
                        return set.shape();
                    }

                    @Override
                    public List<String> classNames() {
                        return set.classNames();
                    }

                    @Override
                    public int label(int index) {
                        return set.label(index);
                    }

                    @Override
                    public void copyImage(int index, byte[] target, int offset) {
                        if (index == 8) {
                            throw new IllegalStateException("gone");
                        }
                        set.copyImage(index, target, offset);
                    }
                };
        try (Feed feed = Feed.evaluation(broken, normalisation, 4)) {
            feed.take();
            feed.take();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(feed::take)
                        .isInstanceOf(IllegalStateException.class)
                        .hasRootCauseMessage("gone");
            }
        }
    }

    @Test
    void batchesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> training(24, 1, Position.START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a batch of 24 is larger than the 23 images");
        assertThatThrownBy(() -> training(0, 1, Position.START))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Feed.training(
                                set, Normalisation.none(1), ALL, 2, new Seeds(1), Position.START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 channels");
    }

    @Test
    void shuffledOrdersAreUniform() throws InterruptedException {
        ImageSet four = Images.noise(4, new Shape(1, 1, 1), 2, 1);
        int[][] counts = new int[4][4];
        int epochs = 4000;
        try (Feed feed =
                Feed.training(
                        four,
                        Normalisation.none(1),
                        Augmentation.NONE,
                        4,
                        new Seeds(2),
                        Position.START)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                int[] order = feed.take().indices();
                IntStream.range(0, 4).forEach(i -> counts[i][order[i]]++);
            }
        }
        // 1,000 expected, binomial standard deviation 27.
        assertThat(Arrays.stream(counts).flatMapToInt(Arrays::stream))
                .allSatisfy(count -> assertThat(count).isBetween(860, 1140));
    }
}
