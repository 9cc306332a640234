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
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;

/// Mouse, trackpad and keyboard on the canvas.
final class CanvasGestures {

    private static final double WHEEL_STEP = 1.1;
    private static final double WHEEL_NOTCH = 40;

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
    private final Rectangle band = new Rectangle();
    private Mode mode = new Mode.Idle();
    private double lastX;
    private double lastY;

    CanvasGestures(CanvasView view, CanvasViewModel model, CanvasDrag drag) {
        this.view = view;
        this.model = model;
        this.drag = drag;
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
    }

    /// A wheel with notches zooms; a trackpad, and a wheel with Shift, pans; Ctrl always zooms.
    private void scroll(ScrollEvent e) {
        boolean notched = e.getDeltaX() == 0 && e.getDeltaY() % WHEEL_NOTCH == 0 && !e.isInertia();
        if (e.isShortcutDown() || notched && !e.isShiftDown()) {
            double notches = e.getDeltaY() / WHEEL_NOTCH;
            model.viewport().zoomAt(e.getX(), e.getY(), Math.pow(WHEEL_STEP, notches));
        } else {
            model.viewport().pan(e.getDeltaX(), e.getDeltaY());
        }
        e.consume();
    }

    private void press(MouseEvent e) {
        view.requestFocus();
        lastX = e.getX();
        lastY = e.getY();
        if (e.getButton() == MouseButton.MIDDLE) {
            mode = new Mode.Pan();
            view.setCursor(Cursor.CLOSED_HAND);
            return;
        }
        Optional<CardView> card = ancestor(e.getTarget(), CardView.class);
        Optional<WireView> wire = ancestor(e.getTarget(), WireView.class);
        if (card.isPresent()) {
            pressCard(e, card.get());
        } else if (wire.isPresent()) {
            model.select(Selection.of(wire.get().wire()));
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

    private void pressCard(MouseEvent e, CardView view) {
        Card card = view.card();
        boolean primary = e.getButton() == MouseButton.PRIMARY;
        if (primary && e.getTarget() == view.outPort()) {
            mode = new Mode.Carry(new Cargo.Lead(card.last()));
            return;
        }
        if (primary && e.getClickCount() == 2 && model.toggleFold(card.id())) {
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
        mode = new Mode.Idle();
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
        if (e.getCode() == KeyCode.ESCAPE && !(mode instanceof Mode.Idle)) {
            view.overlay().getChildren().remove(band);
            mode = new Mode.Idle();
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
            case ESCAPE -> model.select(Selection.NONE);
            case BACK_SPACE -> model.remove();
            case ENTER -> model.selection().current().ifPresent(model::toggleFold);
            default -> {
                return;
            }
        }
        e.consume();
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
