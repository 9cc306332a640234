package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.SoftmaxCrossEntropy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Optimisers, schedules and the loss give what PyTorch 1.13 gave in double precision: six steps of
/// least squares, `mean((W x + b − t)²)` over five random rows a step.
class TorchTest {

    private static final JsonNode TORCH = torch();
    private static final int OUT = 3;
    private static final int IN = 4;
    private static final int ROWS = 5;

    private static JsonNode torch() {
        try (InputStream in =
                Objects.requireNonNull(TorchTest.class.getResourceAsStream("torch.json"))) {
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).doubleValue();
        }
        return numbers;
    }

    private static Optimiser sgd(double momentum, boolean nesterov, double decay, boolean all) {
        return new Optimiser.Sgd(0.05, momentum, nesterov, decay, all);
    }

    private static Optimiser adam(
            double beta1, double beta2, double decay, boolean decoupled, boolean all) {
        return new Optimiser.Adam(0.02, beta1, beta2, 1e-8, decay, decoupled, all);
    }

    static Stream<Arguments> optimisers() {
        return Stream.of(KernelPath.values())
                .flatMap(path ->
                        Stream.of(
                                Arguments.of(path, "sgd", sgd(0, false, 0, true), 0),
                                Arguments.of(path, "momentum", sgd(0.9, false, 0, true), 0),
                                Arguments.of(path, "nesterov decay", sgd(0.9, true, 0.01, true), 0),
                                Arguments.of(
                                        path,
                                        "nesterov decay weights only",
                                        sgd(0.9, true, 0.01, false),
                                        0),
                                Arguments.of(path, "adam", adam(0.9, 0.999, 0, false, true), 0),
                                Arguments.of(
                                        path, "adam decay", adam(0.9, 0.999, 0.05, false, true), 0),
                                Arguments.of(path, "adamw", adam(0.9, 0.999, 0.05, true, true), 0),
                                Arguments.of(
                                        path,
                                        "adamw weights only",
                                        adam(0.8, 0.99, 0.05, true, false),
                                        0),
                                Arguments.of(path, "clipped", sgd(0.9, true, 0.01, true), 0.5)));
    }

    @ParameterizedTest(name = "{1}, {0}")
    @MethodSource("optimisers")
    void optimisersMoveWeightsAsTorchDoes(
            KernelPath path, String name, Optimiser optimiser, double clip) {
        Network network =
                new Network(
                        "linear",
                        new Shape(1, 1, IN),
                        List.of(new Node("fc", new Primitive.Linear(OUT, true), Network.INPUT)),
                        new Survival.Uniform(1));
        try (Kernels kernels = path.open();
                Parameters parameters = Parameters.of(network, DataType.FLOAT);
                Descent descent = new Descent(parameters, optimiser)) {
            Tensor w = parameters.get("fc.weight").value();
            Tensor b = parameters.get("fc.bias").value();
            w.set(numbers(TORCH.get("w")));
            b.set(numbers(TORCH.get("b")));
            for (int step = 0; step < TORCH.get("x").size(); step++) {
                differentiate(parameters, step);
                descent.step(kernels, optimiser, 1, clip);
            }
            JsonNode expected = TORCH.get("optimisers").get(name);
            assertThat(w.toDoubles()).containsExactly(numbers(expected.get("w")), within(2e-6));
            assertThat(b.toDoubles()).containsExactly(numbers(expected.get("b")), within(2e-6));
        }
    }

    private static void differentiate(Parameters parameters, int step) {
        double[] w = parameters.get("fc.weight").value().toDoubles();
        double[] b = parameters.get("fc.bias").value().toDoubles();
        double[] x = numbers(TORCH.get("x").get(step));
        double[] t = numbers(TORCH.get("t").get(step));
        double[] dw = new double[w.length];
        double[] db = new double[b.length];
        for (int r = 0; r < ROWS; r++) {
            for (int o = 0; o < OUT; o++) {
                double y = b[o];
                for (int i = 0; i < IN; i++) {
                    y += w[o * IN + i] * x[r * IN + i];
                }
                double d = 2 * (y - t[r * OUT + o]) / (ROWS * OUT);
                db[o] += d;
                for (int i = 0; i < IN; i++) {
                    dw[o * IN + i] += d * x[r * IN + i];
                }
            }
        }
        Objects.requireNonNull(parameters.get("fc.weight").gradient()).set(dw);
        Objects.requireNonNull(parameters.get("fc.bias").gradient()).set(db);
    }

    static Stream<String> schedules() {
        return TORCH.get("schedules").propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void schedulesFollowTorchEpochByEpoch(String text) {
        Schedule schedule = Schedule.parse(text);
        double[] expected = numbers(TORCH.get("schedules").get(text));
        for (int epoch = 0; epoch < expected.length; epoch++) {
            assertThat(schedule.factor(epoch, expected.length))
                    .as("epoch %d", epoch)
                    .isCloseTo(expected[epoch], within(1e-12));
        }
        assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule);
    }

    @Test
    void theLossAndItsGradientAreTorchsCrossEntropyWithLabelSmoothing() {
        double[] z = numbers(TORCH.get("logits"));
        int[] labels = {0, 3, 4, 3};
        int classes = z.length / labels.length;
        try (TensorMemory memory =
                new TensorMemory(
                        DataType.DOUBLE, 2 * TensorMemory.aligned(DataType.DOUBLE, z.length))) {
            Tensor logits = memory.at(0, labels.length, 1, 1, classes);
            Tensor gradient =
                    memory.at(
                            TensorMemory.aligned(DataType.DOUBLE, z.length),
                            labels.length,
                            1,
                            1,
                            classes);
            logits.set(z);
            SoftmaxCrossEntropy criterion = new SoftmaxCrossEntropy(logits);
            for (JsonNode expected : TORCH.get("losses")) {
                double smoothing = expected.get("smoothing").doubleValue();
                double loss = criterion.loss(labels, labels.length, smoothing, gradient);
                assertThat(loss).isCloseTo(expected.get("loss").doubleValue(), within(1e-12));
                assertThat(gradient.toDoubles())
                        .containsExactly(numbers(expected.get("gradient")), within(1e-12));
            }
        }
    }
}
