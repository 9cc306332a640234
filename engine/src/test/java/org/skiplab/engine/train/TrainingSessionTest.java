package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Lesion;

class TrainingSessionTest {

    private static final DataSet DATA = Patterns.data(160, 50);
    private static final TrainingSettings SETTINGS = Patterns.SETTINGS.withEpochs(2);

    private static TrainingSession open(TrainingSettings settings) {
        return new TrainingSession(
                Patterns.network(Survival.PAPER), () -> DATA, settings, KernelPath.ONEDNN);
    }

    private static Telemetry await(Training session, Predicate<Telemetry> wanted)
            throws InterruptedException {
        return Until.seen(session::telemetry, wanted);
    }

    @Test
    void playsToTheEndAndPublishesEverythingItMeasured() throws InterruptedException {
        try (TrainingSession session = open(SETTINGS)) {
            await(session, t -> t.phase() == Phase.PAUSED);
            session.play();
            Telemetry end = await(session, t -> t.phase() == Phase.FINISHED);
            assertThat(end.step()).isEqualTo(10);
            assertThat(end.epoch()).isEqualTo(2);
            assertThat(end.loss().size()).isEqualTo(10);
            assertThat(end.accuracy().size()).isEqualTo(10);
            assertThat(end.learningRate().get(0)).isEqualTo(0.05f);
            assertThat(end.evaluations()).hasSize(2);
            assertThat(end.gates().ids()).containsExactly("second", "third");
            assertThat(end.gates().steps()).isEqualTo(10);
            assertThat(end.gradients()).isPresent();
            assertThat(end.gradients().orElseThrow().ids())
                    .containsExactly("stem", "first", "second", "third", "head");
            assertThat(end.firstGradient().size()).isEqualTo(10);
            assertThat(end.imagesPerSecond()).isPositive();
            session.play();
            assertThat(await(session, t -> t.epoch() == 4).epochs()).isEqualTo(4);
        }
    }

    @Test
    void pausesStepsAndRewinds() throws InterruptedException {
        try (TrainingSession session = open(SETTINGS.withEpochs(1000))) {
            session.step();
            Telemetry first = await(session, t -> t.step() == 1 && t.phase() == Phase.PAUSED);
            session.play();
            await(session, t -> t.step() > 3);
            session.pause();
            Telemetry paused = await(session, t -> t.phase() == Phase.PAUSED);
            session.step();
            Telemetry next =
                    await(session, t -> t.step() > paused.step() && t.phase() == Phase.PAUSED);
            assertThat(next.step()).as("nothing ran in between").isEqualTo(paused.step() + 1);
            session.rewind();
            Telemetry back = await(session, t -> t.step() == 0);
            assertThat(back.loss().size()).isZero();
            session.step();
            Telemetry again = await(session, t -> t.step() == 1);
            assertThat(again.loss().get(0)).isEqualTo(first.loss().get(0));
        }
    }

    @Test
    void logsKnobsAndRefusesImpossibleOnes() throws InterruptedException {
        try (TrainingSession session = open(SETTINGS)) {
            session.turn(new Knob.SurvivalSchedule(new Survival.Uniform(0.9)));
            Telemetry turned = await(session, t -> t.knobs().size() == 1);
            assertThat(turned.gates().probability()).containsExactly(0.9, 0.9);
            session.turn(new Knob.Momentum(1.5));
            Telemetry refused =
                    await(session, t -> !t.message().isEmpty() && t.phase() == Phase.PAUSED);
            assertThat(refused.message()).contains("momentum");
            assertThat(refused.knobs()).hasSize(1);
            session.step();
            Telemetry later = await(session, t -> t.step() == 1 && t.phase() == Phase.PAUSED);
            assertThat(later.message()).as("said for longer than a step").contains("momentum");
            session.turn(new Knob.Momentum(0.5));
            await(session, t -> t.knobs().size() == 2 && t.message().isEmpty());
        }
    }

    @Test
    void saysWhenTheLossIsNoNumberAndRecoversByRewinding() throws InterruptedException {
        TrainingSettings wild = SETTINGS.withOptimiser(new Optimiser.Sgd(1e30, 0, false, 0, true));
        try (TrainingSession session = open(wild)) {
            session.play();
            Telemetry lost = await(session, t -> t.phase() == Phase.DIVERGED);
            assertThat(lost.message()).contains("step").contains("learning rate");
            session.rewind();
            session.turn(new Knob.LearningRate(0.05));
            session.play();
            await(session, t -> t.phase() == Phase.FINISHED);
        }
    }

    @Test
    void failsWithOneLineWhenTheDataCannotBeOpened() throws InterruptedException {
        TrainingSession.DataOpener broken =
                () -> {
                    throw new IllegalArgumentException("images.gz: truncated: download it again");
                };
        try (TrainingSession session =
                new TrainingSession(
                        Patterns.network(Survival.PAPER), broken, SETTINGS, KernelPath.ONEDNN)) {
            Telemetry failed = await(session, t -> t.phase() == Phase.FAILED);
            assertThat(failed.message()).isEqualTo("images.gz: truncated: download it again");
        }
    }

    @Test
    void answersQuestionsWhileItTrainsAndRefusesThemWhenItHasEnded() throws Exception {
        TrainingSession session = open(SETTINGS.withEpochs(1000));
        session.play();
        await(session, t -> t.step() > 1);
        Lesion whole = session.ask(Lesion.of(Set.of(), 50)).get();
        assertThat(whole.images()).isEqualTo(50);
        assertThat(whole.step()).isGreaterThan(1);
        assertThatThrownBy(() -> session.ask(Lesion.of(Set.of("nobody"), 50)).get())
                .hasMessageContaining("nobody");
        await(session, t -> t.step() > whole.step());
        session.pause();
        await(session, t -> t.phase() == Phase.PAUSED);
        session.ask(Lesion.of(Set.of("first"), 50)).get();
        session.watch(Set.of());
        await(session, t -> t.readings().watched().isEmpty());
        session.close();
        assertThatThrownBy(() -> session.ask(Lesion.of(Set.of(), 50)).get())
                .hasMessageContaining("ended");
    }

    @Test
    void closes() throws InterruptedException {
        TrainingSession session = open(SETTINGS.withEpochs(1000));
        session.play();
        await(session, t -> t.step() > 2);
        session.close();
        assertThat(session.telemetry().phase()).isEqualTo(Phase.CLOSED);
    }
}
