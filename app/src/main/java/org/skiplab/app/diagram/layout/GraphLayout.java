package org.skiplab.app.diagram.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Places the parts of a graph: what hangs together with the root along y = 0, every other part
/// below it or where a person put it. The same graph always gets the same layout, and an insertion
/// moves only what is right of it.
public final class GraphLayout {

    /// Room between the parts.
    private static final double PART_GAP = 72;

    private static final Point NOWHERE = new Point(0, 0);

    private GraphLayout() {}

    /// @param items in placement order, the root among them
    /// @param edges acyclic, between items
    /// @param root the item at which the main path begins
    /// @param pins where a person put the first item (its card's centre) of a part without the root
    /// @throws IllegalArgumentException if the edges form a circle or name no item
    public static Placement of(
            List<Item> items, List<Edge> edges, String root, Map<String, Point> pins) {
        Map<String, Box> cards = new LinkedHashMap<>();
        Map<String, Integer> columns = new HashMap<>();
        Map<String, Integer> rows = new HashMap<>();
        Map<Edge, Route> routes = new HashMap<>();
        List<Box> occupied = new ArrayList<>();
        for (Part part : parts(items, edges, root)) {
            PartLayout layout = new PartLayout(part.items(), part.edges(), root);
            Point by = offset(layout, part, pins, occupied);
            Box bounds = moved(layout.bounds(), by);
            occupied.add(bounds);
            if (by.equals(NOWHERE)) {
                cards.putAll(layout.cards());
                routes.putAll(layout.routes());
            } else {
                layout.cards().forEach((id, box) -> cards.put(id, moved(box, by)));
                layout.routes().forEach((edge, route) -> routes.put(edge, moved(route, by)));
            }
            columns.putAll(layout.grid().columns());
            rows.putAll(layout.grid().rows());
        }
        Box bounds = occupied.stream().reduce(Box::union).orElse(new Box(0, 0, 0, 0));
        return new Placement(cards, columns, rows, routes, bounds);
    }

    private record Part(List<Item> items, List<Edge> edges) {}

    private static Point offset(
            PartLayout layout, Part part, Map<String, Point> pins, List<Box> occupied) {
        if (occupied.isEmpty()) {
            return NOWHERE;
        }
        Box bounds = layout.bounds();
        Item first = part.items().getFirst();
        Point pin = pins.get(first.id());
        double dx;
        double dy;
        if (pin == null) {
            Box all = occupied.stream().reduce(Box::union).orElseThrow();
            dx = occupied.getFirst().x() - bounds.x();
            dy = all.bottom() + PART_GAP - bounds.y();
        } else {
            Point centre = Grid.of(layout.cards(), first.id()).centre();
            dx = pin.x() - centre.x();
            dy = pin.y() - centre.y();
        }
        boolean free = false;
        while (!free) {
            free = true;
            Box here = moved(bounds, new Point(dx, dy)).grown(8);
            for (Box other : occupied) {
                if (here.overlaps(other)) {
                    dy = other.bottom() + 9 - bounds.y();
                    free = false;
                    break;
                }
            }
        }
        return new Point(dx, dy);
    }

    /// The connected parts, the root's first, then by their first item.
    private static List<Part> parts(List<Item> items, List<Edge> edges, String root) {
        Map<String, String> leader = new HashMap<>();
        items.forEach(i -> leader.put(i.id(), i.id()));
        for (Edge edge : edges) {
            leader.put(find(leader, edge.from()), find(leader, edge.to()));
        }
        Map<String, Part> parts = new LinkedHashMap<>();
        if (leader.containsKey(root)) {
            parts.put(find(leader, root), new Part(new ArrayList<>(), new ArrayList<>()));
        }
        for (Item item : items) {
            parts.computeIfAbsent(
                            find(leader, item.id()),
                            _ -> new Part(new ArrayList<>(), new ArrayList<>()))
                    .items()
                    .add(item);
        }
        for (Edge edge : edges) {
            Grid.of(parts, find(leader, edge.from())).edges().add(edge);
        }
        return List.copyOf(parts.values());
    }

    private static String find(Map<String, String> leader, String id) {
        String at = id;
        String up = Grid.of(leader, at);
        while (!up.equals(at)) {
            leader.put(at, Grid.of(leader, up));
            at = up;
            up = Grid.of(leader, at);
        }
        return at;
    }

    private static Box moved(Box box, Point by) {
        return new Box(box.x() + by.x(), box.y() + by.y(), box.width(), box.height());
    }

    private static Route moved(Route route, Point by) {
        return new Route(
                route.points().stream()
                        .map(p -> new Point(p.x() + by.x(), p.y() + by.y()))
                        .toList(),
                route.lane());
    }
}
