package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Primitive;

/// Batch norm (+ ReLU) on any channel count and pitch: reads a slice of a dense block's shared
/// features in place.
///
/// Forward: one pass for the sums (shifted by the first row, so that no precision is lost to a
/// large mean), one to normalise. Backward: one pass for `dβ = Σ g` and `Σ g (x − μ)`, one for `dx
/// = γ/σ · (g − dβ/m − (x − μ)/σ² · Σ g (x − μ)/m)`, where `g` is the output's gradient where ReLU
/// let it pass.
final class VectorBatchNorm implements Operation {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder NATIVE = ByteOrder.nativeOrder();

    private final Team team;
    private final Operand x;
    private final Operand gamma;
    private final Operand beta;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final Operand y;
    private final boolean relu;
    private final int channels;
    private final long rows;
    private final int block;
    private final float[] shift;
    private final float[] mean;
    private final float[] inverseDeviation;
    private final float[] scale;
    private final float[] offset;
    private final float[] onGradient;
    private final float[] onInput;
    private final float[] constant;
    private final double[][] first;
    private final double[][] second;
    private final float[][] partial;
    private final Team.Share sums = this::sums;
    private final Team.Share normalise = this::normalise;
    private final Team.Share gradientSums = this::gradientSums;
    private final Team.Share inputGradient = this::inputGradient;

    VectorBatchNorm(
            Team team,
            Operand x,
            Operand gamma,
            Operand beta,
            Tensor runningMean,
            Tensor runningVariance,
            Operand y,
            boolean relu) {
        this.team = team;
        this.x = x;
        this.gamma = gamma;
        this.beta = beta;
        this.runningMean = runningMean;
        this.runningVariance = runningVariance;
        this.y = y;
        this.relu = relu;
        channels = x.value().channels();
        rows = x.value().rows();
        block = Rows.block(channels);
        int padded = (channels + L - 1) / L * L;
        shift = new float[padded];
        mean = new float[padded];
        inverseDeviation = new float[padded];
        scale = new float[padded];
        offset = new float[padded];
        onGradient = new float[padded];
        onInput = new float[padded];
        constant = new float[padded];
        first = new double[team.members()][padded];
        second = new double[team.members()][padded];
        partial = new float[team.members()][2 * L];
    }

    @Override
    public void forward(boolean training) {
        if (training) {
            for (int c = 0; c < channels; c++) {
                shift[c] = (float) x.value().get(c);
            }
            team.run(sums);
            for (int c = 0; c < channels; c++) {
                double m = total(first, c) / rows;
                double variance = Math.max(0, total(second, c) / rows - m * m);
                settle(c, shift[c] + m, variance);
                track(runningMean, c, shift[c] + m);
                track(runningVariance, c, rows > 1 ? variance * rows / (rows - 1) : variance);
            }
        } else {
            for (int c = 0; c < channels; c++) {
                settle(c, runningMean.get(c), runningVariance.get(c));
            }
        }
        team.run(normalise);
    }

    private void settle(int c, double m, double variance) {
        double inverse = 1 / Math.sqrt(variance + Primitive.BatchNorm.EPSILON);
        double factor = gamma.value().get(c) * inverse;
        mean[c] = (float) m;
        inverseDeviation[c] = (float) inverse;
        scale[c] = (float) factor;
        offset[c] = (float) (beta.value().get(c) - m * factor);
    }

    private static void track(Tensor running, int c, double value) {
        double momentum = Primitive.BatchNorm.MOMENTUM;
        running.set(c, (1 - momentum) * running.get(c) + momentum * value);
    }

    private static double total(double[][] parts, int c) {
        double sum = 0;
        for (double[] part : parts) {
            sum += part[c];
        }
        return sum;
    }

    @Override
    public void backward() {
        team.run(gradientSums);
        Tensor dGamma = gamma.incoming();
        Tensor dBeta = beta.incoming();
        for (int c = 0; c < channels; c++) {
            double inverse = inverseDeviation[c];
            double sum = total(first, c);
            double dot = total(second, c) * inverse;
            dBeta.set(c, sum);
            dGamma.set(c, dot);
            double a = scale[c];
            double b = -a * inverse * dot / rows;
            onGradient[c] = (float) a;
            onInput[c] = (float) b;
            constant[c] = (float) (-a * sum / rows - b * mean[c]);
        }
        if (x.gradient() != null) {
            team.run(inputGradient);
        }
    }

    private void sums(int member, int members) {
        MemorySegment in = x.value().segment();
        long pitch = 4 * x.value().pitch();
        double[] sum = first[member];
        double[] squares = second[member];
        float[] part = partial[member];
        Arrays.fill(sum, 0);
        Arrays.fill(squares, 0);
        long end = Rows.from(rows, member + 1, members);
        for (long r = Rows.from(rows, member, members); r < end; r += block) {
            long stop = Math.min(end, r + block);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector s = FloatVector.fromArray(S, shift, c);
                FloatVector a0 = FloatVector.zero(S);
                FloatVector a1 = FloatVector.zero(S);
                FloatVector q0 = FloatVector.zero(S);
                FloatVector q1 = FloatVector.zero(S);
                long at = r * pitch + 4L * c;
                long i = r;
                for (; i + 1 < stop; i += 2, at += 2 * pitch) {
                    FloatVector v = FloatVector.fromMemorySegment(S, in, at, NATIVE, mask).sub(s);
                    FloatVector w =
                            FloatVector.fromMemorySegment(S, in, at + pitch, NATIVE, mask).sub(s);
                    a0 = a0.add(v);
                    q0 = v.fma(v, q0);
                    a1 = a1.add(w);
                    q1 = w.fma(w, q1);
                }
                if (i < stop) {
                    FloatVector v = FloatVector.fromMemorySegment(S, in, at, NATIVE, mask).sub(s);
                    a0 = a0.add(v);
                    q0 = v.fma(v, q0);
                }
                a0.add(a1).intoArray(part, 0);
                q0.add(q1).intoArray(part, L);
                accumulate(part, sum, squares, c);
            }
        }
    }

    private static void accumulate(float[] part, double[] sum, double[] squares, int c) {
        for (int k = 0; k < L; k++) {
            sum[c + k] += part[k];
            squares[c + k] += part[L + k];
        }
    }

    private void normalise(int member, int members) {
        MemorySegment in = x.value().segment();
        MemorySegment out = y.value().segment();
        long pitch = 4 * x.value().pitch();
        long outPitch = 4 * y.value().pitch();
        float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
        long end = Rows.from(rows, member + 1, members);
        for (long r = Rows.from(rows, member, members); r < end; r += block) {
            long stop = Math.min(end, r + block);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                long at = r * pitch + 4L * c;
                long to = r * outPitch + 4L * c;
                for (long i = r; i < stop; i++, at += pitch, to += outPitch) {
                    FloatVector.fromMemorySegment(S, in, at, NATIVE, mask)
                            .fma(a, b)
                            .max(floor)
                            .intoMemorySegment(out, to, NATIVE, mask);
                }
            }
        }
    }

    private void gradientSums(int member, int members) {
        MemorySegment in = x.value().segment();
        MemorySegment grad = y.incoming().segment();
        long pitch = 4 * x.value().pitch();
        long gradPitch = 4 * y.incoming().pitch();
        double[] sum = first[member];
        double[] dot = second[member];
        float[] part = partial[member];
        Arrays.fill(sum, 0);
        Arrays.fill(dot, 0);
        float threshold = relu ? 0 : Float.NEGATIVE_INFINITY;
        FloatVector zero = FloatVector.zero(S);
        long end = Rows.from(rows, member + 1, members);
        for (long r = Rows.from(rows, member, members); r < end; r += block) {
            long stop = Math.min(end, r + block);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector m = FloatVector.fromArray(S, mean, c);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                FloatVector s0 = zero;
                FloatVector d0 = zero;
                long at = r * pitch + 4L * c;
                long from = r * gradPitch + 4L * c;
                for (long i = r; i < stop; i++, at += pitch, from += gradPitch) {
                    FloatVector v = FloatVector.fromMemorySegment(S, in, at, NATIVE, mask);
                    VectorMask<Float> passed = v.fma(a, b).compare(VectorOperators.GT, threshold);
                    FloatVector g = FloatVector.fromMemorySegment(S, grad, from, NATIVE, mask);
                    g = zero.blend(g, passed);
                    s0 = s0.add(g);
                    d0 = v.sub(m).fma(g, d0);
                }
                s0.intoArray(part, 0);
                d0.intoArray(part, L);
                accumulate(part, sum, dot, c);
            }
        }
    }

    private void inputGradient(int member, int members) {
        Tensor target = gradientOf(x.gradient());
        MemorySegment in = x.value().segment();
        MemorySegment grad = y.incoming().segment();
        MemorySegment out = target.segment();
        long pitch = 4 * x.value().pitch();
        long gradPitch = 4 * y.incoming().pitch();
        long outPitch = 4 * target.pitch();
        float threshold = relu ? 0 : Float.NEGATIVE_INFINITY;
        boolean add = x.accumulates();
        FloatVector zero = FloatVector.zero(S);
        long end = Rows.from(rows, member + 1, members);
        for (long r = Rows.from(rows, member, members); r < end; r += block) {
            long stop = Math.min(end, r + block);
            for (int c = 0; c < channels; c += L) {
                VectorMask<Float> mask = S.indexInRange(c, channels);
                FloatVector a = FloatVector.fromArray(S, scale, c);
                FloatVector b = FloatVector.fromArray(S, offset, c);
                FloatVector ka = FloatVector.fromArray(S, onGradient, c);
                FloatVector kb = FloatVector.fromArray(S, onInput, c);
                FloatVector kc = FloatVector.fromArray(S, constant, c);
                long at = r * pitch + 4L * c;
                long from = r * gradPitch + 4L * c;
                long to = r * outPitch + 4L * c;
                for (long i = r; i < stop; i++, at += pitch, from += gradPitch, to += outPitch) {
                    FloatVector v = FloatVector.fromMemorySegment(S, in, at, NATIVE, mask);
                    VectorMask<Float> passed = v.fma(a, b).compare(VectorOperators.GT, threshold);
                    FloatVector g = FloatVector.fromMemorySegment(S, grad, from, NATIVE, mask);
                    FloatVector d = zero.blend(g, passed).fma(ka, v.fma(kb, kc));
                    if (add) {
                        d = d.add(FloatVector.fromMemorySegment(S, out, to, NATIVE, mask));
                    }
                    d.intoMemorySegment(out, to, NATIVE, mask);
                }
            }
        }
    }

    private static Tensor gradientOf(@Nullable Tensor gradient) {
        if (gradient == null) {
            throw new IllegalStateException("nobody needs this gradient");
        }
        return gradient;
    }
}
