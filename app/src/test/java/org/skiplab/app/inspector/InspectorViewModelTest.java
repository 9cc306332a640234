package org.skiplab.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.canvas.Selection;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;

class InspectorViewModelTest {

    @TempDir Path folder;
    private Fixture fixture;
    private DocumentViewModel document;
    private InspectorViewModel inspector;

    @BeforeEach
    void open() {
        fixture = new Fixture(folder);
        document = fixture.bench.document();
        inspector = fixture.bench.inspector();
    }

    @Test
    void aBlockShowsItsLessonSettingsAndFigures() {
        select("stage2_block1");
        Content.Blocks blocks = blocks();

        assertThat(blocks.kind()).contains(BlockKind.RESIDUAL);
        assertThat(blocks.settings()).extracting(Setting::name).contains("form", "width", "stride");
        assertThat(fact(blocks.facts(), "Input")).isEqualTo("28×28×16");
        assertThat(fact(blocks.facts(), "Output")).isEqualTo("14×14×32");
        assertThat(fact(blocks.facts(), "Parameters")).isEqualTo("13,952");
    }

    @Test
    void figuresFollowASlider() {
        select("stage2_block1");
        inspector.set("width", 40, true);
        inspector.set("width", 48, true);

        assertThat(fact(blocks().facts(), "Output")).isEqualTo("14×14×48");
        assertThat(document.undoTitleProperty().get())
                .isEqualTo("Undo Change width of stage2_block1");
        document.undo();
        assertThat(fact(blocks().facts(), "Output")).isEqualTo("14×14×32");
        assertThat(document.canUndoProperty().get()).isFalse();
    }

    @Test
    void aStageIsRepeatedByTypingHowOften() {
        select("stage2_block1");
        assertThat(blocks().repeats()).hasValue(1);

        assertThat(inspector.repeat(3)).isTrue();
        assertThat(blocks().repeats()).hasValue(3);
        assertThat(document.network().nodes()).hasSize(7);
        assertThat(document.analysis().runnable()).isTrue();

        assertThat(inspector.repeat(0)).isFalse();
        assertThat(inspector.repeat(1)).isTrue();
        assertThat(document.network().nodes()).hasSize(5);
    }

    @Test
    void whatWasChangedSinceThePresetIsSaidAtTheBlockAndMarkedOnItsCard() {
        select("stage2_block1");
        assertThat(blocks().changed()).isEmpty();
        inspector.set("width", 40, false);

        assertThat(blocks().changed()).contains("Width 32 → 40");
        assertThat(fixture.bench.canvas().shownChanges().blocks()).contains("stage2_block1");
        document.undo();
        assertThat(blocks().changed()).isEmpty();
        assertThat(fixture.bench.canvas().shownChanges().blocks()).isEmpty();
    }

    @Test
    void twoDragsOfOneSliderAreTwoSteps() {
        select("stage2_block1");
        inspector.set("width", 40, true);
        inspector.endGesture();
        inspector.set("width", 48, true);
        document.undo();

        assertThat(fact(blocks().facts(), "Output")).isEqualTo("14×14×40");
    }

    @Test
    void anImpossibleValueIsRefusedWithAReason() {
        select("stage2_block1");

        assertThat(inspector.set("width", 0, false)).isFalse();
        assertThat(fixture.bench.messages().newest()).isPresent();
        assertThat(document.canUndoProperty().get()).isFalse();
    }

    @Test
    void severalBlocksShareTheirSettingsAndAddUp() {
        select("stage2_block1", "stage3_block1");
        Content.Blocks blocks = blocks();
        assertThat(blocks.name()).isEqualTo("2 blocks");
        assertThat(fact(blocks.facts(), "Parameters")).isEqualTo("69,504");

        inspector.set("zero-gamma", true, false);
        assertThat(document.network().nodes().stream())
                .filteredOn(n -> n.block() instanceof Residual r && r.zeroGamma())
                .hasSize(2);
    }

    @Test
    void blocksOfDifferentKindsShareWhatBothHave() {
        select("stem", "head");

        assertThat(blocks().kind()).isEmpty();
        assertThat(blocks().settings()).isEmpty();
    }

    @Test
    void aProblemOfTheSelectedBlockIsTold() {
        document.edit(
                "Break", document.network().withNodes(document.network().nodes().subList(0, 4)));
        select("stage3_block1");

        assertThat(blocks().problem().orElseThrow())
                .startsWith("The network ends in a 7×7×64 tensor")
                .contains("To fix it: add a head");
    }

    @Test
    void nothingSelectedShowsTheNetworkAndThePaper() {
        document.start(Presets.get("resnet-20").network());
        Content.Whole whole = whole();

        assertThat(fact(whole.facts(), "Parameters")).isEqualTo("269,722");
        assertThat(whole.survival()).isEmpty();
        Content.Claim claim = whole.claim().orElseThrow();
        assertThat(claim.difference()).isEmpty();
        assertThat(claim.published().getFirst().parameters()).isEqualTo("0.27M");
    }

    @Test
    void changesFromThePresetAreCounted() {
        document.start(Presets.get("resnet-20").network());
        select("stage2_block2");
        inspector.set("zero-gamma", true, false);
        fixture.bench.canvas().edits().duplicate();
        fixture.bench.canvas().select(Selection.NONE);

        assertThat(whole().claim().orElseThrow().difference())
                .isEqualTo("1 block added, 1 changed");
    }

    @Test
    void survivalCanBeChangedWhereBlocksAreGated() {
        document.start(Presets.get("stochastic-resnet-110").network(new Shape(32, 32, 3), 10));
        assertThat(whole().survival()).contains(Survival.PAPER);

        inspector.setSurvival("survival-form", "first-to-last", false);
        inspector.setSurvival("survival-first", 0.9, true);
        inspector.setSurvival("survival-last", 0.3, true);
        assertThat(whole().survival()).contains(new Survival.FirstToLast(0.9, 0.3));
        assertThat(inspector.setSurvival("survival-last", 0.0, false)).isFalse();
    }

    @Test
    void blocksAndNetworksCanBeRenamed() {
        select("stem");
        assertThat(inspector.renameBlock("stem", "entry")).isTrue();
        assertThat(blocks().ids()).containsExactly("entry");
        assertThat(inspector.renameBlock("entry", "head")).isFalse();
        assertThat(inspector.renameNetwork("mine")).isTrue();
        assertThat(document.titleProperty().get()).isEqualTo("• mine");
    }

    private void select(String... ids) {
        fixture.bench.canvas().select(Selection.of(List.of(ids)));
    }

    private Content.Blocks blocks() {
        return (Content.Blocks) inspector.contentProperty().get();
    }

    private Content.Whole whole() {
        return (Content.Whole) inspector.contentProperty().get();
    }

    private static String fact(List<Fact> facts, String name) {
        return facts.stream()
                .filter(f -> f.name().equals(name))
                .map(Fact::value)
                .findFirst()
                .orElseThrow();
    }
}
