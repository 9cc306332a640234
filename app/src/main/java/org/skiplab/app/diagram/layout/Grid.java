package org.skiplab.app.diagram.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Columns and rows of one connected part of the graph: an item stands right of everything it
/// reads, the main path (the longest one, from the root if it has it) fills row 0, other items the
/// rows below.
final class Grid {

    private final List<Item> items;
    private final Map<String, List<String>> before = new HashMap<>();
    private final Map<String, List<String>> after = new HashMap<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Map<String, Integer> rows = new LinkedHashMap<>();
    private final int width;
    private final int height;

    Grid(List<Item> items, List<Edge> edges, String root) {
        this.items = items;
        for (Item item : items) {
            before.put(item.id(), new ArrayList<>());
            after.put(item.id(), new ArrayList<>());
        }
        for (Edge edge : edges) {
            of(before, edge.to()).add(edge.from());
            of(after, edge.from()).add(edge.to());
        }
        List<String> order = topological();
        assignColumns(order, root);
        assignRows(order, spine(root));
        width = columns.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        height = rows.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    }

    Map<String, Integer> columns() {
        return columns;
    }

    Map<String, Integer> rows() {
        return rows;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    private List<String> topological() {
        Map<String, Integer> open = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        for (Item item : items) {
            int n = of(before, item.id()).size();
            open.put(item.id(), n);
            if (n == 0) {
                ready.add(item.id());
            }
        }
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String id = ready.poll();
            order.add(id);
            for (String next : of(after, id)) {
                int n = of(open, next) - 1;
                open.put(next, n);
                if (n == 0) {
                    ready.add(next);
                }
            }
        }
        if (order.size() < items.size()) {
            throw new IllegalArgumentException("the wires form a circle");
        }
        return order;
    }

    private void assignColumns(List<String> order, String root) {
        for (String id : order) {
            int column = 0;
            for (String from : of(before, id)) {
                column = Math.max(column, of(columns, from) + 1);
            }
            columns.put(id, column);
        }
        // A loose beginning stands just left of its reader instead of far out at the image.
        for (String id : order.reversed()) {
            if (of(before, id).isEmpty() && !of(after, id).isEmpty() && !id.equals(root)) {
                int reader = of(after, id).stream().mapToInt(a -> of(columns, a)).min().orElse(1);
                columns.put(id, Math.max(0, reader - 1));
            }
        }
    }

    private List<String> spine(String root) {
        Set<String> reachable = new HashSet<>();
        if (before.containsKey(root)) {
            Deque<String> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                String id = open.poll();
                if (reachable.add(id)) {
                    open.addAll(of(after, id));
                }
            }
        }
        String end = "";
        int best = -1;
        for (Item item : items) {
            int column = of(columns, item.id());
            boolean candidate = reachable.isEmpty() || reachable.contains(item.id());
            if (candidate && column > best) {
                best = column;
                end = item.id();
            }
        }
        List<String> path = new ArrayList<>();
        String at = end;
        while (!at.isEmpty()) {
            path.addFirst(at);
            at = previous(at, reachable);
        }
        return path;
    }

    private String previous(String id, Set<String> reachable) {
        int column = of(columns, id);
        String found = "";
        for (String from : of(before, id)) {
            if (of(columns, from) == column - 1
                    && (found.isEmpty()
                            || !reachable.contains(found) && reachable.contains(from))) {
                found = from;
            }
        }
        return found;
    }

    private void assignRows(List<String> order, List<String> spine) {
        Map<Integer, Set<Integer>> taken = new HashMap<>();
        for (String id : spine) {
            rows.put(id, 0);
            taken.computeIfAbsent(of(columns, id), _ -> new HashSet<>()).add(0);
        }
        for (String id : order) {
            if (rows.containsKey(id)) {
                continue;
            }
            int row = 1;
            for (String from : of(before, id)) {
                row = Math.max(row, rows.getOrDefault(from, 1));
            }
            Set<Integer> column = taken.computeIfAbsent(of(columns, id), _ -> new HashSet<>());
            while (!column.add(row)) {
                row++;
            }
            rows.put(id, row);
        }
    }

    static <K, V> V of(Map<K, V> map, K id) {
        V value = map.get(id);
        if (value == null) {
            throw new IllegalArgumentException("there is no item '" + id + "'");
        }
        return value;
    }
}
