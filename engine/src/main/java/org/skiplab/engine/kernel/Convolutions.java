package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// Chooses what computes a convolution and what stands around it on the fast path: the form that is
/// fastest for the layer's size, and one walk over the numbers for several operations where nothing
/// else reads what is between them: a batch norm in front, an addition and the moments of a batch
/// norm behind. Owns the memory that these operations share.
final class Convolutions implements AutoCloseable {

    private final OneDnn dnn;
    private final Team team;
    private final VectorElementwise elementwise;
    private final boolean imagined;
    private final Workspace workspace;
    private final List<TensorMemory> statistics = new ArrayList<>();

    /// The newest batch norm of shared features, which a 1×1 convolution may normalise.
    private @Nullable VectorBatchNorm ofShared;

    /// The newest batch norm that waits for its only reader, a convolution by Winograd's algorithm.
    private @Nullable VectorBatchNorm awaiting;

    /// The newest operation that an addition may be left to.
    private @Nullable Addend addend;

    /// The newest convolution, if a batch norm behind it can take its moments on the way.
    private @Nullable Piecewise newest;

    /// @param imagined whether operations are only bound, to know what they need, never run
    Convolutions(OneDnn dnn, Team team, VectorElementwise elementwise, boolean imagined) {
        this.dnn = dnn;
        this.team = team;
        this.elementwise = elementwise;
        this.imagined = imagined;
        workspace = new Workspace(imagined);
    }

    Operation convolution(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y,
            boolean addedNext) {
        addend = null;
        VectorBatchNorm shared = ofShared;
        if (shared != null && NormalisedConvolution.takes(layer, shared, x, bias, y)) {
            newest = new NormalisedConvolution(dnn, team, workspace, shared, weight, y);
            return newest;
        }
        if (WinogradConvolution.takes(layer, x.value())) {
            var winograd =
                    new WinogradConvolution(
                            dnn, team, elementwise, workspace, x, takeNormOf(x.value()), weight, y);
            newest = winograd;
            addend = addedNext ? winograd : null;
            return winograd;
        }
        newest = null;
        if (StridedPointwise.takes(layer)) {
            var dense = new Primitive.Convolution(layer.channels(), 1, 1, 0, layer.bias());
            return new StridedPointwise(
                    team,
                    elementwise,
                    layer.stride(),
                    x,
                    y,
                    picked -> direct(dense, picked, weight, bias, y));
        }
        return direct(layer, x, weight, bias, y);
    }

    /// The batch norm that leaves computing `x` to its reader, if there is one; it has no other.
    private @Nullable VectorBatchNorm takeNormOf(Tensor x) {
        VectorBatchNorm norm = awaiting;
        if (norm == null || !norm.y.value().aliases(x)) {
            return null;
        }
        awaiting = null;
        return norm;
    }

    Operation direct(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y) {
        if (TurnedConvolution.takes(layer, x, weight, y)) {
            Operand fixed = Operand.constant(x.value());
            Operation rest = new OneDnnConvolution(dnn, elementwise, layer, fixed, weight, bias, y);
            return new TurnedConvolution(dnn, workspace, rest, layer, x, weight, y);
        }
        return new OneDnnConvolution(dnn, elementwise, layer, x, weight, bias, y);
    }

    Operation batchNorm(BatchNormOperands operands, @Nullable Primitive reader) {
        if (reader instanceof Primitive.Add) {
            VectorBatchNorm norm = measured(new VectorBatchNorm(team, operands, null));
            addend = norm;
            return norm;
        }
        if (reader instanceof Primitive.Convolution c
                && WinogradConvolution.takes(c, operands.y().value())) {
            VectorBatchNorm norm = new VectorBatchNorm(team, operands, null);
            awaiting = norm;
            return measured(norm);
        }
        if (!OneDnnBatchNorm.takes(operands)) {
            return measured(new VectorBatchNorm(team, operands, null));
        }
        TensorMemory memory =
                TensorMemory.of(
                        DataType.FLOAT,
                        2 * TensorMemory.aligned(DataType.FLOAT, operands.channels()),
                        imagined);
        statistics.add(memory);
        return new OneDnnBatchNorm(dnn, elementwise, memory, operands);
    }

    Operation batchNorm(BatchNormOperands operands, SharedFeatures.Reading reading) {
        VectorBatchNorm norm = new VectorBatchNorm(team, operands, reading);
        ofShared = norm;
        return measured(norm);
    }

    Operation add(List<Operand> xs, List<@Nullable GateFactors> gates, Operand y, boolean relu) {
        VectorAdd add = new VectorAdd(elementwise, xs, gates, y, relu);
        if (addend != null) {
            add.leaveTo(addend);
        }
        addend = null;
        return add;
    }

    /// Lets the convolution in front of a batch norm take the moments.
    private VectorBatchNorm measured(VectorBatchNorm norm) {
        if (newest != null && norm.measures(newest.output())) {
            newest.measuredBy(norm);
            if (!Boolean.getBoolean("nd")
                    && norm.mayLeaveInputGradient()
                    && newest.derivedBy(norm)) {
                norm.leaveInputGradient();
            }
        }
        return norm;
    }

    long bytes() {
        return workspace.bytes() + statistics.stream().mapToLong(TensorMemory::bytes).sum();
    }

    @Override
    public void close() {
        workspace.close();
        statistics.forEach(TensorMemory::close);
    }
}
