package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.skiplab.app.canvas.Colouring;
import org.skiplab.app.canvas.Selection;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.edit.Catalogue;

/// Every gesture of the canvas, done to the real window.
class CanvasJourneyTest extends WindowJourney {

    CanvasJourneyTest() {
        super(700);
    }

    @Test
    void aWireIsSelectedAndTakenAwayWithKeys() {
        hand.fx(() -> {
            canvas.select(Selection.of("stage2_block1"));
            return true;
        });
        hand.keys(KeyCode.ALT, KeyCode.RIGHT);
        assertThat(window.canvas().getAccessibleText())
                .startsWith("Wire from stage2_block1 to stage3_block1");
        hand.keys(KeyCode.DELETE);

        assertThat(document.network().node("stage3_block1").inputs()).isEmpty();
    }

    @Test
    void aKindDraggedOntoABlockTakesItsPlaceAndKeepsWhatFits() {
        hand.move(item(Catalogue.WIDE));
        hand.press();
        hand.move(card("stage2_block1"));
        assertThat(hint()).startsWith("Replace stage2_block1 by Wide block: 28×28×16 → 14×14×32");
        hand.release();

        assertThat(document.network().node("stage2_block1").block().kind())
                .isEqualTo(BlockKind.WIDE);
        assertThat(document.analysis().runnable()).isTrue();
    }

    @Test
    void aBlockDroppedOnEmptyCanvasStaysThereUnwired() {
        Point2D empty = card("stage2_block1").add(0, 180);
        Point2D local = hand.fx(() -> window.canvas().screenToLocal(empty));
        Point place = canvas.viewport().toWorld(local.getX(), local.getY());
        hand.drag(item(Catalogue.CONVOLUTION), empty.subtract(20, 20), empty);

        assertThat(document.network().node("conv").inputs()).isEmpty();
        Card card = canvas.scenery().diagram().card("conv").orElseThrow();
        assertThat(canvas.scenery().box(card).centre().distance(place)).isLessThan(2);
    }

    @Test
    void aWirePulledOntoAWireBecomesAShortcutThroughAProjection() {
        pull("stage1_block1", wire("stage3_block1", "head"));
        assertThat(hint()).startsWith("Add 1×1 projection: 16 → 64 channels, stride 4");
        hand.release();

        Network after = document.network();
        assertThat(after.node("head").inputs()).containsExactly("add");
        assertThat(after.node("add").inputs()).containsExactly("stage3_block1", "projection");
        assertThat(document.analysis().runnable()).isTrue();
        hand.keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(document.network().find("add")).isEmpty();
    }

    @Test
    void wiresAreLaidAndRemovedWithKeysAlone() {
        hand.keys(KeyCode.RIGHT);
        hand.keys(KeyCode.RIGHT);
        hand.keys(KeyCode.RIGHT);
        assertThat(canvas.selection().current()).contains("stage1_block1");
        hand.keys(KeyCode.SHIFT, KeyCode.RIGHT);
        hand.keys(KeyCode.SHIFT, KeyCode.W);
        assertThat(document.network().node("add").inputs())
                .containsExactly("stage2_block1", "projection");
        hand.keys(KeyCode.CONTROL, KeyCode.Z);

        select("stage1_block1", "stage3_block1");
        hand.keys(KeyCode.W);
        assertThat(document.network().node("stage3_block1").inputs())
                .containsExactly("stage1_block1");
        select("stage1_block1", "stage3_block1");
        hand.keys(KeyCode.ALT, KeyCode.W);
        assertThat(document.network().node("stage3_block1").inputs()).isEmpty();

        select("stage1_block1", "head");
        Network before = document.network();
        hand.keys(KeyCode.ALT, KeyCode.W);
        assertThat(document.network()).isSameAs(before);
        assertThat(fixture.bench.messages().newest().orElseThrow().text())
                .contains("No wire leads from stage1_block1 to head");
    }

    private void select(String... cards) {
        hand.fx(() -> {
            canvas.select(Selection.of(List.of(cards)));
            return true;
        });
        hand.pulse();
    }

    @Test
    void withShiftItIsConcatenatedAndWhereItCannotBeItSaysWhy() {
        hand.withShift(() -> {
            pull("stem", wire("stage3_block1", "head"));
            assertThat(hint()).contains("one resolution").contains("28×28×16");
            hand.move(wire("stage1_block1", "stage2_block1"));
            assertThat(hint()).startsWith("Concatenate with stem");
            hand.release();
        });

        assertThat(document.network().node("concat").inputs())
                .containsExactly("stage1_block1", "stem");
    }

    @Test
    void aWirePulledBackwardsExplainsItself() {
        Network before = document.network();
        pull("stage2_block1", card("stem"));
        assertThat(hint()).contains("circle");
        hand.release();

        assertThat(document.network()).isSameAs(before);
    }

    @Test
    void aRubberBandSelectsAndTheSelectionMovesTogether() {
        Point2D from = card("stage1_block1").add(-50, 160);
        Point2D to = card("stage2_block1").add(20, 10);
        hand.withShift(() -> hand.drag(from, from.add(40, -60), to));
        assertThat(canvas.selection().cards())
                .containsExactlyInAnyOrder("stage1_block1", "stage2_block1");

        Point2D place = wire("stage3_block1", "head");
        hand.drag(card("stage1_block1"), place.subtract(30, 40), place);
        assertThat(document.network().node("stage1_block1").inputs())
                .containsExactly("stage3_block1");
        assertThat(document.network().node("head").inputs()).containsExactly("stage2_block1");
        assertThat(document.network().node("stage3_block1").inputs()).containsExactly("stem");
    }

    @Test
    void shiftClickAddsToTheSelectionAndTakesOut() {
        hand.click(card("stage1_block1"));
        hand.withShift(() -> hand.click(card("stage3_block1")));
        assertThat(canvas.selection().cards()).containsExactly("stage1_block1", "stage3_block1");
        hand.withShift(() -> hand.click(card("stage1_block1")));
        assertThat(canvas.selection().cards()).containsExactly("stage3_block1");
    }

    @Test
    void copiesArePastedAndDuplicatesContinueTheChain() {
        hand.click(card("stage2_block1"));
        hand.keys(KeyCode.CONTROL, KeyCode.C);
        hand.click(wire("stage3_block1", "head"));
        hand.keys(KeyCode.CONTROL, KeyCode.V);
        String pasted = document.network().node("head").inputs().getFirst();
        assertThat(document.network().node(pasted).inputs()).containsExactly("stage3_block1");
        assertThat(document.network().node(pasted).block())
                .isEqualTo(document.network().node("stage2_block1").block());

        hand.click(card("stage1_block1"));
        hand.keys(KeyCode.CONTROL, KeyCode.D);
        String twin = document.network().node("stage2_block1").inputs().getFirst();
        assertThat(document.network().node(twin).inputs()).containsExactly("stage1_block1");
    }

    @Test
    void aBlockIsRepeatedFoldedGroupedAndTakenApartAgain() {
        hand.click(card("stage1_block1"));
        hand.keys(KeyCode.ALT, KeyCode.UP);
        hand.keys(KeyCode.ALT, KeyCode.UP);
        assertThat(canvas.selectedNodes()).hasSize(3);
        List<String> blocks = canvas.selectedNodes().stream().map(Node::id).toList();
        assertThat(document.analysis().runnable()).isTrue();

        hand.keys(KeyCode.CONTROL, KeyCode.G);
        assertThat(canvas.selection().cards()).containsExactly("stage1_block1");
        assertThat(canvas.scenery().diagram().card("stage1_block1").orElseThrow().count())
                .isEqualTo(3);
        hand.keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.G);
        assertThat(canvas.selection().cards()).containsExactlyElementsOf(blocks);

        hand.keys(KeyCode.ALT, KeyCode.DOWN);
        assertThat(canvas.selectedNodes()).hasSize(2);
    }

    @Test
    void differentBlocksBecomeOneStageThatTheFileRemembers() {
        hand.click(card("stage1_block1"));
        hand.withShift(() -> hand.click(card("stage2_block1")));
        hand.keys(KeyCode.CONTROL, KeyCode.G);
        assertThat(hand.find("#card-stage2_block1")).isEmpty();
        assertThat(canvas.scenery().diagram().card("stage1_block1").orElseThrow().isMixed())
                .isTrue();

        Path file = folder.resolve("grouped.skiplab");
        fixture.toSave = Optional.of(file);
        hand.keys(KeyCode.CONTROL, KeyCode.S);
        hand.keys(KeyCode.CONTROL, KeyCode.N);
        fixture.toOpen = Optional.of(file);
        hand.keys(KeyCode.CONTROL, KeyCode.O);
        assertThat(canvas.scenery().diagram().card("stage1_block1").orElseThrow().ids())
                .containsExactly("stage1_block1", "stage2_block1");
    }

    @Test
    void aDoubleClickGoesInsideAndBreadcrumbsLeadBack() {
        Network before = document.network();
        Point2D block = card("stage2_block1");
        hand.doubleClick(block);
        assertThat(canvas.pathProperty().get()).containsExactly("stage2_block1");
        assertThat(hand.get("#breadcrumbs").isVisible()).isTrue();
        assertThat(hand.get("#card-conv1").getAccessibleText()).contains("output 14×14×32");
        assertThat(hand.find("#card-stem")).isEmpty();

        hand.click(card("conv1"));
        hand.keys(KeyCode.DELETE);
        assertThat(document.network()).isSameAs(before);
        assertThat(fixture.bench.messages().newest().orElseThrow().text())
                .contains("break it apart");

        hand.click(hand.middle(hand.get("#crumb-0")));
        assertThat(canvas.pathProperty().get()).isEmpty();
        assertThat(canvas.selection().cards()).containsExactly("stage2_block1");
    }

    @Test
    void aBlockBrokenApartIsEditableAndKnownAgain() {
        hand.click(card("stage2_block1"));
        Network before = document.network();
        hand.keys(KeyCode.CONTROL, KeyCode.B);
        assertThat(document.network().find("stage2_block1")).isEmpty();
        assertThat(canvas.selectedNodes()).hasSizeGreaterThan(4);

        hand.keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.B);
        assertThat(document.network()).isEqualTo(before);
    }

    @Test
    void coloursMeanWhatTheLegendSays() {
        hand.fx(() -> {
            canvas.colours().colouringProperty().set(Colouring.PARAMETERS);
            return true;
        });
        hand.pulse();
        assertThat(canvas.heat().orElseThrow().title()).isEqualTo("Parameters");
        assertThat(canvas.heat().orElseThrow().least()).isEqualTo("0");

        hand.fx(() -> {
            canvas.colours().colouringProperty().set(Colouring.GRADIENT);
            return true;
        });
        assertThat(canvas.heat()).isEmpty();
        hand.fx(() -> {
            canvas.colours()
                    .gradientsProperty()
                    .set(Optional.of(java.util.Map.of("stem", 0.001, "stage1_block1", 0.1)));
            return true;
        });
        assertThat(canvas.heat().orElseThrow().most()).isEqualTo("0.1");
    }

    @Test
    void thePictureIsExported() throws IOException {
        Path svg = folder.resolve("net.svg");
        fixture.toExport = Optional.of(svg);
        hand.keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.E);
        assertThat(Files.readString(svg)).startsWith("<svg").contains(">Residual<");

        Path png = folder.resolve("net.png");
        fixture.toExport = Optional.of(png);
        hand.fx(() -> {
            fixture.bench.pictures().png(true, 2);
            return true;
        });
        assertThat(javax.imageio.ImageIO.read(png.toFile()).getHeight()).isGreaterThan(200);
    }

    /// Pulls a wire from a block's port to a place, without letting go.
    private void pull(String from, Point2D to) {
        hand.move(card(from));
        Point2D port = hand.middle(hand.get("#card-" + from).lookup(".port"));
        hand.move(port);
        hand.press();
        hand.move(port.add(12, -20));
        hand.move(to);
    }
}
