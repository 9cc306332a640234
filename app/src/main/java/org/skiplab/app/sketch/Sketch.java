package org.skiplab.app.sketch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.CubicCurveTo;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import org.skiplab.app.diagram.Bypass;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.CardText;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Network;

/// A network as a picture that fits its room: blocks by kind and form, wires, shortcuts as arcs,
/// dense connections as fans, runs with their count.
public final class Sketch extends Region {

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    /// Below this scale letters are not worth their ink.
    private static final double LEGIBLE = 0.42;

    private static final double MARGIN = 6;

    /// About the width of a digit of a run's count, in pixels.
    private static final double DIGIT = 5.5;

    private Box bounds;
    private final Group world = new Group();
    private final Group words = new Group();
    private final Scale scale = new Scale();
    private final Translate shift = new Translate();
    private final Map<String, Region> boxes = new HashMap<>();
    private final Map<Label, Box> counts = new HashMap<>();
    private final Map<Label, Box> badges = new HashMap<>();
    private final double largest;

    /// @param largest largest scale: 1 is the canvas's size
    public Sketch(Scenery scenery, double largest) {
        this.largest = largest;
        getStyleClass().add("sketch");
        bounds = bounds(scenery);
        world.setManaged(false);
        world.getTransforms().addAll(shift, scale);
        world.getChildren().add(wires(scenery));
        for (Card card : scenery.diagram().cards()) {
            add(card, scenery);
        }
        world.getChildren().add(words);
        getChildren().add(world);
        for (Card card : scenery.diagram().cards()) {
            if (card.isRun()) {
                Label count = new Label("×" + card.nodes().size());
                count.getStyleClass().add("sketch-run");
                count.setManaged(false);
                count.setMouseTransparent(true);
                counts.put(count, scenery.box(card));
                getChildren().add(count);
            }
        }
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(
                "Diagram of "
                        + scenery.analysis().network().name()
                        + ", "
                        + scenery.analysis().network().nodes().size()
                        + " blocks");
    }

    /// Marks the cards that hold blocks a comparison speaks of, with how many of them it does.
    public void mark(Card card, Mark mark, int blocks) {
        Region box = boxes.get(card.id());
        if (box == null) {
            return;
        }
        box.getStyleClass().add(mark.style());
        Label badge = new Label(blocks > 1 ? mark.sign() + blocks : mark.sign());
        badge.getStyleClass().addAll("sketch-badge", mark.style());
        badge.setMouseTransparent(true);
        badge.setManaged(false);
        badges.put(
                badge,
                new Box(box.getLayoutX(), box.getLayoutY(), box.getWidth(), box.getHeight()));
        getChildren().add(badge);
    }

    /// Draws at the same scale, and from the same left edge, as another network.
    public void alike(Scenery other) {
        Box its = bounds(other);
        bounds =
                new Box(
                        Math.min(bounds.x(), its.x()),
                        bounds.y(),
                        Math.max(bounds.width(), its.width()),
                        bounds.height());
    }

    /// Makes cards answer the pointer.
    public void onCard(Consumer<String> chosen) {
        boxes.forEach((id, box) -> {
            box.setCursor(Cursor.HAND);
            box.setMouseTransparent(false);
            box.setOnMouseClicked(_ -> chosen.accept(id));
        });
    }

    /// Emphasises one card, or none.
    public void choose(Optional<String> card) {
        boxes.forEach((id, box) ->
                box.pseudoClassStateChanged(CHOSEN, card.filter(id::equals).isPresent()));
    }

    /// How wide it is at a scale.
    public double widthAt(double atScale) {
        return bounds.width() * atScale + 2 * MARGIN;
    }

    /// Where a card stands between the left end, 0, and the right end, 1.
    public Optional<Double> along(String card) {
        return Optional.ofNullable(boxes.get(card))
                .map(box ->
                        Math.clamp(
                                (box.getLayoutX() + box.getWidth() / 2 - bounds.x())
                                        / bounds.width(),
                                0,
                                1));
    }

    @Override
    protected double computePrefHeight(double width) {
        double s = Math.min(largest, (Math.max(width, 60) - 2 * MARGIN) / bounds.width());
        return bounds.height() * s + 2 * MARGIN;
    }

    @Override
    protected double computePrefWidth(double height) {
        return bounds.width() * largest + 2 * MARGIN;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 40;
    }

    @Override
    protected void layoutChildren() {
        double room = Math.max(1, getWidth() - 2 * MARGIN);
        double high = Math.max(1, getHeight() - 2 * MARGIN);
        double s = Math.min(largest, Math.min(room / bounds.width(), high / bounds.height()));
        scale.setX(s);
        scale.setY(s);
        shift.setX(getWidth() / 2 - bounds.centre().x() * s);
        shift.setY(getHeight() / 2 - bounds.centre().y() * s);
        words.setVisible(s >= LEGIBLE);
        placeBadges();
        counts.forEach((count, box) -> {
            count.autosize();
            count.setVisible(s < LEGIBLE && count.getText().length() * DIGIT <= box.width() * s);
            count.relocate(
                    box.centre().x() * s + shift.getX() - count.getWidth() / 2,
                    box.centre().y() * s + shift.getY() - count.getHeight() / 2);
        });
    }

    private void placeBadges() {
        double s = scale.getX();
        badges.forEach((badge, box) -> {
            badge.autosize();
            badge.relocate(
                    box.x() * s + shift.getX() - badge.getWidth() / 2,
                    box.y() * s + shift.getY() - badge.getHeight() / 2);
        });
    }

    private static Box bounds(Scenery scenery) {
        Box box = scenery.placement().bounds();
        return new Box(box.x() - 12, box.y() - 12, box.width() + 24, box.height() + 24);
    }

    private void add(Card card, Scenery scenery) {
        Box place = scenery.box(card);
        Region box = new Region();
        box.setManaged(false);
        box.setMouseTransparent(true);
        box.resizeRelocate(place.x(), place.y(), place.width(), place.height());
        box.getStyleClass().add("sketch-card");
        boxes.put(card.id(), box);
        Group group = new Group();
        if (card.isImage()) {
            group.getStyleClass().add("kind-end");
        } else {
            group.getStyleClass().add(AppStyles.kind(card.block().kind()));
            group.getChildren().add(bypass(scenery.bypass(card), place));
            if (card.isRun()) {
                Region behind = new Region();
                behind.setManaged(false);
                behind.resizeRelocate(place.x() + 7, place.y() + 7, place.width(), place.height());
                behind.getStyleClass().addAll("sketch-card", "sketch-behind");
                group.getChildren().add(behind);
            }
        }
        group.getChildren().add(box);
        if (!card.isImage() && Network.gateOf(card.block()).isPresent()) {
            Region gate = new Region();
            gate.setManaged(false);
            gate.setMouseTransparent(true);
            gate.resizeRelocate(place.x() + 8, place.bottom() - 22, place.width() - 16, 14);
            gate.getStyleClass().add("sketch-gate");
            group.getChildren().add(gate);
        }
        group.getChildren().add(text(card, place));
        world.getChildren().add(group);
    }

    private Node text(Card card, Box place) {
        if (card.isImage()) {
            return new Group();
        }
        CardText text = CardText.of(card.block());
        Label title = new Label(text.title());
        title.getStyleClass().add("sketch-title");
        Label count = new Label(card.isRun() ? "×" + card.nodes().size() : "");
        count.getStyleClass().add("sketch-count");
        Label key = new Label(text.settings().isEmpty() ? "" : text.settings().getFirst());
        key.getStyleClass().add("sketch-key");
        VBox box = new VBox(title, key, count);
        box.setAlignment(Pos.CENTER);
        StackPane pane = new StackPane(box);
        pane.setMouseTransparent(true);
        pane.setManaged(false);
        pane.resizeRelocate(place.x(), place.y(), place.width(), place.height());
        pane.visibleProperty().bind(words.visibleProperty());
        Tooltip.install(boxes.get(card.id()), new Tooltip(card.name()));
        return pane;
    }

    private static Node bypass(Bypass bypass, Box place) {
        double middle = place.centre().y();
        double top = place.y() - Scenery.ARC_HEIGHT + 8;
        return switch (bypass) {
            case Bypass.None _ -> new Group();
            case Bypass.Arc _ -> {
                double left = place.x() - Scenery.ARC_REACH + 4;
                double right = place.right() + Scenery.ARC_REACH - 5;
                Path path =
                        new Path(
                                new MoveTo(left, middle),
                                new CubicCurveTo(left, top - 14, right, top - 14, right, middle));
                path.getStyleClass().add("sketch-arc");
                yield path;
            }
            case Bypass.Fan _ -> {
                Path path = new Path();
                double step = (place.width() - 8) / 4;
                for (int a = 0; a < 4; a++) {
                    for (int b = a + 1; b <= 4; b++) {
                        double from = place.x() + 4 + a * step;
                        double to = place.x() + 4 + b * step;
                        double rise =
                                place.y() - (place.y() - top) * Math.sqrt((b - a) / 4.0) * 1.3;
                        path.getElements()
                                .addAll(
                                        new MoveTo(from, place.y()),
                                        new CubicCurveTo(from, rise, to, rise, to, place.y()));
                    }
                }
                path.getStyleClass().add("sketch-fan");
                yield path;
            }
        };
    }

    private static Node wires(Scenery scenery) {
        Path path = new Path();
        for (Diagram.Wire wire : scenery.diagram().wires()) {
            List<Point> points = scenery.route(wire).points();
            path.getElements().add(new MoveTo(points.getFirst().x(), points.getFirst().y()));
            points.stream().skip(1).forEach(p -> path.getElements().add(new LineTo(p.x(), p.y())));
        }
        path.getStyleClass().add("sketch-wire");
        return path;
    }
}
