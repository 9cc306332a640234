package org.skiplab.app.diagram;

import java.util.List;
import java.util.Optional;
import javafx.scene.paint.Color;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.diagram.layout.Route;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Outline;
import org.skiplab.app.plot.Surface;
import org.skiplab.engine.graph.Shape;

/// Draws wires: rounded at right angles, S-shaped between rows, with an arrow and the shape of what
/// they carry.
final class WirePainter {

    private static final double CORNER = 14;
    private static final double LABEL = 10;

    private final Surface surface;
    private final Ink ink;

    WirePainter(Surface surface, Ink ink) {
        this.surface = surface;
        this.ink = ink;
    }

    /// @param state emphasis, if any: its colour and width
    void paint(Route route, Optional<Emphasis> state, Detail detail) {
        Color usual =
                route.lane() ? ink.lines().getOrDefault("kind-primitive", ink.wire()) : ink.wire();
        Color colour = state.map(Emphasis::colour).orElse(usual);
        double width = state.map(Emphasis::width).orElse(route.lane() ? 2.0 : 1.6);
        List<Point> points = route.points();
        if (detail == Detail.BARS) {
            for (int i = 1; i < points.size(); i++) {
                far(points.get(i - 1), points.get(i), Math.max(width, 4), colour);
            }
            return;
        }
        double thick = detail == Detail.GLYPHS ? width * 1.5 : width;
        if (state.isPresent() && state.get().dashed()) {
            surface.dash(outline(points), thick, 5, colour);
        } else if (points.size() == 2 && points.getFirst().y() == points.getLast().y()) {
            surface.line(
                    points.getFirst().x(),
                    points.getFirst().y(),
                    points.getLast().x(),
                    points.getLast().y(),
                    thick,
                    colour);
        } else {
            surface.stroke(outline(points), thick, colour);
        }
        arrow(points, colour);
    }

    /// A piece of a wire far away: rectangles are painted faster than lines.
    private void far(Point a, Point b, double width, Color colour) {
        if (a.x() == b.x() || a.y() == b.y()) {
            surface.rectangle(
                    Math.min(a.x(), b.x()) - width / 2,
                    Math.min(a.y(), b.y()) - width / 2,
                    Math.abs(b.x() - a.x()) + width,
                    Math.abs(b.y() - a.y()) + width,
                    colour);
        } else {
            surface.line(a.x(), a.y(), b.x(), b.y(), width, colour);
        }
    }

    /// How a wire stands out.
    record Emphasis(Color colour, double width, boolean dashed) {}

    /// The shape under the middle of the wire, or over it.
    void label(Scenery.Drawn drawn, Optional<Shape> shape, boolean strong) {
        Route route = drawn.route();
        Point middle = route.middle();
        Box place = WireLabels.place(route, drawn.labelOver());
        Color colour = strong ? ink.text() : ink.muted();
        if (route.points().getFirst().y() != route.points().getLast().y()) {
            // The wire crosses its label.
            surface.fill(
                    Outline.rounded(place.x(), place.y(), place.width(), place.height(), 5),
                    Ink.faint(ink.canvas(), 0.82));
        }
        Optional<Shape> image = shape.filter(s -> !s.isVector());
        String resolution = image.map(s -> s.height() + "×" + s.width()).orElse("");
        String channels = shape.map(s -> s.channels() + (s.isVector() ? "" : " ch")).orElse("?");
        double room = route.points().getLast().x() - route.points().getFirst().x();
        double size = Math.min(LABEL, Math.max(LABEL * 0.7, room * 1.35 / resolution.length()));
        double y = place.y() + 7;
        if (image.isPresent()) {
            surface.text(resolution, middle.x(), y, Align.CENTRE, size, strong, colour);
            y += LABEL + 2.5;
        }
        surface.text(channels, middle.x(), y, Align.CENTRE, size, strong, colour);
    }

    static Outline outline(List<Point> points) {
        Outline.Builder path = Outline.from(points.getFirst().x(), points.getFirst().y());
        for (int i = 1; i < points.size(); i++) {
            Point before = points.get(i - 1);
            Point here = points.get(i);
            boolean straight = before.x() == here.x() || before.y() == here.y();
            if (!straight) {
                double half = (here.x() - before.x()) / 2;
                path.cubic(
                        before.x() + half,
                        before.y(),
                        here.x() - half,
                        here.y(),
                        here.x(),
                        here.y());
            } else if (i < points.size() - 1 && turns(before, here, points.get(i + 1))) {
                Point next = points.get(i + 1);
                double r =
                        Math.min(CORNER, Math.min(before.distance(here), here.distance(next)) / 2);
                Point in = towards(here, before, r);
                Point out = towards(here, next, r);
                path.line(in.x(), in.y()).quad(here.x(), here.y(), out.x(), out.y());
            } else {
                path.line(here.x(), here.y());
            }
        }
        return path.end();
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

    private void arrow(List<Point> points, Color colour) {
        Point end = points.getLast();
        Point before = points.size() > 1 ? points.get(points.size() - 2) : end;
        boolean down = before.x() == end.x() && before.y() < end.y();
        double[] x =
                down
                        ? new double[] {end.x(), end.x() - 4, end.x() + 4}
                        : new double[] {end.x(), end.x() - 7, end.x() - 7};
        double[] y =
                down
                        ? new double[] {end.y(), end.y() - 7, end.y() - 7}
                        : new double[] {end.y(), end.y() - 4, end.y() + 4};
        surface.polygon(x, y, 3, colour);
    }
}
