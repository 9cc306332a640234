package org.skiplab.app.canvas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Heat;
import org.skiplab.app.diagram.Insides;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.Spotlight;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.app.fx.Newest;
import org.skiplab.app.message.Messages;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Problem;

/// What the canvas shows and what is selected on it. Knows no toolkit; the scenery follows the
/// document.
public final class CanvasViewModel {

    private final DocumentViewModel document;
    private final Messages messages;
    private final Newest<Scenery> newest;
    private final Insides insides;
    private final Viewport viewport = new Viewport();
    private final Map<String, Boolean> folding = new HashMap<>();
    private final ReadOnlyObjectWrapper<Scenery> scenery;
    private final ReadOnlyObjectWrapper<Selection> selection =
            new ReadOnlyObjectWrapper<>(Selection.NONE);
    private final ObjectProperty<Optional<Set<String>>> ran =
            new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<String>> path = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Set<String>> cut = new SimpleObjectProperty<>(Set.of());
    private final ObjectProperty<Changes> changes = new SimpleObjectProperty<>(Changes.NONE);
    private final ObjectProperty<Spotlight> lit = new SimpleObjectProperty<>(Spotlight.NONE);
    private final BlockColours colours = new BlockColours();
    private final CanvasEdits edits;
    private final BooleanProperty labels = new SimpleBooleanProperty(true);
    private final List<Runnable> whenPlaced = new ArrayList<>();

    /// @param background where networks are laid out
    public CanvasViewModel(DocumentViewModel document, Messages messages, Background background) {
        this.document = document;
        this.messages = messages;
        newest = new Newest<>(background);
        insides = new Insides(background);
        this.scenery = new ReadOnlyObjectWrapper<>(Scenery.blank(document.analysis()));
        document.designProperty()
                .addListener((_, before, now) -> {
                    if (!before.network().equals(now.network())
                            || !before.section(CanvasLayout.SECTION)
                                    .equals(now.section(CanvasLayout.SECTION))) {
                        refresh();
                    }
                });
        document.openedProperty().addListener(_ -> startOver());
        edits = new CanvasEdits(this, document, messages);
        refresh();
    }

    /// What can be done to the blocks.
    public CanvasEdits edits() {
        return edits;
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

    /// Ids of the blocks that were gone into, outermost first; empty at the network itself.
    public ReadOnlyObjectProperty<List<String>> pathProperty() {
        return path.getReadOnlyProperty();
    }

    /// Ids of the blocks whose branch is cut off in evaluation.
    public ObjectProperty<Set<String>> cutProperty() {
        return cut;
    }

    /// What was changed of blocks since the network was a preset.
    public ObjectProperty<Changes> changesProperty() {
        return changes;
    }

    /// The same, of the blocks that are shown.
    public Changes shownChanges() {
        return path.get().isEmpty() ? changes.get() : Changes.NONE;
    }

    /// The wires that a chart points at.
    public ObjectProperty<Spotlight> litProperty() {
        return lit;
    }

    /// Whether every wire shows its shape, or only the one under the pointer.
    public BooleanProperty labelsProperty() {
        return labels;
    }

    /// By what the blocks are coloured.
    public BlockColours colours() {
        return colours;
    }

    /// The quantity that colours the blocks; empty while it is the kind, or nothing is measured.
    public Optional<Heat> heat() {
        return colours.heat(scenery());
    }

    /// The pictures inside blocks.
    Insides insides() {
        return insides;
    }

    /// Opens the inside of a block.
    ///
    /// @return whether it has one that can be shown
    public boolean enter(String card) {
        Optional<Node> node =
                scenery()
                        .diagram()
                        .card(card)
                        .filter(c -> !c.isImage())
                        .map(c -> c.nodes().getFirst());
        boolean opens = node.flatMap(n -> Insides.network(n, scenery().analysis())).isPresent();
        if (opens) {
            List<String> deeper = new ArrayList<>(path.get());
            deeper.add(node.orElseThrow().id());
            go(deeper);
        }
        return opens;
    }

    /// Goes back out of the innermost block, and selects it.
    public void leave() {
        if (!path.get().isEmpty()) {
            leaveTo(path.get().size() - 1);
        }
    }

    /// Goes back out, to so many blocks deep.
    public void leaveTo(int depth) {
        List<String> inside = path.get();
        if (depth < inside.size()) {
            String left = inside.get(depth);
            go(inside.subList(0, depth));
            afterPlacing(() -> selectBlocks(List.of(left)));
        }
    }

    private void go(List<String> where) {
        path.set(List.copyOf(where));
        selection.set(Selection.NONE);
        refresh();
    }

    public void select(Selection next) {
        selection.set(next.within(scenery().diagram()));
    }

    /// The selected nodes in the order in which data flows; all nodes of folded runs.
    public List<Node> selectedNodes() {
        Network network = scenery().analysis().network();
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

    /// Moves the selection to the nearest card in a direction; see [Walk#step].
    public void walk(int dx, int dy, boolean extend) {
        new Walk(scenery(), selection()).step(dx, dy, extend).ifPresent(this::select);
    }

    /// Selects the next wire that leaves the selected card, or that enters it; see [Walk#wire].
    public void walkToWire(boolean leaving) {
        new Walk(scenery(), selection()).wire(leaving).ifPresent(this::select);
    }

    /// Folds or unfolds the run of identical blocks that a card belongs to.
    ///
    /// @return whether it belongs to one
    public boolean toggleFold(String id) {
        Optional<Card> card = scenery().diagram().card(id);
        Optional<Card> run = Diagram.runOf(scenery().analysis(), groups(), id);
        if (card.isEmpty() || run.isEmpty()) {
            return false;
        }
        folding.put(run.get().id(), !card.get().isRun());
        refresh();
        afterPlacing(() -> select(Selection.of(run.get().id())));
        return true;
    }

    /// The run or group that a card belongs to.
    public Optional<Card> runOf(String card) {
        return Diagram.runOf(scenery().analysis(), groups(), card);
    }

    /// Ids of the blocks that a person made one stage.
    List<List<String>> groups() {
        return path.get().isEmpty() ? CanvasLayout.groups(document.design()) : List.of();
    }

    /// Lets a run that begins at one of these blocks be folded as it is by itself.
    void forgetFolding(List<String> ids) {
        ids.forEach(folding::remove);
    }

    /// Unfolds the runs to which cards belong.
    void unfold(List<String> cards) {
        cards.forEach(card -> runOf(card).ifPresent(run -> folding.put(run.id(), false)));
        refresh();
    }

    /// Folds or unfolds all runs.
    public void foldAll(boolean fold) {
        for (Node node : document.network().nodes()) {
            folding.put(node.id(), fold);
        }
        refresh();
    }

    /// Selects the block at fault and brings it on the screen.
    public void showProblem(Problem problem) {
        leaveTo(0);
        afterPlacing(() ->
                scenery()
                        .diagram()
                        .cardOf(problem.node())
                        .ifPresent(card -> select(Selection.of(card.id()))));
    }

    /// Selects blocks once they are placed; what was said before is settled.
    void selectBlocks(List<String> blocks) {
        afterPlacing(() -> selectNow(blocks));
        messages.dismiss();
    }

    private void selectNow(List<String> blocks) {
        select(
                Selection.of(
                        blocks.stream()
                                .flatMap(id -> scenery().diagram().cardOf(id).stream())
                                .map(Card::id)
                                .distinct()
                                .toList()));
    }

    private void startOver() {
        folding.clear();
        path.set(List.of());
        selection.set(Selection.NONE);
        refresh();
    }

    /// Places everything anew, elsewhere; the old picture stays until then. Of several that wait
    /// only the newest is worked out.
    private void refresh() {
        Analysis analysis = shown();
        Map<String, Boolean> folded = Map.copyOf(folding);
        Map<String, Point> pins =
                path.get().isEmpty() ? CanvasLayout.pins(document.design()) : Map.of();
        List<List<String>> groups = groups();
        boolean inner = !path.get().isEmpty();
        Callable<Scenery> work =
                () ->
                        inner
                                ? Scenery.inside(analysis, folded)
                                : Scenery.of(analysis, folded, pins, groups);
        newest.ask(work, this::show);
    }

    private void show(Scenery fresh) {
        scenery.set(fresh);
        selection.set(selection().within(fresh.diagram()));
        if (newest.settled()) {
            List<Runnable> waiting = List.copyOf(whenPlaced);
            whenPlaced.clear();
            waiting.forEach(Runnable::run);
        }
    }

    /// Does something with the scenery of the newest network, once it is there.
    void afterPlacing(Runnable work) {
        if (newest.settled()) {
            work.run();
        } else {
            whenPlaced.add(work);
        }
    }

    /// The network, or the inside of the block that was gone into; goes out of blocks that are no
    /// more.
    private Analysis shown() {
        Analysis analysis = document.analysis();
        List<String> inside = path.get();
        for (int depth = 0; depth < inside.size(); depth++) {
            Analysis outer = analysis;
            Optional<Network> network =
                    outer.network().find(inside.get(depth)).flatMap(n -> Insides.network(n, outer));
            if (network.isEmpty()) {
                path.set(List.copyOf(inside.subList(0, depth)));
                return analysis;
            }
            analysis = Analysis.of(network.get());
        }
        return analysis;
    }
}
