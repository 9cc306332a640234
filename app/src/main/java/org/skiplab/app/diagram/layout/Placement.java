package org.skiplab.app.diagram.layout;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/// The result of a layout. Its maps are handed over, not copied: they can be large.
///
/// @param cards the card of each item, by id
/// @param columns the column of each item, from 0
/// @param rows the row of each item; 0 is the main path
/// @param routes the way of each wire
/// @param bounds around everything, arcs included
public record Placement(
        Map<String, Box> cards,
        Map<String, Integer> columns,
        Map<String, Integer> rows,
        Map<Edge, Route> routes,
        Box bounds) {

    public Placement {
        cards = Collections.unmodifiableMap(cards);
        columns = Collections.unmodifiableMap(columns);
        rows = Collections.unmodifiableMap(rows);
        routes = Collections.unmodifiableMap(routes);
    }

    public Optional<Box> card(String id) {
        return Optional.ofNullable(cards.get(id));
    }

    public Optional<Route> route(Edge edge) {
        return Optional.ofNullable(routes.get(edge));
    }

    public boolean onMainPath(String id) {
        return rows.getOrDefault(id, -1) == 0;
    }
}
