package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Primitive;

/// BN → ReLU → 1×1 convolution, a dense layer's bottleneck and its transition, in one walk over the
/// features: some rows at a time are normalised into a core's cache and multiplied there. What
/// stands between the two is never written to memory, forward or backward; the backward pass
/// normalises anew (as memory-efficient DenseNets do, 1707.06990), since that costs less than
/// reading it.
///
/// The batch norm remains an operation of its own, which finds the moments before this one runs and
/// finishes its gradients afterwards.
final class NormalisedConvolution implements Piecewise {

    private static final MemorySegment ALL = TensorMemory.ALL;

    private final VectorBatchNorm norm;
    private final Operand weight;
    private final Operand y;
    private final int in;
    private final int out;
    private final long turned;
    private final PointwiseLane[] lanes;
    private @Nullable VectorBatchNorm reader;
    private boolean measures;
    private final Portions portions;
    private final long[] gradients;
    private final Deal forward;
    private final Deal backward;

    /// Whether this class computes the convolution.
    ///
    /// @param norm the newest batch norm of shared features
    static boolean takes(
            Primitive.Convolution layer,
            VectorBatchNorm norm,
            Operand x,
            @Nullable Operand bias,
            Operand y) {
        return norm.y.value().aliases(x.value())
                && norm.readAlone()
                && layer.kernel() == 1
                && layer.stride() == 1
                && layer.padding() == 0
                && bias == null
                && x.value().rows() >= 2L * Threads.COUNT
                && OpenMp.found();
    }

    NormalisedConvolution(
            OneDnn dnn,
            Team team,
            Workspace workspace,
            VectorBatchNorm norm,
            Operand weight,
            Operand y) {
        this.norm = norm;
        this.weight = weight;
        this.y = y;
        norm.leaveToConvolution();
        in = norm.x.value().channels();
        out = y.value().channels();
        turned = workspace.take("turned", (long) in * out);
        int members = team.members();
        long rows = norm.x.value().rows();
        int chunk =
                Math.toIntExact(
                        Math.min(
                                PointwiseLane.chunk(norm.x.value(), y.value()),
                                Math.ceilDiv(rows, Portions.count(members))));
        portions = new Portions(rows, chunk, members, Portions.ROUNDS);
        gradients = new long[portions.count()];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = workspace.take("filters" + i, (long) in * out);
        }
        lanes = new PointwiseLane[members];
        for (int i = 0; i < members; i++) {
            lanes[i] = new PointwiseLane(dnn, workspace, i, chunk, norm, weight.value(), turned, y);
        }
        forward = new Deal(team, portions.count(), this::forward);
        backward = new Deal(team, portions.count(), this::backward);
    }

    @Override
    public void forward(boolean training) {
        turn();
        measures = training && reader != null;
        if (measures && reader != null) {
            reader.clearSums();
        }
        forward.run();
        if (reader != null) {
            reader.momentsTaken(training);
        }
    }

    @Override
    public Tensor output() {
        return y.value();
    }

    @Override
    public void measuredBy(VectorBatchNorm reader) {
        this.reader = reader;
    }

    @Override
    public boolean derivedBy(VectorBatchNorm reader) {
        for (PointwiseLane lane : lanes) {
            lane.derivedBy(reader);
        }
        return true;
    }

    /// `[out, in]` to `[in, out]`.
    private void turn() {
        long from = weight.value().address();
        for (int i = 0; i < in; i++) {
            long to = turned + 4L * i * out;
            for (int o = 0; o < out; o++) {
                ALL.set(
                        ValueLayout.JAVA_FLOAT_UNALIGNED,
                        to + 4L * o,
                        ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, from + 4L * (o * in + i)));
            }
        }
    }

    @Override
    public void backward() {
        norm.clearSums();
        backward.run();
        long to = weight.incoming().address();
        for (long i = 0; i < 4L * in * out; i += 4) {
            float sum = 0;
            for (long gradient : gradients) {
                sum += ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, gradient + i);
            }
            ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, to + i, sum);
        }
        norm.gradientBrought();
    }

    private void forward(int member, int part) {
        lanes[member].forward(
                part, portions.begin(part), portions.end(part), measures ? reader : null);
    }

    private void backward(int member, int part) {
        lanes[member].backward(
                norm.sums[part], portions.begin(part), portions.end(part), gradients[part]);
    }
}
