package org.skiplab.app.canvas;

import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.scene.shape.CubicCurveTo;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.QuadCurveTo;
import javafx.scene.shape.StrokeLineCap;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.diagram.layout.Route;
import org.skiplab.engine.graph.Shape;

/// A wire: its path with rounded corners, an arrow head, and below it the shape of the tensor it
/// carries.
final class WireView extends Group {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
    private static final PseudoClass REFUSING = PseudoClass.getPseudoClass("refusing");
    private static final double CORNER = 14;
    private static final double LABEL_WIDTH = 74;

    private final Diagram.Wire wire;
    private final Route route;
    private final Optional<Shape> shape;

    WireView(Diagram.Wire wire, Route route, Optional<Shape> shape) {
        this.wire = wire;
        this.route = route;
        this.shape = shape;
        setId("wire-" + wire.from() + "-" + wire.to());
        getStyleClass().add(route.lane() ? "detour" : "wire");
        Path line = path(route.points());
        line.getStyleClass().add("wire-line");
        line.setStrokeLineCap(StrokeLineCap.ROUND);
        line.setMouseTransparent(true);
        Path reach = path(route.points());
        reach.getStyleClass().add("wire-reach");
        getChildren().addAll(reach, line, arrow(route.points()));
        if (!route.lane()) {
            getChildren().add(label(route, shape));
        }
        setAccessibleText(
                "Wire from "
                        + wire.from()
                        + " to "
                        + wire.to()
                        + shape.map(s -> ", " + s).orElse(", shape unknown"));
    }

    Diagram.Wire wire() {
        return wire;
    }

    /// Whether it would be drawn the same for that route and shape.
    boolean shows(Route otherRoute, Optional<Shape> otherShape) {
        return route.equals(otherRoute) && shape.equals(otherShape);
    }

    void showSelected(boolean on) {
        pseudoClassStateChanged(SELECTED, on);
    }

    void showTarget(boolean on, boolean refusing) {
        pseudoClassStateChanged(TARGET, on && !refusing);
        pseudoClassStateChanged(REFUSING, on && refusing);
    }

    /// A path through the points: right angles rounded, anything else as an S.
    static Path path(List<Point> points) {
        Path path = new Path(new MoveTo(points.getFirst().x(), points.getFirst().y()));
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point here = points.get(i);
            boolean straight = before.x() == here.x() || before.y() == here.y();
            if (!straight) {
                double half = (here.x() - before.x()) / 2;
                path.getElements()
                        .add(
                                new CubicCurveTo(
                                        before.x() + half,
                                        before.y(),
                                        here.x() - half,
                                        here.y(),
                                        here.x(),
                                        here.y()));
            } else if (i < points.size() - 1 && turns(before, here, points.get(i + 1))) {
                Point next = points.get(i + 1);
                double r =
                        Math.min(CORNER, Math.min(before.distance(here), here.distance(next)) / 2);
                Point in = towards(here, before, r);
                Point out = towards(here, next, r);
                path.getElements().add(new LineTo(in.x(), in.y()));
                path.getElements().add(new QuadCurveTo(here.x(), here.y(), out.x(), out.y()));
            } else {
                path.getElements().add(new LineTo(here.x(), here.y()));
            }
        }
        return path;
    }

    private static boolean turns(Point before, Point here, Point next) {
        return before.x() == here.x() && here.y() == next.y()
                || before.y() == here.y() && here.x() == next.x();
    }

    private static Point towards(Point from, Point to, double length) {
        double d = from.distance(to);
        if (d == 0) {
            return from;
        }
        double t = length / d;
        return new Point(from.x() + t * (to.x() - from.x()), from.y() + t * (to.y() - from.y()));
    }

    private static Polygon arrow(List<Point> points) {
        Point end = points.getLast();
        Point before = points.size() > 1 ? points.get(points.size() - 2) : end;
        boolean down = before.x() == end.x() && before.y() < end.y();
        Polygon arrow =
                down
                        ? new Polygon(
                                end.x(),
                                end.y(),
                                end.x() - 4,
                                end.y() - 7,
                                end.x() + 4,
                                end.y() - 7)
                        : new Polygon(
                                end.x(),
                                end.y(),
                                end.x() - 7,
                                end.y() - 4,
                                end.x() - 7,
                                end.y() + 4);
        arrow.getStyleClass().add("wire-arrow");
        arrow.setMouseTransparent(true);
        return arrow;
    }

    private static VBox label(Route route, Optional<Shape> shape) {
        VBox box = new VBox();
        box.getStyleClass().add("wire-label");
        box.setMouseTransparent(true);
        if (shape.isEmpty()) {
            box.getChildren().add(new Label("?"));
        } else {
            Shape s = shape.get();
            if (!s.isVector()) {
                box.getChildren().add(new Label(s.height() + "×" + s.width()));
            }
            box.getChildren().add(new Label(s.channels() + (s.isVector() ? "" : " ch")));
        }
        box.setPrefWidth(LABEL_WIDTH);
        Point middle = route.middle();
        box.relocate(middle.x() - LABEL_WIDTH / 2, middle.y() + 5);
        return box;
    }
}
