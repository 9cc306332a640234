package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skiplab.engine.graph.Primitive;

/// Inputs at which a layer's formula has no slope, or no value: what PyTorch does there.
class EdgeCaseTest {

    /// After a ReLU most windows hold several zeros: the first of the largest gets the gradient.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void maxPoolGivesTheGradientToTheFirstOfEquals(KernelsUnderTest implementation) {
        Layer layer = WindowLayers.maxPool(2, 7, 7, 5, 3, 2, 1);
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            long[] shape = layer.inputs().getFirst().shape();
            double[] x =
                    Arrays.stream(Tensors.random(1, Layer.size(shape)))
                            .map(v -> Math.max(0, Math.round(2 * v)))
                            .toArray();
            double[] dy = Tensors.random(2, Layer.size(layer.output()));
            Operand in = Operand.of(tensors.dense(x, shape), tensors.dense(shape));
            Operand out =
                    Operand.of(tensors.dense(layer.output()), tensors.dense(dy, layer.output()));
            Operation pool = kernels.maxPool(new Primitive.MaxPool(3, 2, 1), in, out);

            pool.forward(true);
            pool.backward();

            Tensors.assertClose(
                    "dx",
                    in.incoming().toDoubles(),
                    layer.reference().backward(List.of(x), dy).getFirst(),
                    implementation.tolerance());
        }
    }

    /// Padding counts as −∞, not as 0.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void maxPoolOfNegativeNumbersIsNegative(KernelsUnderTest implementation) {
        Layer layer = WindowLayers.maxPool(1, 5, 5, 3, 3, 2, 1);
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            double[] x = Tensors.random(1, 75);
            Arrays.setAll(x, i -> (float) (x[i] - 2));
            Tensor y = tensors.dense(layer.output());
            kernels.maxPool(
                            new Primitive.MaxPool(3, 2, 1),
                            Operand.of(tensors.dense(x, 1, 5, 5, 3), tensors.dense(1, 5, 5, 3)),
                            Operand.of(y, tensors.dense(layer.output())))
                    .forward(true);
            assertThat(y.toDoubles()).isEqualTo(layer.reference().forward(List.of(x), true));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void reluHasNoSlopeAtZeroAndDoesNotHideNaN(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            double[] x = {-1, -0.0, 0, Double.MIN_NORMAL, 1, Double.NaN, 2};
            Operand in = Operand.of(tensors.dense(x, 1, 1, 1, 7), tensors.dense(1, 1, 1, 7));
            Operand out = Operand.of(tensors.dense(1, 1, 1, 7), tensors.dense(1, 1, 1, 7));
            Operation relu = kernels.relu(in, out);

            relu.forward(true);
            assertThat(out.value().get(5)).isNaN();
            assertThat(out.value().get(6)).isEqualTo(2);

            out.incoming().set(new double[] {1, 1, 1, 1, 1, 1, 1});
            relu.backward();
            double[] dx = in.incoming().toDoubles();
            assertThat(new double[] {dx[0], dx[1], dx[2], dx[4], dx[6]})
                    .containsExactly(0, 0, 0, 1, 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void sigmoidSaturates(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            double[] x = {-1000, -90, 0, 90, 1000};
            Operand in = Operand.of(tensors.dense(x, 1, 1, 1, 5), tensors.dense(1, 1, 1, 5));
            Operand out = Operand.of(tensors.dense(1, 1, 1, 5), tensors.dense(1, 1, 1, 5));
            Operation sigmoid = kernels.sigmoid(in, out);

            sigmoid.forward(true);
            Tensors.assertClose("y", out.value().toDoubles(), new double[] {0, 0, 0.5, 1, 1}, 1e-7);

            out.incoming().set(new double[] {1, 1, 1, 1, 1});
            sigmoid.backward();
            Tensors.assertClose(
                    "dx", in.incoming().toDoubles(), new double[] {0, 0, 0.25, 0, 0}, 1e-7);
        }
    }

    /// `abs` has slope 0 at 0, and a zero vector has no direction.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void cosineOfOrthogonalAndZeroVectors(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            Tensor weight = tensors.dense(new double[] {1, 0, 0, 0, 1, 0}, 2, 3);
            double[] x = {0, 0, 0, 0, -3, 4};
            Operand in = Operand.of(tensors.dense(x, 2, 1, 1, 3), tensors.dense(2, 1, 1, 3));
            Operand out = Operand.of(tensors.dense(2, 1, 1, 2), tensors.dense(2, 1, 1, 2));
            Operation cosine = kernels.cosine(in, weight, out);

            cosine.forward(true);
            Tensors.assertClose("y", out.value().toDoubles(), new double[] {0, 0, 0, 0.6}, 1e-6);

            out.incoming().set(new double[] {1, 1, 1, 1});
            cosine.backward();
            // u = (0, −0.6, 0.8): −(w − (w·u) u) / 5 for w = (0, 1, 0)
            Tensors.assertClose(
                    "dx",
                    in.incoming().toDoubles(),
                    new double[] {0, 0, 0, 0, -0.128, -0.096},
                    1e-6);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void fillingRespectsThePitch(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            Tensor target = tensors.pitched(2, 3, 3, 5);
            kernels.fill(target, -2);
            assertThat(target.toDoubles()).containsOnly(-2);
            tensors.assertNothingElseWritten();
        }
    }
}
