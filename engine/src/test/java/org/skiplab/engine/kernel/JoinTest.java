package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where tensors meet: closed gates, and memory that several tensors share.
class JoinTest {
    private static final long[] SHAPE = {3, 4, 3, 6};
    private static final int SIZE = 3 * 4 * 3 * 6;

    private static double[] nan(int size) {
        double[] numbers = new double[size];
        Arrays.fill(numbers, Double.NaN);
        return numbers;
    }

    private static double[] combine(double[] a, double[] b, DoubleBinaryOperator f) {
        return IntStream.range(0, a.length).mapToDouble(i -> f.applyAsDouble(a[i], b[i])).toArray();
    }

    private static double[] masked(double[] dy, double[] y) {
        return combine(dy, y, (d, v) -> v > 0 ? d : 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void aClosedBranchIsNeitherReadNorGivenAGradient(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            GateFactors gate = new GateFactors(3);
            Operand shortcut =
                    Operand.of(tensors.dense(Tensors.random(1, SIZE), SHAPE), tensors.dense(SHAPE));
            Operand branch =
                    Operand.of(
                            tensors.dense(nan(SIZE), SHAPE),
                            tensors.dense(Tensors.random(2, SIZE), SHAPE));
            double[] untouched = branch.incoming().toDoubles();
            Operand y = Operand.of(tensors.dense(SHAPE), tensors.dense(SHAPE));
            Operation add =
                    kernels.add(List.of(branch, shortcut), Arrays.asList(gate, null), y, true);

            gate.setAll(0);
            add.forward(true);
            double[] x = shortcut.value().toDoubles();
            assertThat(y.value().toDoubles())
                    .isEqualTo(Arrays.stream(x).map(v -> Math.max(v, 0)).toArray());

            y.incoming().set(Tensors.random(3, SIZE));
            double[] dy = y.incoming().toDoubles();
            add.backward();
            assertThat(shortcut.incoming().toDoubles()).isEqualTo(masked(dy, x));
            assertThat(branch.incoming().toDoubles()).isEqualTo(untouched);

            gate.setAll(0.5);
            branch.value().set(Tensors.random(4, SIZE));
            add.forward(false);
            Tensors.assertClose(
                    "open again",
                    y.value().toDoubles(),
                    combine(x, branch.value().toDoubles(), (a, b) -> Math.max(a + b / 2, 0)),
                    implementation.tolerance());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void nothingOpenSumsToZero(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            GateFactors gate = new GateFactors(3);
            gate.setAll(0);
            Operand x = Operand.of(tensors.dense(nan(SIZE), SHAPE), tensors.dense(SHAPE));
            Operand y = Operand.of(tensors.dense(nan(SIZE), SHAPE), tensors.dense(SHAPE));

            kernels.add(List.of(x), List.of(gate), y, false).forward(true);
            assertThat(y.value().toDoubles()).containsOnly(0);

            y.value().set(nan(SIZE));
            kernels.gate(gate, x, y).forward(true);
            assertThat(y.value().toDoubles()).containsOnly(0);
        }
    }

    /// A shortcut whose gradient is the sum's own memory: only the ReLU's mask is applied, in
    /// place.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void sharedGradientsNeedNoCopy(KernelsUnderTest implementation) {
        for (boolean relu : new boolean[] {false, true}) {
            try (Kernels kernels = implementation.create();
                    Tensors tensors = new Tensors(kernels.type())) {
                GateFactors gate = new GateFactors(3);
                gate.set(new double[] {1.25, 0, 1.25});
                Operand y = Operand.of(tensors.dense(SHAPE), tensors.dense(SHAPE));
                Operand shortcut =
                        Operand.of(tensors.dense(Tensors.random(1, SIZE), SHAPE), y.gradient());
                Operand branch =
                        Operand.of(
                                tensors.dense(Tensors.random(2, SIZE), SHAPE),
                                tensors.dense(nan(SIZE), SHAPE));
                Operation add =
                        kernels.add(List.of(shortcut, branch), Arrays.asList(null, gate), y, relu);
                add.forward(true);
                y.incoming().set(Tensors.random(3, SIZE));
                double[] dy = y.incoming().toDoubles();
                double[] through = relu ? masked(dy, y.value().toDoubles()) : dy;

                add.backward();

                assertThat(shortcut.incoming().toDoubles()).isEqualTo(through);
                double[] expected =
                        IntStream.range(0, SIZE)
                                .mapToDouble(i -> through[i] * gate.factor(i / (SIZE / 3)))
                                .toArray();
                Tensors.assertClose(
                        "branch",
                        branch.incoming().toDoubles(),
                        expected,
                        implementation.tolerance());
            }
        }
    }

    /// The dense block's case: inputs and their gradients lie side by side already.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void concatLeavesAloneWhatLiesInPlace(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            Tensor whole = tensors.dense(Tensors.random(1, SIZE), SHAPE);
            Tensor gradient = tensors.dense(Tensors.random(2, SIZE), SHAPE);
            double[] values = whole.toDoubles();
            double[] gradients = gradient.toDoubles();
            List<Operand> parts =
                    List.of(
                            Operand.of(whole.channels(0, 4), gradient.channels(0, 4)),
                            Operand.of(whole.channels(4, 6), gradient.channels(4, 6)));
            Operation concat = kernels.concat(parts, Operand.of(whole, gradient));

            concat.forward(true);
            concat.backward();

            assertThat(whole.toDoubles()).isEqualTo(values);
            assertThat(gradient.toDoubles()).isEqualTo(gradients);
        }
    }

    /// One input lies in place, at an offset, the other does not.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void concatCopiesOnlyTheRest(KernelsUnderTest implementation) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            Tensor whole = tensors.dense(Tensors.random(1, SIZE), SHAPE);
            Tensor gradient = tensors.dense(Tensors.random(2, SIZE), SHAPE);
            double[] tail = whole.channels(2, 6).toDoubles();
            double[] gradients = gradient.toDoubles();
            long[] narrow = {3, 4, 3, 2};
            Operand apart =
                    new Operand(
                            tensors.dense(Tensors.random(3, SIZE / 3), narrow),
                            tensors.dense(Tensors.random(4, SIZE / 3), narrow),
                            true);
            double[] before = apart.incoming().toDoubles();
            Operand inPlace = Operand.of(whole.channels(2, 6), gradient.channels(2, 6));
            Operation concat = kernels.concat(List.of(apart, inPlace), Operand.of(whole, gradient));

            concat.forward(true);
            concat.backward();

            assertThat(whole.channels(0, 2).toDoubles()).isEqualTo(apart.value().toDoubles());
            assertThat(whole.channels(2, 6).toDoubles()).isEqualTo(tail);
            assertThat(gradient.toDoubles()).isEqualTo(gradients);
            Tensors.assertClose(
                    "gradient of the first input",
                    apart.incoming().toDoubles(),
                    combine(before, gradient.channels(0, 2).toDoubles(), Double::sum),
                    implementation.tolerance());
        }
    }
}
