package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

/// The view model with the real engine: a few steps on the bundled digits.
class EngineTrainingTest {

    private final SimpleObjectProperty<Network> network = new SimpleObjectProperty<>();
    private final Executor background = Runnable::run;
    private @Nullable TrainingViewModel model;

    @AfterEach
    void close() {
        if (model != null) {
            model.close();
        }
    }

    private TrainingViewModel model(String design) {
        DataChoice digits = DataChoice.BUILT_IN.getFirst();
        Network preset =
                ((Presets.Lookup.Found) Presets.find(design))
                        .preset()
                        .network(digits.shape(), digits.classes());
        network.set(preset);
        TrainingViewModel made =
                new TrainingViewModel(
                        network,
                        List.of(digits),
                        new EngineTraining(),
                        background,
                        TrainingFixture.editing(network));
        model = made;
        return made;
    }

    private static Telemetry await(TrainingViewModel model, Predicate<Telemetry> wanted)
            throws InterruptedException {
        Pulses.until(model, () -> model.telemetryProperty().get().filter(wanted).isPresent());
        return model.telemetryProperty().get().orElseThrow();
    }

    @Test
    void aRealNetworkTrainsPausesAndRewinds() throws InterruptedException {
        TrainingViewModel m = model("resnet-8");
        m.knobs().turn(new Knob.BatchSize(32));
        m.transport().togglePlay();
        Telemetry running = await(m, t -> t.step() >= 12);
        m.knobs().turn(new Knob.LearningRate(0.05));
        Telemetry turned =
                await(m, t -> !t.knobs().isEmpty() && t.step() > t.knobs().getFirst().step());
        m.transport().togglePlay();
        await(m, t -> t.phase() == Phase.PAUSED);
        m.transport().rewind();
        Telemetry rewound = await(m, t -> t.step() == 0);

        assertThat(running.loss().get(0)).isBetween(1f, 5f);
        assertThat(running.gradients()).isPresent();
        int first = turned.knobs().getFirst().step();
        assertThat(turned.learningRate().get(first))
                .as("the knob acts from the step it is marked at")
                .isEqualTo(0.05f);
        assertThat(turned.learningRate().get(first - 1)).isNotEqualTo(0.05f);
        assertThat(rewound.loss().size()).isZero();
    }

    @Test
    void gatesOpenAndCloseAndTheSliderReachesThem() throws InterruptedException {
        TrainingViewModel m = model("stochastic-resnet-8");
        m.knobs().turn(new Knob.BatchSize(8));
        m.transport().togglePlay();
        await(m, t -> t.gates().steps() >= 3);
        m.knobs().turn(new Knob.SurvivalSchedule(new Survival.Uniform(1)));
        Telemetry open =
                await(m, t -> !t.knobs().isEmpty() && t.step() >= t.knobs().getFirst().step() + 5);
        m.transport().togglePlay();
        await(m, t -> t.phase() == Phase.PAUSED);

        assertThat(open.gates().probability()).containsOnly(1);
        int from = open.knobs().getFirst().step();
        for (int b = 0; b < open.gates().ids().size(); b++) {
            for (int step = from; step < open.gates().steps(); step++) {
                assertThat(open.gates().survived(b, step)).isEqualTo(1);
            }
        }
        assertThat(m.pointing().ranProperty().get().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(open.gates().ids());
    }

    @Test
    void aHopelessRateDivergesAndTheRemedyWorks() throws InterruptedException {
        TrainingViewModel m = model("plain-8");
        m.knobs().turn(new Knob.BatchSize(16));
        m.knobs()
                .settingsProperty()
                .set(
                        m.knobs()
                                .settingsProperty()
                                .get()
                                .withOptimiser(
                                        m.knobs()
                                                .settingsProperty()
                                                .get()
                                                .optimiser()
                                                .withLearningRate(1e30)));
        m.transport().togglePlay();
        await(m, t -> t.phase() == Phase.DIVERGED);
        assertThat(m.transport().readoutProperty().get().remedy())
                .contains(Readout.Remedy.COOL_DOWN);
        m.transport().remedy();
        Telemetry cooled =
                await(m, t -> t.step() == 0 && t.phase() == Phase.PAUSED && !t.knobs().isEmpty());

        assertThat(cooled.knobs().getFirst().knob()).isEqualTo(new Knob.LearningRate(1e29));
    }
}
