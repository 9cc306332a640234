package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.PlanGate;
import org.skiplab.engine.probe.Lesion;

class TrainerTest {

    private static final DataSet DATA = Patterns.data(320, 100);

    private static final TrainingSettings SETTINGS =
            Patterns.SETTINGS.withEpochs(3).withSchedule(new Schedule.Constant());

    private static List<Double> run(Trainer trainer, int steps) throws InterruptedException {
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            losses.add(trainer.step().loss());
        }
        return losses;
    }

    private static List<float[]> weights(Trainer trainer) {
        return trainer.parameters().all().stream().map(p -> p.value().toFloats()).toList();
    }

    @ParameterizedTest
    @EnumSource(KernelPath.class)
    void learnsToTellPatternsApart(KernelPath path) throws InterruptedException {
        try (Trainer trainer =
                new Trainer(Patterns.network(new Survival.Uniform(1)), DATA, SETTINGS, path)) {
            double before = trainer.evaluate().accuracy();
            run(trainer, 3 * trainer.stepsPerEpoch());
            Evaluation after = trainer.evaluate();
            assertThat(before).isLessThan(0.6);
            assertThat(after.accuracy()).isGreaterThan(0.95);
            assertThat(after.epoch()).isEqualTo(3);
            int images = 0;
            for (int[] row : after.confusion()) {
                for (int n : row) {
                    images += n;
                }
            }
            assertThat(images).isEqualTo(100);
        }
    }

    @Test
    void sameSeedGivesTheSameRunBitForBit() throws InterruptedException {
        try (Trainer one =
                        new Trainer(
                                Patterns.network(Survival.PAPER),
                                DATA,
                                SETTINGS,
                                KernelPath.ONEDNN);
                Trainer two =
                        new Trainer(
                                Patterns.network(Survival.PAPER),
                                DATA,
                                SETTINGS,
                                KernelPath.ONEDNN)) {
            assertThat(run(one, 25)).isEqualTo(run(two, 25));
            assertThat(weights(one)).usingRecursiveComparison().isEqualTo(weights(two));
        }
    }

    @Test
    void rewindRepeatsTheRunFromTheSameWeights() throws InterruptedException {
        try (Trainer trainer =
                new Trainer(Patterns.network(Survival.PAPER), DATA, SETTINGS, KernelPath.ONEDNN)) {
            List<float[]> initial = weights(trainer);
            List<Double> first = run(trainer, 15);
            trainer.rewind();
            assertThat(weights(trainer)).usingRecursiveComparison().isEqualTo(initial);
            assertThat(run(trainer, 15)).isEqualTo(first);
        }
    }

    @Test
    void closedGatesLeaveRunningStatisticsAloneAndGiveNoGradient() throws InterruptedException {
        try (Trainer trainer =
                new Trainer(
                        Patterns.network(new Survival.Uniform(1e-9)),
                        DATA,
                        SETTINGS,
                        KernelPath.ONEDNN)) {
            trainer.step();
            for (Parameter p : trainer.parameters().all()) {
                boolean dropped = p.block().equals("second") || p.block().equals("third");
                if (dropped && p.gradient() != null) {
                    assertThat(p.gradient().toFloats()).as(p.name()).containsOnly(0);
                }
                if (dropped && p.spec().name().equals("running_mean")) {
                    assertThat(p.value().toFloats()).as(p.name()).containsOnly(0);
                }
                if (p.name().equals("first.bn1.running_mean")) {
                    assertThat(p.value().toFloats()).doesNotContain(0);
                }
            }
        }
    }

    @Test
    void realisedSurvivalStaysWithinBinomialError() throws InterruptedException {
        TrainingSettings small = SETTINGS.withBatch(8);
        try (Trainer trainer =
                new Trainer(Patterns.network(Survival.PAPER), DATA, small, KernelPath.ONEDNN)) {
            int steps = 3 * trainer.stepsPerEpoch();
            List<PlanGate> gates = trainer.plan().gates();
            double[] survived = new double[gates.size()];
            for (int i = 0; i < steps; i++) {
                trainer.step();
                for (int g = 0; g < survived.length; g++) {
                    survived[g] += gates.get(g).survived();
                }
            }
            assertThat(trainer.gatedBlocks()).containsExactly("second", "third");
            assertThat(trainer.probabilities()).containsExactly(0.75, 0.5);
            for (int g = 0; g < survived.length; g++) {
                double p = gates.get(g).probability();
                double error = 4 * Math.sqrt(p * (1 - p) / steps);
                assertThat(survived[g] / steps).isBetween(p - error, p + error);
            }
        }
    }

    @Test
    void knobsActAtTheNextStep() throws InterruptedException {
        try (Trainer trainer =
                new Trainer(Patterns.network(Survival.PAPER), DATA, SETTINGS, KernelPath.ONEDNN)) {
            assertThat(trainer.step().learningRate()).isEqualTo(0.05);
            trainer.turn(new Knob.LearningRate(0.01));
            trainer.turn(new Knob.SurvivalSchedule(new Survival.Uniform(0.8)));
            assertThat(trainer.step().learningRate()).isEqualTo(0.01);
            assertThat(trainer.probabilities()).containsExactly(0.8, 0.8);
            trainer.turn(new Knob.BatchSize(16));
            trainer.step();
            assertThat(trainer.plan().batch()).isEqualTo(16);
            assertThat(trainer.probabilities()).containsExactly(0.8, 0.8);
            assertThat(trainer.stepsPerEpoch()).isEqualTo(20);
            assertThatThrownBy(() -> trainer.turn(new Knob.LearningRate(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("learning rate");
        }
    }

    /// Batches lie ready when the knob is turned; they are prepared anew.
    @Test
    void augmentationActsAtTheNextStepWhateverTheTiming() throws InterruptedException {
        Augmentation strong = new Augmentation(3, true, 4);
        List<List<Double>> runs = new ArrayList<>();
        for (int pause : new int[] {0, 50}) {
            try (Trainer trainer =
                    new Trainer(
                            Patterns.network(Survival.PAPER), DATA, SETTINGS, KernelPath.ONEDNN)) {
                List<Double> losses = new ArrayList<>(run(trainer, 3));
                Thread.sleep(pause);
                trainer.turn(new Knob.Augment(strong));
                losses.addAll(run(trainer, 12));
                runs.add(losses);
                assertThat(trainer.settings().augmentation()).isEqualTo(strong);
            }
        }
        try (Trainer plain =
                new Trainer(Patterns.network(Survival.PAPER), DATA, SETTINGS, KernelPath.ONEDNN)) {
            List<Double> losses = run(plain, 4);
            assertThat(runs.getFirst().subList(0, 3)).isEqualTo(losses.subList(0, 3));
            assertThat(runs.getFirst().get(3)).isNotEqualTo(losses.get(3));
        }
        assertThat(runs.getFirst()).isEqualTo(runs.getLast());
    }

    @Test
    void clippingBoundsHowFarOneStepMoves() throws InterruptedException {
        TrainingSettings clipped =
                SETTINGS.withClip(1e-3).withOptimiser(new Optimiser.Sgd(1, 0, false, 0, true));
        try (Trainer trainer =
                new Trainer(
                        Patterns.network(new Survival.Uniform(1)),
                        DATA,
                        clipped,
                        KernelPath.ONEDNN)) {
            double[] weights = trainer.parameters().weights().toDoubles();
            double[] others = trainer.parameters().others().toDoubles();
            trainer.step();
            double moved =
                    squaredDistance(weights, trainer.parameters().weights().toDoubles())
                            + squaredDistance(others, trainer.parameters().others().toDoubles());
            assertThat(Math.sqrt(moved)).isCloseTo(1e-3, withinPercentage(0.2));
        }
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void divergenceNamesTheLayerAndLeavesTheWeightsAlone() throws InterruptedException {
        TrainingSettings wild = SETTINGS.withOptimiser(new Optimiser.Sgd(1e30, 0, false, 0, true));
        try (Trainer trainer =
                new Trainer(
                        Patterns.network(new Survival.Uniform(1)), DATA, wild, KernelPath.ONEDNN)) {
            Trainer.StepResult last = trainer.step();
            List<float[]> before = List.of();
            for (int i = 0; i < 10 && last.divergence().isEmpty(); i++) {
                before = weights(trainer);
                last = trainer.step();
            }
            assertThat(last.divergence()).isPresent();
            List<float[]> after = new ArrayList<>();
            for (Parameter p : trainer.parameters().all()) {
                if (p.spec().role().trainable()) {
                    after.add(p.value().toFloats());
                }
            }
            List<float[]> trainable = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                if (trainer.parameters().all().get(i).spec().role().trainable()) {
                    trainable.add(before.get(i));
                }
            }
            assertThat(after).usingRecursiveComparison().isEqualTo(trainable);
        }
    }

    @Test
    void dropPathsTakeAnotherMeaningAtTheNextStepAroundTheSameWeights()
            throws InterruptedException {
        Network paper = Patterns.network(new Survival.Uniform(0.5));
        Network timm = paper.withGateMode(GateMode.SAMPLE_SCALED);
        try (Trainer turned = new Trainer(paper, DATA, SETTINGS, KernelPath.ONEDNN);
                Trainer meant = new Trainer(timm, DATA, SETTINGS, KernelPath.ONEDNN)) {
            turned.turn(new Knob.DropPaths(GateMode.SAMPLE_SCALED));
            assertThat(turned.network()).isEqualTo(timm);
            assertThat(turned.plan().gates()).allMatch(g -> g.mode() == GateMode.SAMPLE_SCALED);
            assertThat(run(turned, 5)).isEqualTo(run(meant, 5));
            turned.turn(new Knob.DropPaths(GateMode.BATCH));
            meant.turn(new Knob.DropPaths(GateMode.BATCH));
            assertThat(run(turned, 5)).isEqualTo(run(meant, 5));
            try (var subject = turned.subject()) {
                double before = turned.evaluate().loss();
                assertThat(Lesion.of(Set.of(), 100).read(subject).loss())
                        .isCloseTo(before, withinPercentage(0.01));
                turned.turn(new Knob.DropPaths(GateMode.SAMPLE_SCALED));
                assertThat(turned.evaluate().loss()).isNotEqualTo(before);
                assertThat(Lesion.of(Set.of(), 100).read(subject).loss())
                        .isCloseTo(turned.evaluate().loss(), withinPercentage(0.01));
            }
        }
    }

    @Test
    void aTurnedRateGoesBackToItsSchedule() throws InterruptedException {
        TrainingSettings cosine = SETTINGS.withSchedule(new Schedule.Cosine(0));
        try (Trainer turned =
                        new Trainer(
                                Patterns.network(Survival.PAPER), DATA, cosine, KernelPath.ONEDNN);
                Trainer left =
                        new Trainer(
                                Patterns.network(Survival.PAPER),
                                DATA,
                                cosine,
                                KernelPath.ONEDNN)) {
            turned.turn(new Knob.LearningRate(0.3));
            turned.turn(new Knob.FollowSchedule(0.05, new Schedule.Cosine(0)));
            assertThat(run(turned, 12)).isEqualTo(run(left, 12));
            assertThat(turned.settings()).isEqualTo(left.settings());
        }
    }
}
