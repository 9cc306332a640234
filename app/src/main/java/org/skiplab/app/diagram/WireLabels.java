package org.skiplab.app.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.diagram.layout.Route;

/// Where the shape that a wire carries is written: under its middle, or over it where another wire
/// of the same cards would run through the letters.
final class WireLabels {
    private WireLabels() {}

    private static final double WIDTH = 38;
    private static final double HEIGHT = 27;
    private static final double AWAY = 3;

    /// Points of a curve that are looked at.
    private static final int FINE = 24;

    /// The place under the middle of a wire, or over it.
    static Box place(Route route, boolean over) {
        Point middle = route.middle();
        return new Box(
                middle.x() - WIDTH / 2,
                over ? middle.y() - AWAY - HEIGHT : middle.y() + AWAY,
                WIDTH,
                HEIGHT);
    }

    /// Whether each wire's label belongs over it.
    ///
    /// @param wires in any order
    static List<Boolean> over(List<Scenery.Drawn> wires) {
        Map<String, List<Scenery.Drawn>> leaving = new HashMap<>();
        Map<String, List<Scenery.Drawn>> arriving = new HashMap<>();
        for (Scenery.Drawn d : wires) {
            leaving.computeIfAbsent(d.wire().fromCard(), _ -> new ArrayList<>()).add(d);
            arriving.computeIfAbsent(d.wire().toCard(), _ -> new ArrayList<>()).add(d);
        }
        List<Boolean> over = new ArrayList<>(wires.size());
        for (Scenery.Drawn d : wires) {
            List<Scenery.Drawn> near =
                    new ArrayList<>(leaving.getOrDefault(d.wire().fromCard(), List.of()));
            near.addAll(arriving.getOrDefault(d.wire().toCard(), List.of()));
            near.removeIf(other -> other.wire().equals(d.wire()));
            over.add(
                    !d.route().lane()
                            && crossed(place(d.route(), false), near)
                            && !crossed(place(d.route(), true), near));
        }
        return over;
    }

    private static boolean crossed(Box place, List<Scenery.Drawn> wires) {
        return wires.stream()
                .filter(d -> d.around().overlaps(place))
                .anyMatch(d -> runsThrough(d.route().points(), place));
    }

    /// Whether a wire's way, as [WirePainter] draws it, leads through a box.
    static boolean runsThrough(List<Point> points, Box box) {
        for (int i = 1; i < points.size(); i++) {
            Point a = points.get(i - 1);
            Point b = points.get(i);
            boolean straight = a.x() == b.x() || a.y() == b.y();
            for (int k = 0; k <= FINE; k++) {
                double t = (double) k / FINE;
                double rise = straight ? t : t * t * (3 - 2 * t);
                double run = straight ? t : along(t);
                Point at = new Point(a.x() + run * (b.x() - a.x()), a.y() + rise * (b.y() - a.y()));
                if (box.contains(at)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Horizontal progress of a cubic whose handles are half-way: 0, ½, ½, 1.
    private static double along(double t) {
        return 1.5 * t * (1 - t) + t * t * t;
    }
}
