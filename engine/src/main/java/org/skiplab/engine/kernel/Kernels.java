package org.skiplab.engine.kernel;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// Builds operations. Activations are NHWC tensors whose rows may have a pitch; parameters are
/// dense and PyTorch-shaped. Parameter gradients are overwritten, activation gradients follow
/// [Operand].
///
/// Shapes are looked at when an operation is made: operands that do not fit the layer or each other
/// are refused with an [IllegalArgumentException] that names the operand and both shapes.
///
/// One instance serves one compiled network on one thread; closing it frees what its operations
/// hold.
public interface Kernels extends AutoCloseable {

    /// `onednn` or `portable`.
    String name();

    /// Number type of all tensors: FLOAT, or DOUBLE where the implementation can (gradient checks).
    DataType type();

    /// `y = W ∗ x (+ b)`.
    ///
    /// @param weight `[out, in, kernel, kernel]`
    /// @param addedNext whether the very next operation is an addition, which alone reads the
    ///   output
    Operation convolution(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y,
            boolean addedNext);

    /// A convolution whose output anything may read.
    default Operation convolution(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y) {
        return convolution(layer, x, weight, bias, y, false);
    }

    /// Batch norm, followed by ReLU if asked. A training-mode forward pass also moves the running
    /// statistics.
    ///
    /// @param reader what alone reads the output, null if several do
    Operation batchNorm(BatchNormOperands operands, @Nullable Primitive reader);

    /// A batch norm whose output anything may read.
    default Operation batchNorm(BatchNormOperands operands) {
        @Nullable Primitive nobody = null;
        return batchNorm(operands, nobody);
    }

    /// A batch norm that reads the same features as others do. Implementations that cannot gain by
    /// knowing it compute each on its own.
    default Operation batchNorm(BatchNormOperands operands, SharedFeatures.Reading reading) {
        return batchNorm(operands);
    }

    /// Prepares what the readers of features share, if this implementation can gain by it.
    ///
    /// @param all the features' whole storage and that of their gradient
    default Optional<SharedFeatures> share(Operand all) {
        return Optional.empty();
    }

    /// Whether a 1×1 convolution with a stride can add its gradient to just the pixels it reads:
    /// then it costs least as the last to arrive at what several layers read. As the first it has
    /// to be written to all.
    default boolean addsToReadPixels() {
        return false;
    }

    /// `y = max(x, 0)`; NaN stays NaN.
    Operation relu(Operand x, Operand y);

    /// `y = 1 / (1 + e^−x)`.
    Operation sigmoid(Operand x, Operand y);

    /// `y = factor · x`.
    Operation scale(double factor, Operand x, Operand y);

    /// `y = mask · x` in training, `y = x` in evaluation.
    ///
    /// @param mask 0 or `1/(1 − p)` per number, same shape as `x`, filled by the owner before each
    ///   step
    Operation dropout(Tensor mask, Operand x, Operand y);

    /// `y[n] = factor[n] · x[n]` for image `n`, in training and evaluation alike: a drop path that
    /// does not feed an addition.
    Operation gate(GateFactors factors, Operand x, Operand y);

    /// `y = x₁ + x₂ + … `, then ReLU if asked.
    ///
    /// Inputs' gradients may share the output's memory: they then need no work (the ReLU mask is
    /// applied in place).
    ///
    /// @param gates per input the factors of a drop path in front of it, null for none; an input
    ///   whose gate is closed is neither read nor given a gradient
    Operation add(List<Operand> xs, List<@Nullable GateFactors> gates, Operand y, boolean relu);

    /// `y = a · b`, number by number.
    Operation multiply(Operand a, Operand b, Operand y);

    /// Channels side by side. An input whose value (or gradient) already lies in place in the
    /// output's memory is not copied.
    Operation concat(List<Operand> xs, Operand y);

    /// The largest number of each window; padding counts as −∞, the first of equals gets the
    /// gradient.
    Operation maxPool(Primitive.MaxPool layer, Operand x, Operand y);

    /// The mean of each window.
    Operation avgPool(Primitive.AvgPool layer, Operand x, Operand y);

    /// The mean over all pixels, `[n, h, w, c]` to `[n, 1, 1, c]`.
    Operation globalAvgPool(Operand x, Operand y);

    /// Zeros behind the input's channels.
    Operation padChannels(Operand x, Operand y);

    /// `y = W x (+ b)` on `[n, 1, 1, c]`.
    ///
    /// @param weight `[out, in]`
    Operation linear(Operand x, Operand weight, @Nullable Operand bias, Operand y);

    /// `y_k = |w_k · x| / ‖x‖` on `[n, 1, 1, c]`.
    ///
    /// @param weight `[out, in]`, orthonormal rows
    Operation cosine(Operand x, Tensor weight, Operand y);

    /// Makes the step on `value` and `velocity`.
    void sgd(Tensor value, Tensor gradient, Tensor velocity, SgdStep step);

    /// Makes the step on `value` and its moments.
    ///
    /// @param first mean gradient, `m`
    /// @param second mean squared gradient, `v`
    void adam(Tensor value, Tensor gradient, Tensor first, Tensor second, AdamStep step);

    /// Fills a dense mask with 0 (with that probability, in [0, 1)) and `1/(1 − p)`. The same seed
    /// gives the same mask, whatever the kernels and threads.
    void drawMask(Tensor mask, double probability, long seed);

    /// Allocates what the optimisers' steps need besides their tensors.
    ///
    /// @param numbers size of the largest tensor they will be given
    void prepareUpdates(long numbers);

    /// Sum of the squares of a dense tensor's numbers, whatever the number of threads.
    double squares(Tensor tensor);

    /// Sets every number of a tensor of any pitch; what lies between its rows stays.
    void fill(Tensor target, double value);

    /// Bytes of native memory that the operations hold besides the tensors they are bound to.
    long workspaceBytes();

    @Override
    void close();
}
