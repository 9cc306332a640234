package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;

class CheckpointTest {

    private static final DataSet DATA = Patterns.data(320, 100);
    private static final TrainingSettings SGD = Patterns.SETTINGS.withEpochs(3);

    static List<TrainingSettings> optimisers() {
        return List.of(SGD, SGD.withOptimiser(Optimiser.Adam.DEFAULT));
    }

    private static Trainer open(TrainingSettings settings) {
        return open(Patterns.network(Survival.PAPER), settings);
    }

    private static Trainer open(Network network, TrainingSettings settings) {
        return new Trainer(network, DATA, settings, KernelPath.ONEDNN);
    }

    private static List<Trainer.StepResult> run(Trainer trainer, int steps)
            throws InterruptedException {
        List<Trainer.StepResult> results = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            results.add(trainer.step());
        }
        return results;
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void goingOnFromItIsGoingOnWithoutAStop(TrainingSettings settings) throws InterruptedException {
        try (Trainer whole = open(settings);
                Trainer other = open(settings)) {
            run(whole, 13);
            Checkpoint middle = whole.checkpoint();
            List<Trainer.StepResult> rest = run(whole, 17);
            run(other, 4);
            other.restore(middle);
            assertThat(other.steps()).isEqualTo(13);
            assertThat(other.checkpoint()).isEqualTo(middle);
            assertThat(run(other, 17)).isEqualTo(rest);
            assertThat(other.checkpoint()).isEqualTo(whole.checkpoint());
            assertThat(other.evaluate().loss()).isEqualTo(whole.evaluate().loss());
        }
    }

    @Test
    void isACopyThatTrainingDoesNotChange() throws InterruptedException {
        try (Trainer trainer = open(SGD)) {
            run(trainer, 3);
            Checkpoint before = trainer.checkpoint();
            float[] weights = before.arrays().getFirst().values().clone();
            run(trainer, 3);
            assertThat(before.arrays().getFirst().values()).isEqualTo(weights);
            assertThat(trainer.checkpoint()).isNotEqualTo(before);
            assertThat(before.finite()).isTrue();
        }
    }

    @Test
    void anotherNetworkIsRefusedAndNothingIsLost() throws InterruptedException {
        Network network = Patterns.network(Survival.PAPER);
        try (Trainer trainer = open(network, SGD);
                Trainer other = open(without(network, "second"), SGD)) {
            run(trainer, 2);
            run(other, 2);
            Checkpoint before = trainer.checkpoint();
            assertThatThrownBy(() -> trainer.restore(other.checkpoint()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("second")
                    .hasMessageContaining("open the design")
                    .hasMessageNotContaining("\n");
            assertThat(trainer.checkpoint()).isEqualTo(before);
        }
    }

    @Test
    void anotherNetworkTakesOverWhatFits() throws InterruptedException {
        Network network = Patterns.network(Survival.PAPER);
        Network longer = without(network, "second");
        try (Trainer trained = open(longer, SGD);
                Trainer fresh = open(network, SGD)) {
            run(trained, 5);
            Checkpoint from = trained.checkpoint();
            Checkpoint initial = fresh.checkpoint();
            Checkpoint.Fit fit = from.fit(network);
            assertThat(fit).isEqualTo(Checkpoint.fit(longer, network));
            assertThat(fit.complete()).isFalse();
            assertThat(fit.renewed()).containsExactly("second");
            assertThat(fit.arrays()).isEqualTo(from.arrays().size());
            fresh.carry(from);
            for (Checkpoint.Array a : fresh.checkpoint().arrays()) {
                Checkpoint.Array source =
                        (a.name().startsWith("second.") ? initial : from)
                                .find(a.name())
                                .orElseThrow();
                assertThat(a.values()).as(a.name()).isEqualTo(source.values());
                assertThat(a.momentum()).isEmpty();
            }
            assertThat(fresh.steps()).isZero();
            assertThat(run(fresh, 1).getFirst().divergence()).isEmpty();
        }
    }

    private static Network without(Network network, String id) {
        String before = network.node(id).inputs().getFirst();
        return network.withNodes(
                network.nodes().stream()
                        .filter(n -> !n.id().equals(id))
                        .map(n -> n.inputs().contains(id) ? new Node(n.id(), n.block(), before) : n)
                        .toList());
    }

    @Test
    void whatIsKeptIsBoundedAndThinnedOutEvenly() throws InterruptedException {
        try (Lane lane =
                new Lane(
                        Patterns.network(Survival.PAPER),
                        DATA,
                        SGD.withEpochs(100),
                        KernelPath.ONEDNN,
                        Start.INITIAL,
                        _ -> {})) {
            Milestone one = lane.milestone();
            long each = one.state().bytes();
            Milestones few = new Milestones(20 * each);
            for (int epoch = 0; epoch < 40; epoch++) {
                for (int i = 0; i < 3; i++) {
                    lane.step();
                }
                few.add(lane.milestone());
            }
            List<Integer> steps = few.all().stream().map(m -> m.state().place().step()).toList();
            long bytes = few.all().stream().mapToLong(m -> m.state().bytes()).sum();
            assertThat(bytes).isLessThanOrEqualTo(20 * each);
            assertThat(steps).startsWith(3).endsWith(120).isSorted();
            assertThat(steps.size()).isGreaterThan(5);
            few.backTo(60);
            assertThat(few.all()).allMatch(m -> m.state().place().step() <= 60);
            Milestones none = new Milestones(0);
            few.all().forEach(none::add);
            assertThat(none.all()).hasSize(2);
        }
    }

    @Test
    void projectionsOfAWiderNetworkDoNotFit() {
        Network network = Patterns.network(Survival.PAPER);
        Network wider =
                network.withNodes(
                        network.nodes().stream()
                                .map(n ->
                                        n.block() instanceof Residual r && n.id().equals("third")
                                                ? new Node(
                                                        n.id(),
                                                        Residual.v1(r.form(), 16, 1),
                                                        n.inputs())
                                                : n)
                                .toList());
        assertThat(Checkpoint.fit(network, wider).renewed()).containsExactly("third", "head");
    }
}
