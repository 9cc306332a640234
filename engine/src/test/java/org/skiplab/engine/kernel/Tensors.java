package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;

/// Allocates a test's tensors, guards what lies around them, and frees them.
final class Tensors implements AutoCloseable {
    private static final double GUARD = 7.5;
    private static final int BEFORE = 3;
    private static final int BEHIND = 2;

    private final DataType type;
    private final List<TensorMemory> memories = new ArrayList<>();
    private final List<Tensor> guarded = new ArrayList<>();

    Tensors(DataType type) {
        this.type = type;
    }

    Tensor dense(long... shape) {
        return allocate(shape);
    }

    /// Some channels of a wider tensor whose other channels nobody may touch.
    Tensor pitched(long... shape) {
        long[] wide = shape.clone();
        int channels = Math.toIntExact(shape[shape.length - 1]);
        wide[shape.length - 1] = BEFORE + channels + BEHIND;
        Tensor whole = allocate(wide);
        for (long i = 0; i < whole.size(); i++) {
            whole.set(i, GUARD);
        }
        guarded.add(whole.channels(0, BEFORE));
        guarded.add(whole.channels(BEFORE + channels, whole.channels()));
        return whole.channels(BEFORE, BEFORE + channels);
    }

    Tensor dense(double[] values, long... shape) {
        Tensor t = dense(shape);
        t.set(values);
        return t;
    }

    /// Normally distributed numbers.
    Tensor normal(Random random, long... shape) {
        return spaced(random, 0, shape);
    }

    /// Normally distributed numbers in rows that have `gap` more numbers than channels.
    Tensor spaced(Random random, int gap, long... shape) {
        long[] wide = shape.clone();
        wide[wide.length - 1] += gap;
        Tensor all = allocate(wide);
        Tensor part = gap == 0 ? all : all.channels(0, Math.toIntExact(shape[shape.length - 1]));
        for (long i = 0; i < part.size(); i++) {
            part.set(i, random.nextGaussian());
        }
        return part;
    }

    void assertNothingElseWritten() {
        for (Tensor t : guarded) {
            assertThat(t.toDoubles()).as("numbers between the rows").containsOnly(GUARD);
        }
    }

    private Tensor allocate(long... shape) {
        long size = TensorMemory.aligned(type, Layer.size(shape));
        TensorMemory memory = new TensorMemory(type, size);
        memories.add(memory);
        return memory.at(0, shape);
    }

    /// Numbers in [-1, 1).
    static double[] random(long seed, int size) {
        return new Random(seed).doubles(size, -1, 1).toArray();
    }

    /// The Euclidean distance, relative to the length of what was expected.
    static double distance(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < actual.length; i++) {
            difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        return Math.sqrt(difference / norm);
    }

    /// @param tolerance relative to the largest expected number
    static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double allowed = tolerance * Math.max(largest, 1e-3);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
                fail("%s[%d] = %s, expected %s", what, i, actual[i], expected[i]);
            }
        }
    }

    @Override
    public void close() {
        memories.forEach(TensorMemory::close);
    }
}
