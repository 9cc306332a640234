package org.skiplab.app.diagram.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphLayoutTest {

    private record Graph(List<Item> items, List<Edge> edges) {
        Placement place() {
            return GraphLayout.of(items, edges, "n0", Map.of());
        }
    }

    @Test
    void aChainLiesOnOneLineFromLeftToRight() {
        Placement placement = chain(5).place();

        for (int i = 1; i < 5; i++) {
            Box before = placement.card("n" + (i - 1)).orElseThrow();
            Box here = placement.card("n" + i).orElseThrow();
            assertThat(here.x()).isGreaterThan(before.right());
            assertThat(here.centre().y()).isEqualTo(before.centre().y());
        }
    }

    @Test
    void aShortcutBowsOverTheBlocksItPasses() {
        Graph chain = chain(5);
        List<Edge> edges = new ArrayList<>(chain.edges());
        Edge shortcut = new Edge("n1", "n4", 1);
        edges.add(shortcut);
        Placement placement = new Graph(chain.items(), edges).place();

        double highest =
                placement.route(shortcut).orElseThrow().points().stream()
                        .mapToDouble(Point::y)
                        .min()
                        .orElseThrow();
        assertThat(highest).isLessThan(placement.card("n2").orElseThrow().y());
        assertThat(placement.onMainPath("n2")).isTrue();
    }

    @Test
    void nestedShortcutsNestAndDoNotShareALane() {
        Graph chain = chain(7);
        List<Edge> edges = new ArrayList<>(chain.edges());
        Edge inner = new Edge("n2", "n4", 1);
        Edge outer = new Edge("n1", "n5", 1);
        edges.addAll(List.of(outer, inner));
        Placement placement = new Graph(chain.items(), edges).place();

        assertThat(top(placement, outer)).isLessThan(top(placement, inner));
    }

    @Test
    void aBranchWithBlocksLiesBelowTheLongerOne() {
        List<Item> items = items(5);
        List<Edge> edges =
                List.of(
                        new Edge("n0", "n1", 0),
                        new Edge("n1", "n2", 0),
                        new Edge("n0", "n3", 0),
                        new Edge("n2", "n4", 0),
                        new Edge("n3", "n4", 1));
        Placement placement = GraphLayout.of(items, edges, "n0", Map.of());

        assertThat(placement.onMainPath("n1")).isTrue();
        assertThat(placement.onMainPath("n3")).isFalse();
        assertThat(placement.card("n3").orElseThrow().y())
                .isGreaterThan(placement.card("n1").orElseThrow().bottom());
    }

    @Test
    void anInsertionMovesNothingToTheLeftOfIt() {
        Placement before = chain(6).place();
        List<Item> items = new ArrayList<>(chain(6).items());
        items.add(new Item("new", 98, 104));
        List<Edge> edges = new ArrayList<>(chain(6).edges());
        edges.remove(new Edge("n2", "n3", 0));
        edges.add(new Edge("n2", "new", 0));
        edges.add(new Edge("new", "n3", 0));
        Placement after = new Graph(items, edges).place();

        for (int i = 0; i <= 2; i++) {
            assertThat(after.card("n" + i)).isEqualTo(before.card("n" + i));
        }
        double shift = after.card("n3").orElseThrow().x() - before.card("n3").orElseThrow().x();
        for (int i = 3; i < 6; i++) {
            Box was = before.card("n" + i).orElseThrow();
            Box is = after.card("n" + i).orElseThrow();
            assertThat(is.x() - was.x()).isEqualTo(shift);
            assertThat(is.y()).isEqualTo(was.y());
        }
    }

    @Test
    void aFreePartStandsWhereItWasPutUnlessThatIsTaken() {
        List<Item> items = new ArrayList<>(chain(3).items());
        items.add(new Item("free", 98, 104));
        Point apart = new Point(50, 400);
        Placement placed = GraphLayout.of(items, chain(3).edges(), "n0", Map.of("free", apart));
        assertThat(placed.card("free").orElseThrow().centre()).isEqualTo(apart);

        Placement nudged =
                GraphLayout.of(items, chain(3).edges(), "n0", Map.of("free", new Point(50, 0)));
        assertThat(overlaps(nudged, items)).isEmpty();
    }

    @Test
    void theSameGraphAlwaysGetsTheSameLayout() {
        Graph graph = random(7);

        assertThat(graph.place()).isEqualTo(graph.place());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomGraphsAreReadable(long seed) {
        Graph graph = random(seed);
        Placement placement = graph.place();

        assertThat(overlaps(placement, graph.items())).as("overlapping cards").isEmpty();
        for (Edge edge : graph.edges()) {
            assertThat(placement.card(edge.from()).orElseThrow().right())
                    .as("left to right: %s", edge)
                    .isLessThan(placement.card(edge.to()).orElseThrow().x());
            Route route = placement.route(edge).orElseThrow();
            for (Item item : graph.items()) {
                boolean end = item.id().equals(edge.from()) || item.id().equals(edge.to());
                if (!end) {
                    Box card = placement.card(item.id()).orElseThrow().grown(-0.5);
                    assertThat(crosses(route, card)).as("%s hides behind %s", edge, item).isFalse();
                }
            }
        }
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 500).mapToObj(i -> (long) i);
    }

    private static double top(Placement placement, Edge edge) {
        return placement.route(edge).orElseThrow().points().stream()
                .mapToDouble(Point::y)
                .min()
                .orElseThrow();
    }

    private static List<String> overlaps(Placement placement, List<Item> items) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            for (int j = i + 1; j < items.size(); j++) {
                Item a = items.get(i);
                Item b = items.get(j);
                if (outer(placement, a).overlaps(outer(placement, b))) {
                    found.add(a.id() + " and " + b.id());
                }
            }
        }
        return found;
    }

    /// The card with the room for its arc.
    private static Box outer(Placement placement, Item item) {
        Box card = placement.card(item.id()).orElseThrow();
        return new Box(
                card.x() - item.beside(),
                card.y() - item.above(),
                card.width() + 2 * item.beside(),
                card.height() + item.above());
    }

    /// Whether a wire runs through a card, tried at points one pixel apart.
    private static boolean crosses(Route route, Box card) {
        for (int i = 1; i < route.points().size(); i++) {
            Point a = route.points().get(i - 1);
            Point b = route.points().get(i);
            int steps = (int) Math.ceil(a.distance(b));
            for (int s = 0; s <= steps; s++) {
                double t = steps == 0 ? 0 : (double) s / steps;
                if (card.contains(
                        new Point(a.x() + t * (b.x() - a.x()), a.y() + t * (b.y() - a.y())))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Graph chain(int length) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 1; i < length; i++) {
            edges.add(new Edge("n" + (i - 1), "n" + i, 0));
        }
        return new Graph(items(length), edges);
    }

    private static List<Item> items(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Item("n" + i, 98, 104)).toList();
    }

    /// Cards of different sizes, some with arcs, some round; one to three wires into most of them.
    private static Graph random(long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(24);
        List<Item> items = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean round = random.nextInt(5) == 0;
            boolean arched = !round && random.nextInt(3) == 0;
            items.add(
                    new Item(
                            "n" + i,
                            round ? 38 : 60 + random.nextInt(60),
                            round ? 38 : 50 + random.nextInt(80),
                            arched ? 34 : 0,
                            arched ? 15 : 0,
                            round));
            int wires = i == 0 ? 0 : random.nextInt(4);
            for (int port = 0; port < wires; port++) {
                int from = random.nextInt(3) > 0 ? i - 1 : random.nextInt(i);
                Edge edge = new Edge("n" + from, "n" + i, port);
                edges.add(edge);
            }
        }
        return new Graph(items, edges);
    }
}
