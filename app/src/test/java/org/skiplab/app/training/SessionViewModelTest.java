package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.training.TrainingFixture.readout;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;
import org.skiplab.engine.train.TrainingSettings;

/// The life of a session: opened, played, paused, rebuilt, resumed, closed.
class SessionViewModelTest {

    private final TrainingFixture fixture = new TrainingFixture();

    @Test
    void playOpensASessionOnceAndThenPausesAndGoesOn() {
        TrainingViewModel model = fixture.playing();
        assertThat(readout(model).playing()).isTrue();
        assertThat(readout(model).state()).isEqualTo("Training");
        model.transport().togglePlay();
        fixture.pulse(model);
        model.transport().togglePlay();

        assertThat(fixture.sessions).hasSize(1);
        assertThat(fixture.sessions.getFirst().calls).containsExactly("play", "pause", "play");
    }

    @Test
    void nothingWaitsForASessionToOpen() {
        fixture.background = fixture.waiting::add;
        TrainingViewModel model = fixture.model();
        model.transport().togglePlay();

        assertThat(readout(model).state()).isEqualTo("Preparing");
        assertThat(readout(model).playable()).isFalse();
        fixture.pulse(model);
        model.transport().togglePlay();
        assertThat(fixture.waiting).as("pressed twice, opened once").hasSize(1);
        fixture.waiting.getFirst().run();
        fixture.pulse(model);
        assertThat(fixture.sessions.getFirst().calls).containsExactly("play");
    }

    @Test
    void stepAloneMakesOneMiniBatch() {
        TrainingViewModel model = fixture.model();
        model.transport().step();
        fixture.pulse(model);

        assertThat(fixture.sessions.getFirst().calls).containsExactly("step");
        assertThat(model.telemetryProperty().get().map(Telemetry::step)).contains(1);
        assertThat(readout(model).state()).isEqualTo("Paused");
    }

    @Test
    void looksWhenItIsTimeWhileItLearnsAndAtOnceWhenItStops() {
        TrainingViewModel model = fixture.playing();
        FakeTraining session = fixture.sessions.getFirst();
        Telemetry seen = model.telemetryProperty().get().orElseThrow();
        session.recording.steps(1);
        session.publish(Phase.RUNNING, "");
        model.pulse(fixture.now, false);
        assertThat(model.telemetryProperty().get()).containsSame(seen);
        model.pulse(fixture.now, true);
        assertThat(model.telemetryProperty().get()).contains(session.telemetry());

        session.recording.steps(1);
        session.publish(Phase.PAUSED, "");
        model.pulse(fixture.now, false);
        assertThat(model.telemetryProperty().get()).contains(session.telemetry());
    }

    @Test
    void anotherStructureAsksForARebuildAndPlayBuildsIt() {
        TrainingViewModel model = fixture.playing();
        fixture.network.set(Presets.get("resnet-20").network());

        assertThat(readout(model).remedy()).contains(Readout.Remedy.REBUILD);
        assertThat(readout(model).playing()).as("the old run goes on").isTrue();
        model.transport().togglePlay();
        fixture.pulse(model);
        model.transport().togglePlay();
        fixture.pulse(model);
        assertThat(fixture.sessions).hasSize(2);
        assertThat(fixture.sessions.get(0).calls).containsExactly("play", "pause", "close");
        assertThat(fixture.sessions.get(1).calls).containsExactly("play");
        assertThat(readout(model).remedy()).isEmpty();
    }

    @Test
    void aChangedStructureKeepsTheWeightsThatFitAndSaysSoBefore() {
        fixture.network.set(Presets.get("resnet-20").network());
        TrainingViewModel model = fixture.playing();
        fixture.sessions.getFirst().recording.steps(3);
        fixture.sessions.getFirst().publish(Phase.PAUSED, "");
        fixture.pulse(model);
        fixture.network.set(withWiderEnd());

        assertThat(readout(model).advice())
                .contains("keeps 97 % of the weights")
                .contains("stage3_block3 starts anew");
        model.transport().togglePlay();
        fixture.pulse(model);
        assertThat(fixture.starts).hasSize(2);
        assertThat(fixture.starts.getLast()).isInstanceOf(Start.Carry.class);
        assertThat(fixture.sessions.getFirst().calls).containsExactly("play", "snapshot", "close");
    }

    /// The canvas's network with another last block.
    private Network withWiderEnd() {
        return fixture.network
                .get()
                .withNodes(
                        fixture.network.get().nodes().stream()
                                .map(n ->
                                        n.id().equals("stage3_block3")
                                                ? new Node(
                                                        n.id(),
                                                        Residual.v1(
                                                                Residual.Form.BOTTLENECK, 16, 1),
                                                        n.inputs())
                                                : n)
                                .toList());
    }

    @Test
    void aRunThatDoesNotHandOverItsWeightsIsNotPassedOverInSilence() {
        fixture.network.set(Presets.get("resnet-20").network());
        TrainingViewModel model = fixture.playing();
        List<String> warnings = new ArrayList<>();
        model.session().onWarning(warnings::add);
        fixture.sessions.getFirst().recording.steps(3);
        fixture.sessions.getFirst().publish(Phase.PAUSED, "");
        fixture.sessions.getFirst().silent = true;
        fixture.pulse(model);
        fixture.network.set(withWiderEnd());
        model.transport().togglePlay();
        fixture.pulse(model);

        assertThat(fixture.starts.getLast()).isEqualTo(Start.INITIAL);
        assertThat(warnings).containsExactly(SessionViewModel.WEIGHTS_LOST);

        fixture.sessions.getLast().publish(Phase.PAUSED, "");
        fixture.pulse(model);
        fixture.network.set(Presets.get("resnet-20").network());
        model.transport().togglePlay();
        fixture.pulse(model);
        assertThat(fixture.sessions).hasSize(3);
        assertThat(warnings).as("said once").hasSize(1);
    }

    @Test
    void anotherSeedBeginsWithItsOwnWeights() {
        TrainingViewModel model = fixture.playing();
        fixture.sessions.getFirst().recording.steps(3);
        fixture.sessions.getFirst().publish(Phase.PAUSED, "");
        fixture.pulse(model);
        model.knobs().settingsProperty().set(model.knobs().settingsProperty().get().withSeed(7));

        assertThat(readout(model).advice()).contains("initial weights");
        model.transport().togglePlay();
        fixture.pulse(model);
        assertThat(fixture.starts.getLast()).isEqualTo(Start.INITIAL);
    }

    @Test
    void aNameIsNotAStructure() {
        TrainingViewModel model = fixture.playing();
        fixture.network.set(fixture.network.get().withName("mine"));

        assertThat(readout(model).remedy()).isEmpty();
    }

    @Test
    void resumesWhereAnotherRunWasAndWaits() throws Exception {
        TrainingViewModel first = fixture.playing();
        fixture.sessions.getFirst().recording.steps(5);
        fixture.sessions.getFirst().publish(Phase.PAUSED, "");
        Milestone there = fixture.sessions.getFirst().snapshot().get();
        first.close();
        TrainingViewModel model = fixture.model();
        TrainingPlan plan =
                new TrainingPlan(
                        fixture.network.get(),
                        model.plan().choices().getFirst(),
                        TrainingSettings.DEFAULT.withBatch(64));
        model.session().resume(plan, there, List.of(new Knob.Momentum(0.5)));
        fixture.pulse(model);

        assertThat(fixture.starts.getLast()).isEqualTo(new Start.Resume(there));
        assertThat(model.knobs().settingsProperty().get().batch()).isEqualTo(64);
        fixture.pulse(model);
        assertThat(fixture.sessions.getLast().calls).containsExactly("turn momentum 0.5");
        assertThat(readout(model).playable()).isTrue();
        assertThat(readout(model).remedy()).isEmpty();
    }

    @Test
    void tellsTheLogOfEveryRun() {
        List<String> told = new ArrayList<>();
        TrainingViewModel model = fixture.model();
        model.session()
                .follow(
                        new RunLog() {
                            @Override
                            public void begun(TrainingPlan plan, int step, int staleFrom) {
                                told.add("begun " + step);
                            }

                            @Override
                            public void saw(Telemetry now, Training session) {
                                if (now.step() > 0) {
                                    told.add("saw " + now.step());
                                }
                            }

                            @Override
                            public void ending(Training session, Telemetry now) {
                                told.add("ending " + now.step());
                            }
                        });
        model.transport().togglePlay();
        fixture.pulse(model);
        fixture.sessions.getFirst().recording.steps(2);
        fixture.sessions.getFirst().publish(Phase.PAUSED, "");
        fixture.pulse(model);
        model.transport().rewind();
        model.close();
        assertThat(told).containsExactly("begun 0", "saw 2", "ending 2", "begun 0", "ending 2");
    }

    @Test
    void aFailedSessionIsOpenedAnew() {
        TrainingViewModel model = fixture.playing();
        fixture.sessions.getFirst().publish(Phase.FAILED, "the disk is full");
        fixture.pulse(model);
        assertThat(readout(model).remedy()).contains(Readout.Remedy.RETRY);
        model.transport().remedy();
        fixture.pulse(model);

        assertThat(fixture.sessions).hasSize(2);
        assertThat(fixture.sessions.get(0).calls).containsExactly("play", "close");
    }

    @Test
    void closingClosesTheSession() {
        TrainingViewModel model = fixture.playing();
        model.close();

        assertThat(fixture.sessions.getFirst().calls).containsExactly("play", "close");
    }

    @Test
    void aSessionThatOpensAfterClosingIsClosedToo() {
        fixture.background = fixture.waiting::add;
        TrainingViewModel model = fixture.model();
        model.transport().togglePlay();
        model.close();
        fixture.waiting.getFirst().run();

        assertThat(fixture.sessions.getFirst().calls).containsExactly("close");
    }

    @Test
    void aRefusedBatchGoesBackToTheOneThatTrainsAndIsExplained() {
        TrainingViewModel model = fixture.playing();
        FakeTraining session = fixture.sessions.getFirst();
        session.mostInBatch = 64;
        int before = model.knobs().settings().batch();
        for (int again = 0; again < 2; again++) {
            model.knobs().turn(new Knob.BatchSize(512));
            assertThat(model.knobs().settings().batch()).isEqualTo(512);
            fixture.pulse(model);
            session.publish(Phase.RUNNING, "a batch of 512 is too large");
            fixture.pulse(model);
            assertThat(model.knobs().settings().batch()).isEqualTo(before);
            assertThat(readout(model).advice()).isEqualTo("a batch of 512 is too large");
            assertThat(readout(model).remedy()).as("nothing to rebuild").isEmpty();
        }
        model.knobs().turn(new Knob.BatchSize(64));
        fixture.pulse(model);
        session.publish(Phase.RUNNING, "");
        fixture.pulse(model);
        assertThat(model.knobs().settings().batch()).isEqualTo(64);
    }

    @Test
    void aBatchIsNotTurnedBackWhileTheSessionIsStillAtTheOneBefore() {
        TrainingViewModel model = fixture.playing();
        FakeTraining session = fixture.sessions.getFirst();
        session.slow = true;
        for (int batch : List.of(512, 8)) {
            model.knobs().turn(new Knob.BatchSize(batch));
            fixture.pulse(model);
        }
        for (int answers = 0; answers < 2; answers++) {
            session.answer();
            fixture.pulse(model);
            assertThat(model.knobs().settings().batch()).isEqualTo(8);
        }
    }

    @Test
    void whatIsTurnedWhileASessionOpensActsFromItsFirstStep() {
        fixture.background = fixture.waiting::add;
        TrainingViewModel model = fixture.model();
        model.transport().togglePlay();
        model.knobs().turn(new Knob.LearningRate(0.02));
        model.knobs().turn(new Knob.LearningRate(0.03));
        fixture.pulse(model);
        fixture.waiting.getFirst().run();
        fixture.pulse(model);
        fixture.pulse(model);

        assertThat(fixture.sessions.getFirst().calls)
                .containsExactly("turn learning rate 0.03", "play");
        assertThat(readout(model).remedy()).as("nothing to rebuild").isEmpty();
    }
}
