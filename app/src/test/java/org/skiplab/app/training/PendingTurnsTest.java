package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.training.TrainingFixture.readout;

import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Optimiser;

/// Knobs on their way to a session.
class PendingTurnsTest {

    private final TrainingFixture fixture = new TrainingFixture();

    @Test
    void knobsActOnTheSessionAndOnTheSettings() {
        TrainingViewModel model = fixture.playing();
        model.knobs().turn(new Knob.Momentum(0.5));
        model.knobs().turn(new Knob.LearningRate(0.2));
        model.knobs().turn(new Knob.LearningRate(0.02));
        fixture.pulse(model);

        assertThat(fixture.sessions.getFirst().calls)
                .containsExactly("play", "turn momentum 0.5", "turn learning rate 0.02");
        assertThat(model.knobs().settingsProperty().get().optimiser())
                .isEqualTo(Optimiser.Sgd.PAPER.withMomentum(0.5).withLearningRate(0.02));
    }

    @Test
    void draggingASliderDoesNotFloodTheLog() {
        TrainingViewModel model = fixture.playing();
        for (int i = 1; i <= 60; i++) {
            model.knobs().turn(new Knob.WeightDecay(i * 1e-5));
            model.pulse(fixture.now + i * 16_000_000L, true);
        }
        fixture.pulse(model);
        fixture.pulse(model);

        assertThat(fixture.sessions.getFirst().calls).hasSizeLessThan(10);
        assertThat(fixture.sessions.getFirst().calls.getLast())
                .isEqualTo("turn weight decay " + new Knob.WeightDecay(60 * 1e-5).text());
    }

    @Test
    void survivalIsAnEditOfTheNetworkAndAKnobOfTheRun() {
        TrainingViewModel model = fixture.playing();
        model.knobs().turn(new Knob.SurvivalSchedule(new Survival.Linear(0.8)));
        fixture.pulse(model);

        assertThat(fixture.network.get().survival()).isEqualTo(new Survival.Linear(0.8));
        assertThat(fixture.sessions.getFirst().calls)
                .containsExactly("play", "turn survival linear:0.8");
        assertThat(readout(model).remedy()).as("no rebuild needed").isEmpty();
    }

    @Test
    void undoOfASurvivalEditReachesTheRun() {
        TrainingViewModel model = fixture.playing();
        fixture.network.set(fixture.network.get().withSurvival(new Survival.Uniform(0.9)));
        fixture.pulse(model);

        assertThat(fixture.sessions.getFirst().calls).contains("turn survival uniform:0.9");
    }
}
