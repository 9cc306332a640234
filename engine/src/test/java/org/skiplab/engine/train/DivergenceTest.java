package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameter;

class DivergenceTest {

    private static final DataSet DATA = Patterns.data(320, 100);
    private static final TrainingSettings CALM =
            Patterns.SETTINGS.withEpochs(3).withSchedule(new Schedule.Constant());

    private static Trainer open(TrainingSettings settings) {
        return new Trainer(
                Patterns.network(new Survival.Uniform(1)), DATA, settings, KernelPath.ONEDNN);
    }

    @Test
    void aBrokenActivationIsBlamedOnTheBlockWhereItStarted() throws InterruptedException {
        try (Trainer trainer = open(CALM)) {
            trainer.step();
            // 1e38 squared is infinite: the batch norm behind it has nothing to work with.
            Parameter kernel = trainer.parameters().get("second.conv2.weight");
            for (long i = 0; i < kernel.value().size(); i++) {
                kernel.value().set(i, i % 2 == 0 ? 1e38 : 2e38);
            }
            Checkpoint before = trainer.checkpoint();
            Trainer.StepResult result = trainer.step();
            assertThat(result.divergence()).isPresent();
            Divergence d = result.divergence().get();
            assertThat(d.cause()).isEqualTo(Divergence.Cause.LOSS_NOT_FINITE);
            assertThat(d.block()).isEqualTo("second");
            assertThat(d.step()).isEqualTo(2);
            assertThat(d.message()).contains("step 2").contains("second.").doesNotContain("\n");
            for (Checkpoint.Array a : trainer.checkpoint().arrays()) {
                Checkpoint.Array b = before.find(a.name()).orElseThrow();
                if (!a.name().contains("running")) {
                    assertThat(a.values()).as(a.name()).isEqualTo(b.values());
                }
            }
        }
    }

    @Test
    void anUpdateThatBreaksWeightsIsBlamedAtOnce() throws InterruptedException {
        TrainingSettings wild = CALM.withOptimiser(new Optimiser.Sgd(1e38, 0, false, 1, true));
        try (Trainer trainer = open(wild)) {
            Trainer.StepResult result = trainer.step();
            for (int i = 0; i < 3 && result.divergence().isEmpty(); i++) {
                result = trainer.step();
            }
            assertThat(result.divergence()).isPresent();
            assertThat(trainer.steps()).isLessThan(3);
        }
    }

    @Test
    void aLossOutOfAllProportionStopsTheRunBeforeItMovesTheWeights() throws InterruptedException {
        try (Trainer trainer = open(CALM)) {
            trainer.step();
            Parameter head = trainer.parameters().get("head.fc.weight");
            for (long i = 0; i < head.value().size(); i++) {
                head.value().set(i, (i % 3 - 1) * 1e5);
            }
            Trainer.StepResult result = trainer.step();
            assertThat(result.divergence().map(Divergence::cause))
                    .contains(Divergence.Cause.RUNAWAY);
            assertThat(trainer.steps()).isEqualTo(1);
        }
    }

    @Test
    void aLossThatIsHighForLongStopsTheRun() throws InterruptedException {
        TrainingSettings still = CALM.withOptimiser(new Optimiser.Sgd(1e-12, 0, false, 0, true));
        try (Trainer trainer = open(still)) {
            Parameter head = trainer.parameters().get("head.fc.weight");
            for (long i = 0; i < head.value().size(); i++) {
                head.value().set(i, (i % 3 - 1) * 300.0);
            }
            for (int i = 1; i < Divergence.IN_A_ROW; i++) {
                Trainer.StepResult result = trainer.step();
                assertThat(result.loss()).isGreaterThan(Divergence.RUNAWAY * Math.log(4));
                assertThat(result.divergence()).isEmpty();
            }
            assertThat(trainer.step().divergence().map(Divergence::step))
                    .contains(Divergence.IN_A_ROW);
        }
    }

    @Test
    void trainingThatLearnsNeverCountsAsDiverged() throws InterruptedException {
        TrainingSettings brisk = CALM.withOptimiser(Optimiser.Sgd.PAPER.withLearningRate(0.5));
        try (Trainer trainer = open(brisk)) {
            for (int i = 0; i < 30; i++) {
                assertThat(trainer.step().divergence()).isEmpty();
            }
            assertThat(trainer.evaluate().accuracy()).isGreaterThan(0.8);
        }
    }

    @Test
    void aSessionStopsAtOnceAndGoesBackToTheBeginOfTheEpoch() throws InterruptedException {
        try (TrainingSession session =
                new TrainingSession(
                        Patterns.network(Survival.PAPER), () -> DATA, CALM, KernelPath.ONEDNN)) {
            session.play();
            await(session, t -> t.epoch() >= 1);
            session.turn(new Knob.LearningRate(1e30));
            Telemetry lost = await(session, t -> t.phase() == Phase.DIVERGED);
            assertThat(lost.divergence()).isPresent();
            assertThat(lost.message()).isEqualTo(lost.divergence().get().message());
            assertThat(lost.divergence().get().block()).isNotEmpty();
            Milestone good = lost.milestones().getLast();
            assertThat(good.state().finite()).isTrue();
            assertThat(good.state().place().step()).isLessThanOrEqualTo(lost.step());

            session.back(lost.step());
            session.turn(new Knob.LearningRate(0.05));
            Telemetry back = await(session, t -> t.phase() == Phase.PAUSED && !t.knobs().isEmpty());
            assertThat(back.divergence()).isEmpty();
            assertThat(back.step()).isEqualTo(good.state().place().step());
            assertThat(back.loss().size()).isEqualTo(back.step());
            assertThat(session.snapshot().join().state()).isEqualTo(good.state());
            session.play();
            Telemetry end = await(session, t -> t.phase() == Phase.FINISHED);
            assertThat(end.epoch()).isEqualTo(3);
            assertThat(end.loss().size()).isEqualTo(30);
            assertThat(end.gates().steps()).isEqualTo(30);
        }
    }

    private static Telemetry await(TrainingSession session, Predicate<Telemetry> wanted)
            throws InterruptedException {
        return Until.seen(session::telemetry, wanted);
    }
}
