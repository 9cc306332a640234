package org.skiplab.engine.graph;

import java.util.List;
import org.skiplab.engine.graph.ParameterSpec.Role;
import org.skiplab.engine.graph.ParameterSpec.Start;

/// One layer: what the engine executes and what a composite block consists of. Tensors are NHWC;
/// every layer means what PyTorch's layer of the same name means.
public sealed interface Primitive extends Block {

    /// The arrays the layer owns, in PyTorch's order.
    ///
    /// @param inputs shapes that [#infer] accepts
    List<ParameterSpec> arrays(List<Shape> inputs);

    @Override
    default long parameters(List<Shape> inputs) {
        return arrays(inputs).stream()
                .filter(a -> a.role().trainable())
                .mapToLong(ParameterSpec::size)
                .sum();
    }

    @Override
    default long macs(List<Shape> inputs) {
        return 0;
    }

    /// `y = W ∗ x (+ b)`: a square kernel, the same zero padding on all sides.
    ///
    /// @param channels output channels
    record Convolution(int channels, int kernel, int stride, int padding, boolean bias)
            implements Primitive {
        public Convolution {
            Checks.positive("channels", channels);
            Checks.positive("kernel", kernel);
            Checks.positive("stride", stride);
            Checks.notNegative("padding", padding);
        }

        /// A 3×3 convolution without bias that keeps the resolution at stride 1.
        public static Convolution c3(int channels, int stride) {
            return new Convolution(channels, 3, stride, 1, false);
        }

        /// A 1×1 convolution without bias.
        public static Convolution c1(int channels, int stride) {
            return new Convolution(channels, 1, stride, 0, false);
        }

        @Override
        public Inference infer(List<Shape> inputs) {
            Shape in = inputs.getFirst();
            long weights = (long) kernel * kernel * in.channels() * channels;
            return Windows.bounded(weights, Windows.slide(in, kernel, stride, padding, channels));
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            ParameterSpec weight =
                    new ParameterSpec(
                            "weight",
                            List.of(channels, inputs.getFirst().channels(), kernel, kernel),
                            Role.WEIGHT,
                            Start.HE);
            return bias
                    ? List.of(
                            weight,
                            new ParameterSpec("bias", List.of(channels), Role.BIAS, Start.ZERO))
                    : List.of(weight);
        }

        @Override
        public long macs(List<Shape> inputs) {
            return switch (infer(inputs)) {
                case Inference.Yields(Shape out) ->
                        out.size() * inputs.getFirst().channels() * kernel * kernel;
                case Inference.Rejects _ -> 0;
            };
        }
    }

    /// `y = γ (x − μ) / √(σ² + ε) + β` per channel, ε = 1e-5: μ and σ² (biased) of the mini-batch
    /// in training, the running statistics (momentum 0.1, unbiased variance) in evaluation.
    ///
    /// @param zeroGamma start with γ = 0, so that a residual branch begins as zero
    record BatchNorm(boolean zeroGamma) implements Primitive {
        public static final double EPSILON = 1e-5;
        public static final double MOMENTUM = 0.1;
        public static final BatchNorm PLAIN = new BatchNorm(false);

        @Override
        public Inference infer(List<Shape> inputs) {
            return Inference.yields(inputs.getFirst());
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            List<Integer> c = List.of(inputs.getFirst().channels());
            return List.of(
                    new ParameterSpec("weight", c, Role.GAMMA, zeroGamma ? Start.ZERO : Start.ONE),
                    new ParameterSpec("bias", c, Role.BETA, Start.ZERO),
                    new ParameterSpec("running_mean", c, Role.BUFFER, Start.ZERO),
                    new ParameterSpec("running_var", c, Role.BUFFER, Start.ONE));
        }
    }

    /// A layer without arrays whose output has the shape of its single input.
    sealed interface Elementwise extends Primitive {
        @Override
        default Inference infer(List<Shape> inputs) {
            return Inference.yields(inputs.getFirst());
        }

        @Override
        default List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of();
        }
    }

    /// `y = max(x, 0)`.
    record Relu() implements Elementwise {}

    /// `y = 1 / (1 + e^−x)`.
    record Sigmoid() implements Elementwise {}

    /// `y = factor · x`.
    record Scale(double factor) implements Elementwise {}

    /// Zeroes each number with probability `p` in training and divides the others by `1 − p`;
    /// identity in evaluation.
    ///
    /// @param p the probability of *dropping*, in [0, 1)
    record Dropout(double p) implements Elementwise {
        public Dropout {
            Checks.dropout(p);
        }
    }

    /// Lets the branch that enters it survive by chance; see [Gate]. A closed per-mini-batch gate
    /// leaves out everything that feeds only this gate, forward and backward.
    record DropPath(Gate gate) implements Elementwise {}

    /// The largest value of each window; padding counts as −∞.
    record MaxPool(int kernel, int stride, int padding) implements Primitive {
        public MaxPool {
            Checks.positive("kernel", kernel);
            Checks.positive("stride", stride);
            Checks.notNegative("padding", padding);
            if (2 * padding > kernel) {
                throw new IllegalArgumentException("padding must be at most half the kernel");
            }
        }

        @Override
        public Inference infer(List<Shape> inputs) {
            Shape in = inputs.getFirst();
            return Windows.slide(in, kernel, stride, padding, in.channels());
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of();
        }
    }

    /// The mean of each window, without padding. With `kernel` 1 it subsamples, as zero-padded
    /// shortcuts do.
    record AvgPool(int kernel, int stride) implements Primitive {
        public AvgPool {
            Checks.positive("kernel", kernel);
            Checks.positive("stride", stride);
        }

        @Override
        public Inference infer(List<Shape> inputs) {
            Shape in = inputs.getFirst();
            return Windows.slide(in, kernel, stride, 0, in.channels());
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of();
        }
    }

    /// The mean over all positions: `H×W×C` to `1×1×C`.
    record GlobalAvgPool() implements Primitive {
        @Override
        public Inference infer(List<Shape> inputs) {
            return Inference.yields(Shape.vector(inputs.getFirst().channels()));
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of();
        }
    }

    /// Appends channels of zeros up to `channels`, the parameter-free way to widen a shortcut
    /// (option A).
    record PadChannels(int channels) implements Primitive {
        public PadChannels {
            Checks.positive("channels", channels);
        }

        @Override
        public Inference infer(List<Shape> inputs) {
            Shape in = inputs.getFirst();
            if (in.channels() > channels) {
                return Inference.rejects(
                        "zero padding cannot reduce " + in.channels() + " channels to " + channels,
                        "use at least " + in.channels() + " channels, or a 1×1 projection");
            }
            return Windows.bounded(in.height(), in.width(), channels);
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of();
        }
    }

    /// `y = W x (+ b)` on a vector.
    record Linear(int outputs, boolean bias) implements Primitive {
        public Linear {
            Checks.positive("outputs", outputs);
        }

        @Override
        public Inference infer(List<Shape> inputs) {
            return Windows.vector(inputs.getFirst(), outputs);
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            int in = Math.toIntExact(inputs.getFirst().size());
            ParameterSpec weight =
                    new ParameterSpec(
                            "weight", List.of(outputs, in), Role.WEIGHT, Start.UNIFORM_FAN_IN);
            return bias
                    ? List.of(
                            weight,
                            new ParameterSpec("bias", List.of(outputs), Role.BIAS, Start.ZERO))
                    : List.of(weight);
        }

        @Override
        public long macs(List<Shape> inputs) {
            return inputs.getFirst().size() * outputs;
        }
    }

    /// `y_k = |w_k · x| / ‖x‖` with frozen orthonormal rows `w_k`: logits are absolute cosines,
    /// nothing is learnt.
    record Cosine(int outputs) implements Primitive {
        public Cosine {
            Checks.positive("outputs", outputs);
        }

        @Override
        public Inference infer(List<Shape> inputs) {
            Shape in = inputs.getFirst();
            if (in.isVector() && in.channels() < outputs) {
                return Inference.rejects(
                        outputs
                                + " orthogonal class directions do not fit into "
                                + in.channels()
                                + " features",
                        "widen the last block to at least "
                                + outputs
                                + " channels, or use the linear head");
            }
            return Windows.vector(in, outputs);
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of(
                    new ParameterSpec(
                            "weight",
                            List.of(outputs, inputs.getFirst().channels()),
                            Role.FROZEN,
                            Start.ORTHOGONAL));
        }

        @Override
        public long macs(List<Shape> inputs) {
            return inputs.getFirst().size() * outputs;
        }
    }

    /// A layer without arrays that joins tensors of one shape, number by number.
    sealed interface Join extends Primitive {
        @Override
        default Inference infer(List<Shape> inputs) {
            Shape first = inputs.getFirst();
            for (Shape other : inputs) {
                if (!other.equals(first)) {
                    return Windows.mismatch(first, other);
                }
            }
            return Inference.yields(first);
        }

        @Override
        default List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of();
        }
    }

    /// The sum of its inputs: where a shortcut meets its residual branch.
    record Add() implements Join {
        @Override
        public Arity arity() {
            return Arity.MANY;
        }
    }

    /// The product of its two inputs: how a gated shortcut is weighed.
    record Multiply() implements Join {
        @Override
        public Arity arity() {
            return Arity.TWO;
        }
    }

    /// All inputs' channels side by side, in port order.
    record Concat() implements Primitive {
        @Override
        public Arity arity() {
            return Arity.MANY;
        }

        @Override
        public Inference infer(List<Shape> inputs) {
            Shape first = inputs.getFirst();
            long channels = 0;
            for (Shape other : inputs) {
                if (!other.sameResolution(first)) {
                    return Inference.rejects(
                            "concatenation needs one resolution but gets "
                                    + first
                                    + " and "
                                    + other,
                            "pool or stride the larger input first");
                }
                channels += other.channels();
            }
            return Windows.bounded(first.height(), first.width(), channels);
        }

        @Override
        public List<ParameterSpec> arrays(List<Shape> inputs) {
            return List.of();
        }
    }
}
