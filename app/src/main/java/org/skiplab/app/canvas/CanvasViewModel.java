package org.skiplab.app.canvas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
import javafx.beans.value.ObservableValue;
import org.skiplab.app.command.Action;
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
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Catalogue;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;
import org.skiplab.engine.graph.edit.Segment;
import org.skiplab.engine.graph.edit.Stages;
import org.skiplab.engine.graph.file.Design;

/// What the canvas shows and what is selected on it. Knows no toolkit; the scenery follows the
/// document.
public final class CanvasViewModel {

    private static final int MOST_TO_RECOGNISE = 200;

    private final DocumentViewModel document;
    private final Messages messages;
    private final Newest<Scenery> newest;
    private final Insides insides;
    private final Viewport viewport = new Viewport();
    private final Map<String, Boolean> folding = new HashMap<>();
    private final ReadOnlyObjectWrapper<Scenery> scenery;
    private final ReadOnlyObjectWrapper<Selection> selection =
            new ReadOnlyObjectWrapper<>(Selection.NONE);
    private final ReadOnlyObjectWrapper<List<Node>> clipboard =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<Set<String>>> ran =
            new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<String>> path = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Set<String>> cut = new SimpleObjectProperty<>(Set.of());
    private final ObjectProperty<Map<String, String>> changes =
            new SimpleObjectProperty<>(Map.of());
    private final ObjectProperty<Spotlight> lit = new SimpleObjectProperty<>(Spotlight.NONE);
    private final ObjectProperty<Colouring> colouring = new SimpleObjectProperty<>(Colouring.KIND);
    private final ObjectProperty<Optional<Map<String, Double>>> gradients =
            new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Map<String, Double>>> times =
            new SimpleObjectProperty<>(Optional.empty());
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
        refresh();
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

    /// What was changed of blocks since the network was a preset, by their ids.
    public ObjectProperty<Map<String, String>> changesProperty() {
        return changes;
    }

    /// The same, of the blocks that are shown.
    public Map<String, String> shownChanges() {
        return path.get().isEmpty() ? changes.get() : Map.of();
    }

    /// The wires that a chart points at.
    public ObjectProperty<Spotlight> litProperty() {
        return lit;
    }

    /// What the blocks' colour means.
    public ObjectProperty<Colouring> colouringProperty() {
        return colouring;
    }

    /// Mean |gradient| of each block in the running training; empty when there is none.
    public ObjectProperty<Optional<Map<String, Double>>> gradientsProperty() {
        return gradients;
    }

    /// Milliseconds that each block takes in the running training; empty when there is none.
    public ObjectProperty<Optional<Map<String, Double>>> timesProperty() {
        return times;
    }

    /// Colours by what a training measures, from now on; read only while it is looked at.
    public void follow(
            ObservableValue<Optional<Map<String, Double>>> measuredGradients,
            ObservableValue<Optional<Map<String, Double>>> measuredTimes) {
        colouring.subscribe(now -> {
            gradients.unbind();
            times.unbind();
            switch (now) {
                case GRADIENT -> gradients.bind(measuredGradients);
                case TIME -> times.bind(measuredTimes);
                case KIND, PARAMETERS, MACS -> {
                    gradients.set(Optional.empty());
                    times.set(Optional.empty());
                }
            }
        });
    }

    /// Whether every wire shows its shape, or only the one under the pointer.
    public BooleanProperty labelsProperty() {
        return labels;
    }

    /// The quantity that colours the blocks; empty while it is the kind, or nothing is measured.
    public Optional<Heat> heat() {
        return colouring
                .get()
                .measure(scenery().analysis(), gradients.get(), times.get())
                .map(m -> new Heat(m, scenery().diagram()));
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

    private List<List<String>> groups() {
        return path.get().isEmpty() ? CanvasLayout.groups(document.design()) : List.of();
    }

    /// Makes the selected blocks one stage: equal ones become a block N times, others a group.
    public void group() {
        if (refusedInside()) {
            return;
        }
        List<String> ids = ids(selectedNodes());
        if (ids.size() < 2 || Segment.of(document.network(), ids).isEmpty()) {
            make(
                    new Edit.Refused(
                            "these blocks are no piece of a chain with one way in and one way out",
                            "select at least two neighbours, with everything between them"));
            return;
        }
        List<List<String>> groups =
                new ArrayList<>(
                        groups().stream()
                                .filter(g -> g.stream().noneMatch(ids::contains))
                                .toList());
        groups.add(ids);
        ids.forEach(folding::remove);
        document.edit(
                "Group " + ids.size() + " blocks",
                CanvasLayout.withGroups(document.design(), groups));
        selectBlocks(ids);
    }

    /// Undoes the groups among the selected cards, and unfolds the runs.
    public void ungroup() {
        List<String> ids = ids(selectedNodes());
        List<List<String>> groups = groups();
        List<List<String>> kept =
                groups.stream().filter(g -> g.stream().noneMatch(ids::contains)).toList();
        for (String card : selection().cards()) {
            runOf(card).ifPresent(run -> folding.put(run.id(), false));
        }
        if (kept.size() < groups.size()) {
            document.edit("Ungroup", CanvasLayout.withGroups(document.design(), kept));
        } else {
            refresh();
        }
        selectBlocks(ids);
    }

    /// Repeats the selected piece of a chain, so that it stands there so many times in all.
    public void repeat(int times) {
        make(Stages.repeat(document.network(), ids(selectedNodes()), times));
    }

    /// One repetition more or less of what is selected.
    ///
    /// @param by 1 or −1
    public void repeatMore(int by) {
        repeat(repetitions() + by);
    }

    /// How often the selected block stands in a row, as far as it is selected.
    public int repetitions() {
        List<Node> nodes = selectedNodes();
        boolean alike =
                !nodes.isEmpty()
                        && nodes.stream()
                                .allMatch(n -> n.block().kind() == nodes.getFirst().block().kind());
        return alike ? nodes.size() : 1;
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
        return path.get().isEmpty()
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
            selectBlocks(blocks);
        } else {
            edit.ifPresent(this::make);
        }
    }

    /// Makes an edit and selects what it touched, or says why it was refused.
    public void make(Edit edit) {
        if (refusedInside()) {
            return;
        }
        switch (edit) {
            case Edit.Done(Network after, String what, List<String> blocks) -> {
                document.edit(what, after);
                selectBlocks(blocks);
            }
            case Edit.Refused refusal ->
                    messages.show(Message.refusal(capital(refusal.toString())));
        }
    }

    /// The inside of a block is what its kind says; only layers of its own can be changed.
    private Edit.Refused inside() {
        String block = path.get().getFirst();
        return new Edit.Refused(
                "the inside of " + block + " is made by its kind and settings",
                "go back out and break it apart to change its wiring");
    }

    private boolean refusedInside() {
        if (path.get().isEmpty()) {
            return false;
        }
        messages.show(Message.refusal(capital(inside().toString())));
        return true;
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
        afterPlacing(() ->
                neighbour
                        .flatMap(id -> scenery().diagram().cardOf(id))
                        .ifPresent(card -> select(Selection.of(card.id()))));
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

    /// Offers to make a block of the selected layers, when they are one that is known.
    public void offerToWrap() {
        List<Node> nodes = path.get().isEmpty() ? selectedNodes() : List.of();
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

    /// Selects the block at fault and brings it on the screen.
    public void showProblem(Problem problem) {
        leaveTo(0);
        afterPlacing(() ->
                scenery()
                        .diagram()
                        .cardOf(problem.node())
                        .ifPresent(card -> select(Selection.of(card.id()))));
    }

    private void selectBlocks(List<String> blocks) {
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

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
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
    private void afterPlacing(Runnable work) {
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

    private static double ahead(Point from, Point to, int dx, int dy) {
        return (to.x() - from.x()) * dx + (to.y() - from.y()) * dy;
    }

    private static double cost(Point from, Point to, int dx, int dy) {
        double aside = Math.abs((to.x() - from.x()) * dy) + Math.abs((to.y() - from.y()) * dx);
        return ahead(from, to, dx, dy) + 2 * aside;
    }
}
