package org.skiplab.app.canvas;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.skiplab.app.diagram.Measure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.text.Quantity;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Node;

/// What the blocks' colour means.
public enum Colouring {
    KIND("kind"),
    PARAMETERS("parameters"),
    MACS("MACs"),
    GRADIENT("gradient"),
    TIME("time");

    private static final int DIGITS = 3;

    private final String word;

    Colouring(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// Whether it comes from a running training.
    public boolean isMeasured() {
        return this == GRADIENT || this == TIME;
    }

    /// The blocks' values; empty for the kind, and while there is no training to measure.
    ///
    /// @param gradients mean |gradient| by block
    /// @param times milliseconds by block
    Optional<Measure> measure(
            Analysis analysis,
            Optional<Map<String, Double>> gradients,
            Optional<Map<String, Double>> times) {
        return switch (this) {
            case KIND -> Optional.empty();
            case PARAMETERS ->
                    Optional.of(
                            new Measure(
                                    "Parameters",
                                    values(analysis, Analysis.Facts::parameters),
                                    true,
                                    false,
                                    v -> Quantity.brief(Math.round(v))));
            case MACS ->
                    Optional.of(
                            new Measure(
                                    "MACs",
                                    values(analysis, Analysis.Facts::macs),
                                    true,
                                    false,
                                    v -> Quantity.brief(Math.round(v))));
            case GRADIENT ->
                    gradients.map(g ->
                            new Measure(
                                    "Mean |gradient|",
                                    g,
                                    false,
                                    true,
                                    v -> Numbers.significant(v, DIGITS)));
            case TIME ->
                    times.map(t ->
                            new Measure(
                                    "Time",
                                    t,
                                    true,
                                    false,
                                    v -> Numbers.significant(v, DIGITS) + " ms"));
        };
    }

    private static Map<String, Double> values(
            Analysis analysis, ToDoubleFunction<Analysis.Facts> value) {
        Map<String, Double> values = new HashMap<>();
        for (Node node : analysis.network().nodes()) {
            analysis.facts(node.id()).ifPresent(f -> values.put(node.id(), value.applyAsDouble(f)));
        }
        return values;
    }
}
