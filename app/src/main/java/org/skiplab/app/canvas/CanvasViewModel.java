package org.skiplab.app.canvas;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Catalogue;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;
import org.skiplab.engine.graph.file.Design;

/// What the canvas shows and what is selected on it. Knows no toolkit; the scenery follows the
/// document.
public final class CanvasViewModel {

    private final DocumentViewModel document;
    private final Messages messages;
    private final Viewport viewport = new Viewport();
    private final Map<String, Boolean> folding = new HashMap<>();
    private final ReadOnlyObjectWrapper<Scenery> scenery;
    private final ReadOnlyObjectWrapper<Selection> selection =
            new ReadOnlyObjectWrapper<>(Selection.NONE);
    private final ReadOnlyObjectWrapper<List<Node>> clipboard =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<Set<String>>> ran =
            new SimpleObjectProperty<>(Optional.empty());

    public CanvasViewModel(DocumentViewModel document, Messages messages) {
        this.document = document;
        this.messages = messages;
        this.scenery = new ReadOnlyObjectWrapper<>(place());
        document.designProperty()
                .addListener((_, before, now) -> {
                    if (!before.network().equals(now.network())
                            || !before.section(CanvasLayout.SECTION)
                                    .equals(now.section(CanvasLayout.SECTION))) {
                        refresh();
                    }
                });
        document.openedProperty().addListener(_ -> startOver());
    }

    public DocumentViewModel document() {
        return document;
    }

    public Viewport viewport() {
        return viewport;
    }

    public Scenery scenery() {
        return scenery.get();
    }

    public ReadOnlyObjectProperty<Scenery> sceneryProperty() {
        return scenery.getReadOnlyProperty();
    }

    public Selection selection() {
        return selection.get();
    }

    public ReadOnlyObjectProperty<Selection> selectionProperty() {
        return selection.getReadOnlyProperty();
    }

    /// Ids of the gated blocks that ran in the newest mini-batch; empty while nothing trains.
    public ObjectProperty<Optional<Set<String>>> ranProperty() {
        return ran;
    }

    public void select(Selection next) {
        selection.set(next.within(scenery().diagram()));
    }

    /// The selected nodes in the order in which data flows; all nodes of folded runs.
    public List<Node> selectedNodes() {
        Network network = document.network();
        Set<String> ids =
                Set.copyOf(
                        selection().cards().stream()
                                .flatMap(id -> scenery().diagram().card(id).stream())
                                .flatMap(card -> card.ids().stream())
                                .toList());
        return network.topological().stream().filter(n -> ids.contains(n.id())).toList();
    }

    public void selectAll() {
        select(
                Selection.of(
                        scenery().diagram().cards().stream()
                                .filter(c -> !c.isImage())
                                .map(Card::id)
                                .toList()));
    }

    /// Selects what a rubber band touches.
    ///
    /// @param keep added to, for Shift
    public void selectTouched(Box band, Selection keep) {
        Selection next = keep;
        for (Card card : scenery().diagram().cards()) {
            if (!card.isImage() && scenery().box(card).overlaps(band)) {
                next = next.with(card.id());
            }
        }
        select(next);
    }

    /// Moves the selection to the nearest card in a direction; to the first card when nothing is
    /// selected.
    ///
    /// @param dx −1, 0 or 1
    /// @param dy −1, 0 or 1
    public void walk(int dx, int dy, boolean extend) {
        Optional<Card> from = selection().current().flatMap(scenery().diagram()::card);
        if (from.isEmpty()) {
            scenery().diagram().cards().stream()
                    .findFirst()
                    .ifPresent(c -> select(Selection.of(c.id())));
            return;
        }
        Point here = scenery().box(from.get()).centre();
        scenery().diagram().cards().stream()
                .filter(c -> ahead(here, scenery().box(c).centre(), dx, dy) > 1)
                .min(Comparator.comparingDouble(c -> cost(here, scenery().box(c).centre(), dx, dy)))
                .ifPresent(c -> select(extend ? selection().with(c.id()) : Selection.of(c.id())));
    }

    /// Folds or unfolds the run of identical blocks that a card belongs to.
    ///
    /// @return whether it belongs to one
    public boolean toggleFold(String id) {
        Optional<Card> card = scenery().diagram().card(id);
        Optional<Card> run = Diagram.runOf(document.analysis(), id);
        if (card.isEmpty() || run.isEmpty()) {
            return false;
        }
        folding.put(run.get().id(), !card.get().isRun());
        refresh();
        select(Selection.of(run.get().id()));
        return true;
    }

    /// Folds or unfolds all runs.
    public void foldAll(boolean fold) {
        for (Node node : document.network().nodes()) {
            folding.put(node.id(), fold);
        }
        refresh();
    }

    /// What letting `cargo` go at `target` would do.
    public Drop preview(Cargo cargo, Target target) {
        return Drop.of(document.analysis(), cargo, target);
    }

    /// Lets `cargo` go.
    public void drop(Cargo cargo, Target target) {
        Optional<Edit> edit = preview(cargo, target).edit();
        if (target instanceof Target.Empty(Point at, _)
                && edit.orElse(null)
                        instanceof Edit.Done(Network after, String what, List<String> blocks)
                && !blocks.isEmpty()) {
            Map<String, Point> pins = CanvasLayout.pins(document.design());
            pins.put(blocks.getFirst(), at);
            Design pinned = CanvasLayout.with(document.design().withNetwork(after), pins);
            document.edit(what, pinned);
            selectBlocks(blocks);
        } else {
            edit.ifPresent(this::make);
        }
    }

    /// Makes an edit and selects what it touched, or says why it was refused.
    public void make(Edit edit) {
        switch (edit) {
            case Edit.Done(Network after, String what, List<String> blocks) -> {
                document.edit(what, after);
                selectBlocks(blocks);
            }
            case Edit.Refused refusal -> messages.show(Message.refusal(sentence(refusal)));
        }
    }

    /// Puts a block behind the selected one, or where the network grows.
    public void append(Catalogue entry) {
        Network network = document.network();
        String after =
                selection()
                        .wire()
                        .map(Diagram.Wire::from)
                        .or(() -> selectedEnd())
                        .orElseGet(() -> Edits.end(network));
        boolean gate = entry == Catalogue.DROP_PATH && !selectedNodes().isEmpty();
        make(
                gate
                        ? BlockEdits.gate(network, ids(selectedNodes()), Gate.SCHEDULED)
                        : Edits.append(network, after, entry.fitting(network, after)));
    }

    /// Removes the selected blocks, or the selected wire.
    public void remove() {
        Network network = document.network();
        Optional<Diagram.Wire> wire = selection().wire();
        if (wire.isPresent()) {
            make(Edits.disconnect(network, wire.get().wire()));
            return;
        }
        List<Node> nodes = selectedNodes();
        if (nodes.isEmpty()) {
            return;
        }
        Optional<String> neighbour = nodes.getFirst().inputs().stream().findFirst();
        make(Edits.remove(network, ids(nodes)));
        neighbour
                .flatMap(id -> scenery().diagram().cardOf(id))
                .ifPresent(card -> select(Selection.of(card.id())));
    }

    public void copy() {
        List<Node> nodes = Edits.copy(document.network(), ids(selectedNodes()));
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
                selection().wire().map(Diagram.Wire::wire).or(() -> wireAfterSelection(network));
        Edit edit =
                wire.map(w -> Edits.paste(network, clipboard.get(), w))
                        .filter(e -> e instanceof Edit.Done)
                        .orElseGet(() -> Edits.paste(network, clipboard.get()));
        make(edit);
    }

    public void duplicate() {
        make(Edits.duplicate(document.network(), ids(selectedNodes())));
    }

    /// Gives the selected blocks a drop path, or takes it away when all have one.
    public void toggleGate() {
        Network network = document.network();
        List<Node> nodes = selectedNodes();
        boolean gated = nodes.stream().allMatch(n -> Network.gateOf(n.block()).isPresent());
        make(
                gated
                        ? BlockEdits.ungate(network, ids(nodes))
                        : BlockEdits.gate(network, ids(nodes), Gate.SCHEDULED));
    }

    /// Replaces each selected composite block by the layers inside it.
    public void breakApart() {
        make(Drop.each(document.network(), ids(selectedNodes()), BlockEdits::breakApart));
    }

    /// Recognises the selected layers as a block.
    public void wrap() {
        make(BlockEdits.wrap(document.network(), ids(selectedNodes())));
    }

    public ReadOnlyObjectProperty<List<Node>> clipboardProperty() {
        return clipboard.getReadOnlyProperty();
    }

    /// Selects the block at fault and brings it on the screen.
    public void showProblem(Problem problem) {
        scenery()
                .diagram()
                .cardOf(problem.node())
                .ifPresent(card -> select(Selection.of(card.id())));
    }

    private void selectBlocks(List<String> blocks) {
        select(
                Selection.of(
                        blocks.stream()
                                .flatMap(id -> scenery().diagram().cardOf(id).stream())
                                .map(Card::id)
                                .distinct()
                                .toList()));
        messages.dismiss();
    }

    private Optional<String> selectedEnd() {
        return selection().current().flatMap(scenery().diagram()::card).map(Card::last);
    }

    private Optional<Wire> wireAfterSelection(Network network) {
        return selectedEnd()
                .flatMap(end ->
                        network.wires().stream().filter(w -> w.from().equals(end)).findFirst());
    }

    private static List<String> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).toList();
    }

    private static String sentence(Edit.Refused refusal) {
        String text = refusal.toString();
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void startOver() {
        folding.clear();
        selection.set(Selection.NONE);
        refresh();
    }

    private void refresh() {
        scenery.set(place());
        selection.set(selection().within(scenery().diagram()));
    }

    private Scenery place() {
        return Scenery.of(document.analysis(), folding, CanvasLayout.pins(document.design()));
    }

    private static double ahead(Point from, Point to, int dx, int dy) {
        return (to.x() - from.x()) * dx + (to.y() - from.y()) * dy;
    }

    private static double cost(Point from, Point to, int dx, int dy) {
        double aside = Math.abs((to.x() - from.x()) * dy) + Math.abs((to.y() - from.y()) * dx);
        return ahead(from, to, dx, dy) + 2 * aside;
    }
}
