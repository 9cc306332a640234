package org.skiplab.app.canvas;

import java.util.List;
import java.util.Optional;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.shape.Rectangle;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;

/// Mouse, trackpad and keyboard on the canvas.
final class CanvasGestures {

    private static final double WHEEL_STEP = 1.1;
    private static final double WHEEL_NOTCH = 40;

    private static final double PAN_STEP = 120;

    /// How near to a wire the pointer must be, in pixels of the screen.
    private static final double WIRE_REACH = 11;

    /// What the pressed button is doing.
    private sealed interface Mode {
        record Idle() implements Mode {}

        record Pan() implements Mode {}

        record Band(Point from, Selection keep) implements Mode {}

        record Carry(Cargo cargo) implements Mode {}
    }

    private final CanvasView view;
    private final CanvasViewModel model;
    private final CanvasDrag drag;
    private final Glide glide;
    private final Rectangle band = new Rectangle();
    private Mode mode = new Mode.Idle();
    private double lastX;
    private double lastY;

    CanvasGestures(CanvasView view, CanvasViewModel model, CanvasDrag drag, Glide glide) {
        this.view = view;
        this.model = model;
        this.drag = drag;
        this.glide = glide;
        band.getStyleClass().add("rubber-band");
        band.setMouseTransparent(true);
        view.addEventHandler(ScrollEvent.SCROLL, this::scroll);
        view.addEventHandler(
                ZoomEvent.ZOOM,
                e -> model.viewport().zoomAt(e.getX(), e.getY(), e.getZoomFactor()));
        view.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        view.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        view.addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> release());
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        view.addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
        view.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> view.showHovered(Optional.empty()));
    }

    /// A wheel with notches zooms; a trackpad, and a wheel with Shift, pans; Ctrl always zooms.
    private void scroll(ScrollEvent e) {
        boolean notched = e.getDeltaX() == 0 && e.getDeltaY() % WHEEL_NOTCH == 0 && !e.isInertia();
        if (e.isShortcutDown() || notched && !e.isShiftDown()) {
            double notches = e.getDeltaY() / WHEEL_NOTCH;
            glide.zoom(e.getX(), e.getY(), Math.pow(WHEEL_STEP, notches));
        } else {
            glide.stop();
            model.viewport().pan(e.getDeltaX(), e.getDeltaY());
        }
        e.consume();
    }

    private void press(MouseEvent e) {
        view.requestFocus();
        view.showKeyboard(false);
        lastX = e.getX();
        lastY = e.getY();
        if (e.getButton() == MouseButton.MIDDLE) {
            mode = new Mode.Pan();
            view.setCursor(Cursor.CLOSED_HAND);
            return;
        }
        glide.stop();
        Point at = view.toWorld(e.getX(), e.getY());
        Optional<CardSpot> port = port(e);
        Optional<Card> card = port.map(CardSpot::card).or(() -> model.scenery().cardAt(at));
        Optional<Diagram.Wire> wire = wireAt(at);
        if (e.getButton() == MouseButton.PRIMARY && pressCount(at)) {
            return;
        }
        if (card.isPresent()) {
            pressCard(e, card.get(), port.isPresent());
        } else if (wire.isPresent()) {
            model.select(Selection.of(wire.get()));
        } else if (e.getButton() == MouseButton.PRIMARY) {
            boolean keep = e.isShiftDown() || e.isShortcutDown();
            if (e.isShiftDown()) {
                mode = new Mode.Band(view.toWorld(e.getX(), e.getY()), model.selection());
            } else {
                mode = new Mode.Pan();
            }
            if (!keep) {
                model.select(Selection.NONE);
            }
        }
    }

    /// The spot whose port was pressed.
    private static Optional<CardSpot> port(MouseEvent e) {
        return ancestor(e.getTarget(), CardSpot.class)
                .filter(s -> e.getButton() == MouseButton.PRIMARY && e.getTarget() == s.outPort());
    }

    /// Whether a run's count was pressed, which unfolds it.
    private boolean pressCount(Point at) {
        return model.scenery()
                .countAt(at, model.viewport().zoom())
                .filter(c -> model.toggleFold(c.id()))
                .isPresent();
    }

    private Optional<Diagram.Wire> wireAt(Point at) {
        return Targets.nearest(model.scenery(), at, WIRE_REACH / model.viewport().zoom());
    }

    private void hover(MouseEvent e) {
        Point at = view.toWorld(e.getX(), e.getY());
        boolean free = model.scenery().cardAt(at).isEmpty();
        view.showHovered(free ? wireAt(at) : Optional.empty());
    }

    private void pressCard(MouseEvent e, Card card, boolean port) {
        boolean primary = e.getButton() == MouseButton.PRIMARY;
        if (primary && port) {
            mode = new Mode.Carry(new Cargo.Lead(card.last(), e.isShiftDown()));
            return;
        }
        if (primary && e.getClickCount() == 2 && model.enter(card.id())) {
            return;
        }
        if (e.isShiftDown() || e.isShortcutDown()) {
            model.select(model.selection().toggled(card.id()));
        } else if (!model.selection().contains(card.id())) {
            model.select(Selection.of(card.id()));
        }
        if (primary && !card.isImage()) {
            List<String> ids =
                    model.selectedNodes().stream().map(org.skiplab.engine.graph.Node::id).toList();
            if (!ids.isEmpty()) {
                mode = new Mode.Carry(new Cargo.Present(ids));
            }
        }
    }

    private void drag(MouseEvent e) {
        switch (mode) {
            case Mode.Idle _ -> {}
            case Mode.Pan _ -> {
                view.setCursor(Cursor.CLOSED_HAND);
                model.viewport().pan(e.getX() - lastX, e.getY() - lastY);
            }
            case Mode.Band(Point from, Selection keep) -> stretch(from, keep, e);
            case Mode.Carry(Cargo cargo) -> {
                if (!e.isStillSincePress()) {
                    mode = new Mode.Idle();
                    drag.move(cargo, e.getSceneX(), e.getSceneY());
                }
            }
        }
        lastX = e.getX();
        lastY = e.getY();
    }

    private void release() {
        view.overlay().getChildren().remove(band);
        view.setCursor(Cursor.DEFAULT);
        boolean selecting = mode instanceof Mode.Band || mode instanceof Mode.Carry;
        mode = new Mode.Idle();
        if (selecting) {
            model.edits().offerToWrap();
        }
    }

    private void stretch(Point from, Selection keep, MouseEvent e) {
        Point to = view.toWorld(e.getX(), e.getY());
        Box box =
                new Box(
                        Math.min(from.x(), to.x()),
                        Math.min(from.y(), to.y()),
                        Math.abs(to.x() - from.x()),
                        Math.abs(to.y() - from.y()));
        band.setX(box.x());
        band.setY(box.y());
        band.setWidth(box.width());
        band.setHeight(box.height());
        if (!view.overlay().getChildren().contains(band)) {
            view.overlay().getChildren().add(band);
        }
        model.selectTouched(box, keep);
    }

    private void key(KeyEvent e) {
        view.showKeyboard(!e.getCode().isModifierKey());
        if (e.getCode() == KeyCode.ESCAPE && !(mode instanceof Mode.Idle)) {
            view.overlay().getChildren().remove(band);
            mode = new Mode.Idle();
            e.consume();
            return;
        }
        if (e.isShortcutDown() && !e.isShiftDown() && panned(e.getCode())) {
            e.consume();
            return;
        }
        if (e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        boolean extend = e.isShiftDown();
        switch (e.getCode()) {
            case LEFT -> model.walk(-1, 0, extend);
            case RIGHT -> model.walk(1, 0, extend);
            case UP -> model.walk(0, -1, extend);
            case DOWN -> model.walk(0, 1, extend);
            case ESCAPE -> {
                if (model.selection().isEmpty()) {
                    model.leave();
                }
                model.select(Selection.NONE);
            }
            case BACK_SPACE -> model.edits().remove();
            case ENTER -> model.selection().current().ifPresent(this::open);
            default -> {
                return;
            }
        }
        e.consume();
    }

    /// Moves the view a step when the key is an arrow.
    private boolean panned(KeyCode key) {
        double dx = key == KeyCode.LEFT ? PAN_STEP : key == KeyCode.RIGHT ? -PAN_STEP : 0;
        double dy = key == KeyCode.UP ? PAN_STEP : key == KeyCode.DOWN ? -PAN_STEP : 0;
        if (dx == 0 && dy == 0) {
            return false;
        }
        glide.pan(dx, dy);
        return true;
    }

    /// Goes into a block; a folded run of layers, which has no inside, unfolds.
    private void open(String card) {
        if (!model.enter(card)) {
            model.toggleFold(card);
        }
    }

    static <T extends Node> Optional<T> ancestor(Object target, Class<T> type) {
        Node node = target instanceof Node n ? n : null;
        while (node != null) {
            if (type.isInstance(node)) {
                return Optional.of(type.cast(node));
            }
            node = node.getParent();
        }
        return Optional.empty();
    }
}
