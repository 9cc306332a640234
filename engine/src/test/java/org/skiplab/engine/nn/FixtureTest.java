package org.skiplab.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.ParameterSpec.Role;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.KernelsUnderTest;
import org.skiplab.engine.kernel.SgdStep;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;

/// A block means what PyTorch means: whole networks, forward, backward and three training steps, to
/// rounding error.
class FixtureTest {
    private static final double RATE = 0.1;
    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 1e-4;

    /// Norm below which an array counts as rounding error of a zero: some gradients vanish, as that
    /// of a shift in front of another batch norm.
    private static final double SMALL = 1e-2;

    static Stream<Arguments> everyFixture() {
        return KernelsUnderTest.all()
                .flatMap(k -> Stream.of(Fixture.values()).map(f -> Arguments.of(k, f)));
    }

    /// A network with its arrays as PyTorch had them, and what an optimiser needs.
    private static final class Bench implements AutoCloseable {
        private final Fixture fixture;
        private final double tolerance;
        private final Parameters parameters;
        private final Plan plan;
        private final SoftmaxCrossEntropy criterion;
        private final TensorMemory memory;
        private final Tensor weightVelocity;
        private final Tensor otherVelocity;

        Bench(KernelsUnderTest implementation, Fixture fixture, boolean inputGradient) {
            this.fixture = fixture;
            Kernels kernels = implementation.create();
            tolerance = kernels.type() == DataType.DOUBLE ? 1e-8 : 1e-4;
            Network network = fixture.network();
            parameters = Parameters.of(network, kernels.type());
            int batch = fixture.batch();
            plan =
                    inputGradient
                            ? Plan.compileWithInputGradient(network, batch, parameters, kernels)
                            : Plan.compile(network, batch, parameters, kernels);
            criterion = new SoftmaxCrossEntropy(plan.logits());
            long weights = parameters.weights().size();
            long others = parameters.others().size();
            long gap = TensorMemory.aligned(kernels.type(), weights);
            memory = new TensorMemory(kernels.type(), gap + others);
            weightVelocity = memory.at(0, weights);
            otherVelocity = memory.at(gap, others);

            plan.input().set(fixture.images("input"));
            List<String> names = fixture.names("param/");
            List<Parameter> arrays = arrays();
            assertThat(arrays).hasSameSizeAs(names);
            for (int i = 0; i < names.size(); i++) {
                arrays.get(i).value().set(fixture.values("param/" + names.get(i)));
            }
            for (Parameter p : parameters.all()) {
                if (p.name().endsWith("running_var")) {
                    double[] ones = new double[(int) p.spec().size()];
                    Arrays.fill(ones, 1);
                    p.value().set(ones);
                }
            }
        }

        /// What PyTorch calls parameters, in construction order.
        List<Parameter> arrays() {
            return parameters.all().stream().filter(p -> p.spec().role() != Role.BUFFER).toList();
        }

        List<Parameter> runningStatistics() {
            return parameters.all().stream().filter(p -> p.spec().role() == Role.BUFFER).toList();
        }

        void evaluate() {
            plan.gates().forEach(PlanGate::evaluate);
            plan.forward(false);
        }

        double forwardAndBackward() {
            fixture.setGates(plan.gates());
            plan.forward(true);
            double loss =
                    criterion.loss(fixture.labels(), fixture.batch(), 0, plan.logitsGradient());
            plan.backward();
            return loss;
        }

        void descend() {
            SgdStep step = new SgdStep(RATE, MOMENTUM, true, DECAY, 1);
            Kernels kernels = plan.kernels();
            kernels.sgd(parameters.weights(), parameters.weightGradients(), weightVelocity, step);
            kernels.sgd(parameters.others(), parameters.otherGradients(), otherVelocity, step);
        }

        void check(String what, Tensor actual, double[] expected) {
            check(what, actual.toDoubles(), expected);
        }

        /// `‖actual − expected‖ ≤ tolerance · max(‖expected‖, SMALL)`.
        void check(String what, double[] actual, double[] expected) {
            assertThat(actual).as(what).hasSameSizeAs(expected);
            double difference = 0;
            double norm = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += Math.pow(actual[i] - expected[i], 2);
                norm += expected[i] * expected[i];
            }
            assertThat(Math.sqrt(difference))
                    .as("%s: distance from PyTorch's, whose norm is %s", what, Math.sqrt(norm))
                    .isLessThanOrEqualTo(tolerance * Math.max(Math.sqrt(norm), SMALL));
        }

        void checkGradients() {
            for (int i = 0; i < arrays().size(); i++) {
                Parameter p = arrays().get(i);
                if (p.spec().role() != Role.FROZEN) {
                    check(
                            "gradient of " + p.name(),
                            Objects.requireNonNull(p.gradient()),
                            fixture.values("grad/" + fixture.names("param/").get(i)));
                }
            }
        }

        @Override
        public void close() {
            plan.close();
            parameters.close();
            memory.close();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyFixture")
    void computesWhatPyTorchComputes(KernelsUnderTest implementation, Fixture fixture) {
        try (Bench bench = new Bench(implementation, fixture, true)) {
            bench.evaluate();
            bench.check(
                    "logits before training",
                    bench.plan.logits(),
                    fixture.values("logits_eval_initial"));

            double loss = bench.forwardAndBackward();
            bench.check("loss", new double[] {loss}, fixture.values("loss"));
            bench.check("logits in training", bench.plan.logits(), fixture.values("logits_train"));
            bench.checkGradients();
            bench.check(
                    "gradient of the images",
                    bench.plan.inputGradient(),
                    fixture.images("grad/input"));
            List<String> statistics = fixture.names("running/");
            assertThat(bench.runningStatistics()).hasSameSizeAs(statistics);
            for (int i = 0; i < statistics.size(); i++) {
                bench.check(
                        statistics.get(i),
                        bench.runningStatistics().get(i).value(),
                        fixture.values("running/" + statistics.get(i)));
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyFixture")
    void trainsAsPyTorchTrains(KernelsUnderTest implementation, Fixture fixture) {
        try (Bench bench = new Bench(implementation, fixture, false)) {
            bench.forwardAndBackward();
            bench.checkGradients();
            bench.descend();
            for (int step = 2; step <= 3; step++) {
                bench.forwardAndBackward();
                bench.descend();
            }
            List<String> names = fixture.names("param/");
            for (int i = 0; i < names.size(); i++) {
                Parameter p = bench.arrays().get(i);
                bench.check(
                        p.name() + " after three steps",
                        p.value(),
                        fixture.values("param_after_3/" + names.get(i)));
            }
            bench.evaluate();
            bench.check(
                    "logits after three steps",
                    bench.plan.logits(),
                    fixture.values("logits_eval_after_3"));
        }
    }

    /// The branch ran in the step before: what it left behind must not train it now.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void aClosedGateLeavesNoStaleGradient(KernelsUnderTest implementation) {
        try (Bench bench = new Bench(implementation, Fixture.STOCHASTIC_CLOSED, true)) {
            bench.plan.gates().forEach(gate -> gate.set(true));
            bench.plan.forward(true);
            bench.plan.logitsGradient().set(bench.plan.logits().toDoubles());
            bench.plan.backward();

            bench.forwardAndBackward();

            bench.checkGradients();
            bench.check(
                    "gradient of the images",
                    bench.plan.inputGradient(),
                    bench.fixture.images("grad/input"));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyFixture")
    void sameInputsGiveSameBits(KernelsUnderTest implementation, Fixture fixture) {
        try (Bench one = new Bench(implementation, fixture, false);
                Bench two = new Bench(implementation, fixture, false)) {
            for (int step = 1; step <= 2; step++) {
                assertThat(one.forwardAndBackward()).isEqualTo(two.forwardAndBackward());
                one.descend();
                two.descend();
            }
            assertThat(one.parameters.weights().toDoubles())
                    .isEqualTo(two.parameters.weights().toDoubles());
            assertThat(one.parameters.others().toDoubles())
                    .isEqualTo(two.parameters.others().toDoubles());
        }
    }
}
