package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skiplab.app.insight.CutViewModel;
import org.skiplab.app.insight.SeesViewModel;
import org.skiplab.app.insight.TimingViewModel;
import org.skiplab.app.insight.TimingViewModel.Fact;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.probe.DepthCourse;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.FeatureMaps;
import org.skiplab.engine.probe.Filters;
import org.skiplab.engine.probe.Lesion;
import org.skiplab.engine.probe.Prediction;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Timing;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

/// What the insights show, against what the engine says, on the bundled digits.
class InsightEngineTest {

    private static final DataChoice DIGITS = DataChoice.BUILT_IN.getFirst();

    private final SimpleObjectProperty<Network> network =
            new SimpleObjectProperty<>(
                    Presets.get("resnet-8").network(DIGITS.shape(), DIGITS.classes()));
    private final TrainingViewModel model =
            new TrainingViewModel(
                    network,
                    List.of(DIGITS),
                    new EngineTraining(),
                    Runnable::run,
                    TrainingFixture.editing(network));

    @BeforeEach
    void train() throws InterruptedException {
        model.knobs().turn(new Knob.BatchSize(16));
        model.transport().togglePlay();
        await(() -> telemetry().step() >= 10);
        model.transport().togglePlay();
        await(() -> telemetry().phase() == Phase.PAUSED);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private Telemetry telemetry() {
        return model.telemetryProperty().get().orElse(Telemetry.preparing(""));
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        Pulses.until(model, condition);
    }

    @Test
    void theTableOfTimesIsTheTelemetrys() {
        TimingViewModel timing = new TimingViewModel(model);
        Timing t = telemetry().readings().timing().orElseThrow();

        assertThat(timing.timing()).contains(t);
        assertThat(t.blocks())
                .extracting(Timing.BlockTime::id)
                .containsExactlyElementsOf(
                        network.get().topological().stream().map(n -> n.id()).toList());
        double blocks = t.blocks().stream().mapToDouble(Timing.BlockTime::total).sum();
        assertThat(timing.facts())
                .contains(
                        new Fact(
                                "Throughput",
                                Numbers.significant(telemetry().imagesPerSecond(), 3) + " images/s",
                                Double.NaN),
                        new Fact("One step", Numbers.significant(t.step(), 3) + " ms", 1),
                        new Fact(
                                "in blocks",
                                Numbers.significant(blocks, 3) + " ms",
                                blocks / t.step()));
        DepthHistory.View course = timing.course();
        assertThat(course.size()).isPositive();
        TimingViewModel.Then then = timing.then(0).orElseThrow();
        assertThat(then.step()).isBetween(1, 10);
        assertThat(then.ids()).containsExactlyElementsOf(course.ids());
        assertThat(course.columns()[0][1])
                .isEqualTo(then.forward()[1] + then.backward()[1])
                .isPositive();
        assertThat(timing.then(-1)).isEmpty();
    }

    @Test
    void whatWasCutEarlierCanBeSeenAgain() throws InterruptedException {
        CutViewModel cut = new CutViewModel(model);
        cut.pulse();
        cut.measureAll();
        await(() -> {
            cut.pulse();
            return !cut.busy();
        });
        int early = telemetry().step();
        float[] errors = cut.errors();
        model.transport().step();
        await(() -> telemetry().step() == early + 1);
        cut.toggle(cut.cuttable().getFirst());
        await(() -> {
            cut.pulse();
            return !cut.busy() && cut.steps().size() == 2;
        });
        assertThat(cut.stale()).isTrue();
        cut.scrub(early);
        assertThat(cut.errors()).containsExactly(errors);
        assertThat(cut.stale()).isFalse();
        assertThat(cut.whole().orElseThrow().step()).isEqualTo(early);
        cut.scrub(-1);
        assertThat(cut.whole().orElseThrow().step()).isEqualTo(early + 1);
    }

    @Test
    void keptWeightsShowTheNetworkAsItWas() throws Exception {
        String block = network.get().topological().get(2).id();
        Filters kernels = ask(Filters.first());
        FeatureMaps maps = ask(FeatureMaps.of(block, "", 3));
        Milestone kept = model.session().state().orElseThrow().get();
        int step = telemetry().step();
        model.transport().step();
        await(() -> telemetry().step() == step + 1);
        FeatureMaps again = ask(kept.seenBy(FeatureMaps.of(block, "", 3)));
        assertThat(again.step()).isEqualTo(step);
        assertThat(again.maps()).isDeepEqualTo(maps.maps());
        assertThat(ask(kept.seenBy(Filters.first())).weights()).isDeepEqualTo(kernels.weights());
        assertThat(Arrays.deepEquals(ask(Filters.first()).weights(), kernels.weights())).isFalse();
    }

    private <T> T ask(Probe<T> probe) throws Exception {
        return model.ask(probe).orElseThrow().get();
    }

    @Test
    void readingsByDepthCanBeGoneBackTo() throws InterruptedException {
        DepthCourse course = telemetry().readings().course();
        DepthReading newest = DepthReading.newest(telemetry());
        DepthReading again = DepthReading.at(course, newest.gradient().step());
        assertThat(again.gradient().of()).containsExactly(newest.gradient().of());
        assertThat(again.update().of()).containsExactly(newest.update().of());
        assertThat(again.update().ids()).isEqualTo(newest.update().ids());
        assertThat(again.dead().ids()).isEqualTo(newest.dead().ids());
        assertThat(again.dead().of()).containsExactly(newest.dead().of());
        assertThat(again.mean().of()).containsExactly(newest.mean().of());
        assertThat(again.deviation().of()).containsExactly(newest.deviation().of());
        int first = course.update().steps()[0];
        assertThat(DepthReading.at(course, first).update().step()).isEqualTo(first);
        assertThat(DepthReading.at(course, Integer.MAX_VALUE).update().none()).isTrue();
        assertThat(DepthReading.near(course, Integer.MAX_VALUE).update().none()).isFalse();
    }

    @Test
    void probesCanBeSwitchedOff() throws InterruptedException {
        TimingViewModel timing = new TimingViewModel(model);
        assertThat(timing.cost(Probing.GRADIENT)).contains("every");
        timing.watch(Probing.GRADIENT, false);
        await(() -> !timing.watched(Probing.GRADIENT));

        assertThat(timing.watched(Probing.ACTIVATION)).isTrue();
        assertThat(timing.cost(Probing.GRADIENT)).isEqualTo("off");
        int readings = telemetry().firstGradient().size();
        int step = telemetry().step();
        model.transport().step();
        await(() -> telemetry().step() == step + 1);
        assertThat(telemetry().firstGradient().size()).isEqualTo(readings + 1);
        assertThat(telemetry().firstGradient().get(readings)).as("a gap").isNaN();
    }

    @Test
    void aCutBlockIsMeasuredAtOnceAndShownOnTheCanvas() throws InterruptedException {
        CutViewModel cut = new CutViewModel(model);
        cut.pulse();
        assertThat(cut.cuttable()).hasSize(3);
        String block = cut.cuttable().get(1);
        cut.toggle(block);
        await(() -> {
            cut.pulse();
            return cut.now().isPresent() && cut.whole().isPresent();
        });
        assertThat(model.pointing().cutProperty().get()).containsExactly(block);
        Lesion expected =
                model.ask(Lesion.of(Set.of(block), cut.now().orElseThrow().images()))
                        .orElseThrow()
                        .join();
        assertThat(cut.now()).contains(expected);
        assertThat(cut.verdict())
                .contains("without " + block + " " + Numbers.percent(expected.error()));

        cut.measureAll();
        await(() -> {
            cut.pulse();
            return !cut.busy();
        });
        assertThat(cut.errors()).doesNotContain(Float.NaN);
        assertThat(cut.errors()[1]).isEqualTo((float) expected.error());
        cut.toggle(block);
        assertThat(model.pointing().cutProperty().get()).isEmpty();
    }

    @Test
    void predictionsAreWhatTheEvaluationCounts() throws InterruptedException {
        SeesViewModel sees = new SeesViewModel(model);
        await(() -> {
            sees.pulse(System.nanoTime());
            return sees.maps().isPresent()
                    && sees.filters().isPresent()
                    && sees.predictions().size() == SeesViewModel.GRID;
        });
        Prediction first = sees.predictions().getFirst();
        double sum = 0;
        for (float p : first.probabilities()) {
            sum += p;
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(sees.lines(first).getFirst())
                .isEqualTo("test image 1: " + first.label() + ", after step " + first.step());
        assertThat(sees.images().orElseThrow().label(0)).isEqualTo(first.label());
        String last = sees.blocks().get(2);
        sees.block(last);
        sees.image(3);
        await(() -> {
            sees.pulse(System.nanoTime());
            return sees.maps().orElseThrow().layer().startsWith(last)
                    && sees.maps().orElseThrow().prediction().image() == 3;
        });
        assertThat(sees.maps().orElseThrow().prediction().probabilities())
                .containsExactly(sees.predictions().get(3).probabilities(), within(1e-4f));
    }
}
