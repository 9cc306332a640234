package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gradients are the slopes of the outputs: central differences in double precision along
/// random directions, independent of [LayerTest]'s hand-written derivatives.
class GradientCheckTest {
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-7;
    private static final int DIRECTIONS = 4;

    static Stream<Layer> layers() {
        return LayerTest.layers();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void gradientsAreSlopes(Layer layer) {
        try (Kernels kernels = KernelsUnderTest.PORTABLE_DOUBLE.create();
                Tensors tensors = new Tensors(kernels.type())) {
            List<Operand> inputs = new ArrayList<>();
            for (Layer.Input input : layer.inputs()) {
                double[] values = Tensors.random(inputs.size() + 1, Layer.size(input.shape()));
                inputs.add(
                        Operand.of(
                                tensors.dense(values, input.shape()),
                                tensors.dense(input.shape())));
            }
            Tensor y = tensors.dense(layer.output());
            double[] weights = Tensors.random(7, Layer.size(layer.output()));
            Tensor dy = tensors.dense(weights, layer.output());
            Operation operation = layer.binder().bind(kernels, tensors, inputs, Operand.of(y, dy));

            operation.forward(true);
            operation.backward();

            for (int i = 0; i < inputs.size(); i++) {
                Tensor x = inputs.get(i).value();
                double[] gradient = inputs.get(i).incoming().toDoubles();
                double[] expected = new double[DIRECTIONS];
                double[] actual = new double[DIRECTIONS];
                for (int d = 0; d < DIRECTIONS; d++) {
                    double[] direction = Tensors.random(100 + d, gradient.length);
                    expected[d] = slope(operation, x, direction, y, weights);
                    actual[d] = dot(gradient, direction);
                }
                Tensors.assertClose(layer + ": input " + i, actual, expected, TOLERANCE);
            }
        }
    }

    /// The derivative of `Σ weight · y` when `x` moves in a direction.
    private static double slope(
            Operation operation, Tensor x, double[] direction, Tensor y, double[] weights) {
        double[] here = x.toDoubles();
        double above = loss(operation, x, here, direction, STEP, y, weights);
        double below = loss(operation, x, here, direction, -STEP, y, weights);
        x.set(here);
        return (above - below) / (2 * STEP);
    }

    private static double loss(
            Operation operation,
            Tensor x,
            double[] here,
            double[] direction,
            double step,
            Tensor y,
            double[] weights) {
        for (int i = 0; i < here.length; i++) {
            x.set(i, here[i] + step * direction[i]);
        }
        operation.forward(true);
        return dot(weights, y.toDoubles());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
