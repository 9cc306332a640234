package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.nn.Footprint;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.Plan;

class MemoryNeedTest {

    /// The momenta are memory of their own: it begins at an aligned address and may be read a
    /// little beyond its end.
    private static final long SLACK = 128;

    private static final Optimiser SGD = Optimiser.Sgd.PAPER;

    @ParameterizedTest(name = "{0}, batch {1}, {2}")
    @CsvSource({
        "resnet-8, 4, ONEDNN",
        "resnet-8, 3, PORTABLE",
        "preact-resnet-20, 5, ONEDNN",
        "stochastic-resnet-14, 2, ONEDNN",
        "stochastic-resnet-14, 2, PORTABLE",
        "wrn-16-2, 4, ONEDNN",
        "densenet-40-12, 2, ONEDNN",
        "densenet-bc-40-12, 3, ONEDNN",
        "densenet-bc-40-12, 2, PORTABLE",
        "resnet-34-v1, 1, ONEDNN"
    })
    void whatIsForetoldIsWhatIsAllocated(String preset, int batch, KernelPath path)
            throws InterruptedException {
        Network network = Presets.get(preset).network();
        Footprint foretold = Footprint.of(network, batch, path);
        try (Kernels kernels = path.open();
                Parameters parameters = Parameters.of(network, kernels.type())) {
            Plan plan = Plan.compile(network, batch, parameters, kernels);
            assertThat(foretold.total()).isEqualTo(plan.bytes() + parameters.bytes());
            assertThat(foretold.parameters()).isGreaterThanOrEqualTo(4 * parameters.trainable());
            assertThat(foretold.gradients()).isGreaterThanOrEqualTo(4 * parameters.trainable());
            plan.close();
        }
        try (Benchmark benchmark = new Benchmark(network, batch, path)) {
            MemoryNeed need = MemoryNeed.of(network, batch, SGD, path);
            assertThat(benchmark.bytes()).isEqualTo(need.total() - need.images() + SLACK);
            long compiled = benchmark.bytes();
            benchmark.run(0, 1);
            assertThat(benchmark.bytes()).as("after a step").isEqualTo(compiled);
        }
    }

    @Test
    void tellsWhatIsNeededWhatThereIsAndWhatFits() {
        Network network = Presets.get("wrn-16-4").network();
        long available = 300_000_000;
        Optional<String> refusal =
                MemoryNeed.refusal(network, 256, SGD, KernelPath.ONEDNN, available);
        assertThat(refusal).isPresent();
        Matcher line =
                Pattern.compile(
                                "wrn-16-4 with batch 256 needs .* GB .* 0\\.3 GB is free: batch (\\d+) fits.*")
                        .matcher(refusal.orElseThrow());
        assertThat(line.matches()).as(refusal.orElseThrow()).isTrue();
        int fitting = Integer.parseInt(line.group(1));
        assertThat(fitting).isBetween(2, 255);
        assertThat(MemoryNeed.refusal(network, fitting, SGD, KernelPath.ONEDNN, available))
                .isEmpty();
        assertThat(MemoryNeed.of(network, 2 * fitting, SGD, KernelPath.ONEDNN).total())
                .isGreaterThan(available);
        assertThat(MemoryNeed.refusal(network, 8, SGD, KernelPath.ONEDNN, 1000).orElseThrow())
                .contains("not even batch 1");
    }

    @Test
    void adamKeepsTwiceAsMuch() {
        Network network = Presets.get("resnet-8").network();
        MemoryNeed sgd = MemoryNeed.of(network, 2, SGD, KernelPath.ONEDNN);
        MemoryNeed adam = MemoryNeed.of(network, 2, Optimiser.Adam.DEFAULT, KernelPath.ONEDNN);
        assertThat(adam.optimiser()).isEqualTo(2 * sgd.optimiser());
        assertThat(adam.network()).isEqualTo(sgd.network());
    }

    @Test
    void refusesWithoutAllocatingAndGoesOnWithTheOldBatch() throws InterruptedException {
        Network huge = Presets.get("wrn-28-10").network();
        assertThatThrownBy(() -> new Benchmark(huge, 1 << 20, KernelPath.ONEDNN))
                .isInstanceOf(DoesNotFit.class)
                .hasMessageContaining("wrn-28-10 with batch 1048576 needs")
                .hasMessageContaining("is free");
        try (Trainer trainer =
                new Trainer(
                        Patterns.network(new Survival.Uniform(1)),
                        Patterns.data(64, 16),
                        TrainingSettings.DEFAULT,
                        KernelPath.ONEDNN)) {
            trainer.step();
            assertThatThrownBy(() -> trainer.turn(new Knob.BatchSize(65)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("64 training images");
            assertThat(trainer.settings().batch()).isEqualTo(32);
            trainer.step();
        }
    }
}
