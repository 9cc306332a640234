package org.skiplab.app.canvas;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.shape.CubicCurve;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Marks;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.edit.Catalogue;

/// A drag in progress: lights up what it is over, says what letting go would do, and does it.
/// Whatever was picked up elsewhere (the palette) comes in through [BlockDrag].
final class CanvasDrag implements BlockDrag {

    /// How near to a wire the pointer must be, in pixels of the screen.
    private static final double REACH = 30;

    private static final Point NOWHERE = new Point(0, 0);

    private final CanvasView view;
    private final CanvasViewModel model;
    private final DragHint hint;
    private final CubicCurve rubber = new CubicCurve();
    private Optional<Cargo> cargo = Optional.empty();
    private Optional<Previewed> previewed = Optional.empty();

    CanvasDrag(CanvasView view, CanvasViewModel model, DragHint hint) {
        this.view = view;
        this.model = model;
        this.hint = hint;
        rubber.getStyleClass().add("rubber-wire");
        rubber.setMouseTransparent(true);
    }

    @Override
    public void begin(Catalogue entry, double sceneX, double sceneY) {
        move(new Cargo.Fresh(entry), sceneX, sceneY);
    }

    /// Takes a drag that began outside the canvas through the window, whatever lies under the
    /// pointer.
    void follow(Node window) {
        window.addEventFilter(
                MouseEvent.MOUSE_DRAGGED,
                e -> {
                    if (cargo.isPresent()) {
                        move(held(cargo.get(), e), e.getSceneX(), e.getSceneY());
                        e.consume();
                    }
                });
        window.addEventFilter(
                MouseEvent.MOUSE_RELEASED,
                e -> {
                    if (cargo.isPresent()) {
                        drop(held(cargo.get(), e), e.getSceneX(), e.getSceneY());
                        e.consume();
                    }
                });
        window.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (cargo.isPresent() && e.getCode() == KeyCode.ESCAPE) {
                        cancel();
                        e.consume();
                    }
                });
    }

    /// Shift decides what a wire does where it lands on another.
    private static Cargo held(Cargo cargo, MouseEvent e) {
        return cargo instanceof Cargo.Lead(String from, _)
                ? new Cargo.Lead(from, e.isShiftDown())
                : cargo;
    }

    void cancel() {
        cargo = Optional.empty();
        previewed = Optional.empty();
        view.showLanding(Optional.empty());
        view.showLifted(List.of());
        view.overlay().getChildren().remove(rubber);
        hint.hide();
    }

    void move(Cargo carried, double sceneX, double sceneY) {
        cargo = Optional.of(carried);
        Optional<Target> target = target(carried, sceneX, sceneY);
        Optional<Drop> drop = target.map(t -> preview(carried, t));
        boolean refused = drop.map(Drop::refused).orElse(false);
        light(target, drop);
        switch (carried) {
            case Cargo.Fresh _ -> {}
            case Cargo.Present(List<String> ids) -> view.showLifted(ids);
            case Cargo.Lead(String from, _) -> stretch(from, sceneX, sceneY);
        }
        hint.show(
                kind(carried),
                title(carried),
                drop.map(Drop::says).orElse(""),
                refused,
                sceneX,
                sceneY);
    }

    private void drop(Cargo carried, double sceneX, double sceneY) {
        Optional<Target> target = target(carried, sceneX, sceneY);
        cancel();
        target.ifPresent(t -> model.edits().drop(carried, t));
        view.requestFocus();
    }

    /// What a drop would do, worked out once per target: over the same wire or block the answer
    /// stays.
    private Drop preview(Cargo carried, Target target) {
        Target place =
                target instanceof Target.Empty(_, boolean away)
                        ? new Target.Empty(NOWHERE, away)
                        : target;
        if (previewed.isEmpty()
                || !previewed.get().cargo().equals(carried)
                || !previewed.get().place().equals(place)) {
            previewed =
                    Optional.of(
                            new Previewed(carried, place, model.edits().preview(carried, target)));
        }
        return previewed.get().drop();
    }

    private record Previewed(Cargo cargo, Target place, Drop drop) {}

    /// Where a drag at a point of the scene would land; empty outside the canvas.
    private Optional<Target> target(Cargo cargo, double sceneX, double sceneY) {
        Point2D at = view.sceneToLocal(sceneX, sceneY);
        if (!view.contains(at)) {
            return Optional.empty();
        }
        Point world = view.toWorld(at.getX(), at.getY());
        return Optional.of(
                Targets.of(model.scenery(), cargo, world, REACH / model.viewport().zoom()));
    }

    private void light(Optional<Target> target, Optional<Drop> drop) {
        boolean refusing = drop.map(Drop::refused).orElse(false);
        boolean possible = drop.map(Drop::possible).orElse(false);
        view.showLanding(
                possible || refusing
                        ? target.flatMap(t -> landing(t, refusing))
                        : Optional.empty());
    }

    private Optional<Marks.Landing> landing(Target target, boolean refusing) {
        return switch (target) {
            case Target.OnWire(var wire) ->
                    Optional.of(new Marks.Landing(Optional.empty(), Optional.of(wire), refusing));
            case Target.OnBlocks(List<String> ids) ->
                    model.scenery()
                            .diagram()
                            .cardOf(ids.getFirst())
                            .map(c ->
                                    new Marks.Landing(
                                            Optional.of(c.id()), Optional.empty(), refusing));
            case Target.OnImage _, Target.Empty _ -> Optional.empty();
        };
    }

    private void stretch(String from, double sceneX, double sceneY) {
        Optional<Card> card = model.scenery().diagram().cardOf(from);
        if (card.isEmpty()) {
            return;
        }
        Box box = model.scenery().box(card.get());
        Point2D at = view.sceneToLocal(sceneX, sceneY);
        Point to = view.toWorld(at.getX(), at.getY());
        double half = Math.max(30, Math.abs(to.x() - box.right()) / 2);
        rubber.setStartX(box.right());
        rubber.setStartY(box.centre().y());
        rubber.setControlX1(box.right() + half);
        rubber.setControlY1(box.centre().y());
        rubber.setControlX2(to.x() - half);
        rubber.setControlY2(to.y());
        rubber.setEndX(to.x());
        rubber.setEndY(to.y());
        if (!view.overlay().getChildren().contains(rubber)) {
            view.overlay().getChildren().add(rubber);
        }
    }

    private Optional<BlockKind> kind(Cargo cargo) {
        return switch (cargo) {
            case Cargo.Fresh(Catalogue entry) -> Optional.of(entry.kind());
            case Cargo.Present(List<String> ids) ->
                    model.document().network().find(ids.getFirst()).map(n -> n.block().kind());
            case Cargo.Lead _ -> Optional.empty();
        };
    }

    private String title(Cargo cargo) {
        return switch (cargo) {
            case Cargo.Fresh(Catalogue entry) -> entry.title();
            case Cargo.Present(List<String> ids) when ids.size() > 1 -> ids.size() + " blocks";
            case Cargo.Present(List<String> ids) -> ids.getFirst();
            case Cargo.Lead(String from, boolean concatenate) ->
                    (concatenate ? "Concatenate " : "Wire from ") + from;
        };
    }
}
