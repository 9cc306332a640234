package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.PlanGate;

/// Clocks in place of the machine's: what is reported is what was timed.
class BenchmarkTest {
    private static final long MS = 1_000_000;
    private static final double SURVIVAL = 0.5;

    private static final Network NETWORK =
            Presets.get("stochastic-resnet-14")
                    .network()
                    .withSurvival(new Survival.Uniform(SURVIVAL));

    private static Benchmark benchmark(LongSupplier nanoTime) {
        return new Benchmark(NETWORK, 2, KernelPath.chosen(), nanoTime);
    }

    private static LongSupplier times(int... ms) {
        PrimitiveIterator.OfInt times = Arrays.stream(ms).iterator();
        return () -> times.nextInt() * MS;
    }

    @Test
    void aStepTakesTheMedianOfItsTimes() {
        try (Benchmark benchmark = benchmark(times(0, 30, 30, 40, 40, 120))) {
            assertThat(benchmark.run(2, 3)).isEqualTo(new Benchmark.Times(30, 10, 40));
        }
    }

    @Test
    void depthIsTheMedianOfPairs() {
        // Drawn 10, 90, 20 and full 40, 60, 80: a quarter, one and a half, a quarter.
        try (Benchmark benchmark = benchmark(times(0, 10, 50, 50, 140, 200, 200, 220, 300))) {
            assertThat(benchmark.depth(3)).isEqualTo(new Benchmark.Depth(20, 60, 0.25));
        }
    }

    /// A millisecond passes for each open gate: drawn steps run the blocks that were drawn, others
    /// all.
    private static final class GateClock implements LongSupplier {
        private List<PlanGate> gates = List.of();
        private long nanos;

        @Override
        public long getAsLong() {
            nanos += Math.round(gates.stream().mapToDouble(PlanGate::survived).sum()) * MS;
            return nanos;
        }
    }

    @Test
    void closedGatesAreWhatIsSaved() {
        int pairs = 5;
        GateClock clock = new GateClock();
        try (Benchmark benchmark = benchmark(clock)) {
            clock.gates = benchmark.plan().gates();
            int gates = clock.gates.size();
            List<Integer> open = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                RandomGenerator random =
                        Seeds.stream(new Seeds(1).of(Seeds.Purpose.GATE, 2L * pair));
                int count = 0;
                for (int i = 0; i < gates; i++) {
                    count += random.nextDouble() < SURVIVAL ? 1 : 0;
                }
                open.add(count);
            }
            double median = open.stream().sorted().toList().get(pairs / 2);

            assertThat(benchmark.depth(pairs))
                    .isEqualTo(new Benchmark.Depth(median, gates, median / gates));
            assertThat(median).as("of %s", open).isBetween(1.0, gates - 1.0);
        }
    }

    @Test
    void aFeedIsComparedWithAFixedBatch() {
        Benchmark.Fed fed = new Benchmark.Fed(30, 40);
        assertThat(fed.speedKept()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void aProfileNamesTheLayersThatRan() {
        try (Benchmark benchmark = new Benchmark(NETWORK, 2, KernelPath.chosen())) {
            int[] around = {0};
            Benchmark.Profile profile = benchmark.profile(8, () -> around[0]++);

            assertThat(profile.layers())
                    .extracting(Benchmark.LayerTime::layer)
                    .containsExactlyInAnyOrderElementsOf(benchmark.plan().layers());
            assertThat(profile.stepsMs()).hasSize(8);
            assertThat(around[0]).isEqualTo(9);
            assertThat(profile.stepsMs().stream().mapToDouble(ms -> ms).average().orElseThrow())
                    .isCloseTo(
                            profile.layers().stream()
                                    .mapToDouble(t -> t.forwardMs() + t.backwardMs())
                                    .sum(),
                            within(1e-6));
        }
    }

    @Test
    void warmsUpUntilTheTimeIsUp() {
        long[] now = {0};
        try (Benchmark benchmark = benchmark(() -> now[0] += 1000 * MS)) {
            WarmUp none = benchmark.warmUp(Duration.ZERO);
            assertThat(none.steps()).isEqualTo(WarmUp.LEAST_STEPS);
            assertThat(none.elapsed()).isEqualTo(Duration.ofSeconds(WarmUp.LEAST_STEPS));
        }
    }
}
