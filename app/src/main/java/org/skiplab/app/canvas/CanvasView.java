package org.skiplab.app.canvas;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.diagram.Detail;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.DiagramPainter;
import org.skiplab.app.diagram.Ink;
import org.skiplab.app.diagram.Insides;
import org.skiplab.app.diagram.Marks;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.plot.CanvasSurface;
import org.skiplab.engine.graph.Wire;

/// The network on the screen. The picture is painted anew, once a frame at most, when anything of
/// it changes; nodes of the scene stand only for what has to be pointed at or read out.
public final class CanvasView extends Region {

    /// Largest zoom of a fit: small networks are not blown up.
    private static final double FIT_MOST = 1.3;

    private static final double FIT_SELECTION_MOST = 2;

    /// A long inside is shown from its beginning rather than from far away.
    private static final double READABLE = 0.4;

    private static final double START_INSIDE = 0.7;

    /// Pixels of the frame that shows where the keyboard is.
    private static final double RING = 2;

    /// Kept alive around the visible part, in world units.
    private static final double MARGIN = 40;

    private static final Duration SOON = Duration.millis(10);

    /// Without motion for so long, the picture rests.
    private static final Duration REST = Duration.millis(70);

    private final CanvasViewModel model;
    private final Canvas paper = new Canvas();
    private final CanvasSurface surface =
            new CanvasSurface(paper.getGraphicsContext2D(), Font.getDefault().getFamily());
    private final Sheet sheet = new Sheet();
    private final Pane world = new Pane();
    private final Group overlay = new Group();
    private final Spots spots = new Spots();
    private final Insides insides;
    private final Translate shift = new Translate();
    private final Scale zoom = new Scale();
    private final ObservableValue<Integer> textSize;
    private final CanvasDrag drag;
    private final Glide glide;
    private final Label empty =
            new Label(
                    "Drag a stem from the palette to here,\nor take a preset from File ▸ New from preset.");
    private final PauseTransition lampPause = new PauseTransition(Duration.millis(50));
    private final PauseTransition moreSpots = new PauseTransition(SOON);
    private Viewport.@Nullable View spotted;
    private Scenery shown;
    private List<String> shownPath = List.of();
    private final ReadOnlyObjectWrapper<Ink> ink = new ReadOnlyObjectWrapper<>(Ink.LIGHT);
    private @Nullable DiagramPainter painter;
    private boolean byKey;
    private Optional<Marks.Landing> landing = Optional.empty();
    private Set<String> lifted = Set.of();
    private Optional<Diagram.Wire> hovered = Optional.empty();

    /// @param hint lies over the whole window and shows what a drag would do
    /// @param textSize percent; scales the world, so that cards grow with their letters
    public CanvasView(CanvasViewModel model, ObservableValue<Integer> textSize, DragHint hint) {
        this.model = model;
        this.textSize = textSize;
        this.shown = model.scenery();
        insides = model.insides();
        insides.onArrival(this::repaint);
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
        world.getChildren().addAll(spots.nodes());
        world.getChildren().add(overlay);
        world.getStyleClass().add("world");
        empty.getStyleClass().add("canvas-empty");
        empty.setMouseTransparent(true);
        getChildren().addAll(sheet, world, empty);
        glide = new Glide(model.viewport(), () -> Platform.getPreferences().isReducedMotion());

        Viewport viewport = model.viewport();
        viewport.zoomProperty().subscribe(_ -> repaint());
        viewport.shiftXProperty().subscribe(_ -> repaint());
        viewport.shiftYProperty().subscribe(_ -> repaint());
        widthProperty().subscribe(_ -> resized());
        heightProperty().subscribe(_ -> resized());
        backgroundProperty().subscribe(this::follow);
        model.sceneryProperty().subscribe(this::rebuild);
        model.selectionProperty().subscribe(_ -> showSelection());
        lampPause.setOnFinished(_ -> repaint());
        moreSpots.setOnFinished(_ -> repaint());
        model.ranProperty().subscribe(_ -> relight());
        model.labelsProperty().subscribe(_ -> repaint());
        model.colours().colouringProperty().subscribe(_ -> recolour());
        model.colours().gradientsProperty().subscribe(_ -> recolour());
        model.colours().timesProperty().subscribe(_ -> recolour());
        model.cutProperty().subscribe(_ -> repaint());
        model.litProperty().subscribe(_ -> repaint());
        focusedProperty().subscribe(_ -> repaint());
        focusVisibleProperty().subscribe(_ -> repaint());
        model.changesProperty().subscribe(_ -> repaint());
        textSize.subscribe(_ -> fitNow());
        drag = new CanvasDrag(this, model, hint);
        sceneProperty()
                .subscribe(scene -> {
                    if (scene != null) {
                        drag.follow(scene.getRoot());
                    }
                });
        new CanvasGestures(this, model, drag, glide);
    }

    /// Where the palette hands blocks over.
    public BlockDrag blockDrag() {
        return drag;
    }

    /// Shows the whole network.
    public void fit() {
        glide.fly(this::fitNow);
    }

    /// Zooms to what is selected, or to everything.
    public void fitSelection() {
        glide.fly(() ->
                model.selectedNodes().stream()
                        .flatMap(n -> shown.diagram().cardOf(n.id()).stream())
                        .map(shown::box)
                        .reduce(Box::union)
                        .ifPresentOrElse(
                                box ->
                                        model.viewport()
                                                .fit(box.grown(40), most(FIT_SELECTION_MOST)),
                                this::fitNow));
    }

    /// Zooms in or out around the middle.
    public void zoom(double factor) {
        glide.zoom(getWidth() / 2, getHeight() / 2, factor);
    }

    /// The colours in which the picture is painted.
    ReadOnlyObjectProperty<Ink> inkProperty() {
        return ink.getReadOnlyProperty();
    }

    /// The point of the picture at a point of this view.
    Point toWorld(double x, double y) {
        Viewport viewport = model.viewport();
        double up = viewport.zoom() * Detail.stretch(viewport.zoom());
        return new Point(viewport.toWorld(x, y).x(), (y - viewport.shiftYProperty().get()) / up);
    }

    Group overlay() {
        return overlay;
    }

    /// Shows where a drag would land.
    void showLanding(Optional<Marks.Landing> next) {
        if (!next.equals(landing)) {
            landing = next;
            repaint();
        }
    }

    /// Fades the blocks that are being dragged.
    void showLifted(List<String> ids) {
        Set<String> next = Set.copyOf(ids);
        if (!next.equals(lifted)) {
            lifted = next;
            repaint();
        }
    }

    /// Shows which wire is under the pointer.
    void showHovered(Optional<Diagram.Wire> next) {
        if (!next.equals(hovered)) {
            hovered = next;
            repaint();
        }
    }

    @Override
    protected void layoutChildren() {
        empty.autosize();
        empty.relocate((getWidth() - empty.getWidth()) / 2, getHeight() / 2 + Scenery.IMAGE_SIZE);
    }

    private double most(double zoomOfLetters) {
        return zoomOfLetters * textSize.getValue() / 100;
    }

    private void fitNow() {
        model.viewport().fit(shown.bounds(), most(FIT_MOST));
    }

    private void resized() {
        sheet.resize(getWidth(), getHeight());
        model.viewport().resize(getWidth(), getHeight());
        if (!model.viewport().touched()) {
            fitNow();
        }
        repaint();
    }

    /// The theme shows in the background that the style sheet gives.
    private void follow(@Nullable Background background) {
        if (background != null
                && !background.getFills().isEmpty()
                && background.getFills().getFirst() instanceof BackgroundFill fill
                && fill.getFill() instanceof Color colour) {
            Ink next = Ink.of(colour.getBrightness() < 0.5);
            if (next != ink.get()) {
                ink.set(next);
                recolour();
            }
        }
    }

    private void recolour() {
        painter = null;
        repaint();
    }

    private void rebuild(Scenery scenery) {
        boolean sameNetwork =
                !shown.isBlank()
                        && shown.analysis()
                                .network()
                                .name()
                                .equals(scenery.analysis().network().name())
                        && shownPath.equals(model.pathProperty().get());
        shown = scenery;
        shownPath = model.pathProperty().get();
        painter = null;
        hovered = Optional.empty();
        spots.follow(scenery);
        empty.setVisible(scenery.analysis().network().nodes().isEmpty());
        boolean escapes = !inside(shown.bounds(), model.viewport().visible());
        if (!sameNetwork || !model.viewport().touched() && escapes) {
            glide.stop();
            fitNow();
            if (!shownPath.isEmpty() && model.viewport().zoom() < READABLE) {
                model.viewport().begin(shown.bounds(), most(START_INSIDE));
            }
        }
        repaint();
    }

    private static boolean inside(Box inner, Box outer) {
        return outer.contains(new Point(inner.x(), inner.y()))
                && outer.contains(new Point(inner.right(), inner.bottom()));
    }

    private void showSelection() {
        model.selection()
                .current()
                .flatMap(shown.diagram()::card)
                .ifPresent(card -> {
                    model.viewport().reveal(shown.box(card));
                    setAccessibleText(CardSpot.description(card, shown, model.shownChanges()));
                });
        model.selection().wire().ifPresent(this::showWire);
        repaint();
    }

    /// Says which wire is selected; by keys it may lead out of sight.
    private void showWire(Diagram.Wire wire) {
        setAccessibleText(WireSpot.description(wire, shown));
        if (keyboard()) {
            shown.diagram()
                    .card(wire.toCard())
                    .ifPresent(card -> model.viewport().reveal(shown.box(card)));
        }
    }

    /// Lamps follow the mini-batches as fast as an eye can, so that they cost training little.
    private void relight() {
        if (lampPause.getStatus() != Animation.Status.RUNNING) {
            lampPause.playFromStart();
        }
    }

    private void repaint() {
        sheet.requestLayout();
    }

    /// The wire under the pointer, or those that something elsewhere points at.
    private Set<Diagram.Wire> pointedAt() {
        if (hovered.isPresent()) {
            return Set.of(hovered.get());
        }
        List<Wire> lit = model.litProperty().get().at(model.pathProperty().get());
        return lit.isEmpty()
                ? Set.of()
                : shown.diagram().wires().stream()
                        .filter(w -> lit.contains(w.wire()))
                        .collect(Collectors.toSet());
    }

    /// Whether a person works with the keyboard, and here.
    private boolean keyboard() {
        return isFocused() && (byKey || isFocusVisible());
    }

    /// Hears whether the last thing a person did here was with a key.
    void showKeyboard(boolean key) {
        if (key != byKey) {
            byKey = key;
            repaint();
        }
    }

    private Marks marks() {
        return new Marks(
                new HashSet<>(model.selection().cards()),
                keyboard() ? model.selection().current() : Optional.empty(),
                model.selection().wire(),
                pointedAt(),
                model.ranProperty().get(),
                model.cutProperty().get(),
                model.shownChanges().blocks(),
                lifted,
                landing,
                model.labelsProperty().get());
    }

    /// Spots are of use only where the picture rests.
    private void showSpots(Box near) {
        Viewport viewport = model.viewport();
        boolean moving = !viewport.view().equals(spotted);
        spotted = viewport.view();
        if (moving) {
            moreSpots.setDuration(REST);
            moreSpots.playFromStart();
        } else if (!spots.show(shown, near, model.selection().cards(), model.shownChanges())) {
            moreSpots.setDuration(SOON);
            moreSpots.playFromStart();
        }
    }

    /// Round the canvas while it has the keyboard.
    private void ring(double width, double height) {
        Color colour = ink.get().accent();
        surface.rectangle(0, 0, width, RING, colour);
        surface.rectangle(0, height - RING, width, RING, colour);
        surface.rectangle(0, RING, RING, height - 2 * RING, colour);
        surface.rectangle(width - RING, RING, RING, height - 2 * RING, colour);
    }

    /// Paints itself in the layout of a frame, and is no part of the layout of anything else.
    private final class Sheet extends Region {

        Sheet() {
            setManaged(false);
            setMouseTransparent(true);
            getChildren().add(paper);
            paper.setManaged(false);
        }

        @Override
        protected void layoutChildren() {
            double width = Math.ceil(getWidth());
            double height = Math.ceil(getHeight());
            if (width <= 0 || height <= 0) {
                return;
            }
            if (paper.getWidth() != width || paper.getHeight() != height) {
                paper.setWidth(width);
                paper.setHeight(height);
            }
            Viewport viewport = model.viewport();
            double z = viewport.zoom();
            zoom.setX(z);
            zoom.setY(z * Detail.stretch(z));
            shift.setX(viewport.shiftXProperty().get());
            shift.setY(viewport.shiftYProperty().get());
            Box near = viewport.visible().grown(MARGIN);
            showSpots(near);
            if (painter == null) {
                painter = new DiagramPainter(shown, ink.get(), model.heat(), insides);
            }
            surface.rectangle(0, 0, width, height, ink.get().canvas());
            surface.enter(shift.getX(), shift.getY(), z, zoom.getY());
            painter.paint(surface, marks(), viewport.visible(), z);
            surface.leave();
            if (keyboard()) {
                ring(width, height);
            }
        }
    }
}
