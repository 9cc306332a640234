package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.skiplab.app.message.Message;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.edit.Catalogue;

/// What a person does in the first minutes, done to the real window with mouse and keyboard.
class ComposeJourneyTest extends WindowJourney {

    ComposeJourneyTest() {
        super(700);
    }

    @Test
    void aBlockDraggedOntoAWireIsInsertedUndoneAndRedone() {
        Network before = document.network();
        Point2D wire = wire("stage1_block1", "stage2_block1");
        hand.drag(item(Catalogue.RESIDUAL_BASIC), wire.subtract(30, 30), wire);

        Network after = document.network();
        assertThat(after.nodes()).hasSize(before.nodes().size() + 1);
        String fresh = after.node("stage2_block1").inputs().getFirst();
        assertThat(after.node(fresh).inputs()).containsExactly("stage1_block1");
        assertThat(document.analysis().runnable()).isTrue();
        assertThat(hand.get("#card-" + fresh)).isNotNull();

        hand.keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(document.network()).isSameAs(before);
        assertThat(hand.find("#card-" + fresh)).isEmpty();

        hand.keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        assertThat(document.network()).isSameAs(after);
    }

    @Test
    void aDropSaysWhatItWouldDoBeforeItDoesIt() {
        hand.move(item(Catalogue.DROP_PATH));
        hand.press();
        hand.move(card("stage2_block1"));
        Label hint = (Label) hand.get("#drag-hint");
        assertThat(hint.getText()).startsWith("Gate stage2_block1");

        hand.move(card("stem"));
        assertThat(hint.getText()).isNotBlank().doesNotStartWith("Gate");

        hand.move(card("stage2_block1"));
        hand.release();
        assertThat(document.network().survivalProbabilities()).containsOnlyKeys("stage2_block1");
    }

    @Test
    void escapeCancelsADrag() {
        Network before = document.network();
        hand.move(item(Catalogue.WIDE));
        hand.press();
        hand.move(wire("stem", "stage1_block1"));
        hand.keys(KeyCode.ESCAPE);
        hand.release();

        assertThat(document.network()).isSameAs(before);
    }

    @Test
    void aBlockDraggedAwayIsRemovedAndTheChainHeals() {
        Point2D from = card("stage2_block1");
        hand.drag(from, from.add(0, 60), from.add(0, 190));

        assertThat(document.network().find("stage2_block1")).isEmpty();
        assertThat(document.network().node("stage3_block1").inputs())
                .containsExactly("stage1_block1");
    }

    @Test
    void aBlockDraggedAlongTheChainMoves() {
        Point2D to = wire("stage3_block1", "head");
        hand.drag(card("stage1_block1"), to.subtract(60, 60), to);

        assertThat(document.network().node("head").inputs()).containsExactly("stage1_block1");
        assertThat(document.network().node("stage2_block1").inputs()).containsExactly("stem");
    }

    @Test
    void theKeyboardAloneWalksInsertsRemovesAndGates() {
        walkToFirstBlock();
        assertThat(fixture.bench.canvas().selection().cards()).containsExactly("stage1_block1");
        hand.keys(KeyCode.G);
        assertThat(document.network().survivalProbabilities()).containsOnlyKeys("stage1_block1");

        hand.keys(KeyCode.CONTROL, KeyCode.K);
        hand.write("insert plain");
        hand.keys(KeyCode.ENTER);
        String fresh = document.network().node("stage2_block1").inputs().getFirst();
        assertThat(fresh).isNotEqualTo("stage1_block1");
        assertThat(window.canvas().isFocused()).isTrue();

        hand.keys(KeyCode.DELETE);
        assertThat(document.network().find(fresh)).isEmpty();
    }

    @Test
    void lettersTypedInAFieldAreNoCommands() {
        walkToFirstBlock();
        Network before = document.network();
        hand.click(hand.middle(hand.get("#setting-width").lookup(".setting-field")));
        hand.keys(KeyCode.G);
        hand.keys(KeyCode.DELETE);
        hand.keys(KeyCode.SPACE);

        assertThat(document.network()).isSameAs(before);
    }

    @Test
    void aSettingTypedInTheInspectorRedrawsTheCanvas() throws Exception {
        walkToFirstBlock();
        Node field = hand.get("#setting-width").lookup(".setting-field");
        hand.click(hand.middle(field));
        hand.keys(KeyCode.CONTROL, KeyCode.A);
        hand.write("48");
        hand.keys(KeyCode.ENTER);

        assertThat(document.analysis().shape("stage1_block1").orElseThrow().channels())
                .isEqualTo(48);
        Journey.await(() ->
                scene.lookup("#card-stage1_block1") instanceof Node card
                        && card.getAccessibleText().contains("48 ch")
                        && card.getAccessibleText().contains("since the preset: Width 16 → 48"));
    }

    @Test
    void savingAndReopeningGiveTheSameNetwork() {
        walkToFirstBlock();
        hand.keys(KeyCode.G);
        Network mine = document.network();
        Path file = folder.resolve("mine.skiplab");
        fixture.toSave = Optional.of(file);
        hand.keys(KeyCode.CONTROL, KeyCode.S);
        assertThat(file).exists();

        hand.keys(KeyCode.CONTROL, KeyCode.N);
        assertThat(document.network().nodes()).isEmpty();
        fixture.toOpen = Optional.of(file);
        hand.keys(KeyCode.CONTROL, KeyCode.O);

        assertThat(document.network()).isEqualTo(mine);
        assertThat(hand.get("#card-stage1_block1")).isNotNull();
    }

    @Test
    void aBrokenFileIsExplainedAndTheCanvasStays() throws IOException {
        Network before = document.network();
        Path broken = folder.resolve("broken.skiplab");
        Files.writeString(broken, "{\"skiplab\": 1,\n \"network\": {\"input\": [28, 28]}}");
        fixture.toOpen = Optional.of(broken);
        hand.keys(KeyCode.CONTROL, KeyCode.O);

        assertThat(document.network()).isSameAs(before);
        Message message = fixture.bench.messages().newest().orElseThrow();
        assertThat(message.kind()).isEqualTo(Message.Kind.ERROR);
        assertThat(message.text()).contains("network.input").contains("[32, 32, 3]");
        assertThat(hand.get("#message-bar").isVisible()).isTrue();
    }

    @Test
    void aNetworkThatCannotRunSaysWhichBlockWhyAndWhatToDo() {
        hand.click(wire("stage1_block1", "stage2_block1"));
        hand.keys(KeyCode.DELETE);

        assertThat(document.analysis().runnable()).isFalse();
        Node bar = hand.get("#problem-bar");
        assertThat(bar.isVisible()).isTrue();
        List<String> texts =
                bar.lookupAll(".label").stream().map(l -> ((Label) l).getText()).toList();
        assertThat(texts).anyMatch(t -> t.contains("stage2_block1: nothing is wired to it"));
        assertThat(texts).anyMatch(t -> t.startsWith("To fix it:"));

        hand.keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(bar.isVisible()).isFalse();
    }

    @Test
    void aWirePulledFromPortToBlockReconnects() {
        hand.click(wire("stage1_block1", "stage2_block1"));
        hand.keys(KeyCode.DELETE);
        assertThat(document.network().node("stage2_block1").inputs()).isEmpty();
        hand.move(card("stage1_block1"));
        Point2D port = hand.middle(hand.get("#card-stage1_block1").lookup(".port"));
        hand.drag(port, port.add(20, 10), card("stage2_block1"));

        assertThat(document.network().node("stage2_block1").inputs())
                .containsExactly("stage1_block1");
    }

    private void walkToFirstBlock() {
        hand.keys(KeyCode.RIGHT);
        hand.keys(KeyCode.RIGHT);
        hand.keys(KeyCode.RIGHT);
    }
}
