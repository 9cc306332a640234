package org.skiplab.engine.graph.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;

class DifferenceTest {

    private static final Network RESNET_20 = Presets.get("resnet-20").network();

    @Test
    void aNetworkDoesNotDifferFromItselfUnderAnotherName() {
        assertThat(Difference.between(RESNET_20, RESNET_20.withName("mine")).isEmpty()).isTrue();
    }

    @Test
    void aChangedSettingIsNamedWithBothValues() {
        Network after = done(BlockEdits.set(RESNET_20, List.of("stage2_block2"), "width", 48));
        Difference difference = Difference.between(RESNET_20, after);

        assertThat(difference.summary()).isEqualTo("1 block changed");
        Deviation.Altered altered = (Deviation.Altered) difference.deviations().getFirst();
        assertThat(altered.after().id()).isEqualTo("stage2_block2");
        assertThat(altered.changes()).extracting(Change::before).containsExactly("32");
        assertThat(altered.changes()).extracting(Change::after).containsExactly("48");
        assertThat(altered.rewired()).isFalse();
    }

    @Test
    void anInsertedBlockIsAddedAndRewiresNothing() {
        Network after =
                done(
                        Edits.insert(
                                RESNET_20,
                                new Wire("stage1_block1", "stage1_block2", 0),
                                new Primitive.Relu()));
        Difference difference = Difference.between(RESNET_20, after);

        assertThat(difference.deviations())
                .singleElement()
                .isInstanceOfSatisfying(
                        Deviation.Added.class,
                        a -> assertThat(a.node().block()).isEqualTo(new Primitive.Relu()));
        assertThat(Difference.between(after, RESNET_20).deviations())
                .singleElement()
                .isInstanceOf(Deviation.Removed.class);
    }

    @Test
    void aBlockMovedElsewhereIsRewired() {
        Network after =
                done(Edits.move(RESNET_20, "stage1_block2", new Wire("stage3_block3", "head", 0)));
        List<Deviation> deviations = Difference.between(RESNET_20, after).deviations();

        assertThat(deviations)
                .filteredOn(d -> d instanceof Deviation.Altered)
                .map(d -> ((Deviation.Altered) d).after().id())
                .contains("stage1_block2");
        assertThat(deviations).noneMatch(d -> d instanceof Deviation.Added);
    }

    @Test
    void depthsOfOneFamilyDifferByWholeBlocks() {
        Network deeper = Presets.get("resnet-32").network();
        Difference difference = Difference.between(RESNET_20, deeper);

        assertThat(difference.added()).isEqualTo(6);
        assertThat(difference.removed()).isZero();
        assertThat(difference.altered()).isZero();
    }

    @Test
    void blocksOfOtherNamesAreAlignedByWhatTheyAre() {
        Network renamed =
                new Network(
                        "other",
                        RESNET_20.input(),
                        RESNET_20.nodes().stream()
                                .map(n ->
                                        new Node(
                                                "b_" + n.id(),
                                                n.block(),
                                                n.inputs().stream()
                                                        .map(i ->
                                                                i.equals(Network.INPUT)
                                                                        ? i
                                                                        : "b_" + i)
                                                        .toList()))
                                .toList(),
                        RESNET_20.survival());
        Difference difference = Difference.between(RESNET_20, renamed);

        assertThat(difference.added()).isZero();
        assertThat(difference.removed()).isZero();
        assertThat(difference.deviations())
                .hasSize(RESNET_20.nodes().size())
                .allSatisfy(d -> {
                    Deviation.Altered a = (Deviation.Altered) d;
                    assertThat(a.after().id()).isEqualTo("b_" + a.before().id());
                    assertThat(a.rewired()).isFalse();
                    assertThat(a.changes()).extracting(Change::label).containsExactly("Name");
                });
    }

    @Test
    void anotherKindInAPlaceIsAChangeOfKind() {
        Network wide = Presets.get("wrn-16-1").network();
        List<Deviation> deviations = Difference.between(RESNET_20, wide).deviations();

        assertThat(deviations.stream().map(Deviation::text))
                .anyMatch(t -> t.startsWith("Kind Residual block → Wide"));
    }

    @Test
    void aScheduleCountsOnlyWhereBlocksAreGated() {
        Network gated = Presets.get("stochastic-resnet-20").network();
        assertThat(
                        Difference.between(
                                        RESNET_20, RESNET_20.withSurvival(new Survival.Uniform(.9)))
                                .isEmpty())
                .isTrue();
        assertThat(
                        Difference.between(gated, gated.withSurvival(new Survival.Uniform(0.9)))
                                .summary())
                .isEqualTo("survival changed");
    }

    @Test
    void plainAndResidualDifferInTheirShortcutsOnly() {
        Difference difference = Difference.between(Presets.get("plain-20").network(), RESNET_20);
        assertThat(difference.deviations())
                .hasSize(9)
                .allSatisfy(d ->
                        assertThat(((Deviation.Altered) d).changes())
                                .extracting(Change::label)
                                .containsExactly("Shortcut"));
        assertThat(((Deviation.Altered) difference.deviations().getFirst()).after().block())
                .isInstanceOf(Residual.class);
    }

    @Test
    void everyBlockOfTheFirstIsAPartnerOrRemovedAndEveryBlockOfTheSecondAPartnerOrAdded() {
        List<Network> networks =
                Stream.of("resnet-20", "wrn-16-4", "densenet-40-12", "preact-resnet-164")
                        .map(n -> Presets.get(n).network())
                        .toList();
        for (Network a : networks) {
            for (Network b : networks) {
                Difference d = Difference.between(a, b);
                assertThat(d.partners().size() + d.added()).isEqualTo(b.nodes().size());
                assertThat(d.partners().size() + d.removed()).isEqualTo(a.nodes().size());
                assertThat(d.partners().values()).doesNotHaveDuplicates();
            }
        }
    }

    private static Network done(Edit edit) {
        return ((Edit.Done) edit).network();
    }
}
