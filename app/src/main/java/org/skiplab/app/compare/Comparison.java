package org.skiplab.app.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.sketch.Mark;
import org.skiplab.app.text.Quantity;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.diff.Deviation;
import org.skiplab.engine.graph.diff.Difference;

/// Everything that a comparison shows; derived from the two networks, without a toolkit.
///
/// @param first the network that is compared with
/// @param second the network at hand
/// @param lines the differences, in the order in which data flow
/// @param costs what both cost
public record Comparison(
        Side first, Side second, Difference difference, List<Line> lines, List<Cost> costs) {

    /// One of the two networks.
    ///
    /// @param marks what to mark on its diagram, by card
    public record Side(Scenery scenery, Map<String, Marked> marks) {
        public Side {
            marks = Map.copyOf(marks);
        }
    }

    /// How a card is marked, and how many of its blocks that is about.
    public record Marked(Mark mark, int blocks) {}

    /// One difference.
    ///
    /// @param firstCard the card that holds the block in the first network, if it has one
    /// @param secondCard the card that holds the block in the second network, if it has one
    public record Line(
            Mark mark,
            String block,
            String text,
            Optional<String> firstCard,
            Optional<String> secondCard) {}

    /// A quantity of both networks.
    ///
    /// @param change `+12 %`, empty where there is nothing to compute
    public record Cost(String name, String first, String second, String change) {}

    public Comparison {
        lines = List.copyOf(lines);
        costs = List.copyOf(costs);
    }

    public static Comparison of(Network first, Network second) {
        Scenery a = Scenery.of(Analysis.of(first), Map.of(), Map.of());
        Scenery b = Scenery.of(Analysis.of(second), Map.of(), Map.of());
        Difference difference = Difference.between(first, second);
        List<Line> lines = difference.deviations().stream().map(d -> line(d, a, b)).toList();
        Map<String, Marked> firstMarks = new LinkedHashMap<>();
        Map<String, Marked> secondMarks = new LinkedHashMap<>();
        for (Line line : lines) {
            line.firstCard().ifPresent(card -> mark(firstMarks, card, line.mark()));
            line.secondCard().ifPresent(card -> mark(secondMarks, card, line.mark()));
        }
        return new Comparison(
                new Side(a, firstMarks),
                new Side(b, secondMarks),
                difference,
                lines,
                costs(a.analysis(), b.analysis()));
    }

    /// `2 blocks added, 1 changed`, or that there is none.
    public String summary() {
        return difference.isEmpty() ? "No difference" : difference.summary();
    }

    private static void mark(Map<String, Marked> marks, String card, Mark mark) {
        marks.merge(
                card,
                new Marked(mark, 1),
                (old, more) ->
                        new Marked(
                                old.mark() == more.mark() ? old.mark() : Mark.CHANGED,
                                old.blocks() + 1));
    }

    private static Line line(Deviation deviation, Scenery a, Scenery b) {
        return switch (deviation) {
            case Deviation.Added(Node node) ->
                    new Line(
                            Mark.ADDED,
                            node.id(),
                            deviation.text(),
                            Optional.empty(),
                            card(b, node));
            case Deviation.Removed(Node node) ->
                    new Line(
                            Mark.REMOVED,
                            node.id(),
                            deviation.text(),
                            card(a, node),
                            Optional.empty());
            case Deviation.Altered altered ->
                    new Line(
                            Mark.CHANGED,
                            altered.after().id(),
                            altered.text(),
                            card(a, altered.before()),
                            card(b, altered.after()));
            case Deviation.Whole _ ->
                    new Line(
                            Mark.CHANGED,
                            "network",
                            deviation.text(),
                            Optional.empty(),
                            Optional.empty());
        };
    }

    private static Optional<String> card(Scenery scenery, Node node) {
        return scenery.diagram().cardOf(node.id()).map(c -> c.id());
    }

    private static List<Cost> costs(Analysis a, Analysis b) {
        List<Cost> costs = new ArrayList<>();
        costs.add(counted("Blocks", a.network().nodes().size(), b.network().nodes().size()));
        costs.add(counted("Parameters", a.parameters(), b.parameters()));
        costs.add(
                new Cost(
                        "MACs per image",
                        Quantity.brief(a.macs()),
                        Quantity.brief(b.macs()),
                        change(a.macs(), b.macs())));
        costs.add(
                new Cost(
                        "Activation memory per image",
                        Quantity.bytes(a.activations() * Float.BYTES),
                        Quantity.bytes(b.activations() * Float.BYTES),
                        change(a.activations(), b.activations())));
        costs.add(new Cost("Receptive field", field(a), field(b), ""));
        costs.add(new Cost("Can run", runs(a), runs(b), ""));
        return costs;
    }

    private static Cost counted(String name, long a, long b) {
        return new Cost(name, Numbers.count(a), Numbers.count(b), change(a, b));
    }

    private static String field(Analysis analysis) {
        return analysis.output()
                .flatMap(n -> analysis.facts(n.id()))
                .map(f -> f.receptiveField() + "×" + f.receptiveField() + " px")
                .orElse("unknown");
    }

    private static String runs(Analysis analysis) {
        return analysis.runnable() ? "yes" : "no";
    }

    private static String change(long a, long b) {
        if (a == b) {
            return "same";
        }
        if (a == 0) {
            return "";
        }
        double ratio = (double) b / a;
        if (ratio >= 10) {
            return "×" + Math.round(ratio);
        }
        double percent = 100 * (ratio - 1);
        String sign = percent < 0 ? "−" : "+";
        double size = Math.abs(percent);
        return size < 0.5 ? sign + "<1 %" : sign + Math.round(size) + " %";
    }
}
