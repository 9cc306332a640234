package org.skiplab.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.message.Message;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.edit.Catalogue;

class CanvasViewModelTest {

    @TempDir Path folder;
    private Fixture fixture;
    private DocumentViewModel document;
    private CanvasViewModel canvas;

    @BeforeEach
    void open() {
        fixture = new Fixture(folder);
        document = fixture.bench.document();
        canvas = fixture.bench.canvas();
    }

    @Test
    void arrowsWalkAlongTheChain() {
        canvas.walk(1, 0, false);
        assertThat(canvas.selection().current()).contains(Network.INPUT);
        canvas.walk(1, 0, false);
        assertThat(canvas.selection().cards()).containsExactly(id(0));
        canvas.walk(1, 0, true);
        assertThat(canvas.selection().cards()).containsExactly(id(0), id(1));
        canvas.walk(-1, 0, false);
        assertThat(canvas.selection().cards()).containsExactly(id(0));
        canvas.walk(0, 1, false);
        assertThat(canvas.selection().cards()).containsExactly(id(0));
    }

    @Test
    void keysGoOntoWiresAndAlongThem() {
        canvas.select(Selection.of(id(1)));
        canvas.walkToWire(true);
        assertThat(canvas.selection().wire())
                .hasValueSatisfying(
                        w -> assertThat(List.of(w.from(), w.to())).containsExactly(id(1), id(2)));
        canvas.walk(1, 0, false);
        assertThat(canvas.selection()).isEqualTo(Selection.of(id(2)));
        canvas.walkToWire(false);
        canvas.walk(-1, 0, false);
        assertThat(canvas.selection()).isEqualTo(Selection.of(id(1)));
        canvas.select(Selection.of(id(4)));
        canvas.walkToWire(true);
        assertThat(canvas.selection()).as("nothing leaves the head").isEqualTo(Selection.of(id(4)));
    }

    @Test
    void wiresOfABlockFollowEachOther() {
        canvas.select(Selection.of(List.of(id(0), id(2))));
        canvas.edits().addShortcut();
        canvas.select(Selection.of("add"));
        canvas.walkToWire(false);
        Diagram.Wire first = canvas.selection().wire().orElseThrow();
        canvas.walkToWire(false);
        Diagram.Wire second = canvas.selection().wire().orElseThrow();
        canvas.walkToWire(false);

        assertThat(List.of(first.port(), second.port())).containsExactlyInAnyOrder(0, 1);
        assertThat(canvas.selection()).isEqualTo(Selection.of(first));
    }

    @Test
    void appendPutsABlockBehindTheSelectedOneAndSelectsIt() {
        canvas.select(Selection.of(id(1)));
        String reader = id(2);
        canvas.edits().append(Catalogue.RESIDUAL_BASIC);

        String fresh = canvas.selectedNodes().getFirst().id();
        assertThat(document.network().node(reader).inputs()).containsExactly(fresh);
        assertThat(document.undoTitleProperty().get()).isEqualTo("Undo Insert Residual block");
    }

    @Test
    void withoutASelectionAppendGrowsTheNetworkBeforeItsHead() {
        canvas.edits().append(Catalogue.RESIDUAL_BASIC);

        assertThat(document.analysis().runnable()).isTrue();
        assertThat(document.network().nodes()).hasSize(6);
    }

    @Test
    void removeHealsAndLeavesTheNeighbourSelected() {
        String before = id(1);
        canvas.select(Selection.of(id(2)));
        canvas.edits().remove();

        assertThat(document.network().nodes()).hasSize(4);
        assertThat(document.analysis().output()).isPresent();
        assertThat(canvas.selection().cards()).containsExactly(before);
        canvas.edits().undo();
        assertThat(document.network().nodes()).hasSize(5);
    }

    @Test
    void undoSelectsWhatItBringsBack() {
        String first = id(1);
        String second = id(2);
        canvas.select(Selection.of(second));
        canvas.edits().remove();
        canvas.select(Selection.of(first));
        canvas.edits().remove();

        canvas.edits().undo();
        assertThat(canvas.selection().cards()).containsExactly(first);
        canvas.edits().undo();
        assertThat(canvas.selection().cards()).containsExactly(second);
        // Other changes leave the selection alone.
        document.edit("Rename", document.network().withName("mine"));
        canvas.edits().undo();
        assertThat(canvas.selection().cards()).containsExactly(second);
    }

    @Test
    void removingAWireDisconnects() {
        canvas.select(Selection.of(canvas.scenery().diagram().wires().get(2)));
        canvas.edits().remove();

        assertThat(document.analysis().problems()).isNotEmpty();
        assertThat(canvas.selection().wire()).isEmpty();
    }

    @Test
    void copyAndPasteContinueTheChain() {
        canvas.select(Selection.of(id(1)));
        canvas.edits().copy();
        canvas.edits().paste();

        assertThat(document.network().nodes()).hasSize(6);
        assertThat(document.analysis().runnable()).isTrue();
    }

    @Test
    void aRefusalIsSaidAndChangesNothing() {
        Network before = document.network();
        canvas.select(Selection.of(id(0)));
        canvas.edits().toggleGate();

        assertThat(document.network()).isSameAs(before);
        assertThat(fixture.bench.messages().newest().map(Message::kind))
                .contains(Message.Kind.REFUSAL);
    }

    @Test
    void gatingTogglesAndShowsProbabilities() {
        canvas.select(Selection.of(List.of(id(1), id(2))));
        canvas.edits().toggleGate();
        assertThat(document.network().survivalProbabilities()).hasSize(2);
        canvas.edits().toggleGate();
        assertThat(document.network().survivalProbabilities()).isEmpty();
    }

    @Test
    void aFoldedRunIsSelectedAsAllItsBlocks() {
        document.start(Presets.get("resnet-110").network());
        Card run = canvas.scenery().diagram().cards().get(2);
        canvas.select(Selection.of(run.id()));

        assertThat(canvas.selectedNodes()).isEqualTo(run.nodes());
        assertThat(canvas.toggleFold(run.id())).isTrue();
        assertThat(canvas.scenery().diagram().cards()).hasSizeGreaterThan(20);
        assertThat(canvas.selectedNodes()).hasSize(1);
    }

    @Test
    void aFreeBlockStaysWhereItWasPutAlsoInTheFile() {
        Point at = new Point(120, 400);
        canvas.edits().drop(new Cargo.Fresh(Catalogue.CONVOLUTION), new Target.Empty(at, false));
        Card free =
                canvas.scenery()
                        .diagram()
                        .card(canvas.selection().cards().getFirst())
                        .orElseThrow();
        assertThat(canvas.scenery().box(free).centre()).isEqualTo(at);

        Point there = new Point(300, 500);
        canvas.edits().drop(new Cargo.Present(free.ids()), new Target.Empty(there, true));
        assertThat(canvas.scenery().box(free).centre()).isEqualTo(there);
        document.undo();
        assertThat(canvas.scenery().box(free).centre()).isEqualTo(at);
        document.redo();

        fixture.toSave = Optional.of(folder.resolve("pinned.skiplab"));
        document.save();
        document.start(Presets.get("resnet-20").network());
        document.open(folder.resolve("pinned.skiplab"));
        assertThat(canvas.scenery().box(free).centre()).isEqualTo(there);
    }

    @Test
    void anotherDocumentStartsWithoutSelectionAndFolding() {
        canvas.select(Selection.of(id(1)));
        document.start(Presets.get("resnet-20").network());

        assertThat(canvas.selection()).isEqualTo(Selection.NONE);
    }

    private String id(int index) {
        List<Node> nodes = document.network().topological();
        return nodes.get(index).id();
    }
}
