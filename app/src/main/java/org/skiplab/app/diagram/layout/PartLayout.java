package org.skiplab.app.diagram.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Coordinates of one connected part: cards from the grid's columns and rows, then the wires. A
/// wire between neighbours is straight or an S in the gap; one that passes columns runs in its own
/// lane: above the main path when it starts and ends there, along a free row or below everything
/// otherwise. So no wire ever crosses a card.
final class PartLayout {

    /// Room between columns without lanes.
    static final double GAP = 50;

    /// Room between rows.
    static final double ROW_GAP = 56;

    /// Between a lane and what is below it.
    static final double LANE_GAP = 16;

    /// Between the side of a column and the first wire that rises in the gap.
    private static final double RISE = 10;

    /// Between wires that rise in one gap.
    private static final double RISE_STEP = 7;

    private enum Way {
        DIRECT,
        ALONG_ROW,
        ABOVE,
        BELOW
    }

    private final Map<String, Item> items = new LinkedHashMap<>();
    private final List<Edge> edges;
    private final Grid grid;
    private final Map<Edge, Way> ways = new LinkedHashMap<>();
    private final Map<Edge, Integer> alongRow = new HashMap<>();
    private final Map<String, Integer> risers = new HashMap<>();
    private final double[] left;
    private final double[] right;
    private final double[] centre;
    private final double[] top;
    private final double[] bottom;
    private final Map<String, Box> cards = new LinkedHashMap<>();
    private final Map<Edge, Route> routes = new HashMap<>();

    PartLayout(List<Item> parts, List<Edge> edges, String root) {
        parts.forEach(i -> items.put(i.id(), i));
        this.edges = edges;
        grid = new Grid(parts, edges, root);
        left = new double[grid.width()];
        right = new double[grid.width()];
        top = new double[grid.width()];
        bottom = new double[grid.width()];
        centre = new double[grid.height()];
        chooseWays();
        placeCards();
        routeAll();
    }

    Grid grid() {
        return grid;
    }

    Map<String, Box> cards() {
        return cards;
    }

    Map<Edge, Route> routes() {
        return routes;
    }

    Box bounds() {
        Box all = outer(items.values().iterator().next());
        for (Item item : items.values()) {
            all = all.union(outer(item));
        }
        for (Route route : routes.values()) {
            for (Point p : route.points()) {
                all = all.union(new Box(p.x(), p.y(), 0, 0));
            }
        }
        return all;
    }

    private int column(String id) {
        return Grid.of(grid.columns(), id);
    }

    private int row(String id) {
        return Grid.of(grid.rows(), id);
    }

    private Item item(String id) {
        return Grid.of(items, id);
    }

    private void chooseWays() {
        Map<Integer, Set<Integer>> busy = new HashMap<>();
        for (Item item : items.values()) {
            busy.computeIfAbsent(row(item.id()), _ -> new HashSet<>()).add(column(item.id()));
        }
        Set<List<String>> joined = new HashSet<>();
        for (Edge edge : edges) {
            int a = column(edge.from());
            int b = column(edge.to());
            int from = row(edge.from());
            int to = row(edge.to());
            boolean first = joined.add(List.of(edge.from(), edge.to()));
            if (b == a + 1 && first) {
                ways.put(edge, Way.DIRECT);
            } else if (from == 0 && to == 0) {
                ways.put(edge, Way.ABOVE);
            } else {
                int along = free(busy, from, a, b) ? from : free(busy, to, a, b) ? to : -1;
                ways.put(edge, along > 0 ? Way.ALONG_ROW : Way.BELOW);
                if (along > 0) {
                    alongRow.put(edge, along);
                    for (int c = a + 1; c < b; c++) {
                        busy.computeIfAbsent(along, _ -> new HashSet<>()).add(c);
                    }
                }
            }
        }
    }

    private static boolean free(Map<Integer, Set<Integer>> busy, int row, int a, int b) {
        if (row == 0 || b <= a + 1) {
            return false;
        }
        Set<Integer> columns = busy.getOrDefault(row, Set.of());
        for (int c = a + 1; c < b; c++) {
            if (columns.contains(c)) {
                return false;
            }
        }
        return true;
    }

    private void placeCards() {
        double[] halfAbove = new double[grid.height()];
        double[] halfBelow = new double[grid.height()];
        double[] widths = new double[grid.width()];
        for (Item item : items.values()) {
            int r = row(item.id());
            int c = column(item.id());
            halfAbove[r] = Math.max(halfAbove[r], item.height() / 2 + item.above());
            halfBelow[r] = Math.max(halfBelow[r], item.height() / 2);
            widths[c] = Math.max(widths[c], item.width() + 2 * item.beside());
        }
        for (int r = 1; r < grid.height(); r++) {
            centre[r] = centre[r - 1] + halfBelow[r - 1] + ROW_GAP + halfAbove[r];
        }
        int[] wires = countRisers();
        for (int c = 0; c < grid.width(); c++) {
            left[c] = c == 0 ? 0 : right[c - 1] + GAP + RISE_STEP * Math.max(0, wires[c - 1] - 1);
            right[c] = left[c] + widths[c];
        }
        for (Item item : items.values()) {
            int c = column(item.id());
            double x = (left[c] + right[c] - item.width()) / 2;
            double y = centre[row(item.id())] - item.height() / 2;
            cards.put(item.id(), new Box(x, y, item.width(), item.height()));
            top[c] = Math.min(top[c], outer(item).y());
            bottom[c] = Math.max(bottom[c], outer(item).bottom());
        }
    }

    private Box outer(Item item) {
        Box card = Grid.of(cards, item.id());
        return new Box(
                card.x() - item.beside(),
                card.y() - item.above(),
                card.width() + 2 * item.beside(),
                card.height() + item.above());
    }

    /// Numbers the wires that rise or fall in each gap (the one right of column c), so that none
    /// hides another. Wires of one source leave together, wires into one target arrive together.
    private int[] countRisers() {
        int[] leaving = new int[grid.width()];
        int[] arriving = new int[grid.width()];
        ways.forEach((edge, way) -> {
            if (way == Way.ABOVE || way == Way.BELOW) {
                int a = column(edge.from());
                String key = leave(edge, way);
                if (!risers.containsKey(key)) {
                    risers.put(key, leaving[a]++);
                }
                if (!(way == Way.ABOVE && item(edge.to()).merges())) {
                    int gap = column(edge.to()) - 1;
                    String end = arrive(edge, way);
                    if (!risers.containsKey(end)) {
                        risers.put(end, arriving[gap]++);
                    }
                }
            }
        });
        int[] wires = new int[grid.width()];
        for (int c = 0; c < wires.length; c++) {
            wires[c] = leaving[c] + arriving[c];
        }
        return wires;
    }

    private static String leave(Edge edge, Way way) {
        return way + " from " + edge.from();
    }

    private static String arrive(Edge edge, Way way) {
        return way + " to " + edge.to();
    }

    private void routeAll() {
        Map<String, Double> above = lanes(Way.ABOVE);
        Map<String, Double> below = lanes(Way.BELOW);
        ways.forEach((edge, way) ->
                routes.put(
                        edge,
                        switch (way) {
                            case DIRECT -> direct(edge);
                            case ALONG_ROW -> along(edge, Grid.of(alongRow, edge));
                            case ABOVE -> bowed(edge, way, Grid.of(above, edge.from()));
                            case BELOW -> bowed(edge, way, Grid.of(below, edge.from()));
                        }));
    }

    /// The height of each source's lane: over (under) all cards that it passes and all shorter
    /// lanes it overlaps.
    private Map<String, Double> lanes(Way way) {
        record Span(String source, int a, int b) {}
        Map<String, Span> spans = new TreeMap<>();
        ways.forEach((edge, w) -> {
            if (w == way) {
                int a = column(edge.from());
                int b = column(edge.to());
                spans.merge(
                        edge.from(),
                        new Span(edge.from(), a, b),
                        (x, y) -> new Span(x.source(), a, Math.max(x.b(), y.b())));
            }
        });
        List<Span> order = new ArrayList<>(spans.values());
        order.sort(
                Comparator.comparingInt((Span s) -> s.b() - s.a())
                        .thenComparingInt(Span::a)
                        .thenComparing(Span::source));
        Map<String, Double> lanes = new HashMap<>();
        boolean up = way == Way.ABOVE;
        List<Span> done = new ArrayList<>();
        for (Span span : order) {
            double y = up ? Double.MAX_VALUE : -Double.MAX_VALUE;
            for (int c = span.a(); c <= span.b(); c++) {
                y = up ? Math.min(y, top[c]) : Math.max(y, bottom[c]);
            }
            for (Span other : done) {
                if (other.a() < span.b() && span.a() < other.b()) {
                    double there = Grid.of(lanes, other.source());
                    y = up ? Math.min(y, there) : Math.max(y, there);
                }
            }
            lanes.put(span.source(), up ? y - LANE_GAP : y + LANE_GAP);
            done.add(span);
        }
        return lanes;
    }

    private Point start(Edge edge) {
        Box card = Grid.of(cards, edge.from());
        return new Point(card.right(), card.centre().y());
    }

    private Point end(Edge edge) {
        Box card = Grid.of(cards, edge.to());
        return new Point(card.x(), card.centre().y());
    }

    private Route direct(Edge edge) {
        Point from = start(edge);
        Point to = end(edge);
        if (from.y() == to.y()) {
            return new Route(List.of(from, to), false);
        }
        return new Route(
                List.of(
                        from,
                        new Point(right[column(edge.from())], from.y()),
                        new Point(left[column(edge.to())], to.y()),
                        to),
                false);
    }

    private Route along(Edge edge, int row) {
        Point from = start(edge);
        Point to = end(edge);
        double y = centre[row];
        int a = column(edge.from());
        int b = column(edge.to());
        List<Point> points = new ArrayList<>(List.of(from, new Point(right[a], from.y())));
        if (from.y() != y) {
            points.add(new Point(left[a + 1], y));
        }
        if (to.y() != y) {
            points.add(new Point(right[b - 1], y));
        }
        points.add(new Point(left[b], to.y()));
        points.add(to);
        return new Route(points, true);
    }

    private Route bowed(Edge edge, Way way, double lane) {
        Point from = start(edge);
        Point to = end(edge);
        int a = column(edge.from());
        int b = column(edge.to());
        double rise = right[a] + RISE + RISE_STEP * Grid.of(risers, leave(edge, way));
        List<Point> points =
                new ArrayList<>(List.of(from, new Point(rise, from.y()), new Point(rise, lane)));
        if (way == Way.ABOVE && item(edge.to()).merges()) {
            Box card = Grid.of(cards, edge.to());
            points.add(new Point(card.centre().x(), lane));
            points.add(new Point(card.centre().x(), card.y()));
        } else {
            double fall = left[b] - RISE - RISE_STEP * Grid.of(risers, arrive(edge, way));
            points.add(new Point(fall, lane));
            points.add(new Point(fall, to.y()));
            points.add(to);
        }
        return new Route(points, true);
    }
}
