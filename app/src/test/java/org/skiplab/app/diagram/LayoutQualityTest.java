package org.skiplab.app.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Placement;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.diagram.layout.Route;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;

/// What makes a picture readable, on every preset: as it opens, with every block unfolded, and
/// taken apart into layers.
class LayoutQualityTest {

    private static final double CLOSE = 1e-6;

    static Stream<String> presets() {
        return Presets.all().stream().map(Preset::name);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void nothingOverlapsAndNoWireHides(String preset) {
        Network network = Presets.get(preset).network();
        check(scenery(network, false));
        check(scenery(network, true));
        check(scenery(network.expanded(), true));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void anInsertionMovesOnlyWhatIsRightOfIt(String preset) {
        Network network = Presets.get(preset).network();
        Random random = new Random(preset.hashCode());
        for (int i = 0; i < 3; i++) {
            Wire wire = network.wires().get(random.nextInt(network.wires().size()));
            Network after =
                    ((Edit.Done) Edits.insert(network, wire, new Primitive.Relu())).network();
            Placement before = scenery(network, true).placement();
            Placement now = scenery(after, true).placement();
            double at = before.card(wire.to()).orElseThrow().x();
            double shift = now.card(wire.to()).orElseThrow().x() - at;
            assertThat(shift).isPositive();
            before.cards()
                    .forEach((id, box) -> {
                        Box moved = now.card(id).orElseThrow();
                        assertThat(moved.x() - box.x())
                                .as("%s by an insertion into %s", id, wire)
                                .isEqualTo(box.x() < at ? 0 : shift, within(CLOSE));
                        assertThat(moved.y()).isEqualTo(box.y());
                    });
        }
    }

    private static Scenery scenery(Network network, boolean unfold) {
        Map<String, Boolean> folding = new HashMap<>();
        if (unfold) {
            network.nodes().forEach(n -> folding.put(n.id(), false));
        }
        return Scenery.of(Analysis.of(network), folding, Map.of());
    }

    private static void check(Scenery scenery) {
        List<Card> cards =
                scenery.diagram().cards().stream()
                        .sorted(Comparator.comparingDouble(c -> scenery.box(c).x()))
                        .toList();
        double widest = cards.stream().mapToDouble(c -> scenery.box(c).width()).max().orElse(0);
        double[] left = cards.stream().mapToDouble(c -> scenery.box(c).x()).toArray();
        for (int i = 0; i < cards.size(); i++) {
            Box box = outer(scenery, cards.get(i));
            for (int j = i + 1; j < cards.size() && left[j] <= box.right() + widest; j++) {
                assertThat(box.overlaps(outer(scenery, cards.get(j))))
                        .as("%s over %s", cards.get(i).id(), cards.get(j).id())
                        .isFalse();
            }
        }
        for (Scenery.Drawn drawn : scenery.drawn()) {
            Diagram.Wire wire = drawn.wire();
            Box from = scenery.placement().card(wire.fromCard()).orElseThrow();
            Box to = scenery.placement().card(wire.toCard()).orElseThrow();
            assertThat(from.right()).as("left to right: %s", wire).isLessThan(to.x());
            for (Card card : between(cards, left, widest, drawn.around())) {
                boolean end = card.id().equals(wire.fromCard()) || card.id().equals(wire.toCard());
                if (!end) {
                    Optional<Box> hit = hit(drawn.route(), scenery.box(card).grown(-0.5));
                    assertThat(hit).as("%s hides behind %s", wire, card.id()).isEmpty();
                }
            }
        }
        lanes(scenery);
    }

    /// No shortcut runs along the main path or along another source's shortcut.
    private static void lanes(Scenery scenery) {
        record Lane(String from, double y, double left, double right) {}
        Map<Long, List<Lane>> byHeight = new HashMap<>();
        for (Scenery.Drawn drawn : scenery.drawn()) {
            List<Point> points = drawn.route().points();
            for (int i = 1; i < points.size(); i++) {
                Point a = points.get(i - 1);
                Point b = points.get(i);
                if (a.y() == b.y() && b.x() > a.x()) {
                    byHeight.computeIfAbsent(Math.round(a.y() * 16), _ -> new ArrayList<>())
                            .add(new Lane(drawn.wire().fromCard(), a.y(), a.x(), b.x()));
                }
            }
        }
        for (List<Lane> lanes : byHeight.values()) {
            lanes.sort(Comparator.comparingDouble(Lane::left));
            for (int i = 1; i < lanes.size(); i++) {
                Lane a = lanes.get(i - 1);
                Lane b = lanes.get(i);
                assertThat(b.left() < a.right() - CLOSE && !a.from().equals(b.from()))
                        .as("%s hides behind %s", b, a)
                        .isFalse();
            }
        }
    }

    private static List<Card> between(List<Card> cards, double[] left, double widest, Box box) {
        int first = 0;
        int last = cards.size();
        while (first < last) {
            int middle = (first + last) / 2;
            if (left[middle] < box.x() - widest) {
                first = middle + 1;
            } else {
                last = middle;
            }
        }
        List<Card> found = new ArrayList<>();
        for (int i = first; i < cards.size() && left[i] <= box.right(); i++) {
            found.add(cards.get(i));
        }
        return found;
    }

    /// The piece of a wire that runs through a card, if one does.
    private static Optional<Box> hit(Route route, Box card) {
        for (int i = 1; i < route.points().size(); i++) {
            Point a = route.points().get(i - 1);
            Point b = route.points().get(i);
            int steps = a.x() == b.x() || a.y() == b.y() ? 1 : 24;
            for (int s = 0; s < steps; s++) {
                Box piece = piece(a, b, (double) s / steps, (s + 1.0) / steps);
                if (piece.overlaps(card)) {
                    return Optional.of(piece);
                }
            }
        }
        return Optional.empty();
    }

    private static Box piece(Point a, Point b, double from, double to) {
        double x1 = a.x() + from * (b.x() - a.x());
        double x2 = a.x() + to * (b.x() - a.x());
        double y1 = a.y() + from * (b.y() - a.y());
        double y2 = a.y() + to * (b.y() - a.y());
        return new Box(
                Math.min(x1, x2),
                Math.min(y1, y2),
                Math.abs(x2 - x1) + CLOSE,
                Math.abs(y2 - y1) + CLOSE);
    }

    private static Box outer(Scenery scenery, Card card) {
        Box box = scenery.box(card);
        double rise = Scenery.rise(scenery.bypass(card));
        double reach = rise == 0 ? 0 : Scenery.ARC_REACH;
        return new Box(
                box.x() - reach, box.y() - rise, box.width() + 2 * reach, box.height() + rise);
    }
}
