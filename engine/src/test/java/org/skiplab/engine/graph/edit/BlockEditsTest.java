package org.skiplab.engine.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.engine.graph.edit.EditsTest.done;
import static org.skiplab.engine.graph.edit.EditsTest.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

class BlockEditsTest {
    private static final Network RESNET = Presets.get("resnet-8").network();
    private static final List<String> STAGES =
            List.of("stage1_block1", "stage2_block1", "stage3_block1");

    @Test
    void changesASettingOfAllBlocksThatHaveIt() {
        Edit.Done edit =
                done(
                        BlockEdits.set(
                                RESNET,
                                RESNET.nodes().stream().map(Node::id).toList(),
                                "shortcut",
                                "none"));
        assertThat(edit.what()).isEqualTo("Change shortcut of 3 blocks");
        assertThat(edit.network().withName("plain-8")).isEqualTo(Presets.get("plain-8").network());
        refused(BlockEdits.set(RESNET, STAGES, "width", 0), "at least 1");
        refused(BlockEdits.set(RESNET, STAGES, "growth", 12), "no selected block");
        refused(BlockEdits.set(RESNET, List.of(), "width", 12), "no selected block");
    }

    @Test
    void turnsAPlainNetworkIntoAResidualOneAndBack() {
        Network plain = Presets.get("plain-20").network();
        List<String> all = plain.nodes().stream().map(Node::id).toList();
        Network residual =
                done(BlockEdits.set(plain, all, "shortcut", Shortcut.ZERO_PAD)).network();
        assertThat(residual.withName("resnet-20")).isEqualTo(Presets.get("resnet-20").network());
    }

    @Test
    void replacesKeepingChannelsStrideAndGate() {
        Gate gate = new Gate(GateMode.BATCH, 0.8);
        Network gated = done(BlockEdits.gate(RESNET, List.of("stage2_block1"), gate)).network();
        Network wide =
                done(BlockEdits.replace(gated, "stage2_block1", new Wide(16, 2, 1, 0.3, null)))
                        .network();
        assertThat(wide.node("stage2_block1").block()).isEqualTo(new Wide(16, 2, 2, 0.3, gate));
        Network bottleneck =
                done(BlockEdits.replace(
                                wide,
                                "stage2_block1",
                                Residual.v1(Residual.Form.BOTTLENECK, 99, 1)))
                        .network();
        assertThat(bottleneck.node("stage2_block1").block())
                .isEqualTo(Residual.v1(Residual.Form.BOTTLENECK, 8, 2).withGate(gate));
        assertThat(Analysis.of(bottleneck).problems()).isEmpty();
        refused(
                BlockEdits.replace(RESNET, "stage2_block1", RESNET.node("stage2_block1").block()),
                "already");
    }

    @Test
    void gatesResidualBranchesOnly() {
        List<String> all = RESNET.nodes().stream().map(Node::id).toList();
        Edit.Done edit = done(BlockEdits.gate(RESNET, all, Gate.SCHEDULED));
        assertThat(edit.blocks()).isEqualTo(STAGES);
        assertThat(edit.network().survivalProbabilities().values())
                .containsExactly(1 - 0.5 / 3, 1 - 1.0 / 3, 0.5);
        assertThat(done(BlockEdits.ungate(edit.network(), all)).network()).isEqualTo(RESNET);
        refused(BlockEdits.gate(RESNET, List.of("head"), Gate.SCHEDULED), "no residual branch");
        refused(
                BlockEdits.gate(Presets.get("plain-8").network(), STAGES, Gate.SCHEDULED),
                "no shortcut");
        refused(BlockEdits.ungate(RESNET, all), "no selected block");
    }

    @Test
    void renames() {
        Network renamed = done(BlockEdits.rename(RESNET, "stem", "start")).network();
        assertThat(renamed.node("stage1_block1").inputs()).containsExactly("start");
        assertThat(done(BlockEdits.rename(renamed, "start", "stem")).network()).isEqualTo(RESNET);
        refused(BlockEdits.rename(RESNET, "stem", "head"), "already a block 'head'");
        refused(BlockEdits.rename(RESNET, "stem", "a.b"), "cannot be");
        refused(BlockEdits.rename(RESNET, "stem", "input"), "cannot be");
        refused(BlockEdits.rename(RESNET, "stem", ""), "cannot be");
        refused(BlockEdits.rename(RESNET, "stem", "x".repeat(101)), "cannot be");
    }

    @Test
    void fitsOtherData() {
        Network digits = done(BlockEdits.fit(RESNET, new Shape(28, 28, 1), 7)).network();
        assertThat(Analysis.of(digits).classes()).contains(7);
        assertThat(digits.input()).isEqualTo(new Shape(28, 28, 1));
        refused(BlockEdits.fit(RESNET, new Shape(28, 28, 1), 0), "class");
    }

    @Test
    void changesWhatHoldsForTheWholeNetwork() {
        assertThat(
                        done(BlockEdits.survival(RESNET, new Survival.Uniform(0.8)))
                                .network()
                                .survival())
                .isEqualTo(new Survival.Uniform(0.8));
        assertThat(done(BlockEdits.title(RESNET, "mine")).network().name()).isEqualTo("mine");
        refused(BlockEdits.title(RESNET, " "), "1 to 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet-8",
                "wrn-10-2",
                "densenet-bc-22-12",
                "densenet-10-12",
                "stochastic-resnet-8",
                "preact-resnet-11-bottleneck",
                "resnet-18",
                "resnet-34-v2"
            })
    void breaksApartWithoutChangingAnything(String preset) {
        Network network = Presets.get(preset).network(new Shape(64, 64, 3), 10);
        Network apart = network;
        for (Node node : network.nodes()) {
            apart = done(BlockEdits.breakApart(apart, node.id())).network();
        }
        assertThat(apart.nodes()).allMatch(n -> Node.isName(n.id()));
        assertThat(blocks(apart.expanded())).isEqualTo(blocks(network.expanded()));
        assertThat(Analysis.of(apart).problems()).isEmpty();
        assertThat(Analysis.of(apart).parameters()).isEqualTo(Analysis.of(network).parameters());
    }

    private static List<Object> blocks(Network network) {
        return network.topological().stream().map(n -> (Object) n.block()).toList();
    }

    static Stream<Composite> composites() {
        List<Composite> residuals = new ArrayList<>();
        for (ActivationOrder order : ActivationOrder.values()) {
            for (Shortcut shortcut : Shortcut.values()) {
                for (Residual.Form form : Residual.Form.values()) {
                    Gate gate = shortcut == Shortcut.NONE ? null : Gate.SCHEDULED;
                    residuals.add(new Residual(form, 16, 2, order, shortcut, false, false, gate));
                }
            }
        }
        Stream<Composite> others =
                Stream.of(
                        new Residual(
                                Residual.Form.BASIC,
                                16,
                                1,
                                ActivationOrder.FULL_PRE_ACTIVATION,
                                Shortcut.PROJECTION_ALWAYS,
                                true,
                                false,
                                null),
                        new Residual(
                                Residual.Form.BASIC,
                                16,
                                1,
                                ActivationOrder.ORIGINAL,
                                Shortcut.PROJECTION,
                                false,
                                true,
                                null),
                        new Wide(16, 4, 2, 0.3, Gate.SCHEDULED),
                        new Wide(24, 1, 1, 0.1, null),
                        new DenseBlock(3, 12, 4, 0),
                        new DenseBlock(3, 12, 0, 0),
                        new DenseBlock(1, 4, 2, 0.2),
                        new Transition(0.5, true, 0),
                        new Transition(0.3, false, 0.1),
                        new Stem(Stem.Form.IMAGENET, 12, true),
                        new Stem(Stem.Form.IMAGENET, 12, false),
                        new Stem(Stem.Form.CIFAR, 12, true),
                        new Head(5, true, Head.Classifier.COSINE),
                        new Head(5, false, Head.Classifier.LINEAR));
        return Stream.concat(residuals.stream(), others);
    }

    @ParameterizedTest
    @MethodSource("composites")
    void wrapsWhatWasBrokenApart(Composite block) {
        Network network =
                new Network(
                        "",
                        new Shape(16, 16, 8),
                        List.of(new Node("block-1", block, "input")),
                        Survival.PAPER);
        Edit.Done apart = done(BlockEdits.breakApart(network, "block-1"));
        Edit.Done whole = done(BlockEdits.wrap(apart.network(), apart.blocks()));
        assertThat(whole.network().nodes().stream().map(Node::id)).containsExactly("block-1");
        assertThat(blocks(whole.network().expanded())).isEqualTo(blocks(network.expanded()));
    }

    @Test
    void wrapsInTheMiddleOfANetwork() {
        Edit.Done apart = done(BlockEdits.breakApart(RESNET, "stage2_block1"));
        assertThat(apart.network().nodes().size()).isGreaterThan(RESNET.nodes().size() + 5);
        assertThat(done(BlockEdits.wrap(apart.network(), apart.blocks())).network())
                .isEqualTo(RESNET);
    }

    @Test
    void wrapsNothingElse() {
        Edit.Done apart = done(BlockEdits.breakApart(RESNET, "stage2_block1"));
        refused(
                BlockEdits.wrap(apart.network(), apart.blocks().subList(1, 4)),
                "do not form a block");
        refused(BlockEdits.wrap(RESNET, List.of("stem", "stage1_block1")), "do not form a block");
        refused(BlockEdits.wrap(RESNET, List.of()), "do not form a block");
        refused(BlockEdits.breakApart(apart.network(), apart.blocks().getFirst()), "single layer");
    }
}
