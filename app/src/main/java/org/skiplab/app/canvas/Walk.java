package org.skiplab.app.canvas;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skiplab.app.diagram.Diagram;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Point;

/// Where the selection goes by keys: from card to card, onto the wires between them, and along a
/// wire to either of its ends.
///
/// @param scenery the cards and wires that there are
/// @param from what is selected
record Walk(Scenery scenery, Selection from) {

    /// To the nearest card in a direction; from a wire to the card at its end; to the first card
    /// when nothing is selected.
    ///
    /// @param dx −1, 0 or 1
    /// @param dy −1, 0 or 1
    /// @param extend keeps what is selected
    Optional<Selection> step(int dx, int dy, boolean extend) {
        if (from.wire().isPresent()) {
            Diagram.Wire wire = from.wire().get();
            return Optional.of(Selection.of(dx + dy > 0 ? wire.toCard() : wire.fromCard()));
        }
        Diagram diagram = scenery.diagram();
        Optional<Point> here =
                from.current().flatMap(diagram::card).map(card -> scenery.box(card).centre());
        if (here.isEmpty()) {
            return diagram.cards().stream().findFirst().map(c -> Selection.of(c.id()));
        }
        Point start = here.get();
        return diagram.cards().stream()
                .filter(c -> ahead(start, scenery.box(c).centre(), dx, dy) > 1)
                .min(Comparator.comparingDouble(c -> cost(start, scenery.box(c).centre(), dx, dy)))
                .map(c -> extend ? from.with(c.id()) : Selection.of(c.id()));
    }

    /// Onto the next wire that leaves the selected card, or that enters it; from a wire to the next
    /// of those that start, or end, at the same card. Empty where there is none.
    Optional<Selection> wire(boolean leaving) {
        Function<Diagram.Wire, String> end =
                leaving ? Diagram.Wire::fromCard : Diagram.Wire::toCard;
        Optional<String> card = from.wire().map(end).or(from::current);
        List<Diagram.Wire> wires =
                scenery.diagram().wires().stream()
                        .filter(w -> card.isEmpty() || end.apply(w).equals(card.get()))
                        .toList();
        int now = from.wire().map(wires::indexOf).orElse(-1);
        return wires.isEmpty()
                ? Optional.empty()
                : Optional.of(Selection.of(wires.get((now + 1) % wires.size())));
    }

    private static double ahead(Point from, Point to, int dx, int dy) {
        return (to.x() - from.x()) * dx + (to.y() - from.y()) * dy;
    }

    private static double cost(Point from, Point to, int dx, int dy) {
        double aside = Math.abs((to.x() - from.x()) * dy) + Math.abs((to.y() - from.y()) * dx);
        return ahead(from, to, dx, dy) + 2 * aside;
    }
}
