package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The transforms of Winograd's minimal filtering F(4×4, 3×3) (Lavin and Gray, 1509.09308) with the
/// points 0, ±1, ±2 and ∞, for one tile or one pair of channels, many channels at a time.
///
/// A tile of 4×4 outputs needs 6×6 inputs: `Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`, 36 products in place
/// of 144. All addresses are absolute; scratch arrays belong to the calling thread.
final class Winograd {

    static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    static final int L = S.length();

    /// Outputs of a tile along one axis.
    static final int TILE = 4;

    /// Inputs of a tile along one axis.
    static final int PATCH = 6;

    /// Products of a tile: the planes of every transformed tensor.
    static final int PLANES = PATCH * PATCH;

    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private static final MemorySegment ALL = TensorMemory.ALL;

    private Winograd() {}

    /// Channels in whole registers: how wide the rows of transformed tensors are.
    static int padded(int channels) {
        return (channels + L - 1) / L * L;
    }

    private static FloatVector load(long address, VectorMask<Float> mask) {
        return FloatVector.fromMemorySegment(S, ALL, address, NATIVE, mask);
    }

    private static void store(FloatVector v, long address, VectorMask<Float> mask) {
        v.intoMemorySegment(ALL, address, NATIVE, mask);
    }

    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(S, ALL, address, NATIVE);
    }

    private static void store(FloatVector v, long address) {
        v.intoMemorySegment(ALL, address, NATIVE);
    }

    /// `Bᵀ d B`.
    ///
    /// @param from addresses of the patch's 36 positions, row by row
    /// @param to address of the tile in the first plane
    static void input(long[] from, int channels, long to, long plane, float[] t) {
        inputColumns(from, channels, t);
        inputRows(t, channels, to, plane);
    }

    // Each half is as much as the compiler takes in at a time: more, and its vectors live on the
    // heap.

    private static void inputColumns(long[] from, int channels, float[] t) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            long at = (long) c * Float.BYTES;
            for (int j = 0; j < PATCH; j++) {
                FloatVector d0 = load(from[j] + at, mask);
                FloatVector d1 = load(from[PATCH + j] + at, mask);
                FloatVector d2 = load(from[2 * PATCH + j] + at, mask);
                FloatVector d3 = load(from[3 * PATCH + j] + at, mask);
                FloatVector d4 = load(from[4 * PATCH + j] + at, mask);
                FloatVector d5 = load(from[5 * PATCH + j] + at, mask);
                FloatVector a = d2.mul(-4f).add(d4);
                FloatVector b = d1.mul(-4f).add(d3);
                FloatVector e = d4.sub(d2);
                FloatVector f = d3.sub(d1).mul(2f);
                int k = c * PLANES + j * L;
                d0.mul(4f).add(d2.mul(-5f)).add(d4).intoArray(t, k);
                a.add(b).intoArray(t, k + PATCH * L);
                a.sub(b).intoArray(t, k + 2 * PATCH * L);
                e.add(f).intoArray(t, k + 3 * PATCH * L);
                e.sub(f).intoArray(t, k + 4 * PATCH * L);
                d1.mul(4f).add(d3.mul(-5f)).add(d5).intoArray(t, k + 5 * PATCH * L);
            }
        }
    }

    private static void inputRows(float[] t, int channels, long to, long plane) {
        for (int c = 0; c < channels; c += L) {
            long out = to + (long) c * Float.BYTES;
            for (int i = 0; i < PATCH; i++) {
                int k = c * PLANES + i * PATCH * L;
                FloatVector d0 = FloatVector.fromArray(S, t, k);
                FloatVector d1 = FloatVector.fromArray(S, t, k + L);
                FloatVector d2 = FloatVector.fromArray(S, t, k + 2 * L);
                FloatVector d3 = FloatVector.fromArray(S, t, k + 3 * L);
                FloatVector d4 = FloatVector.fromArray(S, t, k + 4 * L);
                FloatVector d5 = FloatVector.fromArray(S, t, k + 5 * L);
                FloatVector a = d2.mul(-4f).add(d4);
                FloatVector b = d1.mul(-4f).add(d3);
                FloatVector e = d4.sub(d2);
                FloatVector f = d3.sub(d1).mul(2f);
                store(d0.mul(4f).add(d2.mul(-5f)).add(d4), out);
                store(a.add(b), out + plane);
                store(a.sub(b), out + 2 * plane);
                store(e.add(f), out + 3 * plane);
                store(e.sub(f), out + 4 * plane);
                store(d1.mul(4f).add(d3.mul(-5f)).add(d5), out + 5 * plane);
                out += PATCH * plane;
            }
        }
    }

    /// `Aᵀ m A`, written or added.
    ///
    /// @param from address of the tile in the first plane
    /// @param to addresses of the tile's 16 positions, row by row
    static void output(
            long from, long plane, int channels, long[] to, boolean accumulate, float[] t) {
        outputColumns(from, plane, channels, t);
        if (accumulate) {
            addRows(t, channels, to);
        } else {
            outputRows(t, channels, to);
        }
    }

    private static void outputColumns(long from, long plane, int channels, float[] t) {
        for (int c = 0; c < channels; c += L) {
            long in = from + (long) c * Float.BYTES;
            for (int j = 0; j < PATCH; j++) {
                FloatVector m0 = load(in);
                FloatVector m1 = load(in + PATCH * plane);
                FloatVector m2 = load(in + 2 * PATCH * plane);
                FloatVector m3 = load(in + 3 * PATCH * plane);
                FloatVector m4 = load(in + 4 * PATCH * plane);
                FloatVector m5 = load(in + 5 * PATCH * plane);
                FloatVector s1 = m1.add(m2);
                FloatVector s2 = m1.sub(m2);
                FloatVector s3 = m3.add(m4);
                FloatVector s4 = m3.sub(m4);
                int k = c * TILE * PATCH + j * L;
                m0.add(s1).add(s3).intoArray(t, k);
                s4.mul(2f).add(s2).intoArray(t, k + PATCH * L);
                s3.mul(4f).add(s1).intoArray(t, k + 2 * PATCH * L);
                s4.mul(8f).add(s2).add(m5).intoArray(t, k + 3 * PATCH * L);
                in += plane;
            }
        }
    }

    private static void outputRows(float[] t, int channels, long[] to) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            long at = (long) c * Float.BYTES;
            for (int i = 0; i < TILE; i++) {
                int k = (c * TILE + i * L) * PATCH;
                FloatVector m0 = FloatVector.fromArray(S, t, k);
                FloatVector m1 = FloatVector.fromArray(S, t, k + L);
                FloatVector m2 = FloatVector.fromArray(S, t, k + 2 * L);
                FloatVector m3 = FloatVector.fromArray(S, t, k + 3 * L);
                FloatVector m4 = FloatVector.fromArray(S, t, k + 4 * L);
                FloatVector m5 = FloatVector.fromArray(S, t, k + 5 * L);
                FloatVector s1 = m1.add(m2);
                FloatVector s2 = m1.sub(m2);
                FloatVector s3 = m3.add(m4);
                FloatVector s4 = m3.sub(m4);
                long a0 = to[i * TILE] + at;
                long a1 = to[i * TILE + 1] + at;
                long a2 = to[i * TILE + 2] + at;
                long a3 = to[i * TILE + 3] + at;
                store(m0.add(s1).add(s3), a0, mask);
                store(s4.mul(2f).add(s2), a1, mask);
                store(s3.mul(4f).add(s1), a2, mask);
                store(s4.mul(8f).add(s2).add(m5), a3, mask);
            }
        }
    }

    /// [#outputRows] onto what is there; apart, since a shared loop puts vectors into objects.
    private static void addRows(float[] t, int channels, long[] to) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            long at = (long) c * Float.BYTES;
            for (int i = 0; i < TILE; i++) {
                int k = (c * TILE + i * L) * PATCH;
                FloatVector m0 = FloatVector.fromArray(S, t, k);
                FloatVector m1 = FloatVector.fromArray(S, t, k + L);
                FloatVector m2 = FloatVector.fromArray(S, t, k + 2 * L);
                FloatVector m3 = FloatVector.fromArray(S, t, k + 3 * L);
                FloatVector m4 = FloatVector.fromArray(S, t, k + 4 * L);
                FloatVector m5 = FloatVector.fromArray(S, t, k + 5 * L);
                FloatVector s1 = m1.add(m2);
                FloatVector s2 = m1.sub(m2);
                FloatVector s3 = m3.add(m4);
                FloatVector s4 = m3.sub(m4);
                long a0 = to[i * TILE] + at;
                long a1 = to[i * TILE + 1] + at;
                long a2 = to[i * TILE + 2] + at;
                long a3 = to[i * TILE + 3] + at;
                store(m0.add(s1).add(s3).add(load(a0, mask)), a0, mask);
                store(s4.mul(2f).add(s2).add(load(a1, mask)), a1, mask);
                store(s3.mul(4f).add(s1).add(load(a2, mask)), a2, mask);
                store(s4.mul(8f).add(s2).add(m5).add(load(a3, mask)), a3, mask);
            }
        }
    }

    /// `A dy Aᵀ`: the adjoint of [#output].
    ///
    /// @param from addresses of the tile's 16 positions, row by row
    /// @param to address of the tile in the first plane
    static void outputGradient(long[] from, int channels, long to, long plane, float[] t) {
        gradientColumns(from, channels, t);
        gradientRows(t, channels, to, plane);
    }

    // Spelled out, to be longer than what the compiler takes into its caller.
    private static void gradientColumns(long[] from, int channels, float[] t) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            long at = (long) c * Float.BYTES;
            for (int j = 0; j < TILE; j++) {
                long a0 = from[j] + at;
                long a1 = from[TILE + j] + at;
                long a2 = from[2 * TILE + j] + at;
                long a3 = from[3 * TILE + j] + at;
                FloatVector d0 = FloatVector.fromMemorySegment(S, ALL, a0, NATIVE, mask);
                FloatVector d1 = FloatVector.fromMemorySegment(S, ALL, a1, NATIVE, mask);
                FloatVector d2 = FloatVector.fromMemorySegment(S, ALL, a2, NATIVE, mask);
                FloatVector d3 = FloatVector.fromMemorySegment(S, ALL, a3, NATIVE, mask);
                FloatVector p = d0.add(d2);
                FloatVector q = d1.add(d3);
                FloatVector r = d2.mul(4f).add(d0);
                FloatVector s = d3.mul(8f).add(d1.mul(2f));
                int k = c * PATCH * TILE + j * L;
                d0.intoArray(t, k);
                p.add(q).intoArray(t, k + TILE * L);
                p.sub(q).intoArray(t, k + 2 * TILE * L);
                r.add(s).intoArray(t, k + 3 * TILE * L);
                r.sub(s).intoArray(t, k + 4 * TILE * L);
                d3.intoArray(t, k + 5 * TILE * L);
            }
        }
    }

    private static void gradientRows(float[] t, int channels, long to, long plane) {
        for (int c = 0; c < channels; c += L) {
            long out = to + (long) c * Float.BYTES;
            for (int i = 0; i < PATCH; i++) {
                int k = (c * PATCH + i * L) * TILE;
                FloatVector d0 = FloatVector.fromArray(S, t, k);
                FloatVector d1 = FloatVector.fromArray(S, t, k + L);
                FloatVector d2 = FloatVector.fromArray(S, t, k + 2 * L);
                FloatVector d3 = FloatVector.fromArray(S, t, k + 3 * L);
                FloatVector p = d0.add(d2);
                FloatVector q = d1.add(d3);
                FloatVector r = d2.mul(4f).add(d0);
                FloatVector s = d3.mul(8f).add(d1.mul(2f));
                store(d0, out);
                store(p.add(q), out + plane);
                store(p.sub(q), out + 2 * plane);
                store(r.add(s), out + 3 * plane);
                store(r.sub(s), out + 4 * plane);
                store(d3, out + 5 * plane);
                out += PATCH * plane;
            }
        }
    }

    /// `G g Gᵀ` for `L` filters.
    ///
    /// @param g the filters' nine numbers, `L` of each
    /// @param to address in the first plane
    static void weight(float[] g, long to, long plane, float[] t) {
        for (int j = 0; j < 3; j++) {
            FloatVector g0 = FloatVector.fromArray(S, g, j * L);
            FloatVector g1 = FloatVector.fromArray(S, g, (3 + j) * L);
            FloatVector g2 = FloatVector.fromArray(S, g, (6 + j) * L);
            FloatVector a = g0.add(g2).mul(-1f / 6);
            FloatVector b = g1.mul(1f / 6);
            FloatVector c = g0.mul(1f / 24).add(g2.mul(1f / 6));
            FloatVector d = g1.mul(1f / 12);
            int k = j * L;
            g0.mul(0.25f).intoArray(t, k);
            a.sub(b).intoArray(t, k + 3 * L);
            a.add(b).intoArray(t, k + 6 * L);
            c.add(d).intoArray(t, k + 9 * L);
            c.sub(d).intoArray(t, k + 12 * L);
            g2.intoArray(t, k + 15 * L);
        }
        long out = to;
        for (int i = 0; i < PATCH; i++) {
            FloatVector g0 = FloatVector.fromArray(S, t, 3 * i * L);
            FloatVector g1 = FloatVector.fromArray(S, t, (3 * i + 1) * L);
            FloatVector g2 = FloatVector.fromArray(S, t, (3 * i + 2) * L);
            FloatVector a = g0.add(g2).mul(-1f / 6);
            FloatVector b = g1.mul(1f / 6);
            FloatVector c = g0.mul(1f / 24).add(g2.mul(1f / 6));
            FloatVector d = g1.mul(1f / 12);
            store(g0.mul(0.25f), out);
            store(a.sub(b), out + plane);
            store(a.add(b), out + 2 * plane);
            store(c.add(d), out + 3 * plane);
            store(c.sub(d), out + 4 * plane);
            store(g2, out + 5 * plane);
            out += PATCH * plane;
        }
    }

    /// `Gᵀ u G` for `L` filters: the adjoint of [#weight].
    ///
    /// @param from address in the first plane
    /// @param accumulate whether to add to `g`
    /// @param g receives the filters' nine numbers, `L` of each
    static void weightGradient(long from, long plane, boolean accumulate, float[] g, float[] t) {
        long in = from;
        for (int k = 0; k < PATCH * L; k += L) {
            fold(
                    load(in),
                    load(in + PATCH * plane),
                    load(in + 2 * PATCH * plane),
                    load(in + 3 * PATCH * plane),
                    load(in + 4 * PATCH * plane),
                    load(in + 5 * PATCH * plane),
                    t,
                    k,
                    PATCH * L);
            in += plane;
        }
        int sum = 3 * PATCH * L;
        int target = accumulate ? sum : 0;
        float[] to = accumulate ? t : g;
        for (int i = 0; i < 3; i++) {
            int k = i * PATCH * L;
            fold(
                    FloatVector.fromArray(S, t, k),
                    FloatVector.fromArray(S, t, k + L),
                    FloatVector.fromArray(S, t, k + 2 * L),
                    FloatVector.fromArray(S, t, k + 3 * L),
                    FloatVector.fromArray(S, t, k + 4 * L),
                    FloatVector.fromArray(S, t, k + 5 * L),
                    to,
                    target + 3 * i * L,
                    L);
        }
        if (accumulate) {
            for (int k = 0; k < 9 * L; k += L) {
                FloatVector.fromArray(S, g, k)
                        .add(FloatVector.fromArray(S, t, sum + k))
                        .intoArray(g, k);
            }
        }
    }

    private static void fold(
            FloatVector u0,
            FloatVector u1,
            FloatVector u2,
            FloatVector u3,
            FloatVector u4,
            FloatVector u5,
            float[] to,
            int at,
            int step) {
        FloatVector s12 = u1.add(u2).mul(-1f / 6);
        FloatVector s34 = u3.add(u4);
        u0.mul(0.25f).add(s12).add(s34.mul(1f / 24)).intoArray(to, at);
        u2.sub(u1).mul(1f / 6).add(u3.sub(u4).mul(1f / 12)).intoArray(to, at + step);
        s12.add(s34.mul(1f / 6)).add(u5).intoArray(to, at + 2 * step);
    }
}
