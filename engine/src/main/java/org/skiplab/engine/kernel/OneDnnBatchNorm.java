package org.skiplab.engine.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// oneDNN's batch norm (+ ReLU) for dense tensors whose channels fill whole registers, where it is
/// the fastest there is.
final class OneDnnBatchNorm implements Operation {

    /// Channel counts that oneDNN's vector code takes.
    static final int LANES = 16;

    private final OneDnn.Call training;
    private final OneDnn.Call evaluation;
    private final OneDnn.Call backward;
    private final VectorElementwise elementwise;
    private final BatchNormOperands operands;
    private final Tensor staged;
    private final Tensor mean;
    private final Tensor variance;

    /// Whether this implementation can take the operands.
    static boolean takes(BatchNormOperands operands) {
        Operand x = operands.x();
        Operand y = operands.y();
        return operands.channels() % LANES == 0
                && x.value().dense()
                && y.value().dense()
                && y.incoming().dense()
                && (x.gradient() == null || x.gradient().dense());
    }

    OneDnnBatchNorm(
            OneDnn dnn,
            VectorElementwise elementwise,
            TensorMemory statistics,
            BatchNormOperands operands) {
        this.elementwise = elementwise;
        this.operands = operands;
        Operand x = operands.x();
        Operand y = operands.y();
        Operand gamma = operands.gamma();
        Operand beta = operands.beta();
        int channels = operands.channels();
        mean = statistics.at(0, channels);
        variance = statistics.at(TensorMemory.aligned(DataType.FLOAT, channels), channels);
        Tensor dx = x.gradient();
        staged = dx != null && !x.accumulates() ? dx : elementwise.staged(2, x.value());

        memory.desc data = dnn.own(dnn.nhwc(x.value()).get_desc());
        memory.desc perChannel = dnn.describe(memory.format_tag.x, channels);
        int flags =
                normalization_flags.use_scale.value
                        | normalization_flags.use_shift.value
                        | (operands.relu() ? normalization_flags.fuse_norm_relu.value : 0);
        float epsilon = (float) Primitive.BatchNorm.EPSILON;
        batch_normalization_forward.primitive_desc f =
                dnn.own(
                        new batch_normalization_forward.primitive_desc(
                                dnn.engine(),
                                prop_kind.forward_training.value,
                                data,
                                data,
                                epsilon,
                                flags,
                                dnn.attributes(),
                                false));
        batch_normalization_forward.primitive_desc e =
                dnn.own(
                        new batch_normalization_forward.primitive_desc(
                                dnn.engine(),
                                prop_kind.forward_inference.value,
                                data,
                                data,
                                epsilon,
                                flags | normalization_flags.use_global_stats.value,
                                dnn.attributes(),
                                false));
        batch_normalization_backward.primitive_desc b =
                dnn.own(
                        new batch_normalization_backward.primitive_desc(
                                dnn.engine(),
                                prop_kind.backward.value,
                                data,
                                data,
                                data,
                                epsilon,
                                flags,
                                f,
                                dnn.attributes(),
                                false));
        memory src = dnn.at(x.value().address(), data);
        memory dst = dnn.at(y.value().address(), data);
        memory scale = dnn.at(gamma.value().address(), perChannel);
        memory shift = dnn.at(beta.value().address(), perChannel);
        memory batchMean = dnn.at(mean.address(), perChannel);
        memory batchVariance = dnn.at(variance.address(), perChannel);

        List<Object> forwardArguments =
                new ArrayList<>(
                        List.of(
                                DNNL_ARG_SRC, src,
                                DNNL_ARG_SCALE, scale,
                                DNNL_ARG_SHIFT, shift,
                                DNNL_ARG_DST, dst,
                                DNNL_ARG_MEAN, batchMean,
                                DNNL_ARG_VARIANCE, batchVariance));
        List<Object> backwardArguments =
                new ArrayList<>(
                        List.of(
                                DNNL_ARG_SRC,
                                src,
                                DNNL_ARG_MEAN,
                                batchMean,
                                DNNL_ARG_VARIANCE,
                                batchVariance,
                                DNNL_ARG_SCALE,
                                scale,
                                DNNL_ARG_DIFF_DST,
                                dnn.at(y.incoming().address(), data),
                                DNNL_ARG_DIFF_SRC,
                                dnn.at(staged.address(), data),
                                DNNL_ARG_DIFF_SCALE,
                                dnn.at(gamma.incoming().address(), perChannel),
                                DNNL_ARG_DIFF_SHIFT,
                                dnn.at(beta.incoming().address(), perChannel)));
        if (operands.relu()) {
            memory passed = dnn.allocate(dnn.own(f.workspace_desc()));
            forwardArguments.addAll(List.of(DNNL_ARG_WORKSPACE, passed));
            backwardArguments.addAll(List.of(DNNL_ARG_WORKSPACE, passed));
        }
        training = dnn.new Call(new batch_normalization_forward(f), forwardArguments.toArray());
        evaluation =
                dnn
                .new Call(
                        new batch_normalization_forward(e),
                        DNNL_ARG_SRC,
                        src,
                        DNNL_ARG_SCALE,
                        scale,
                        DNNL_ARG_SHIFT,
                        shift,
                        DNNL_ARG_DST,
                        dst,
                        DNNL_ARG_MEAN,
                        dnn.at(operands.runningMean().address(), perChannel),
                        DNNL_ARG_VARIANCE,
                        dnn.at(operands.runningVariance().address(), perChannel));
        backward = dnn.new Call(new batch_normalization_backward(b), backwardArguments.toArray());
    }

    @Override
    public void forward(boolean isTraining) {
        Tensor runningMean = operands.runningMean();
        Tensor runningVariance = operands.runningVariance();
        if (!isTraining) {
            evaluation.run();
            showNaN(runningVariance);
            return;
        }
        training.run();
        showNaN(variance);
        double momentum = Primitive.BatchNorm.MOMENTUM;
        long rows = operands.pixels();
        double unbiased = rows > 1 ? (double) rows / (rows - 1) : 1;
        for (int c = 0; c < mean.channels(); c++) {
            runningMean.set(c, (1 - momentum) * runningMean.get(c) + momentum * mean.get(c));
            runningVariance.set(
                    c,
                    (1 - momentum) * runningVariance.get(c)
                            + momentum * unbiased * variance.get(c));
        }
    }

    /// oneDNN's ReLU turns NaN into 0, which would hide that a network has diverged.
    private void showNaN(Tensor spread) {
        for (int c = 0; operands.relu() && c < spread.channels(); c++) {
            if (Double.isNaN(spread.get(c))) {
                elementwise.fill(operands.y().value(), Double.NaN);
                return;
            }
        }
    }

    @Override
    public void backward() {
        backward.run();
        elementwise.deliver(staged, operands.x());
    }
}
