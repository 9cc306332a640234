package org.skiplab.engine.kernel;

import static org.skiplab.engine.kernel.TensorMemory.known;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What one sweep over tensors of one shape computes, number by number.
///
/// Each loop is a method of its own, so that it is hot there however seldom its kind is asked for:
/// the compiler inlines calls only where they are hot, and a vector that crosses a call goes to the
/// heap.
enum Elementwise {
    /// `out = fa`
    FILL,
    /// `out = fa·a`
    SCALE,
    /// `out = fa·a + fb·b`
    COMBINE,
    /// `out = max(fa·a + fb·b, 0)`
    COMBINE_RELU,
    /// `out = b > 0 ? a : 0`
    MASK,
    /// `out = a · b`
    MULTIPLY,
    /// `out = out + a · b`
    MULTIPLY_ADD;

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /// Of a register.
    private static final long BYTES = (long) L * Float.BYTES;

    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private static final MemorySegment ALL = TensorMemory.ALL;

    /// Computes `count` numbers that lie one behind the other.
    ///
    /// @param to address of the first that is written
    /// @param x address of the first `a`
    /// @param y address of the first `b`
    void line(long to, long x, long y, long count, float fa, float fb) {
        long whole = count / L * L * Float.BYTES;
        switch (this) {
            case FILL -> fill(to, whole, fa);
            case SCALE -> scale(to, x, whole, fa);
            case COMBINE -> combine(to, x, y, whole, fa, fb);
            case COMBINE_RELU -> combineRelu(to, x, y, whole, fa, fb);
            case MASK -> mask(to, x, y, whole);
            case MULTIPLY -> multiply(to, x, y, whole);
            case MULTIPLY_ADD -> multiplyAdd(to, x, y, whole);
        }
        for (long at = whole; at < count * Float.BYTES; at += Float.BYTES) {
            float u = get(x + at);
            float v = get(y + at);
            float result =
                    switch (this) {
                        case FILL -> fa;
                        case SCALE -> fa * u;
                        case COMBINE -> fa * u + fb * v;
                        case COMBINE_RELU -> Math.max(fa * u + fb * v, 0);
                        case MASK -> v > 0 ? u : 0;
                        case MULTIPLY -> u * v;
                        case MULTIPLY_ADD -> get(to + at) + u * v;
                    };
            ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, to + at, result);
        }
    }

    private static void fill(long to, long bytes, float fa) {
        FloatVector value = FloatVector.broadcast(S, fa);
        for (long k = 0; k < bytes; k += BYTES) {
            store(value, to + k);
        }
    }

    private static void scale(long to, long x, long bytes, float fa) {
        for (long k = 0; k < bytes; k += BYTES) {
            store(load(x + k).mul(fa), to + k);
        }
    }

    private static void combine(long to, long x, long y, long bytes, float fa, float fb) {
        for (long k = 0; k < bytes; k += BYTES) {
            store(load(x + k).mul(fa).add(load(y + k).mul(fb)), to + k);
        }
    }

    private static void combineRelu(long to, long x, long y, long bytes, float fa, float fb) {
        for (long k = 0; k < bytes; k += BYTES) {
            store(load(x + k).mul(fa).add(load(y + k).mul(fb)).max(0), to + k);
        }
    }

    private static void mask(long to, long x, long y, long bytes) {
        FloatVector zero = FloatVector.zero(S);
        for (long k = 0; k < bytes; k += BYTES) {
            VectorMask<Float> open = load(y + k).compare(VectorOperators.GT, 0);
            store(zero.blend(load(x + k), open), to + k);
        }
    }

    private static void multiply(long to, long x, long y, long bytes) {
        for (long k = 0; k < bytes; k += BYTES) {
            store(load(x + k).mul(load(y + k)), to + k);
        }
    }

    private static void multiplyAdd(long to, long x, long y, long bytes) {
        for (long k = 0; k < bytes; k += BYTES) {
            store(load(x + k).fma(load(y + k), load(to + k)), to + k);
        }
    }

    private static float get(long address) {
        return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
    }

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(S, ALL, known(address), NATIVE);
    }

    private static void store(FloatVector value, long address) {
        value.intoMemorySegment(ALL, known(address), NATIVE);
    }
}
