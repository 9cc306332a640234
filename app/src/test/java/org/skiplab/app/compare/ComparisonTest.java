package org.skiplab.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.skiplab.app.sketch.Mark;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;

class ComparisonTest {

    private static final Network RESNET_20 = Presets.get("resnet-20").network();

    @Test
    void changedAndRemovedBlocksAreMarkedOnTheSideThatHasThem() {
        Network after = done(BlockEdits.set(RESNET_20, List.of("stage2_block2"), "width", 48));
        after = done(Edits.remove(after, List.of("stage1_block2")));
        Comparison comparison = Comparison.of(RESNET_20, after);

        assertThat(comparison.summary()).isEqualTo("1 block removed, 1 changed");
        assertThat(mark(comparison.first(), "stage2_block2")).isEqualTo(Mark.CHANGED);
        assertThat(mark(comparison.second(), "stage2_block2")).isEqualTo(Mark.CHANGED);
        assertThat(mark(comparison.first(), "stage1_block2")).isEqualTo(Mark.REMOVED);
        assertThat(comparison.second().marks()).hasSize(1);
    }

    @Test
    void aFoldedRunSaysHowManyOfItsBlocksAreNew() {
        Comparison comparison = Comparison.of(RESNET_20, Presets.get("resnet-56").network());

        assertThat(comparison.difference().added()).isEqualTo(18);
        assertThat(
                        comparison.second().marks().values().stream()
                                .mapToInt(Comparison.Marked::blocks)
                                .sum())
                .isEqualTo(18);
    }

    @Test
    void costsOfBothAreTheAnalysisOfBoth() {
        Comparison comparison = Comparison.of(RESNET_20, Presets.get("resnet-32").network());
        assertThat(comparison.costs())
                .anySatisfy(c -> {
                    assertThat(c.name()).isEqualTo("Parameters");
                    assertThat(c.first()).isEqualTo("269,722");
                    assertThat(c.second()).isEqualTo("464,154");
                    assertThat(c.change()).isEqualTo("+72 %");
                });
        assertThat(comparison.costs())
                .extracting(Comparison.Cost::name)
                .contains("MACs per image", "Activation memory per image", "Receptive field");
    }

    @Test
    void aNetworkComparedWithItselfHasNoDifference() {
        Comparison comparison = Comparison.of(RESNET_20, RESNET_20);
        assertThat(comparison.summary()).isEqualTo("No difference");
        assertThat(comparison.lines()).isEmpty();
        assertThat(comparison.costs())
                .filteredOn(c -> !c.change().isEmpty())
                .allSatisfy(c -> assertThat(c.change()).isEqualTo("same"));
    }

    private static Network done(Edit edit) {
        return ((Edit.Done) edit).network();
    }

    private static Mark mark(Comparison.Side side, String card) {
        return Objects.requireNonNull(side.marks().get(card)).mark();
    }
}
