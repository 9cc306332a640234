package org.skiplab.engine.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Seeds.Purpose;

/// An endless sequence of mini-batches, made ahead of their use on a thread of the feed's own.
///
/// What comes out depends on the arguments only, never on timing: the order of an epoch on the seed
/// and the epoch, an image's augmentation on the seed, the epoch and the image's index. So a feed
/// that starts at a [Position] goes on exactly where another stopped, also with another batch size
/// or augmentation.
///
/// One thread takes and closes. The feed holds three batches of native memory until it is closed.
public final class Feed implements AutoCloseable {
    /// Bytes; batches begin at a multiple of it.
    private static final int CACHE_LINE = 64;

    /// Batches that can be ready before they are asked for.
    public static final int AHEAD = 2;

    /// Batches in memory: one more is with the taker.
    public static final int SLOTS = AHEAD + 1;

    /// A place in the sequence.
    ///
    /// @param epoch number of the pass over the set, from 0
    /// @param offset images of that pass that went before
    public record Position(int epoch, int offset) {
        public static final Position START = new Position(0, 0);

        /// @throws IllegalArgumentException if a number is negative
        public Position {
            if (epoch < 0 || offset < 0) {
                throw new IllegalArgumentException("epoch " + epoch + ", offset " + offset);
            }
        }
    }

    private enum Order {
        SHUFFLED,
        NATURAL
    }

    private record Slot(MemorySegment images, int[] labels, int[] indices) {}

    private sealed interface Made {
        record Full(Slot slot, Batch batch) implements Made {}

        record Broken(Throwable cause) implements Made {}
    }

    private final ImageSet set;
    private final Preparation preparation;
    private final Order order;
    private final Seeds seeds;
    private final int batchSize;
    private final Arena arena = Arena.ofShared();
    private final BlockingQueue<Slot> free = new ArrayBlockingQueue<>(SLOTS);
    private final BlockingQueue<Made> made = new ArrayBlockingQueue<>(SLOTS + 1);
    private final Thread producer;
    private @Nullable Slot taken;
    private boolean closed;

    private Feed(
            ImageSet set,
            Preparation preparation,
            Order order,
            Seeds seeds,
            int batchSize,
            Position from) {
        this.set = set;
        this.preparation = preparation;
        this.order = order;
        this.seeds = seeds;
        this.batchSize = batchSize;
        long bytes = batchSize * set.shape().size() * Float.BYTES;
        for (int i = 0; i < SLOTS; i++) {
            free.add(
                    new Slot(
                            arena.allocate(bytes, CACHE_LINE),
                            new int[batchSize],
                            new int[batchSize]));
        }
        producer = Thread.ofPlatform().name("skiplab-feed").daemon().unstarted(() -> run(from));
        producer.start();
    }

    /// Shuffled and augmented. Every batch is full: the images left over at the end of an epoch are
    /// dropped (each epoch drops others).
    ///
    /// @throws IllegalArgumentException if a batch is larger than the set or empty
    public static Feed training(
            ImageSet set,
            Normalisation normalisation,
            Augmentation augmentation,
            int batchSize,
            Seeds seeds,
            Position from) {
        if (batchSize > set.size()) {
            throw new IllegalArgumentException(
                    "a batch of " + batchSize + " is larger than the " + set.size() + " images");
        }
        checkPositive(batchSize);
        var preparation = new Preparation(set.shape(), normalisation, augmentation);
        return new Feed(set, preparation, Order.SHUFFLED, seeds, batchSize, from);
    }

    /// In the set's order, unchanged but for normalisation, every image: the last batch of a pass
    /// is filled up with zeros, its `count` says how many are real.
    ///
    /// @throws IllegalArgumentException if a batch is empty
    public static Feed evaluation(ImageSet set, Normalisation normalisation, int batchSize) {
        checkPositive(batchSize);
        var preparation = new Preparation(set.shape(), normalisation, Augmentation.NONE);
        return new Feed(set, preparation, Order.NATURAL, new Seeds(0), batchSize, Position.START);
    }

    private static void checkPositive(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch needs at least 1 image: " + batchSize);
        }
    }

    public int batchSize() {
        return batchSize;
    }

    /// Batches of an epoch that starts at offset 0.
    public int batchesPerEpoch() {
        return switch (order) {
            case SHUFFLED -> set.size() / batchSize;
            case NATURAL -> Math.ceilDiv(set.size(), batchSize);
        };
    }

    /// The next batch; waits if it is not ready. The batch taken before becomes invalid.
    ///
    /// @throws IllegalStateException if the feed is closed, or its images can no longer be read
    public Batch take() throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the feed is closed");
        }
        if (taken != null) {
            free.add(taken);
            taken = null;
        }
        Made next = made.take();
        return switch (next) {
            case Made.Full(Slot slot, Batch batch) -> {
                taken = slot;
                yield batch;
            }
            case Made.Broken(Throwable cause) -> {
                made.add(next);
                throw new IllegalStateException("the images can no longer be read", cause);
            }
        };
    }

    /// Stops the thread and frees the batches' memory.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        producer.interrupt();
        boolean interrupted = false;
        while (producer.isAlive()) {
            try {
                producer.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        arena.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Position from) {
        try {
            int offset = from.offset();
            for (int epoch = from.epoch(); ; epoch++) {
                produce(epoch, offset);
                offset = 0;
            }
        } catch (InterruptedException _) {
            // The feed is being closed.
        } catch (RuntimeException | Error e) {
            made.add(new Made.Broken(e));
        }
    }

    private void produce(int epoch, int offset) throws InterruptedException {
        int[] sequence = sequence(epoch);
        byte[] bytes = new byte[Math.toIntExact(set.shape().size())];
        float[] floats = new float[bytes.length];
        int last = order == Order.SHUFFLED ? sequence.length - batchSize : sequence.length - 1;
        for (int start = offset; start <= last; start += batchSize) {
            Slot slot = free.take();
            int count = Math.min(batchSize, sequence.length - start);
            for (int i = 0; i < count; i++) {
                int index = sequence[start + i];
                set.copyImage(index, bytes, 0);
                preparation.prepare(bytes, draw(epoch, index), floats);
                slot.labels[i] = set.label(index);
                slot.indices[i] = index;
                MemorySegment.copy(
                        floats,
                        0,
                        slot.images,
                        ValueLayout.JAVA_FLOAT,
                        (long) i * floats.length * Float.BYTES,
                        floats.length);
            }
            if (count < batchSize) {
                slot.images.asSlice((long) count * floats.length * Float.BYTES).fill((byte) 0);
                Arrays.fill(slot.labels, count, batchSize, 0);
                Arrays.fill(slot.indices, count, batchSize, -1);
            }
            var position = new Position(epoch, start);
            made.add(
                    new Made.Full(
                            slot,
                            new Batch(slot.images, slot.labels, slot.indices, count, position)));
        }
    }

    private Augmentation.Draw draw(int epoch, int index) {
        return switch (order) {
            case SHUFFLED -> preparation.augmentation().draw(seeds, epoch, index, set.shape());
            case NATURAL -> Augmentation.Draw.NONE;
        };
    }

    private int[] sequence(int epoch) {
        int[] sequence = new int[set.size()];
        Arrays.setAll(sequence, i -> i);
        if (order == Order.SHUFFLED) {
            Selection.shuffle(sequence, Seeds.stream(seeds.of(Purpose.SHUFFLE, epoch)));
        }
        return sequence;
    }
}
