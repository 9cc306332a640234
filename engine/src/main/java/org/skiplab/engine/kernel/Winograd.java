package org.skiplab.engine.kernel;

import static org.skiplab.engine.kernel.TensorMemory.known;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The transforms of Winograd's minimal filtering F(4×4, 3×3) (Lavin and Gray, 1509.09308) with the
/// points 0, ±1, ±2 and ∞: those of the images, a row of tiles and many channels at a time. The
/// filters' are in [WinogradFilters].
///
/// A tile of 4×4 outputs needs 6×6 inputs: `Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A`, 36 products in place
/// of 144. All addresses are absolute; scratch arrays belong to the calling thread.
final class Winograd {

    static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    static final int L = S.length();

    /// Bytes of a register.
    private static final long BYTES = (long) L * Float.BYTES;

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

    /// Tiles of an image.
    static long tiles(Tensor tensor) {
        return (long) Math.ceilDiv(tensor.height(), TILE) * Math.ceilDiv(tensor.width(), TILE);
    }

    private static void store(FloatVector v, long address, VectorMask<Float> mask) {
        v.intoMemorySegment(ALL, address, NATIVE, mask);
    }

    static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(S, ALL, address, NATIVE);
    }

    /// `factor·v + w`.
    private static FloatVector fma(float factor, FloatVector v, FloatVector w) {
        return v.fma(FloatVector.broadcast(S, factor), w);
    }

    static void store(FloatVector v, long address) {
        v.intoMemorySegment(ALL, address, NATIVE);
    }

    // Rows of tiles are transformed in two halves, columns first, by way of an aligned scratch `t`
    // [columns, 6 or 4, L]. Each half is as much as the compiler takes in at a time: more, and its
    // vectors live on the heap. Loops are flat: entering an inner one costs more than six turns.
    // Some loads are spelled out, to be longer than what the compiler takes into its caller.

    /// Numbers of scratch that transforming a row of so many tiles takes.
    static int scratch(int tiles) {
        return (tiles * TILE + 2) * PATCH * L;
    }

    /// First half of `Bᵀ d B` for a row of tiles: `Bᵀ d`.
    ///
    /// @param rows addresses of the first channel wanted in the six rows of the image
    /// @param pixel bytes from pixel to pixel
    /// @param zeros columns of zeros behind the image's, beyond the one in front
    static void inputColumns(long[] rows, long pixel, int width, int zeros, long t) {
        FloatVector zero = FloatVector.zero(S);
        long to = t;
        for (int i = 0; i < PATCH; i++, to += BYTES) {
            store(zero, to);
        }
        long a0 = known(rows[0]);
        long a1 = known(rows[1]);
        long a2 = known(rows[2]);
        long a3 = known(rows[3]);
        long a4 = known(rows[4]);
        long a5 = known(rows[5]);
        long at = 0;
        for (int column = 0; column < width; column++) {
            to = known(to);
            at = known(at);
            FloatVector d0 = load(a0 + at);
            FloatVector d1 = load(a1 + at);
            FloatVector d2 = load(a2 + at);
            FloatVector d3 = load(a3 + at);
            FloatVector d4 = load(a4 + at);
            FloatVector d5 = load(a5 + at);
            FloatVector a = fma(-4f, d2, d4);
            FloatVector b = fma(-4f, d1, d3);
            FloatVector e = d4.sub(d2);
            FloatVector f = d3.sub(d1);
            store(fma(4f, d0, fma(-5f, d2, d4)), to);
            store(a.add(b), to + BYTES);
            store(a.sub(b), to + 2 * BYTES);
            store(fma(2f, f, e), to + 3 * BYTES);
            store(fma(-2f, f, e), to + 4 * BYTES);
            store(fma(4f, d1, fma(-5f, d3, d5)), to + 5 * BYTES);
            to += PATCH * BYTES;
            at += pixel;
        }
        for (int i = 0; i < zeros * PATCH; i++, to += BYTES) {
            store(zero, to);
        }
    }

    /// Second half of `Bᵀ d B`.
    ///
    /// @param to address of the first tile in the first plane
    /// @param step bytes from tile to tile
    static void inputRows(long t, int tiles, long to, long plane, long step) {
        plane = known(plane);
        long from = t;
        long out = to;
        long back = step - PLANES * plane;
        int i = 0;
        for (int left = tiles * PATCH; left > 0; left--) {
            from = known(from);
            out = known(out);
            FloatVector d0 = load(from);
            FloatVector d1 = load(from + PATCH * BYTES);
            FloatVector d2 = load(from + 2 * PATCH * BYTES);
            FloatVector d3 = load(from + 3 * PATCH * BYTES);
            FloatVector d4 = load(from + 4 * PATCH * BYTES);
            FloatVector d5 = load(from + 5 * PATCH * BYTES);
            FloatVector a = fma(-4f, d2, d4);
            FloatVector b = fma(-4f, d1, d3);
            FloatVector e = d4.sub(d2);
            FloatVector f = d3.sub(d1);
            store(fma(4f, d0, fma(-5f, d2, d4)), out);
            store(a.add(b), out + plane);
            store(a.sub(b), out + 2 * plane);
            store(fma(2f, f, e), out + 3 * plane);
            store(fma(-2f, f, e), out + 4 * plane);
            store(fma(4f, d1, fma(-5f, d3, d5)), out + 5 * plane);
            from += BYTES;
            out += PATCH * plane;
            if (++i == PATCH) {
                i = 0;
                from += (TILE - 1) * PATCH * BYTES;
                out += back;
            }
        }
    }

    /// First half of `Aᵀ m A` for a row of tiles: `Aᵀ m`.
    ///
    /// @param from address of the first tile in the first plane
    /// @param step bytes from tile to tile
    static void outputColumns(long from, long plane, long step, int tiles, long t) {
        plane = known(plane);
        long in = from;
        long to = t;
        int j = 0;
        for (int left = tiles * PATCH; left > 0; left--, to += TILE * BYTES) {
            in = known(in);
            to = known(to);
            FloatVector m0 = FloatVector.fromMemorySegment(S, ALL, in, NATIVE);
            FloatVector m1 = FloatVector.fromMemorySegment(S, ALL, in + PATCH * plane, NATIVE);
            FloatVector m2 = FloatVector.fromMemorySegment(S, ALL, in + 2 * PATCH * plane, NATIVE);
            FloatVector m3 = FloatVector.fromMemorySegment(S, ALL, in + 3 * PATCH * plane, NATIVE);
            FloatVector m4 = FloatVector.fromMemorySegment(S, ALL, in + 4 * PATCH * plane, NATIVE);
            FloatVector m5 = FloatVector.fromMemorySegment(S, ALL, in + 5 * PATCH * plane, NATIVE);
            FloatVector s1 = m1.add(m2);
            FloatVector s2 = m1.sub(m2);
            FloatVector s3 = m3.add(m4);
            FloatVector s4 = m3.sub(m4);
            store(m0.add(s1).add(s3), to);
            store(fma(2f, s4, s2), to + BYTES);
            store(fma(4f, s3, s1), to + 2 * BYTES);
            store(fma(8f, s4, s2).add(m5), to + 3 * BYTES);
            in += plane;
            if (++j == PATCH) {
                j = 0;
                in += step - PATCH * plane;
            }
        }
    }

    /// Second half of `Aᵀ m A`, for one of the four rows.
    ///
    /// @param row which of them
    /// @param to address of the first channel wanted in that row of the image
    /// @param pixel bytes from pixel to pixel
    /// @param width pixels of the row: more are not written
    static void outputRow(
            long t, int row, int tiles, long to, long pixel, int width, int channels) {
        pixel = known(pixel);
        VectorMask<Float> mask = S.indexInRange(0, channels);
        long from = t + (long) row * BYTES;
        long out = to;
        for (int tile = 0;
                tile < tiles;
                tile++, from += PATCH * TILE * BYTES, out += TILE * pixel) {
            from = known(from);
            out = known(out);
            FloatVector m0 = FloatVector.fromMemorySegment(S, ALL, from, NATIVE);
            FloatVector m1 = FloatVector.fromMemorySegment(S, ALL, from + TILE * BYTES, NATIVE);
            FloatVector m2 = FloatVector.fromMemorySegment(S, ALL, from + 2 * TILE * BYTES, NATIVE);
            FloatVector m3 = FloatVector.fromMemorySegment(S, ALL, from + 3 * TILE * BYTES, NATIVE);
            FloatVector m4 = FloatVector.fromMemorySegment(S, ALL, from + 4 * TILE * BYTES, NATIVE);
            FloatVector m5 = FloatVector.fromMemorySegment(S, ALL, from + 5 * TILE * BYTES, NATIVE);
            FloatVector s1 = m1.add(m2);
            FloatVector s2 = m1.sub(m2);
            FloatVector s3 = m3.add(m4);
            FloatVector s4 = m3.sub(m4);
            int left = width - tile * TILE;
            store(m0.add(s1).add(s3), out, mask);
            if (left > 1) {
                store(fma(2f, s4, s2), out + pixel, mask);
            }
            if (left > 2) {
                store(fma(4f, s3, s1), out + 2 * pixel, mask);
            }
            if (left > 3) {
                store(fma(8f, s4, s2).add(m5), out + 3 * pixel, mask);
            }
        }
    }

    /// [#outputRow] added to another row; apart, since a shared loop puts vectors into objects.
    ///
    /// @param onto address of that row's first channel
    static void addRow(
            long t, int row, int tiles, long to, long onto, long pixel, int width, int channels) {
        pixel = known(pixel);
        VectorMask<Float> mask = S.indexInRange(0, channels);
        long from = t + (long) row * BYTES;
        long out = to;
        long in = onto;
        for (int tile = 0;
                tile < tiles;
                tile++, from += PATCH * TILE * BYTES, out += TILE * pixel, in += TILE * pixel) {
            from = known(from);
            out = known(out);
            in = known(in);
            FloatVector m0 = load(from);
            FloatVector m1 = load(from + TILE * BYTES);
            FloatVector m2 = load(from + 2 * TILE * BYTES);
            FloatVector m3 = load(from + 3 * TILE * BYTES);
            FloatVector m4 = load(from + 4 * TILE * BYTES);
            FloatVector m5 = load(from + 5 * TILE * BYTES);
            FloatVector s1 = m1.add(m2);
            FloatVector s2 = m1.sub(m2);
            FloatVector s3 = m3.add(m4);
            FloatVector s4 = m3.sub(m4);
            int left = width - tile * TILE;
            store(m0.add(s1).add(s3).add(load(in)), out, mask);
            if (left > 1) {
                store(fma(2f, s4, s2).add(load(in + pixel)), out + pixel, mask);
            }
            if (left > 2) {
                store(fma(4f, s3, s1).add(load(in + 2 * pixel)), out + 2 * pixel, mask);
            }
            if (left > 3) {
                store(fma(8f, s4, s2).add(m5).add(load(in + 3 * pixel)), out + 3 * pixel, mask);
            }
        }
    }

    /// First half of `A dy Aᵀ`, the adjoint of the output's transform, for a row of tiles: `A dy`.
    ///
    /// @param rows addresses of the first channel wanted in the four rows of the image
    /// @param pixel bytes from pixel to pixel
    /// @param zeros columns of zeros behind the image's
    static void gradientColumns(long[] rows, long pixel, int width, int zeros, long t) {
        long to = t;
        long a0 = known(rows[0]);
        long a1 = known(rows[1]);
        long a2 = known(rows[2]);
        long a3 = known(rows[3]);
        long at = 0;
        for (int column = 0; column < width; column++) {
            to = known(to);
            at = known(at);
            FloatVector d0 = load(a0 + at);
            FloatVector d1 = load(a1 + at);
            FloatVector d2 = load(a2 + at);
            FloatVector d3 = load(a3 + at);
            FloatVector p = d0.add(d2);
            FloatVector q = d1.add(d3);
            FloatVector r = fma(4f, d2, d0);
            FloatVector s = fma(4f, d3, d1);
            store(d0, to);
            store(p.add(q), to + BYTES);
            store(p.sub(q), to + 2 * BYTES);
            store(fma(2f, s, r), to + 3 * BYTES);
            store(fma(-2f, s, r), to + 4 * BYTES);
            store(d3, to + 5 * BYTES);
            to += PATCH * BYTES;
            at += pixel;
        }
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < zeros * PATCH; i++, to += BYTES) {
            store(zero, to);
        }
    }

    /// Second half of `A dy Aᵀ`.
    ///
    /// @param to address of the first tile in the first plane
    /// @param step bytes from tile to tile
    static void gradientRows(long t, int tiles, long to, long plane, long step) {
        plane = known(plane);
        long from = t;
        long out = to;
        long back = step - PLANES * plane;
        int i = 0;
        for (int left = tiles * PATCH; left > 0; left--) {
            from = known(from);
            out = known(out);
            FloatVector d0 = FloatVector.fromMemorySegment(S, ALL, from, NATIVE);
            FloatVector d1 = FloatVector.fromMemorySegment(S, ALL, from + PATCH * BYTES, NATIVE);
            FloatVector d2 =
                    FloatVector.fromMemorySegment(S, ALL, from + 2 * PATCH * BYTES, NATIVE);
            FloatVector d3 =
                    FloatVector.fromMemorySegment(S, ALL, from + 3 * PATCH * BYTES, NATIVE);
            FloatVector p = d0.add(d2);
            FloatVector q = d1.add(d3);
            FloatVector r = fma(4f, d2, d0);
            FloatVector s = fma(4f, d3, d1);
            store(d0, out);
            store(p.add(q), out + plane);
            store(p.sub(q), out + 2 * plane);
            store(fma(2f, s, r), out + 3 * plane);
            store(fma(-2f, s, r), out + 4 * plane);
            store(d3, out + 5 * plane);
            from += BYTES;
            out += PATCH * plane;
            if (++i == PATCH) {
                i = 0;
                from += (TILE - 1) * PATCH * BYTES;
                out += back;
            }
        }
    }
}
