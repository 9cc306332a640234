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
    private static final TrainingSettings SETTINGS = Patterns.SETTINGS.withEpochs(2);
    private static final Network DROPPING = Patterns.network(Survival.PAPER);
    private static final Network FULL = Patterns.network(new Survival.Uniform(1));

    private static TrainingSession open(Start start) {
        return new TrainingSession(DROPPING, () -> DATA, SETTINGS, KernelPath.ONEDNN, start);
    }

    private static Telemetry companion(TrainingSession session, Predicate<Telemetry> wanted)
            throws InterruptedException {
        return Until.seen(session::companion, t -> t.filter(wanted).isPresent()).orElseThrow();
    }

    private static Telemetry main(TrainingSession session, Predicate<Telemetry> wanted)
            throws InterruptedException {
        return Until.seen(session::telemetry, wanted);
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
            Until.seen(session::companion, Optional::isEmpty);
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
