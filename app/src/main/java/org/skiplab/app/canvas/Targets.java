package org.skiplab.app.canvas;

import java.util.List;
import java.util.Optional;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;

/// Finds what lies under the pointer while something is dragged.
final class Targets {

    /// How far from where it was a block has to be dragged to be taken out, in world units.
    private static final double AWAY = 90;

    private Targets() {}

    /// @param at in the world
    /// @param reach how near a wire must be, in world units
    static Target of(Scenery scenery, Cargo cargo, Point at, double reach) {
        boolean cards = !(cargo instanceof Cargo.Present);
        if (cards) {
            Optional<Card> card = scenery.cardAt(at);
            if (card.isPresent()) {
                return card.get().isImage()
                        ? new Target.OnImage()
                        : new Target.OnBlocks(card.get().ids());
            }
        }
        Optional<Diagram.Wire> wire = nearest(scenery, at, reach);
        if (wire.isPresent()) {
            return new Target.OnWire(wire.get().wire());
        }
        return new Target.Empty(at, away(scenery, cargo, at));
    }

    /// The wire nearest to a point, within reach.
    static Optional<Diagram.Wire> nearest(Scenery scenery, Point at, double reach) {
        Diagram.Wire best = null;
        double least = reach;
        for (Scenery.Drawn drawn : scenery.drawn()) {
            if (!drawn.around().grown(reach).contains(at)) {
                continue;
            }
            double d = distance(drawn.route().points(), at);
            if (d < least) {
                least = d;
                best = drawn.wire();
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean away(Scenery scenery, Cargo cargo, Point at) {
        if (!(cargo instanceof Cargo.Present(List<String> ids))) {
            return false;
        }
        return ids.stream()
                .flatMap(id -> scenery.diagram().cardOf(id).stream())
                .map(scenery::box)
                .reduce(Box::union)
                .map(box -> !box.grown(AWAY).contains(at))
                .orElse(false);
    }

    static double distance(List<Point> path, Point p) {
        double least = path.getFirst().distance(p);
        for (int i = 1; i < path.size(); i++) {
            least = Math.min(least, distance(path.get(i - 1), path.get(i), p));
        }
        return least;
    }

    private static double distance(Point a, Point b, Point p) {
        double dx = b.x() - a.x();
        double dy = b.y() - a.y();
        double length = dx * dx + dy * dy;
        double t = length == 0 ? 0 : ((p.x() - a.x()) * dx + (p.y() - a.y()) * dy) / length;
        double s = Math.clamp(t, 0, 1);
        return p.distance(new Point(a.x() + s * dx, a.y() + s * dy));
    }
}
