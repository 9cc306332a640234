package org.skiplab.engine.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Wire;

class EditsTest {
    private static final Network RESNET = Presets.get("resnet-8").network();
    private static final Block RELU = new Primitive.Relu();

    static Edit.Done done(Edit edit) {
        assertThat(edit).isInstanceOf(Edit.Done.class);
        return (Edit.Done) edit;
    }

    static void refused(Edit edit, String why) {
        assertThat(edit)
                .isInstanceOfSatisfying(
                        Edit.Refused.class,
                        r -> {
                            assertThat(r.why()).contains(why);
                            assertThat(r.fix()).isNotBlank();
                        });
    }

    private static List<String> ids(Network network) {
        return network.topological().stream().map(Node::id).toList();
    }

    @Test
    void insertsOnAWire() {
        Edit.Done edit =
                done(Edits.insert(RESNET, new Wire("stage1_block1", "stage2_block1", 0), RELU));
        assertThat(edit.what()).isEqualTo("Insert ReLU");
        assertThat(edit.blocks()).containsExactly("relu");
        assertThat(ids(edit.network()))
                .containsExactly(
                        "stem", "stage1_block1", "relu", "stage2_block1", "stage3_block1", "head");
        assertThat(edit.network().nodes().get(2).id()).isEqualTo("relu");
        refused(Edits.insert(RESNET, new Wire("stem", "head", 0), RELU), "no wire stem → head");
    }

    @Test
    void whatIsInsertedFitsSoThatTheRestStillRuns() {
        for (String preset :
                List.of(
                        "resnet-8",
                        "preact-resnet-20",
                        "wrn-16-2",
                        "densenet-bc-22-12",
                        "plain-20")) {
            Network network = Presets.get(preset).network();
            for (Wire wire : network.wires()) {
                for (Catalogue entry :
                        List.of(
                                Catalogue.RESIDUAL_BASIC,
                                Catalogue.RESIDUAL_BOTTLENECK,
                                Catalogue.RESIDUAL_V2,
                                Catalogue.PLAIN,
                                Catalogue.WIDE,
                                Catalogue.DENSE,
                                Catalogue.TRANSITION,
                                Catalogue.CONVOLUTION,
                                Catalogue.BATCH_NORM,
                                Catalogue.RELU)) {
                    if (entry == Catalogue.DENSE && preset.equals("resnet-8")) {
                        continue; // zero-padded shortcuts cannot lead to fewer channels
                    }
                    Block block = entry.fitting(network, wire.from());
                    Network more = done(Edits.insert(network, wire, block)).network();
                    assertThat(Analysis.of(more).problems())
                            .as("%s on %s of %s", entry, wire, preset)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void takesAfterItsNeighbour() {
        Network wide = Presets.get("wrn-28-10").network();
        assertThat(Catalogue.WIDE.fitting(wide, "stage2_block2"))
                .isEqualTo(wide.node("stage2_block2").block());
        assertThat(Catalogue.RESIDUAL_BASIC.fitting(RESNET, "stage2_block1"))
                .isEqualTo(Residual.v1(Residual.Form.BASIC, 32, 1).with(Shortcut.ZERO_PAD));
        Network dense = Presets.get("densenet-bc-40-12").network();
        assertThat(Catalogue.DENSE.fitting(dense, "transition2"))
                .isEqualTo(dense.node("dense3").block());
    }

    @Test
    void buildsAWideResNetFromAnEmptyCanvas() {
        Network network = new Network("mine", new Shape(32, 32, 3), List.of(), Survival.PAPER);
        for (Catalogue entry :
                List.of(
                        Catalogue.STEM,
                        Catalogue.WIDE,
                        Catalogue.WIDE,
                        Catalogue.WIDE,
                        Catalogue.HEAD)) {
            Block block = entry.fitting(network, Edits.end(network));
            network = done(Edits.append(network, block)).network();
        }
        network = done(BlockEdits.set(network, List.of("stem"), "normalised", false)).network();
        network = done(BlockEdits.set(network, List.of("wide2"), "base", 32)).network();
        network = done(BlockEdits.set(network, List.of("wide3"), "base", 64)).network();
        network = done(BlockEdits.set(network, List.of("wide2", "wide3"), "stride", 2)).network();
        assertThat(Analysis.of(network).problems()).isEmpty();
        assertThat(Analysis.of(network).parameters())
                .isEqualTo(Analysis.of(Presets.get("wrn-10-2").network()).parameters());
    }

    @Test
    void appendsInFrontOfTheHead() {
        assertThat(ids(done(Edits.append(RESNET, RELU)).network()))
                .endsWith("stage3_block1", "relu", "head");
        assertThat(ids(done(Edits.append(RESNET, "head", RELU)).network())).endsWith("relu");
        assertThat(ids(done(Edits.append(RESNET, "input", RELU)).network())).startsWith("relu");
        refused(Edits.append(RESNET, "nowhere", RELU), "no block 'nowhere'");
    }

    @Test
    void addsWithoutWires() {
        Edit.Done edit = done(Edits.add(RESNET, RELU));
        assertThat(edit.network().node("relu").inputs()).isEmpty();
        assertThat(Analysis.of(edit.network()).problems())
                .extracting(Problem::node)
                .containsExactly("relu");
    }

    @Test
    void removesAndHeals() {
        Edit.Done edit = done(Edits.remove(RESNET, List.of("stage2_block1", "stage1_block1")));
        assertThat(edit.what()).isEqualTo("Remove 2 blocks");
        assertThat(ids(edit.network())).containsExactly("stem", "stage3_block1", "head");
        assertThat(Analysis.of(edit.network()).problems()).isEmpty();
        Network inserted =
                done(Edits.insert(RESNET, new Wire("stem", "stage1_block1", 0), RELU)).network();
        assertThat(done(Edits.remove(inserted, List.of("relu"))).network()).isEqualTo(RESNET);
        refused(Edits.remove(RESNET, List.of()), "no block is selected");
        refused(Edits.remove(RESNET, List.of("nowhere")), "nowhere");
    }

    @Test
    void removingAJoinTakesItsWiresAlong() {
        Network network = joined();
        Network rest = done(Edits.remove(network, List.of("sum"))).network();
        assertThat(rest.node("head").inputs()).isEmpty();
        assertThat(Analysis.of(rest).runnable()).isFalse();
    }

    /// stem → (a, b) → sum → head.
    private static Network joined() {
        return RESNET.withNodes(
                List.of(
                        RESNET.node("stem"),
                        new Node("a", RELU, "stem"),
                        new Node("b", RELU, "stem"),
                        new Node("sum", new Primitive.Add(), "a", "b"),
                        new Node("head", RESNET.node("head").block(), "sum")));
    }

    @Test
    void connectsPorts() {
        Network network = joined();
        assertThat(done(Edits.connect(network, "stem", "sum", 2)).network().node("sum").inputs())
                .containsExactly("a", "b", "stem");
        assertThat(done(Edits.connect(network, "stem", "sum", 1)).network().node("sum").inputs())
                .containsExactly("a", "stem");
        assertThat(done(Edits.connect(network, "a", "head", 0)).network().node("head").inputs())
                .containsExactly("a");
        assertThat(done(Edits.connect(network, "input", "b", 5)).network().node("b").inputs())
                .containsExactly("input");
        refused(Edits.connect(network, "sum", "a", 0), "circle: sum → a → sum");
        refused(Edits.connect(network, "a", "a", 0), "circle: a → a");
        refused(Edits.connect(RESNET, "head", "stem", 0), "head → stem → … → head");
        refused(Edits.connect(network, "a", "sum", 0), "already leads there");
        refused(Edits.connect(network, "a", "input", 0), "no block 'input'");
        refused(Edits.connect(network, "x", "a", 0), "no block 'x'");
        refused(Edits.connect(network, "stem", "sum", -1), "counted from 0");
    }

    @Test
    void disconnectsPorts() {
        Network network = done(Edits.disconnect(joined(), new Wire("a", "sum", 0))).network();
        assertThat(network.node("sum").inputs()).containsExactly("b");
        assertThat(Analysis.of(network).problems().stream().map(p -> p.node() + p.fix()))
                .contains("sumconnect another wire");
        refused(Edits.disconnect(network, new Wire("a", "sum", 0)), "no wire a → sum");
    }

    @Test
    void aFullBlockTakesNoMoreWires() {
        Network network =
                joined().withNodes(
                                List.of(
                                        RESNET.node("stem"),
                                        new Node("a", RELU, "stem"),
                                        new Node("m", new Primitive.Multiply(), "a", "stem")));
        refused(Edits.connect(network, "stem", "m", 2), "no more than 2 wires");
        assertThat(done(Edits.connect(network, "stem", "m", 0)).network().node("m").inputs())
                .containsExactly("stem", "stem");
    }

    @Test
    void movesAlongTheChain() {
        Edit.Done edit =
                done(Edits.move(RESNET, "stage1_block1", new Wire("stage3_block1", "head", 0)));
        assertThat(ids(edit.network()))
                .containsExactly("stem", "stage2_block1", "stage3_block1", "stage1_block1", "head");
        refused(
                Edits.move(RESNET, "stage1_block1", new Wire("stem", "stage1_block1", 0)),
                "already there");
        refused(Edits.move(joined(), "sum", new Wire("stem", "a", 0)), "joins several wires");
    }

    @Test
    void movesAFreeBlockOntoAWire() {
        Network free =
                joined().withNodes(
                                List.of(
                                        RESNET.node("stem"),
                                        new Node("free", RELU),
                                        new Node("a", RELU, "stem"),
                                        new Node("sum", new Primitive.Add(), "free", "a"),
                                        new Node("head", RESNET.node("head").block(), "sum")));
        Network moved = done(Edits.move(free, "free", new Wire("a", "sum", 1))).network();
        assertThat(moved.node("sum").inputs()).containsExactly("free");
        assertThat(moved.node("free").inputs()).containsExactly("a");
    }

    @Test
    void duplicatingAPieceOfTheChainContinuesIt() {
        Edit.Done edit = done(Edits.duplicate(RESNET, List.of("stage1_block1")));
        assertThat(edit.blocks()).containsExactly("stage1_block2");
        assertThat(ids(edit.network()).subList(0, 4))
                .containsExactly("stem", "stage1_block1", "stage1_block2", "stage2_block1");
        assertThat(Analysis.of(edit.network()).problems()).isEmpty();
        Edit.Done two = done(Edits.duplicate(joined(), List.of("a", "b", "sum")));
        assertThat(Analysis.of(two.network()).problems()).isEmpty();
        assertThat(two.network().node("head").inputs()).containsExactly("sum2");
        assertThat(two.network().node("a2").inputs()).containsExactly("sum");
    }

    @Test
    void duplicatingABranchReadsWhatItReads() {
        Edit.Done edit = done(Edits.duplicate(RESNET, List.of("head")));
        assertThat(edit.network().node("head2").inputs()).containsExactly("stage3_block1");
    }

    @Test
    void pastesBesideAndOnWires() {
        List<Node> clipboard = Edits.copy(joined(), List.of("a", "b", "sum"));
        Network beside = done(Edits.paste(RESNET, clipboard)).network();
        assertThat(beside.node("sum").inputs()).containsExactly("a", "b");
        assertThat(beside.node("a").inputs()).isEmpty();
        Network on =
                done(Edits.paste(RESNET, clipboard, new Wire("stem", "stage1_block1", 0)))
                        .network();
        assertThat(Analysis.of(on).problems()).isEmpty();
        assertThat(on.node("stage1_block1").inputs()).containsExactly("sum");
        assertThat(on.node("b").inputs()).containsExactly("stem");
        refused(
                Edits.paste(
                        RESNET,
                        Edits.copy(joined(), List.of("a", "b")),
                        new Wire("stem", "stage1_block1", 0)),
                "no single way in and out");
        refused(Edits.paste(RESNET, List.of()), "clipboard is empty");
    }
}
