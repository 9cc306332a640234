package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;

class CompanionTest {

    private static final DataSet DATA = Patterns.data(320, 100);
    private static final TrainingSettings SETTINGS =
            TrainingSettings.DEFAULT
                    .withBatch(32)
                    .withEpochs(2)
                    .withOptimiser(Optimiser.Sgd.PAPER.withLearningRate(0.05));
    private static final Network DROPPING = Patterns.network(Survival.PAPER);
    private static final Network FULL = Patterns.network(new Survival.Uniform(1));

    private static TrainingSession open(Start start) {
        return new TrainingSession(DROPPING, () -> DATA, SETTINGS, KernelPath.ONEDNN, start);
    }

    private static Telemetry companion(TrainingSession session, Predicate<Telemetry> wanted)
            throws InterruptedException {
        return await(session, s -> s.companion().filter(wanted)).orElseThrow();
    }

    private static Telemetry main(TrainingSession session, Predicate<Telemetry> wanted)
            throws InterruptedException {
        return await(session, s -> Optional.of(s.telemetry()).filter(wanted)).orElseThrow();
    }

    private static Optional<Telemetry> await(
            TrainingSession session,
            java.util.function.Function<TrainingSession, Optional<Telemetry>> look)
            throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (look.apply(session).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(session.telemetry() + "; " + session.companion());
            }
            Thread.sleep(2);
        }
        return look.apply(session);
    }

    private static List<Float> losses(Telemetry t) {
        List<Float> losses = new ArrayList<>();
        for (int i = 0; i < t.loss().size(); i++) {
            losses.add(t.loss().get(i));
        }
        return losses;
    }

    /// What the network gives alone with a rate turned at step 7.
    private static List<Float> alone(Network network, int steps) throws InterruptedException {
        List<Float> losses = new ArrayList<>();
        try (Trainer trainer = new Trainer(network, DATA, SETTINGS, KernelPath.ONEDNN)) {
            for (int i = 0; i < steps; i++) {
                if (i == 7) {
                    trainer.turn(new Knob.LearningRate(0.01));
                }
                losses.add((float) trainer.step().loss());
            }
        }
        return losses;
    }

    @Test
    void catchesUpWithEveryStepAndKnobAsIfItHadRunAlone() throws InterruptedException {
        try (TrainingSession session = open(Start.INITIAL)) {
            for (int i = 1; i <= 7; i++) {
                int step = i;
                session.step();
                main(session, t -> t.step() == step);
            }
            session.turn(new Knob.LearningRate(0.01));
            session.accompany(Optional.of(FULL));
            companion(session, t -> t.step() == 7);
            session.play();
            Telemetry end = main(session, t -> t.phase() == Phase.FINISHED);
            Telemetry second = companion(session, t -> t.evaluations().size() == 2);
            assertThat(losses(end)).isEqualTo(alone(DROPPING, 20));
            assertThat(losses(second)).isEqualTo(alone(FULL, 20));
            assertThat(second.step()).isEqualTo(end.step());
            assertThat(second.firstGradient().size()).isEqualTo(20);
            session.rewind();
            companion(session, t -> t.step() == 0);
            session.step();
            companion(session, t -> t.step() == 1 && t.learningRate().get(0) == 0.01f);
            session.accompany(Optional.empty());
            await(
                    session,
                    s -> s.companion().isEmpty() ? Optional.of(s.telemetry()) : Optional.empty());
        }
    }

    @Test
    void needsARunFromItsSeed() throws InterruptedException {
        Milestone begun;
        try (TrainingSession session = open(Start.INITIAL)) {
            session.step();
            main(session, t -> t.step() == 1);
            begun = session.snapshot().join();
        }
        try (TrainingSession session = open(new Start.Resume(begun))) {
            session.accompany(Optional.of(FULL));
            assertThat(companion(session, t -> t.phase() == Phase.FAILED).message())
                    .contains("Rewind");
            session.rewind();
            session.step();
            companion(session, t -> t.step() == 1);
        }
    }
}
