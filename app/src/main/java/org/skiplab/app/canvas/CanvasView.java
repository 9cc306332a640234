package org.skiplab.app.canvas;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.diagram.Bypass;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Problem;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Wire;

/// The drawing of the network: stage bands, wires and cards in one zoomed world. Only what is on
/// the screen exists as nodes of the scene, so a thousand blocks cost no more than those in view.
public final class CanvasView extends Region {

    private static final PseudoClass FAR = PseudoClass.getPseudoClass("far");
    private static final PseudoClass TINY = PseudoClass.getPseudoClass("tiny");

    /// Below these zooms the settings on the cards, and then their titles, are too small to read.
    private static final double FAR_BELOW = 0.62;

    private static final double TINY_BELOW = 0.3;

    /// Largest zoom of a fit: small networks are not blown up.
    private static final double FIT_MOST = 1.3;

    /// Kept alive around the visible part, in world units.
    private static final double MARGIN = 160;

    private final CanvasViewModel model;
    private final Pane world = new Pane();
    private final Group bands = new Group();
    private final Group wires = new Group();
    private final Group cards = new Group();
    private final Group overlay = new Group();
    private final Translate shift = new Translate();
    private final Scale zoom = new Scale();
    private final Map<String, CardView> liveCards = new HashMap<>();
    private final Map<String, Look> looks = new HashMap<>();
    private final Map<Diagram.Wire, WireView> liveWires = new HashMap<>();
    private final ObservableValue<Integer> textSize;
    private final CanvasDrag drag;
    private final Label empty =
            new Label(
                    "Drag a stem from the palette to here,\nor take a preset from File ▸ New from preset.");
    private Scenery shown;

    /// @param hint lies over the whole window and shows what a drag would do
    /// @param textSize percent; scales the world, so that cards grow with their letters
    public CanvasView(CanvasViewModel model, ObservableValue<Integer> textSize, DragHint hint) {
        this.model = model;
        this.textSize = textSize;
        this.shown = model.scenery();
        getStyleClass().add("canvas");
        setId("canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleText("Network");
        setMinSize(240, 160);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        world.setManaged(false);
        world.setPickOnBounds(false);
        world.getTransforms().addAll(shift, zoom);
        world.getChildren().addAll(bands, wires, cards, overlay);
        world.getStyleClass().add("world");
        empty.getStyleClass().add("canvas-empty");
        empty.setMouseTransparent(true);
        getChildren().addAll(world, empty);

        Viewport viewport = model.viewport();
        viewport.zoomProperty().subscribe(_ -> applyViewport());
        viewport.shiftXProperty().subscribe(_ -> applyViewport());
        viewport.shiftYProperty().subscribe(_ -> applyViewport());
        widthProperty().subscribe(_ -> resized());
        heightProperty().subscribe(_ -> resized());
        model.sceneryProperty().subscribe(this::rebuild);
        model.selectionProperty().subscribe(_ -> showSelection());
        model.ranProperty()
                .subscribe(
                        _ -> liveCards.values().forEach(c -> c.showRan(model.ranProperty().get())));
        textSize.subscribe(_ -> fit());
        drag = new CanvasDrag(this, model, hint);
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        drag.follow(scene.getRoot());
                    }
                });
        new CanvasGestures(this, model, drag);
    }

    /// Where the palette hands blocks over.
    public BlockDrag blockDrag() {
        return drag;
    }

    /// Shows the whole network.
    public void fit() {
        model.viewport().fit(content(), FIT_MOST * textSize.getValue() / 100);
    }

    /// Zooms to what is selected, or to everything.
    public void fitSelection() {
        model.selectedNodes().stream()
                .flatMap(n -> shown.diagram().cardOf(n.id()).stream())
                .map(shown::box)
                .reduce(Box::union)
                .ifPresentOrElse(
                        box -> model.viewport().fit(box.grown(40), 2.0 * textSize.getValue() / 100),
                        this::fit);
    }

    Point toWorld(double x, double y) {
        return model.viewport().toWorld(x, y);
    }

    Group overlay() {
        return overlay;
    }

    Collection<CardView> liveCards() {
        return liveCards.values();
    }

    /// The view of the card that holds a node, if it is on the screen.
    Optional<CardView> liveCardOf(String node) {
        return shown.diagram().cardOf(node).map(Card::id).map(liveCards::get);
    }

    Stream<WireView> liveWires(Wire wire) {
        return liveWires.values().stream().filter(w -> w.wire().wire().equals(wire));
    }

    @Override
    protected void layoutChildren() {
        empty.autosize();
        empty.relocate((getWidth() - empty.getWidth()) / 2, getHeight() / 2 + Scenery.IMAGE_SIZE);
    }

    private Box content() {
        Box box = shown.placement().bounds();
        for (Scenery.Stage stage : shown.stages()) {
            box = box.union(stage.box());
        }
        return new Box(box.x(), box.y() - 18, box.width(), box.height() + 18);
    }

    private void resized() {
        model.viewport().resize(getWidth(), getHeight());
        if (!model.viewport().touched()) {
            fit();
        }
        cull();
    }

    private void applyViewport() {
        Viewport viewport = model.viewport();
        double z = viewport.zoom();
        zoom.setX(z);
        zoom.setY(z);
        shift.setX(viewport.shiftXProperty().get());
        shift.setY(viewport.shiftYProperty().get());
        world.pseudoClassStateChanged(FAR, z < FAR_BELOW);
        world.pseudoClassStateChanged(TINY, z < TINY_BELOW);
        cull();
    }

    private void rebuild(Scenery scenery) {
        boolean sameNetwork =
                shown.analysis().network().name().equals(scenery.analysis().network().name());
        shown = scenery;
        Map<String, Card> present = new HashMap<>();
        scenery.diagram().cards().forEach(c -> present.put(c.id(), c));
        Set<Diagram.Wire> presentWires = Set.copyOf(scenery.diagram().wires());
        liveCards.entrySet().removeIf(e -> !keep(e.getValue(), present.get(e.getKey())));
        liveWires.entrySet().removeIf(e -> !keep(e.getValue(), presentWires.contains(e.getKey())));
        bands.getChildren().clear();
        empty.setVisible(scenery.analysis().network().nodes().isEmpty());
        for (Scenery.Stage stage : scenery.stages()) {
            bands.getChildren().add(band(stage));
        }
        boolean escapes = !inside(content(), model.viewport().visible());
        if (!sameNetwork || !model.viewport().touched() && escapes) {
            fit();
        }
        cull();
    }

    /// Everything that a card's view is made from.
    private record Look(
            Card card,
            double width,
            double height,
            Bypass bypass,
            Optional<Analysis.Facts> facts,
            Optional<Shape> output,
            List<Double> survival,
            Optional<Problem> problem) {}

    private Look look(Card card) {
        Box box = shown.box(card);
        Map<String, Double> p = shown.survival();
        return new Look(
                card,
                box.width(),
                box.height(),
                shown.bypass(card),
                shown.analysis().facts(card.last()),
                shown.analysis().shape(card.last()),
                card.ids().stream().map(id -> p.getOrDefault(id, 1.0)).toList(),
                problem(card));
    }

    /// Moves a card that looks as before to its new place, or takes it off the canvas.
    private boolean keep(CardView view, @Nullable Card card) {
        String id = view.card().id();
        if (card != null && look(card).equals(looks.get(id))) {
            Box box = shown.box(card);
            view.relocate(box.x(), box.y());
            return true;
        }
        looks.remove(id);
        cards.getChildren().remove(view);
        return false;
    }

    private boolean keep(WireView view, boolean present) {
        Diagram.Wire wire = view.wire();
        boolean same =
                present && view.shows(shown.route(wire), shown.analysis().shape(wire.from()));
        if (!same) {
            wires.getChildren().remove(view);
        }
        return same;
    }

    private static boolean inside(Box inner, Box outer) {
        return outer.contains(new Point(inner.x(), inner.y()))
                && outer.contains(new Point(inner.right(), inner.bottom()));
    }

    private static Group band(Scenery.Stage stage) {
        Box box = stage.box();
        Region fill = new Region();
        fill.getStyleClass().add("stage");
        fill.setPrefSize(box.width(), box.height());
        fill.relocate(box.x(), box.y());
        fill.setManaged(false);
        fill.resize(box.width(), box.height());
        Label title = new Label(stage.title());
        title.getStyleClass().add("stage-title");
        title.relocate(box.x() + 4, box.y() - 18);
        Group band = new Group(fill, title);
        band.setMouseTransparent(true);
        return band;
    }

    /// Makes views for what came into sight and drops those that left it.
    private void cull() {
        Box visible = model.viewport().visible().grown(MARGIN);
        Set<String> wantedCards = new HashSet<>();
        for (Card card : shown.diagram().cards()) {
            if (shown.box(card).overlaps(visible)) {
                wantedCards.add(card.id());
                if (!liveCards.containsKey(card.id())) {
                    addCard(card);
                }
            }
        }
        Set<Diagram.Wire> wantedWires = new HashSet<>();
        for (Diagram.Wire wire : shown.diagram().wires()) {
            if (touches(wire, visible)) {
                wantedWires.add(wire);
                if (!liveWires.containsKey(wire)) {
                    addWire(wire);
                }
            }
        }
        for (Iterator<Map.Entry<String, CardView>> i = liveCards.entrySet().iterator();
                i.hasNext(); ) {
            Map.Entry<String, CardView> entry = i.next();
            if (!wantedCards.contains(entry.getKey())) {
                cards.getChildren().remove(entry.getValue());
                looks.remove(entry.getKey());
                i.remove();
            }
        }
        for (Iterator<Map.Entry<Diagram.Wire, WireView>> i = liveWires.entrySet().iterator();
                i.hasNext(); ) {
            Map.Entry<Diagram.Wire, WireView> entry = i.next();
            if (!wantedWires.contains(entry.getKey())) {
                wires.getChildren().remove(entry.getValue());
                i.remove();
            }
        }
    }

    private boolean touches(Diagram.Wire wire, Box visible) {
        return shown.route(wire).points().stream()
                .map(p -> new Box(p.x(), p.y(), 0.1, 0.1))
                .reduce(Box::union)
                .orElseThrow()
                .overlaps(visible);
    }

    private void addCard(Card card) {
        CardView view = new CardView(card, shown);
        Box box = shown.box(card);
        view.setManaged(false);
        view.resizeRelocate(box.x(), box.y(), box.width(), box.height());
        view.showSelected(model.selection().contains(card.id()));
        view.showProblem(problem(card));
        view.showRan(model.ranProperty().get());
        liveCards.put(card.id(), view);
        looks.put(card.id(), look(card));
        cards.getChildren().add(view);
    }

    private void addWire(Diagram.Wire wire) {
        WireView view = new WireView(wire, shown.route(wire), shown.analysis().shape(wire.from()));
        view.showSelected(model.selection().wire().filter(wire::equals).isPresent());
        liveWires.put(wire, view);
        wires.getChildren().add(view);
    }

    private Optional<Problem> problem(Card card) {
        return shown.analysis().problems().stream()
                .filter(p -> card.ids().contains(p.node()))
                .findFirst();
    }

    private void showSelection() {
        liveCards.forEach((id, view) -> view.showSelected(model.selection().contains(id)));
        liveWires.forEach((wire, view) ->
                view.showSelected(model.selection().wire().filter(wire::equals).isPresent()));
        model.selection()
                .current()
                .flatMap(shown.diagram()::card)
                .ifPresent(card -> {
                    model.viewport().reveal(shown.box(card));
                    liveCardOf(card.id()).ifPresent(v -> setAccessibleText(v.getAccessibleText()));
                });
    }
}
