package org.skiplab.engine.kernel;

import static org.skiplab.engine.kernel.TensorMemory.known;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.skiplab.engine.graph.Primitive;

/// A batch norm's (+ ReLU's) arithmetic on rows of channels: `y = max(x·scale + offset, 0)` and its
/// derivatives, block by block so that a block stays in the first-level cache. Addresses are
/// absolute, pitches in numbers.
///
/// The loops are alike on purpose: in one shared loop with cases the compiler puts vectors into
/// objects.
final class BatchNormRows {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();
    private static final MemorySegment ALL = TensorMemory.ALL;

    final float[] mean;
    final float[] inverseDeviation;
    final float[] scale;
    final float[] offset;
    final float[] onGradient;
    final float[] onInput;
    final float[] constant;
    private final boolean relu;
    private int channels;

    /// Two sums per channel over one part of the rows.
    static final class Sums {
        final double[] first;
        final double[] second;

        /// What is taken off each number before it is summed up, so that no precision is lost to a
        /// large mean.
        final float[] shift;

        /// How many rows were summed up.
        long rows;

        private final float[] part = new float[2 * L];

        Sums(int channels) {
            first = new double[padded(channels)];
            second = new double[padded(channels)];
            shift = new float[padded(channels)];
        }

        void clear() {
            Arrays.fill(first, 0);
            Arrays.fill(second, 0);
            rows = 0;
        }

        /// Sum of all parts' numbers.
        static double total(Sums[] parts, int channel) {
            double sum = 0;
            for (Sums part : parts) {
                sum += part.rows * (double) part.shift[channel] + part.first[channel];
            }
            return sum;
        }

        /// Sum of all parts' squared distances from a number.
        static double squares(Sums[] parts, int channel, double from) {
            double sum = 0;
            for (Sums part : parts) {
                double d = part.shift[channel] - from;
                sum += part.second[channel] + d * (2 * part.first[channel] + part.rows * d);
            }
            return sum;
        }

        private void take(int channel) {
            for (int k = 0; k < L; k++) {
                first[channel + k] += part[k];
                second[channel + k] += part[L + k];
            }
        }
    }

    BatchNormRows(int channels, boolean relu) {
        this.channels = channels;
        this.relu = relu;
        int padded = padded(channels);
        mean = new float[padded];
        inverseDeviation = new float[padded];
        scale = new float[padded];
        offset = new float[padded];
        onGradient = new float[padded];
        onInput = new float[padded];
        constant = new float[padded];
    }

    /// Room for vectors that begin at any channel.
    private static int padded(int channels) {
        return channels + 2 * L;
    }

    /// Works on so many first channels from now on.
    void narrow(int count) {
        channels = count;
    }

    /// Settles what a channel is multiplied with.
    void settle(int c, double m, double variance, double gamma, double beta) {
        double inverse = 1 / Math.sqrt(variance + Primitive.BatchNorm.EPSILON);
        double factor = gamma * inverse;
        mean[c] = (float) m;
        inverseDeviation[c] = (float) inverse;
        scale[c] = (float) factor;
        offset[c] = (float) (beta - m * factor);
    }

    /// Adds `Σ (x − shift)` and `Σ (x − shift)²` of channels from `from` on. The first row taken in
    /// is the shift.
    void moments(Sums sums, int from, long x, long pitch, long rows) {
        if (sums.rows == 0 && rows > 0) {
            MemorySegment.copy(
                    ALL,
                    ValueLayout.JAVA_FLOAT_UNALIGNED,
                    x + 4L * from,
                    sums.shift,
                    from,
                    channels - from);
        }
        sums.rows += rows;
        int block = Rows.block(channels - from);
        for (long r = 0; r < rows; r += block) {
            long count = Math.min(block, rows - r);
            for (int c = from; c < channels; c += L) {
                FloatVector s = FloatVector.fromArray(S, sums.shift, c);
                FloatVector a0 = FloatVector.zero(S);
                FloatVector a1 = FloatVector.zero(S);
                FloatVector q0 = FloatVector.zero(S);
                FloatVector q1 = FloatVector.zero(S);
                long at = x + 4 * (r * pitch + c);
                long i = 0;
                for (; i + 1 < count; i += 2, at += 8 * pitch) {
                    at = known(at);
                    FloatVector v = load(at).sub(s);
                    FloatVector w = load(at + known(4 * pitch)).sub(s);
                    a0 = a0.add(v);
                    q0 = v.fma(v, q0);
                    a1 = a1.add(w);
                    q1 = w.fma(w, q1);
                }
                if (i < count) {
                    FloatVector v = load(at).sub(s);
                    a0 = a0.add(v);
                    q0 = v.fma(v, q0);
                }
                a0.add(a1).intoArray(sums.part, 0);
                q0.add(q1).intoArray(sums.part, L);
                sums.take(c);
            }
        }
    }

    /// `y = max(x·scale + offset, 0)`.
    void normalise(long x, long pitch, long y, long yPitch, long rows) {
        float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
        int block = Rows.block(channels);
        for (long r = 0; r < rows; r += block) {
            long count = Math.min(block, rows - r);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                long at = x + 4 * (r * pitch + c);
                long to = y + 4 * (r * yPitch + c);
                for (long i = 0; i < count; i++, at += 4 * pitch, to += 4 * yPitch) {
                    at = known(at);
                    to = known(to);
                    load(at).fma(a, b).max(floor).intoMemorySegment(ALL, to, NATIVE, mask);
                }
            }
        }
    }

    /// `sum = shortcut + max(x·scale + offset, 0)`, then another ReLU if asked.
    void normaliseOnto(
            long x,
            long pitch,
            long shortcut,
            long shortcutPitch,
            long sum,
            long sumPitch,
            boolean rectify,
            long rows) {
        float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
        float sumFloor = rectify ? 0 : Float.NEGATIVE_INFINITY;
        int block = Rows.block(channels);
        for (long r = 0; r < rows; r += block) {
            long count = Math.min(block, rows - r);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                long at = x + 4 * (r * pitch + c);
                long with = shortcut + 4 * (r * shortcutPitch + c);
                long to = sum + 4 * (r * sumPitch + c);
                for (long i = 0; i < count; i++) {
                    at = known(at);
                    with = known(with);
                    to = known(to);
                    load(at).fma(a, b)
                            .max(floor)
                            .add(load(with))
                            .max(sumFloor)
                            .intoMemorySegment(ALL, to, NATIVE, mask);
                    at += 4 * pitch;
                    with += 4 * shortcutPitch;
                    to += 4 * sumPitch;
                }
            }
        }
    }

    /// Adds `Σ g` and `Σ g (x − mean)`, where `g` is the output's gradient where ReLU let it pass.
    void gradientSums(Sums sums, long x, long pitch, long dy, long dyPitch, long rows) {
        float threshold = relu ? 0 : Float.NEGATIVE_INFINITY;
        FloatVector zero = FloatVector.zero(S);
        int block = Rows.block(channels);
        for (long r = 0; r < rows; r += block) {
            long count = Math.min(block, rows - r);
            for (int c = 0; c < channels; c += L) {
                FloatVector m = FloatVector.fromArray(S, mean, c);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                FloatVector s0 = zero;
                FloatVector d0 = zero;
                long at = x + 4 * (r * pitch + c);
                long from = dy + 4 * (r * dyPitch + c);
                for (long i = 0; i < count; i++, at += 4 * pitch, from += 4 * dyPitch) {
                    at = known(at);
                    from = known(from);
                    FloatVector v = load(at);
                    VectorMask<Float> passed = v.fma(a, b).compare(VectorOperators.GT, threshold);
                    FloatVector g = zero.blend(load(from), passed);
                    s0 = s0.add(g);
                    d0 = v.sub(m).fma(g, d0);
                }
                s0.intoArray(sums.part, 0);
                d0.intoArray(sums.part, L);
                sums.take(c);
            }
        }
    }

    /// `dx = g·onGradient + x·onInput + constant`, written or added.
    void inputGradient(
            long x,
            long pitch,
            long dy,
            long dyPitch,
            long dx,
            long dxPitch,
            boolean add,
            long rows) {
        float threshold = relu ? 0 : Float.NEGATIVE_INFINITY;
        FloatVector zero = FloatVector.zero(S);
        int block = Rows.block(channels);
        for (long r = 0; r < rows; r += block) {
            long count = Math.min(block, rows - r);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                FloatVector ka = FloatVector.fromArray(S, onGradient, c);
                FloatVector kb = FloatVector.fromArray(S, onInput, c);
                FloatVector kc = FloatVector.fromArray(S, constant, c);
                long at = x + 4 * (r * pitch + c);
                long from = dy + 4 * (r * dyPitch + c);
                long to = dx + 4 * (r * dxPitch + c);
                for (long i = 0; i < count; i++) {
                    at = known(at);
                    from = known(from);
                    to = known(to);
                    FloatVector v = load(at);
                    VectorMask<Float> passed = v.fma(a, b).compare(VectorOperators.GT, threshold);
                    FloatVector g = zero.blend(load(from), passed);
                    FloatVector d = g.fma(ka, v.fma(kb, kc));
                    if (add) {
                        d = d.add(load(to));
                    }
                    d.intoMemorySegment(ALL, to, NATIVE, mask);
                    at += 4 * pitch;
                    from += 4 * dyPitch;
                    to += 4 * dxPitch;
                }
            }
        }
    }

    /// [#gradientSums] together with the part of `dx` that needs no sums: `g·scale`, written or
    /// added.
    void gradientOnce(
            Sums sums,
            long x,
            long pitch,
            long dy,
            long dyPitch,
            long dx,
            long dxPitch,
            boolean add,
            long rows) {
        float threshold = relu ? 0 : Float.NEGATIVE_INFINITY;
        FloatVector zero = FloatVector.zero(S);
        int block = Rows.block(channels);
        for (long r = 0; r < rows; r += block) {
            long count = Math.min(block, rows - r);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector m = FloatVector.fromArray(S, mean, c);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                FloatVector s0 = zero;
                FloatVector d0 = zero;
                long at = x + 4 * (r * pitch + c);
                long from = dy + 4 * (r * dyPitch + c);
                long to = dx + 4 * (r * dxPitch + c);
                for (long i = 0; i < count; i++) {
                    at = known(at);
                    from = known(from);
                    to = known(to);
                    FloatVector v = load(at);
                    VectorMask<Float> passed = v.fma(a, b).compare(VectorOperators.GT, threshold);
                    FloatVector g = zero.blend(load(from), passed);
                    s0 = s0.add(g);
                    d0 = v.sub(m).fma(g, d0);
                    FloatVector d = add ? g.fma(a, load(to)) : g.mul(a);
                    d.intoMemorySegment(ALL, to, NATIVE, mask);
                    at += 4 * pitch;
                    from += 4 * dyPitch;
                    to += 4 * dxPitch;
                }
                s0.intoArray(sums.part, 0);
                d0.intoArray(sums.part, L);
                sums.take(c);
            }
        }
    }

    /// `dx += x·onInput + constant`.
    void addAffine(long x, long pitch, long dx, long dxPitch, long rows) {
        for (int c = 0; c < channels; c += L) {
            VectorMask<Float> mask = S.indexInRange(c, channels);
            FloatVector b = FloatVector.fromArray(S, onInput, c);
            FloatVector k = FloatVector.fromArray(S, constant, c);
            long at = x + 4L * c;
            long to = dx + 4L * c;
            for (long i = 0; i < rows; i++, at += 4 * pitch, to += 4 * dxPitch) {
                at = known(at);
                to = known(to);
                load(at).fma(b, k).add(load(to)).intoMemorySegment(ALL, to, NATIVE, mask);
            }
        }
    }

    /// A whole register, also where fewer channels are left: see [TensorMemory#SLACK].
    private static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(S, ALL, address, NATIVE);
    }
}
