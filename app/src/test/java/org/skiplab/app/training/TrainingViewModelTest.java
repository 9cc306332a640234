package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.skiplab.app.insight.Ghost;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;
import org.skiplab.engine.train.TrainingSettings;

class TrainingViewModelTest {

    private static final long SECOND = 1_000_000_000;

    private final List<FakeTraining> sessions = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final SimpleObjectProperty<Network> network =
            new SimpleObjectProperty<>(preset("stochastic-resnet-110"));
    private String refusal = "";
    private final List<Start> starts = new ArrayList<>();
    private Executor background = Runnable::run;
    private long now;

    static Network preset(String name) {
        return ((Presets.Lookup.Found) Presets.find(name)).preset().network();
    }

    private TrainingViewModel model() {
        return new TrainingViewModel(
                network,
                List.of(
                        TrainingScreensTest.CIFAR_LIKE,
                        new DataChoice("mnist", "MNIST", new Shape(28, 28, 1), List.of("0", "1"))),
                (plan, start) -> {
                    starts.add(start);
                    if (!refusal.isEmpty()) {
                        throw new IllegalArgumentException(refusal);
                    }
                    sessions.add(new FakeTraining(plan));
                    return sessions.getLast();
                },
                task -> background.execute(task),
                TrainingScreensTest.editing(network));
    }

    private void pulse(TrainingViewModel model) {
        now += SECOND;
        model.pulse(now, true);
    }

    private TrainingViewModel playing() {
        TrainingViewModel model = model();
        model.togglePlay();
        pulse(model);
        return model;
    }

    @Test
    void playOpensASessionOnceAndThenPausesAndGoesOn() {
        TrainingViewModel model = playing();
        assertThat(model.readoutProperty().get().playing()).isTrue();
        assertThat(model.readoutProperty().get().state()).isEqualTo("Training");
        model.togglePlay();
        pulse(model);
        model.togglePlay();

        assertThat(sessions).hasSize(1);
        assertThat(sessions.getFirst().calls).containsExactly("play", "pause", "play");
    }

    @Test
    void nothingWaitsForASessionToOpen() {
        background = waiting::add;
        TrainingViewModel model = model();
        model.togglePlay();

        assertThat(model.readoutProperty().get().state()).isEqualTo("Preparing");
        assertThat(model.readoutProperty().get().playable()).isFalse();
        pulse(model);
        model.togglePlay();
        assertThat(waiting).as("pressed twice, opened once").hasSize(1);
        waiting.getFirst().run();
        pulse(model);
        assertThat(sessions.getFirst().calls).containsExactly("play");
    }

    @Test
    void stepAloneMakesOneMiniBatch() {
        TrainingViewModel model = model();
        model.step();
        pulse(model);

        assertThat(sessions.getFirst().calls).containsExactly("step");
        assertThat(model.telemetryProperty().get().map(Telemetry::step)).contains(1);
        assertThat(model.readoutProperty().get().state()).isEqualTo("Paused");
    }

    @Test
    void knobsActOnTheSessionAndOnTheSettings() {
        TrainingViewModel model = playing();
        model.turn(new Knob.Momentum(0.5));
        model.turn(new Knob.LearningRate(0.2));
        model.turn(new Knob.LearningRate(0.02));
        pulse(model);

        assertThat(sessions.getFirst().calls)
                .containsExactly("play", "turn momentum 0.5", "turn learning rate 0.02");
        assertThat(model.settingsProperty().get().optimiser())
                .isEqualTo(Optimiser.Sgd.PAPER.withMomentum(0.5).withLearningRate(0.02));
    }

    @Test
    void looksWhenItIsTimeWhileItLearnsAndAtOnceWhenItStops() {
        TrainingViewModel model = playing();
        FakeTraining session = sessions.getFirst();
        Telemetry seen = model.telemetryProperty().get().orElseThrow();
        session.recording.steps(1);
        session.publish(Phase.RUNNING, "");
        model.pulse(now, false);
        assertThat(model.telemetryProperty().get()).containsSame(seen);
        model.pulse(now, true);
        assertThat(model.telemetryProperty().get()).contains(session.telemetry());

        session.recording.steps(1);
        session.publish(Phase.PAUSED, "");
        model.pulse(now, false);
        assertThat(model.telemetryProperty().get()).contains(session.telemetry());
    }

    @Test
    void draggingASliderDoesNotFloodTheLog() {
        TrainingViewModel model = playing();
        for (int i = 1; i <= 60; i++) {
            model.turn(new Knob.WeightDecay(i * 1e-5));
            model.pulse(now + i * 16_000_000L, true);
        }
        pulse(model);
        pulse(model);

        assertThat(sessions.getFirst().calls).hasSizeLessThan(10);
        assertThat(sessions.getFirst().calls.getLast()).isEqualTo("turn weight decay " + 60 * 1e-5);
    }

    @Test
    void survivalIsAnEditOfTheNetworkAndAKnobOfTheRun() {
        TrainingViewModel model = playing();
        model.turn(new Knob.SurvivalSchedule(new Survival.Linear(0.8)));
        pulse(model);

        assertThat(network.get().survival()).isEqualTo(new Survival.Linear(0.8));
        assertThat(sessions.getFirst().calls).containsExactly("play", "turn survival linear:0.8");
        assertThat(model.readoutProperty().get().remedy()).as("no rebuild needed").isEmpty();
    }

    @Test
    void undoOfASurvivalEditReachesTheRun() {
        TrainingViewModel model = playing();
        network.set(network.get().withSurvival(new Survival.Uniform(0.9)));
        pulse(model);

        assertThat(sessions.getFirst().calls).contains("turn survival uniform:0.9");
    }

    @Test
    void anotherStructureAsksForARebuildAndPlayBuildsIt() {
        TrainingViewModel model = playing();
        network.set(preset("resnet-20"));

        assertThat(model.readoutProperty().get().remedy()).contains(Readout.Remedy.REBUILD);
        assertThat(model.readoutProperty().get().playing()).as("the old run goes on").isTrue();
        model.togglePlay();
        pulse(model);
        model.togglePlay();
        pulse(model);
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).calls).containsExactly("play", "pause", "close");
        assertThat(sessions.get(1).calls).containsExactly("play");
        assertThat(model.readoutProperty().get().remedy()).isEmpty();
    }

    @Test
    void aChangedStructureKeepsTheWeightsThatFitAndSaysSoBefore() {
        network.set(preset("resnet-20"));
        TrainingViewModel model = playing();
        sessions.getFirst().recording.steps(3);
        sessions.getFirst().publish(Phase.PAUSED, "");
        pulse(model);
        Network changed =
                network.get()
                        .withNodes(
                                network.get().nodes().stream()
                                        .map(n ->
                                                n.id().equals("stage3_block3")
                                                        ? new Node(
                                                                n.id(),
                                                                Residual.v1(
                                                                        Residual.Form.BOTTLENECK,
                                                                        16,
                                                                        1),
                                                                n.inputs())
                                                        : n)
                                        .toList());
        network.set(changed);

        assertThat(model.readoutProperty().get().advice())
                .contains("keeps 97 % of the weights")
                .contains("stage3_block3 starts anew");
        model.togglePlay();
        pulse(model);
        assertThat(starts).hasSize(2);
        assertThat(starts.getLast()).isInstanceOf(Start.Carry.class);
        assertThat(sessions.getFirst().calls).containsExactly("play", "snapshot", "close");
    }

    @Test
    void anotherSeedBeginsWithItsOwnWeights() {
        TrainingViewModel model = playing();
        sessions.getFirst().recording.steps(3);
        sessions.getFirst().publish(Phase.PAUSED, "");
        pulse(model);
        model.settingsProperty().set(model.settingsProperty().get().withSeed(7));

        assertThat(model.readoutProperty().get().advice()).contains("initial weights");
        model.togglePlay();
        pulse(model);
        assertThat(starts.getLast()).isEqualTo(Start.INITIAL);
    }

    @Test
    void resumesWhereAnotherRunWasAndWaits() throws Exception {
        TrainingViewModel first = playing();
        sessions.getFirst().recording.steps(5);
        sessions.getFirst().publish(Phase.PAUSED, "");
        Milestone there = sessions.getFirst().snapshot().get();
        first.close();
        TrainingViewModel model = model();
        TrainingPlan plan =
                new TrainingPlan(
                        network.get(),
                        model.choices().getFirst(),
                        TrainingSettings.DEFAULT.withBatch(64));
        model.resume(plan, there, List.of(new Knob.Momentum(0.5)));
        pulse(model);

        assertThat(starts.getLast()).isEqualTo(new Start.Resume(there));
        assertThat(model.settingsProperty().get().batch()).isEqualTo(64);
        pulse(model);
        assertThat(sessions.getLast().calls).containsExactly("turn momentum 0.5");
        assertThat(model.readoutProperty().get().playable()).isTrue();
        assertThat(model.readoutProperty().get().remedy()).isEmpty();
    }

    @Test
    void tellsTheLogOfEveryRun() {
        List<String> told = new ArrayList<>();
        TrainingViewModel model = model();
        model.follow(
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
        model.togglePlay();
        pulse(model);
        sessions.getFirst().recording.steps(2);
        sessions.getFirst().publish(Phase.PAUSED, "");
        pulse(model);
        model.rewind();
        model.close();
        assertThat(told).containsExactly("begun 0", "saw 2", "ending 2", "begun 0", "ending 2");
    }

    @Test
    void aNameIsNotAStructure() {
        TrainingViewModel model = playing();
        network.set(network.get().withName("mine"));

        assertThat(model.readoutProperty().get().remedy()).isEmpty();
    }

    @Test
    void whatCannotRunSaysWhyAndWhatToDo() {
        TrainingViewModel model = model();
        network.set(network.get().withNodes(List.of()));

        Readout readout = model.readoutProperty().get();
        assertThat(readout.playable()).isFalse();
        assertThat(readout.steppable()).isFalse();
        assertThat(readout.advice()).contains("canvas is empty").contains("drag a stem");
        model.togglePlay();
        pulse(model);
        assertThat(sessions).isEmpty();
    }

    @Test
    void dataThatDoNotFitSaySo() {
        TrainingViewModel model = model();
        model.dataProperty().set(model.choices().get(1));

        assertThat(model.readoutProperty().get().playable()).isFalse();
        assertThat(model.readoutProperty().get().advice()).contains("MNIST").contains("28");
        assertThat(model.readoutProperty().get().remedy()).contains(Readout.Remedy.FIT);
        model.remedy();
        assertThat(model.readoutProperty().get().playable()).isTrue();
        assertThat(network.get().input()).isEqualTo(new Shape(28, 28, 1));
    }

    @Test
    void choosingDataFitsTheNetwork() {
        TrainingViewModel model = model();
        model.choose(model.choices().get(1));

        assertThat(network.get().input()).isEqualTo(new Shape(28, 28, 1));
        assertThat(model.readoutProperty().get().playable()).isTrue();
    }

    @Test
    void aRefusedSessionSaysWhyAndCanBeTriedAgainAfterAnEdit() {
        refusal = "the network needs 14 GB, this machine has 12 GB; choose a smaller batch";
        TrainingViewModel model = playing();

        assertThat(model.readoutProperty().get().advice()).isEqualTo(refusal);
        assertThat(model.readoutProperty().get().mood()).isEqualTo(Readout.Mood.TROUBLE);
        refusal = "";
        network.set(preset("resnet-20"));
        model.togglePlay();
        pulse(model);
        assertThat(sessions).hasSize(1);
    }

    @Test
    void divergenceOffersTheWayBack() {
        TrainingViewModel model = playing();
        FakeTraining session = sessions.getFirst();
        session.recording.steps(3);
        session.publish(
                Phase.DIVERGED,
                "the loss became NaN at step 4; it started in stage1_block1.bn1 (learning rate 0.1)");
        pulse(model);

        Readout readout = model.readoutProperty().get();
        assertThat(readout.mood()).isEqualTo(Readout.Mood.TROUBLE);
        assertThat(readout.playable()).isFalse();
        assertThat(readout.advice()).contains("step 4").contains("stage1_block1");
        assertThat(readout.remedy()).contains(Readout.Remedy.COOL_DOWN);
        model.remedy();
        pulse(model);
        assertThat(session.calls).containsExactly("play", "back 3", "turn learning rate 0.01");
    }

    @Test
    void aFailedSessionIsOpenedAnew() {
        TrainingViewModel model = playing();
        sessions.getFirst().publish(Phase.FAILED, "the disk is full");
        pulse(model);
        assertThat(model.readoutProperty().get().remedy()).contains(Readout.Remedy.RETRY);
        model.remedy();
        pulse(model);

        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).calls).containsExactly("play", "close");
    }

    @Test
    void lampsShowTheNewestMiniBatchOrTheOneScrubbedTo() {
        TrainingViewModel model = playing();
        assertThat(model.ranProperty().get()).isEmpty();
        FakeTraining session = sessions.getFirst();
        session.recording.steps(30);
        session.publish(Phase.RUNNING, "");
        pulse(model);

        assertThat(model.ranProperty().get()).contains(ran(model, 29));
        model.scrub(4);
        assertThat(model.ranProperty().get()).contains(ran(model, 4));
        session.recording.steps(1);
        session.publish(Phase.RUNNING, "");
        pulse(model);
        assertThat(model.ranProperty().get())
                .as("stays while training goes on")
                .contains(ran(model, 4));
        model.scrub(-1);
        assertThat(model.ranProperty().get()).contains(ran(model, 30));
    }

    private static Set<String> ran(TrainingViewModel model, int step) {
        var gates = model.telemetryProperty().get().orElseThrow().gates();
        Set<String> ids = new HashSet<>();
        for (int b = 0; b < gates.ids().size(); b++) {
            if (gates.survived(b, step) > 0) {
                ids.add(gates.ids().get(b));
            }
        }
        return ids;
    }

    @Test
    void closingClosesTheSession() {
        TrainingViewModel model = playing();
        model.close();

        assertThat(sessions.getFirst().calls).containsExactly("play", "close");
    }

    @Test
    void aSessionThatOpensAfterClosingIsClosedToo() {
        background = waiting::add;
        TrainingViewModel model = model();
        model.togglePlay();
        model.close();
        waiting.getFirst().run();

        assertThat(sessions.getFirst().calls).containsExactly("close");
    }

    @Test
    void aGhostKeepsTheRunCompanyAndTheNextRunToo() {
        TrainingViewModel model = playing();
        assertThat(model.ghosts()).containsExactly(Ghost.WITHOUT_SHORTCUTS, Ghost.CONSTANT_DEPTH);
        model.haunt(Optional.of(Ghost.CONSTANT_DEPTH));
        sessions.getFirst().recording.steps(5);
        pulse(model);
        assertThat(sessions.getFirst().calls)
                .contains("accompany stochastic-resnet-110, constant depth");
        assertThat(model.ghostTelemetryProperty().get().map(Telemetry::step)).contains(5);
        assertThat(model.ghostTelemetryProperty().get().orElseThrow().gates().ids()).isEmpty();

        network.set(preset("stochastic-resnet-20"));
        model.remedy();
        pulse(model);
        assertThat(sessions.get(1).calls)
                .containsExactly("accompany stochastic-resnet-20, constant depth", "play");
        model.haunt(Optional.empty());
        pulse(model);
        assertThat(sessions.get(1).calls.getLast()).isEqualTo("accompany nobody");
        assertThat(model.ghostTelemetryProperty().get()).isEmpty();
    }
}
