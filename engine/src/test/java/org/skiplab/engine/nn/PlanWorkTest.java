package org.skiplab.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.KernelsUnderTest;
import org.skiplab.engine.kernel.Operand;
import org.skiplab.engine.kernel.Operation;
import org.skiplab.engine.kernel.PortableKernels;

/// What a compiled network really does, counted operation by operation as it runs.
class PlanWorkTest {
    private static final int BATCH = 2;

    /// Kernels that count the multiply-accumulates of every convolution and classifier they run.
    private static final class Counter {
        final Kernels kernels;
        long bound;
        long forward;
        long backward;

        Counter(Kernels real) {
            kernels =
                    (Kernels)
                            Proxy.newProxyInstance(
                                    Kernels.class.getClassLoader(),
                                    new Class<?>[] {Kernels.class},
                                    (_, method, arguments) -> {
                                        @Nullable Object result;
                                        try {
                                            result = method.invoke(real, arguments);
                                        } catch (InvocationTargetException e) {
                                            throw Objects.requireNonNullElse(e.getCause(), e);
                                        }
                                        return switch (method.getName()) {
                                            case "convolution" ->
                                                    counted(result, arguments[2], arguments[4]);
                                            case "linear" ->
                                                    counted(result, arguments[1], arguments[3]);
                                            default -> result;
                                        };
                                    });
        }

        /// Every output number takes as many multiplications as one output channel has weights.
        private Operation counted(@Nullable Object operation, Object weight, Object y) {
            Operation real = (Operation) Objects.requireNonNull(operation);
            var weights = ((Operand) weight).value();
            long perOutput = weights.size() / weights.shape()[0];
            long macs = ((Operand) y).value().size() * perOutput;
            bound += macs;
            return new Operation() {
                @Override
                public void forward(boolean training) {
                    forward += macs;
                    real.forward(training);
                }

                @Override
                public void backward() {
                    backward += macs;
                    real.backward();
                }
            };
        }

        void reset() {
            forward = 0;
            backward = 0;
        }
    }

    @ParameterizedTest
    @MethodSource("org.skiplab.engine.graph.Presets#all")
    void everyPresetMultipliesAsOftenAsTheClosedFormSays(Preset preset) {
        Network network = preset.network();
        Counter counter = new Counter(KernelPath.PORTABLE.imagined());
        try (Parameters parameters = Parameters.imagined(network, DataType.FLOAT)) {
            new Compiler(network, BATCH, parameters, counter.kernels, false).footprint();
        }
        assertThat(counter.bound).isEqualTo(BATCH * Analysis.of(network).macs());
    }

    /// The same while it runs.
    @ParameterizedTest
    @ValueSource(strings = {"preact-resnet-11-bottleneck", "wrn-10-2", "densenet-bc-10-12"})
    void runsWhatIsBound(String preset) {
        Network network = Presets.get(preset).network(new Shape(32, 32, 3), 10);
        Counter counter = new Counter(new PortableKernels(DataType.FLOAT));
        try (Parameters parameters = Parameters.of(network, DataType.FLOAT);
                Plan plan = Plan.compile(network, BATCH, parameters, counter.kernels)) {
            plan.forward(false);
            assertThat(counter.forward).isEqualTo(BATCH * Analysis.of(network).macs());
            assertThat(counter.bound).isEqualTo(counter.forward);
        }
    }

    @Test
    void aClosedGateComputesNothingAndMovesNoStatistics() {
        Network network =
                Presets.get("stochastic-resnet-14")
                        .network(new Shape(16, 16, 3), 10)
                        .withSurvival(new Survival.Uniform(0.5));
        Counter counter = new Counter(new PortableKernels(DataType.FLOAT));
        try (Parameters parameters = Parameters.of(network, DataType.FLOAT);
                Plan plan = Plan.compile(network, BATCH, parameters, counter.kernels)) {
            Initialisation.initialise(parameters, new Seeds(1));
            for (long i = 0; i < plan.input().size(); i++) {
                plan.input().set(i, Math.sin(i));
            }
            plan.gates().forEach(g -> g.set(true));
            step(plan);
            long all = counter.forward;
            assertThat(all).isEqualTo(BATCH * Analysis.of(network).macs());
            assertThat(counter.backward).isEqualTo(all);

            List<String> closed = List.of("stage1_block2", "stage2_block1", "stage3_block2");
            plan.gates().forEach(g -> g.set(!closed.contains(g.block())));
            Map<String, double[]> before = statistics(parameters);
            counter.reset();
            step(plan);

            Analysis facts = Analysis.of(network);
            long left = closed.stream().mapToLong(b -> facts.facts(b).orElseThrow().macs()).sum();
            assertThat(counter.forward).isEqualTo(all - BATCH * left);
            assertThat(counter.backward).isEqualTo(all - BATCH * left);
            Map<String, double[]> after = statistics(parameters);
            for (Parameter p : parameters.all()) {
                boolean leftOut = closed.contains(p.block());
                if (p.gradient() == null) {
                    assertThat(Arrays.equals(after.get(p.name()), before.get(p.name())))
                            .as(p.name())
                            .isEqualTo(leftOut);
                } else {
                    assertThat(Arrays.stream(p.gradient().toDoubles()).allMatch(v -> v == 0))
                            .as(p.name())
                            .isEqualTo(leftOut);
                }
            }
        }
    }

    /// The fast path runs strided shortcuts early; nobody who looks at a plan sees that.
    @ParameterizedTest
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void activationsComeInTheNetworksOrder(KernelsUnderTest implementation) {
        Network network = Presets.get("wrn-10-2").network(new Shape(8, 8, 3), 10);
        List<String> layers = network.expanded().topological().stream().map(Node::id).toList();
        Kernels kernels = implementation.create();
        try (Parameters parameters = Parameters.of(network, kernels.type());
                Plan plan = Plan.compile(network, BATCH, parameters, kernels)) {
            plan.forward(true);
            assertThat(plan.activations())
                    .extracting(Plan.Activation::layer)
                    .isEqualTo(plan.layers())
                    .isNotEmpty()
                    .isSubsetOf(layers)
                    .isSortedAccordingTo(Comparator.comparingInt(layers::indexOf));
        }
    }

    private static void step(Plan plan) {
        plan.forward(true);
        for (long i = 0; i < plan.logitsGradient().size(); i++) {
            plan.logitsGradient().set(i, Math.cos(i));
        }
        plan.backward();
    }

    private static Map<String, double[]> statistics(Parameters parameters) {
        Map<String, double[]> values = new HashMap<>();
        for (Parameter p : parameters.all()) {
            if (p.gradient() == null) {
                values.put(p.name(), p.value().toDoubles());
            }
        }
        return values;
    }
}
