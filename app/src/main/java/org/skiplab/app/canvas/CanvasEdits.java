package org.skiplab.app.canvas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.skiplab.app.command.Action;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Catalogue;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;
import org.skiplab.engine.graph.edit.Merges;
import org.skiplab.engine.graph.edit.Segment;
import org.skiplab.engine.graph.edit.Stages;
import org.skiplab.engine.graph.file.Design;

/// What can be done to the blocks on the canvas, above all to those that are selected. Each edit
/// that is refused says why.
public final class CanvasEdits {

    private static final int MOST_TO_RECOGNISE = 200;
    private static final int MOST_REMOVALS = 100;

    private final CanvasViewModel canvas;
    private final DocumentViewModel document;
    private final Messages messages;
    private final ReadOnlyObjectWrapper<List<Node>> clipboard =
            new ReadOnlyObjectWrapper<>(List.of());

    /// Blocks that were removed.
    ///
    /// @param left the network without them
    private record Removal(Network left, List<String> ids) {}

    /// Newest first.
    private final Deque<Removal> removals = new ArrayDeque<>();

    CanvasEdits(CanvasViewModel canvas, DocumentViewModel document, Messages messages) {
        this.canvas = canvas;
        this.document = document;
        this.messages = messages;
    }

    /// Makes the selected blocks one stage: equal ones become a block N times, others a group.
    public void group() {
        if (refusedInside()) {
            return;
        }
        List<String> ids = ids(canvas.selectedNodes());
        if (ids.size() < 2 || Segment.of(document.network(), ids).isEmpty()) {
            make(
                    new Edit.Refused(
                            "these blocks are no piece of a chain with one way in and one way out",
                            "select at least two neighbours, with everything between them"));
            return;
        }
        List<List<String>> groups =
                new ArrayList<>(
                        canvas.groups().stream()
                                .filter(g -> g.stream().noneMatch(ids::contains))
                                .toList());
        groups.add(ids);
        canvas.forgetFolding(ids);
        document.edit(
                "Group " + ids.size() + " blocks",
                CanvasLayout.withGroups(document.design(), groups));
        canvas.selectBlocks(ids);
    }

    /// Undoes the groups among the selected cards, and unfolds the runs.
    public void ungroup() {
        List<String> ids = ids(canvas.selectedNodes());
        List<List<String>> groups = canvas.groups();
        List<List<String>> kept =
                groups.stream().filter(g -> g.stream().noneMatch(ids::contains)).toList();
        canvas.unfold(List.copyOf(canvas.selection().cards()));
        if (kept.size() < groups.size()) {
            document.edit("Ungroup", CanvasLayout.withGroups(document.design(), kept));
        }
        canvas.selectBlocks(ids);
    }

    /// Repeats the selected piece of a chain, so that it stands there so many times in all.
    public void repeat(int times) {
        make(Stages.repeat(document.network(), ids(canvas.selectedNodes()), times));
    }

    /// One repetition more or less of what is selected.
    ///
    /// @param by 1 or −1
    public void repeatMore(int by) {
        repeat(repetitions() + by);
    }

    /// How often the selected block stands in a row, as far as it is selected.
    public int repetitions() {
        List<Node> nodes = canvas.selectedNodes();
        boolean alike =
                !nodes.isEmpty()
                        && nodes.stream()
                                .allMatch(n -> n.block().kind() == nodes.getFirst().block().kind());
        return alike ? nodes.size() : 1;
    }

    /// What letting `cargo` go at `target` would do.
    public Drop preview(Cargo cargo, Target target) {
        return canvas.pathProperty().get().isEmpty()
                ? Drop.of(document.analysis(), cargo, target)
                : new Drop(Optional.of(inside()), capital(inside().toString()));
    }

    /// Lets `cargo` go.
    public void drop(Cargo cargo, Target target) {
        if (refusedInside()) {
            return;
        }
        Optional<Edit> edit = Drop.edit(document.analysis(), cargo, target);
        if (target instanceof Target.Empty(Point at, _)
                && edit.orElse(null)
                        instanceof Edit.Done(Network after, String what, List<String> blocks)
                && !blocks.isEmpty()) {
            Map<String, Point> pins = CanvasLayout.pins(document.design());
            pins.put(blocks.getFirst(), at);
            Design pinned = CanvasLayout.with(document.design().withNetwork(after), pins);
            document.edit(what, pinned);
            canvas.selectBlocks(blocks);
        } else {
            edit.ifPresent(this::make);
        }
    }

    /// Leads a wire from the block that was selected first to the one selected last.
    public void connect() {
        ends().ifPresent(e ->
                drop(
                        new Cargo.Lead(e.from().last(), false),
                        new Target.OnBlocks(List.of(e.to().ids().getFirst()))));
    }

    /// Adds what the block selected first puts out to what the one selected last puts out.
    public void addShortcut() {
        Network network = document.network();
        ends().ifPresent(e ->
                make(
                        network.wires().stream()
                                .filter(w -> w.from().equals(e.to().last()))
                                .findFirst()
                                .map(w -> Merges.add(network, e.from().last(), w))
                                .orElseGet(() ->
                                        new Edit.Refused(
                                                "nothing reads " + e.to().last(),
                                                "put a block behind it first"))));
    }

    /// Takes the wire from the block selected first to the one selected last away.
    public void disconnect() {
        Network network = document.network();
        ends().ifPresent(e ->
                make(
                        network.wires().stream()
                                .filter(w -> w.from().equals(e.from().last()))
                                .filter(w -> e.to().ids().contains(w.to()))
                                .findFirst()
                                .map(w -> Edits.disconnect(network, w))
                                .orElseGet(() ->
                                        new Edit.Refused(
                                                "no wire leads from "
                                                        + e.from().last()
                                                        + " to "
                                                        + e.to().id(),
                                                "select two blocks that a wire joins"))));
    }

    private record Ends(Card from, Card to) {}

    /// The first and the last selected card; says what to do when there are no two.
    private Optional<Ends> ends() {
        List<Card> cards =
                canvas.selection().cards().stream()
                        .flatMap(id -> canvas.scenery().diagram().card(id).stream())
                        .toList();
        if (cards.size() > 1 && !cards.getLast().isImage()) {
            return Optional.of(new Ends(cards.getFirst(), cards.getLast()));
        }
        make(
                new Edit.Refused(
                        "a wire has two ends",
                        "select the block where it begins and the one where it ends"));
        return Optional.empty();
    }

    /// Makes an edit and selects what it touched, or says why it was refused.
    public void make(Edit edit) {
        if (refusedInside()) {
            return;
        }
        switch (edit) {
            case Edit.Done(Network after, String what, List<String> blocks) -> {
                document.edit(what, after);
                canvas.selectBlocks(blocks);
            }
            case Edit.Refused refusal ->
                    messages.show(Message.refusal(capital(refusal.toString())));
        }
    }

    /// The inside of a block is what its kind says; only layers of its own can be changed.
    private Edit.Refused inside() {
        String block = canvas.pathProperty().get().getFirst();
        return new Edit.Refused(
                "the inside of " + block + " is made by its kind and settings",
                "go back out and break it apart to change its wiring");
    }

    private boolean refusedInside() {
        if (canvas.pathProperty().get().isEmpty()) {
            return false;
        }
        messages.show(Message.refusal(capital(inside().toString())));
        return true;
    }

    /// Puts a block behind the selected one, or where the network grows.
    public void append(Catalogue entry) {
        Network network = document.network();
        String after =
                canvas.selection()
                        .wire()
                        .map(Diagram.Wire::from)
                        .or(() -> selectedEnd())
                        .orElseGet(() -> Edits.end(network));
        boolean gate = entry == Catalogue.DROP_PATH && !canvas.selectedNodes().isEmpty();
        make(
                gate
                        ? BlockEdits.gate(network, ids(canvas.selectedNodes()), Gate.SCHEDULED)
                        : Edits.append(network, after, entry.fitting(network, after)));
    }

    /// Removes the selected blocks, or the selected wire.
    public void remove() {
        Network network = document.network();
        Optional<Diagram.Wire> wire = canvas.selection().wire();
        if (wire.isPresent()) {
            make(Edits.disconnect(network, wire.get().wire()));
            return;
        }
        List<Node> nodes = canvas.selectedNodes();
        if (nodes.isEmpty()) {
            return;
        }
        Optional<String> neighbour = nodes.getFirst().inputs().stream().findFirst();
        make(Edits.remove(network, ids(nodes)));
        if (document.network() != network) {
            removals.addFirst(new Removal(document.network(), ids(nodes)));
            if (removals.size() > MOST_REMOVALS) {
                removals.removeLast();
            }
        }
        canvas.afterPlacing(() ->
                neighbour
                        .flatMap(id -> canvas.scenery().diagram().cardOf(id))
                        .ifPresent(card -> canvas.select(Selection.of(card.id()))));
    }

    /// Takes back the last change of the document. Blocks that this brings back are selected, as
    /// they were when they were removed.
    public void undo() {
        Network left = document.network();
        document.undo();
        if (document.network() != left) {
            removals.stream()
                    .filter(r -> r.left() == left)
                    .findFirst()
                    .ifPresent(r -> canvas.selectBlocks(r.ids()));
        }
    }

    public void copy() {
        List<Node> nodes = Edits.copy(document.network(), ids(canvas.selectedNodes()));
        if (!nodes.isEmpty()) {
            clipboard.set(nodes);
        }
    }

    public void cut() {
        copy();
        remove();
    }

    /// Pastes onto the selected wire, behind the selected block when the copy fits a chain, or
    /// beside the network.
    public void paste() {
        Network network = document.network();
        Optional<Wire> wire =
                canvas.selection()
                        .wire()
                        .map(Diagram.Wire::wire)
                        .or(() -> wireAfterSelection(network));
        Edit edit =
                wire.map(w -> Edits.paste(network, clipboard.get(), w))
                        .filter(e -> e instanceof Edit.Done)
                        .orElseGet(() -> Edits.paste(network, clipboard.get()));
        make(edit);
    }

    public void duplicate() {
        make(Edits.duplicate(document.network(), ids(canvas.selectedNodes())));
    }

    /// Gives the selected blocks a drop path, or takes it away when all have one.
    public void toggleGate() {
        Network network = document.network();
        List<Node> nodes = canvas.selectedNodes();
        boolean gated = nodes.stream().allMatch(n -> Network.gateOf(n.block()).isPresent());
        make(
                gated
                        ? BlockEdits.ungate(network, ids(nodes))
                        : BlockEdits.gate(network, ids(nodes), Gate.SCHEDULED));
    }

    /// Replaces each selected composite block by the layers inside it.
    public void breakApart() {
        make(Drop.each(document.network(), ids(canvas.selectedNodes()), BlockEdits::breakApart));
    }

    /// Recognises the selected layers as a block.
    public void wrap() {
        make(BlockEdits.wrap(document.network(), ids(canvas.selectedNodes())));
    }

    /// Offers to make a block of the selected layers, when they are one that is known.
    public void offerToWrap() {
        List<Node> nodes =
                canvas.pathProperty().get().isEmpty() ? canvas.selectedNodes() : List.of();
        boolean layers =
                nodes.size() > 1
                        && nodes.size() <= MOST_TO_RECOGNISE
                        && nodes.stream().allMatch(n -> n.block() instanceof Primitive);
        if (layers
                && BlockEdits.wrap(document.network(), ids(nodes))
                        instanceof Edit.Done(Network after, _, List<String> blocks)) {
            String kind = after.node(blocks.getFirst()).block().kind().title();
            messages.show(
                    Message.offer(
                            "These layers are a " + kind.toLowerCase(Locale.ROOT) + ".",
                            Action.of("edit.wrap.offer", "Make it one", null, null, this::wrap)));
        }
    }

    public ReadOnlyObjectProperty<List<Node>> clipboardProperty() {
        return clipboard.getReadOnlyProperty();
    }

    private Optional<String> selectedEnd() {
        return canvas.selection()
                .current()
                .flatMap(canvas.scenery().diagram()::card)
                .map(Card::last);
    }

    private Optional<Wire> wireAfterSelection(Network network) {
        return selectedEnd()
                .flatMap(end ->
                        network.wires().stream().filter(w -> w.from().equals(end)).findFirst());
    }

    private static List<String> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).toList();
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
