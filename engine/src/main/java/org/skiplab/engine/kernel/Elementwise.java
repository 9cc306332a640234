package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
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
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    /// Computes `count` numbers of `to` from number `t` on, from those of `x` from `i` on and of
    /// `y` from `j` on.
    void line(
            MemorySegment to,
            long t,
            MemorySegment x,
            long i,
            MemorySegment y,
            long j,
            long count,
            float fa,
            float fb) {
        long whole = count / L * L;
        switch (this) {
            case FILL -> fill(to, t, whole, fa);
            case SCALE -> scale(to, t, x, i, whole, fa);
            case COMBINE -> combine(to, t, x, i, y, j, whole, fa, fb);
            case COMBINE_RELU -> combineRelu(to, t, x, i, y, j, whole, fa, fb);
            case MASK -> mask(to, t, x, i, y, j, whole);
            case MULTIPLY -> multiply(to, t, x, i, y, j, whole);
            case MULTIPLY_ADD -> multiplyAdd(to, t, x, i, y, j, whole);
        }
        for (long k = whole; k < count; k++) {
            float u = Operands.get(x, i + k);
            float v = Operands.get(y, j + k);
            Operands.set(
                    to,
                    t + k,
                    switch (this) {
                        case FILL -> fa;
                        case SCALE -> fa * u;
                        case COMBINE -> fa * u + fb * v;
                        case COMBINE_RELU -> Math.max(fa * u + fb * v, 0);
                        case MASK -> v > 0 ? u : 0;
                        case MULTIPLY -> u * v;
                        case MULTIPLY_ADD -> Operands.get(to, t + k) + u * v;
                    });
        }
    }

    private static void fill(MemorySegment to, long t, long count, float fa) {
        FloatVector value = FloatVector.broadcast(S, fa);
        for (long k = 0; k < count; k += L) {
            store(value, to, t + k);
        }
    }

    private static void scale(
            MemorySegment to, long t, MemorySegment x, long i, long count, float fa) {
        for (long k = 0; k < count; k += L) {
            store(load(x, i + k).mul(fa), to, t + k);
        }
    }

    private static void combine(
            MemorySegment to,
            long t,
            MemorySegment x,
            long i,
            MemorySegment y,
            long j,
            long count,
            float fa,
            float fb) {
        for (long k = 0; k < count; k += L) {
            store(load(x, i + k).mul(fa).add(load(y, j + k).mul(fb)), to, t + k);
        }
    }

    private static void combineRelu(
            MemorySegment to,
            long t,
            MemorySegment x,
            long i,
            MemorySegment y,
            long j,
            long count,
            float fa,
            float fb) {
        for (long k = 0; k < count; k += L) {
            store(load(x, i + k).mul(fa).add(load(y, j + k).mul(fb)).max(0), to, t + k);
        }
    }

    private static void mask(
            MemorySegment to,
            long t,
            MemorySegment x,
            long i,
            MemorySegment y,
            long j,
            long count) {
        FloatVector zero = FloatVector.zero(S);
        for (long k = 0; k < count; k += L) {
            VectorMask<Float> open = load(y, j + k).compare(VectorOperators.GT, 0);
            store(zero.blend(load(x, i + k), open), to, t + k);
        }
    }

    private static void multiply(
            MemorySegment to,
            long t,
            MemorySegment x,
            long i,
            MemorySegment y,
            long j,
            long count) {
        for (long k = 0; k < count; k += L) {
            store(load(x, i + k).mul(load(y, j + k)), to, t + k);
        }
    }

    private static void multiplyAdd(
            MemorySegment to,
            long t,
            MemorySegment x,
            long i,
            MemorySegment y,
            long j,
            long count) {
        for (long k = 0; k < count; k += L) {
            store(load(x, i + k).fma(load(y, j + k), load(to, t + k)), to, t + k);
        }
    }

    private static FloatVector load(MemorySegment memory, long index) {
        return FloatVector.fromMemorySegment(S, memory, 4 * index, NATIVE);
    }

    private static void store(FloatVector value, MemorySegment memory, long index) {
        value.intoMemorySegment(memory, 4 * index, NATIVE);
    }
}
