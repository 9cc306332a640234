package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;

class PaceTest {

    private static final List<String> NAMES =
            List.of("resnet-8", "wrn-16-4", "densenet-40-12", "resnet-34", "preact-resnet-164");

    @Test
    void ratesThatMadeTheMeasurementsAreFoundAgain() {
        Pace truth = new Pace(3e-11, 1.5e-9, 4e-9, 2e-9);
        List<Pace.Sample> samples = new ArrayList<>();
        for (String name : NAMES) {
            Pace.Load load = load(Presets.get(name).network());
            samples.add(new Pace.Sample(load, truth.secondsPerImage(load)));
        }
        Pace fitted = Pace.fitted(samples);

        assertThat(fitted.secondsPerMac()).isCloseTo(3e-11, within(1e-15));
        assertThat(fitted.secondsPerActivation()).isCloseTo(1.5e-9, within(1e-13));
        assertThat(fitted.secondsPerDenseActivation()).isCloseTo(4e-9, within(1e-13));
        assertThat(fitted.secondsPerParameter()).isCloseTo(2e-9, within(1e-13));
    }

    @Test
    void noRateIsNegativeHoweverOddTheMeasurements() {
        List<Pace.Sample> samples = new ArrayList<>();
        double seconds = 1;
        for (String name : NAMES) {
            samples.add(new Pace.Sample(load(Presets.get(name).network()), seconds));
            seconds /= 7;
        }
        Pace fitted = Pace.fitted(samples);
        assertThat(fitted.secondsPerImage(samples.getFirst().load())).isPositive();
    }

    @Test
    void closedGatesCostNothing() {
        Network gated = Presets.get("stochastic-resnet-110").network();
        Pace.Load all = load(gated.withSurvival(new Survival.Uniform(1)));
        Pace.Load half = load(gated.withSurvival(new Survival.Uniform(0.5)));
        assertThat(half.macs()).isBetween(0.49 * all.macs(), 0.52 * all.macs());
    }

    @Test
    void thisMachineIsMeasured() throws InterruptedException {
        Pace pace = Pace.measure(KernelPath.chosen(), () -> false);
        double small = pace.secondsPerImage(load(Presets.get("resnet-8").network()));
        double large = pace.secondsPerImage(load(Presets.get("wrn-28-10").network()));
        assertThat(small).isPositive();
        assertThat(large).isGreaterThan(small);
    }

    @Test
    void aMeasurementCanBeStopped() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(
                        () -> Pace.measure(KernelPath.chosen(), () -> asked.incrementAndGet() > 1))
                .isInstanceOf(InterruptedException.class);
        assertThat(asked.get()).isEqualTo(2);
    }

    private static Pace.Load load(Network network) {
        return Pace.Load.of(Analysis.of(network), Pace.BATCH);
    }
}
