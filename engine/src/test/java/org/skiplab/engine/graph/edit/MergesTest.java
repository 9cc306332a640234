package org.skiplab.engine.graph.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.engine.graph.edit.EditsTest.done;
import static org.skiplab.engine.graph.edit.EditsTest.refused;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Wire;

class MergesTest {
    private static final Network RESNET = Presets.get("resnet-8").network();
    private static final Wire INTO_STAGE_2 = new Wire("stage1_block1", "stage2_block1", 0);
    private static final Wire INTO_HEAD = new Wire("stage3_block1", "head", 0);

    @Test
    void equalShapesAreAddedAsTheyAre() {
        Edit.Done edit = done(Merges.add(RESNET, "stem", INTO_STAGE_2));

        assertThat(edit.what()).isEqualTo("Add shortcut from stem");
        assertThat(edit.network().node("add").inputs()).containsExactly("stage1_block1", "stem");
        assertThat(edit.network().node("stage2_block1").inputs()).containsExactly("add");
        assertThat(Analysis.of(edit.network()).runnable()).isTrue();
    }

    @Test
    void aProjectionMakesShapesEqualAndSaysSo() {
        Edit.Done edit = done(Merges.add(RESNET, "stage1_block1", INTO_HEAD));

        assertThat(edit.what()).isEqualTo("Add 1×1 projection: 16 → 64 channels, stride 4");
        Network after = edit.network();
        assertThat(after.node("projection").block()).isEqualTo(Primitive.Convolution.c1(64, 4));
        assertThat(after.node("add").inputs()).containsExactly("stage3_block1", "projection");
        Analysis analysis = Analysis.of(after);
        assertThat(analysis.runnable()).isTrue();
        assertThat(analysis.shape("add")).isEqualTo(analysis.shape("stage3_block1"));
    }

    @Test
    void nothingIsMadeLargerByAProjection() {
        Network plain = done(Edits.append(RESNET, "stem", new Primitive.Relu())).network();
        Network side = done(Edits.add(plain, new Primitive.MaxPool(2, 2, 0))).network();
        Network pooled = done(Edits.connect(side, "stem", "max-pool", 0)).network();
        refused(Merges.add(pooled, "max-pool", INTO_STAGE_2), "needs tensors of one shape");
    }

    @Test
    void aCircleIsRefusedAndSoIsATensorMeetingItself() {
        refused(Merges.add(RESNET, "stage3_block1", INTO_STAGE_2), "circle");
        refused(Merges.add(RESNET, "stage1_block1", INTO_STAGE_2), "already");
        refused(Merges.add(RESNET, "nobody", INTO_STAGE_2), "nobody");
        refused(Merges.add(RESNET, "stem", new Wire("stem", "head", 0)), "no wire");
    }

    @Test
    void concatenationNeedsOneResolution() {
        Edit.Done edit = done(Merges.concatenate(RESNET, "stem", INTO_STAGE_2));
        assertThat(Analysis.of(edit.network()).shape("concat").orElseThrow().channels())
                .isEqualTo(32);
        refused(Merges.concatenate(RESNET, "stem", INTO_HEAD), "one resolution");
    }

    @Test
    void aStageIsRepeatedAndTakenBack() {
        Edit.Done more = done(Stages.repeat(RESNET, List.of("stage2_block1"), 4));
        assertThat(more.blocks()).hasSize(4);
        Network after = more.network();
        assertThat(after.nodes()).hasSize(RESNET.nodes().size() + 3);
        Analysis analysis = Analysis.of(after);
        assertThat(analysis.runnable()).isTrue();
        assertThat(analysis.shape(more.blocks().getLast()))
                .isEqualTo(Analysis.of(RESNET).shape("stage2_block1"));
        assertThat(after.node("stage3_block1").inputs()).containsExactly(more.blocks().getLast());

        Edit.Done back = done(Stages.repeat(after, more.blocks(), 1));
        assertThat(back.network()).isEqualTo(RESNET);
    }

    @Test
    void aPieceOfSeveralLayersIsRepeatedAsAWhole() {
        Network apart = done(BlockEdits.breakApart(RESNET, "stage1_block1")).network();
        List<String> layers =
                apart.nodes().stream()
                        .map(Node::id)
                        .filter(id -> id.startsWith("stage1_block1_"))
                        .toList();
        Edit.Done edit = done(Stages.repeat(apart, layers, 3));

        assertThat(edit.network().nodes()).hasSize(apart.nodes().size() + 2 * layers.size());
        assertThat(Analysis.of(edit.network()).runnable()).isTrue();
        long once = parameters(apart) - parameters(RESNET);
        assertThat(once).isZero();
        long block = Analysis.of(RESNET).facts("stage1_block1").orElseThrow().parameters();
        assertThat(parameters(edit.network())).isEqualTo(parameters(RESNET) + 2 * block);
    }

    @Test
    void repeatingRefusesWhatIsNoPieceOfAChain() {
        refused(Stages.repeat(RESNET, List.of("stem", "stage2_block1"), 2), "no piece of a chain");
        refused(Stages.repeat(RESNET, List.of("stem"), 0), "1 to");
        refused(Stages.repeat(RESNET, List.of("stem"), 1), "already");
    }

    @Test
    void severalBlocksMoveTogetherAndKeepTheirNames() {
        Network longer = done(Stages.repeat(RESNET, List.of("stage1_block1"), 3)).network();
        List<String> run =
                longer.nodes().stream()
                        .map(Node::id)
                        .filter(id -> id.startsWith("stage1"))
                        .toList();
        Edit.Done edit = done(Stages.move(longer, run.subList(1, 3), INTO_HEAD));

        Network after = edit.network();
        assertThat(after.node("head").inputs()).containsExactly(run.get(2));
        assertThat(after.node(run.get(2)).inputs()).containsExactly(run.get(1));
        assertThat(after.node(run.get(1)).inputs()).containsExactly("stage3_block1");
        assertThat(after.node("stage2_block1").inputs()).containsExactly(run.getFirst());
        assertThat(after.nodes()).hasSameSizeAs(longer.nodes());
        refused(
                Stages.move(longer, run.subList(1, 3), new Wire(run.get(1), run.get(2), 0)),
                "already there");
    }

    private static long parameters(Network network) {
        return Analysis.of(network).parameters();
    }
}
