package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every layer of every implementation computes what plain loops over doubles compute.
class LayerTest {

    /// How a layer's tensors lie in memory, and which gradients it is asked for.
    ///
    /// @param withoutGradient the input whose gradient nobody needs, −1 for none
    private record Binding(
            boolean pitchedX,
            boolean pitchedY,
            boolean pitchedDx,
            boolean pitchedDy,
            boolean accumulates,
            int withoutGradient) {

        static final Binding DENSE = new Binding(false, false, false, false, false, -1);

        Binding adding() {
            return new Binding(pitchedX, pitchedY, pitchedDx, pitchedDy, true, withoutGradient);
        }

        Binding without(int input) {
            return new Binding(pitchedX, pitchedY, pitchedDx, pitchedDy, accumulates, input);
        }
    }

    static Stream<Layer> layers() {
        return Stream.of(WindowLayers.all(), PointLayers.all(), VectorLayers.all())
                .flatMap(all -> all);
    }

    static Stream<Arguments> everyLayer() {
        return KernelsUnderTest.all()
                .flatMap(kernels -> layers().map(layer -> Arguments.of(kernels, layer)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyLayer")
    void computesWhatPlainLoopsCompute(KernelsUnderTest implementation, Layer layer) {
        check(implementation, layer, Binding.DENSE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyLayer")
    void addsToGradientsIfAsked(KernelsUnderTest implementation, Layer layer) {
        check(implementation, layer, Binding.DENSE.adding());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyLayer")
    void worksOnChannelSlices(KernelsUnderTest implementation, Layer layer) {
        Binding all = new Binding(true, true, true, true, false, -1);
        check(implementation, layer, all);
        check(implementation, layer, all.adding());
        check(implementation, layer, new Binding(true, false, false, false, false, -1));
        check(implementation, layer, new Binding(false, true, false, false, false, -1));
        check(implementation, layer, new Binding(false, false, true, false, false, -1));
        check(implementation, layer, new Binding(false, false, false, true, false, -1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyLayer")
    void leavesOutGradientsThatNobodyNeeds(KernelsUnderTest implementation, Layer layer) {
        for (int i = 0; i < layer.inputs().size(); i++) {
            if (!layer.inputs().get(i).parameter()) {
                check(implementation, layer, Binding.DENSE.without(i));
            }
        }
    }

    private static void check(KernelsUnderTest implementation, Layer layer, Binding binding) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            List<Operand> inputs = new ArrayList<>();
            for (int i = 0; i < layer.inputs().size(); i++) {
                inputs.add(input(layer.inputs().get(i), i, binding, tensors));
            }
            Tensor y = activation(binding.pitchedY(), tensors, layer.output());
            Tensor dy = activation(binding.pitchedDy(), tensors, layer.output());
            Operation operation = layer.binder().bind(kernels, tensors, inputs, Operand.of(y, dy));
            List<double[]> values = inputs.stream().map(x -> x.value().toDoubles()).toList();

            poison(y);
            operation.forward(false);
            Tensors.assertClose(
                    implementation + ", " + layer + ": evaluation y",
                    y.toDoubles(),
                    layer.reference().forward(values, false),
                    implementation.tolerance());

            List<double[]> first = step(implementation, layer, binding, operation, inputs, y, dy);
            tensors.assertNothingElseWritten();
            List<double[]> again = step(implementation, layer, binding, operation, inputs, y, dy);
            for (int i = 0; i < first.size(); i++) {
                assertThat(again.get(i)).as("second run").isEqualTo(first.get(i));
            }
        }
    }

    /// One training step on fresh gradients.
    ///
    /// @return the output and all gradients
    private static List<double[]> step(
            KernelsUnderTest implementation,
            Layer layer,
            Binding binding,
            Operation operation,
            List<Operand> inputs,
            Tensor y,
            Tensor dy) {
        List<double[]> values = inputs.stream().map(x -> x.value().toDoubles()).toList();
        List<double[]> results = new ArrayList<>();
        poison(y);
        operation.forward(true);
        results.add(y.toDoubles());
        Tensors.assertClose(
                implementation + ", " + layer + ": y",
                y.toDoubles(),
                layer.reference().forward(values, true),
                implementation.tolerance());

        dy.set(Tensors.random(7, Layer.size(layer.output())));
        List<double[]> expected = layer.reference().backward(values, dy.toDoubles());
        for (int i = 0; i < inputs.size(); i++) {
            Tensor gradient = inputs.get(i).gradient();
            if (gradient == null) {
                continue;
            }
            if (inputs.get(i).accumulates()) {
                gradient.set(Tensors.random(20 + i, Layer.size(gradient.shape())));
                double[] before = gradient.toDoubles();
                double[] sum = expected.get(i);
                Arrays.setAll(sum, j -> sum[j] + before[j]);
            } else {
                poison(gradient);
            }
        }
        operation.backward();
        for (int i = 0; i < inputs.size(); i++) {
            Tensor gradient = inputs.get(i).gradient();
            if (gradient != null) {
                results.add(gradient.toDoubles());
                Tensors.assertClose(
                        implementation + ", " + layer + ": gradient of input " + i,
                        gradient.toDoubles(),
                        expected.get(i),
                        implementation.tolerance());
            }
            assertThat(inputs.get(i).value().toDoubles())
                    .as("input %d stays as it is", i)
                    .isEqualTo(values.get(i));
        }
        return results;
    }

    private static Operand input(Layer.Input input, int i, Binding binding, Tensors tensors) {
        boolean wanted = i != binding.withoutGradient();
        Operand operand =
                input.parameter()
                        ? Operand.of(
                                tensors.dense(input.shape()),
                                wanted ? tensors.dense(input.shape()) : null)
                        : new Operand(
                                activation(binding.pitchedX(), tensors, input.shape()),
                                wanted
                                        ? activation(binding.pitchedDx(), tensors, input.shape())
                                        : null,
                                binding.accumulates());
        operand.value().set(Tensors.random(i + 1, Layer.size(input.shape())));
        return operand;
    }

    private static Tensor activation(boolean pitched, Tensors tensors, long... shape) {
        return pitched ? tensors.pitched(shape) : tensors.dense(shape);
    }

    /// Whoever reads these numbers instead of overwriting them shows it.
    private static void poison(Tensor t) {
        double[] numbers = new double[Layer.size(t.shape())];
        Arrays.fill(numbers, Double.NaN);
        t.set(numbers);
    }
}
