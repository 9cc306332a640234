package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.TrainingSettings;

/// Every live knob, turned and undone on the document's own stack.
class KnobUndoTest {

    private static final long SECOND = 1_000_000_000;

    @TempDir Path folder;
    private final List<FakeTraining> sessions = new ArrayList<>();
    private DocumentViewModel document;
    private TrainingViewModel model;
    private TrainingSettings before;
    private long now;

    @BeforeEach
    void play() {
        Fixture fixture = new Fixture(folder);
        document = fixture.bench.document();
        document.start(Presets.get("stochastic-resnet-20").network());
        model =
                new TrainingViewModel(
                        document.analysisProperty().map(Analysis::network),
                        List.of(TrainingFixture.CIFAR_LIKE),
                        (plan, _) -> {
                            sessions.add(new FakeTraining(plan));
                            return sessions.getLast();
                        },
                        Runnable::run,
                        NetworkEdits.of(document, fixture.bench.messages()));
        before = model.knobs().settingsProperty().get();
        model.transport().togglePlay();
        pulse();
        calls().clear();
    }

    private void pulse() {
        now += SECOND;
        model.pulse(now, true);
    }

    private List<String> calls() {
        return sessions.getFirst().calls;
    }

    private void turnedAndBack(Knob knob, String title, String undone) {
        model.knobs().turn(knob);
        model.knobs().released();
        pulse();
        assertThat(document.undoTitleProperty().get()).isEqualTo("Undo " + title);
        assertThat(calls()).containsExactly("turn " + knob.title() + " " + knob.text());
        calls().clear();
        document.undo();
        pulse();
        assertThat(calls()).containsExactly("turn " + knob.title() + " " + undone);
        assertThat(model.knobs().settingsProperty().get()).isEqualTo(before);
        assertThat(document.canUndoProperty().get()).isFalse();
        assertThat(document.redoTitleProperty().get()).isEqualTo("Redo " + title);
        calls().clear();
        document.redo();
        pulse();
        assertThat(calls()).containsExactly("turn " + knob.title() + " " + knob.text());
        assertThat(model.transport().readoutProperty().get().remedy()).as("no rebuild").isEmpty();
        assertThat(sessions).hasSize(1);
    }

    @Test
    void learningRateGoesBackToItsSchedule() {
        turnedAndBack(new Knob.LearningRate(0.02), "Set learning rate to 0.02", "0.1, cosine");
        assertThat(document.saved()).as("not changed").contains(document.design());
    }

    @Test
    void momentum() {
        turnedAndBack(new Knob.Momentum(0.5), "Set momentum to 0.5", "0.9");
    }

    @Test
    void weightDecay() {
        turnedAndBack(new Knob.WeightDecay(0.01), "Set weight decay to 0.01", "1e-4");
    }

    @Test
    void labelSmoothing() {
        turnedAndBack(new Knob.LabelSmoothing(0.2), "Set label smoothing to 0.2", "0");
    }

    @Test
    void augmentation() {
        turnedAndBack(
                new Knob.Augment(Augmentation.CIFAR), "Set augmentation to crop:4,flip", "none");
    }

    @Test
    void batchSize() {
        turnedAndBack(new Knob.BatchSize(64), "Set batch size to 64", "32");
    }

    @Test
    void dropout() {
        turnedAndBack(new Knob.Dropout(0.3), "Set dropout to 0.3", "as designed");
        assertThat(model.knobs().dropout()).isEqualTo(OptionalDouble.of(0.3));
        document.undo();
        assertThat(model.knobs().dropout()).isEmpty();
    }

    @Test
    void survivalSchedule() {
        turnedAndBack(
                new Knob.SurvivalSchedule(new Survival.Uniform(0.8)),
                "Set survival to uniform:0.8",
                "linear:0.5");
    }

    @Test
    void whatDropPathsMean() {
        turnedAndBack(
                new Knob.DropPaths(GateMode.SAMPLE_SCALED),
                "Set drop paths to per image, ÷ p in training (timm)",
                GateMode.BATCH.title());
        assertThat(document.network().gateMode()).contains(GateMode.SAMPLE_SCALED);
    }

    @Test
    void aDraggedSliderIsOneStep() {
        for (int i = 1; i <= 30; i++) {
            model.knobs().turn(new Knob.Momentum((90 - i) / 100.0));
            model.pulse(now + i * 16_000_000L, true);
        }
        model.knobs().released();
        model.knobs().turn(new Knob.Momentum(0.1));
        model.knobs().released();
        pulse();
        document.undo();
        pulse();
        assertThat(calls().getLast()).isEqualTo("turn momentum 0.6");
        document.undo();
        pulse();
        assertThat(calls().getLast()).isEqualTo("turn momentum 0.9");
        assertThat(document.canUndoProperty().get()).isFalse();
    }

    @Test
    void aSliderDraggedBackWhereItWasIsNoStep() {
        model.knobs().turn(new Knob.Momentum(0.5));
        model.knobs().turn(new Knob.Momentum(0.9));
        model.knobs().released();
        assertThat(document.canUndoProperty().get()).isFalse();
    }

    @Test
    void knobsAndEditsAreUndoneInTheOrderTheyWereMade() {
        model.knobs().turn(new Knob.Momentum(0.5));
        model.knobs().released();
        model.knobs().turn(new Knob.SurvivalSchedule(new Survival.Uniform(0.8)));
        model.knobs().released();
        model.knobs().turn(new Knob.LearningRate(0.02));
        model.knobs().released();
        pulse();
        document.undo();
        assertThat(model.knobs().settingsProperty().get().optimiser().learningRate())
                .isEqualTo(0.1);
        document.undo();
        assertThat(document.network().survival()).isEqualTo(Survival.PAPER);
        document.undo();
        assertThat(model.knobs().settingsProperty().get()).isEqualTo(before);
        document.redo();
        document.redo();
        document.redo();
        assertThat(model.knobs().settingsProperty().get().optimiser().learningRate())
                .isEqualTo(0.02);
        assertThat(document.network().survival()).isEqualTo(new Survival.Uniform(0.8));
    }

    @Test
    void settingsOfTheNextRunAreUndoneToo() {
        model.knobs().change("epochs", s -> s.withEpochs(7));
        assertThat(model.knobs().settingsProperty().get().epochs()).isEqualTo(7);
        assertThat(document.undoTitleProperty().get()).isEqualTo("Undo Change epochs");
        document.undo();
        assertThat(model.knobs().settingsProperty().get()).isEqualTo(before);
    }
}
