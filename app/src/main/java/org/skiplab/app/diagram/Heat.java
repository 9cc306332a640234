package org.skiplab.app.diagram;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javafx.scene.paint.Color;
import org.skiplab.app.plot.ColourScale;

/// A measure spread over the cards of one diagram.
public final class Heat {

    private static final ColourScale SCALE = ColourScale.VIRIDIS;

    private final Measure measure;
    private final Measure.Extent extent;

    public Heat(Measure measure, Diagram diagram) {
        this.measure = measure;
        this.extent = measure.extent(diagram);
    }

    public String title() {
        return measure.title();
    }

    /// The value at the low end of the scale, in words.
    public String least() {
        return measure.words().apply(extent.least());
    }

    /// The value at the high end of the scale, in words.
    public String most() {
        return measure.words().apply(extent.most());
    }

    /// Whether equal steps of colour are equal ratios.
    public boolean logarithmic() {
        return measure.logarithmic();
    }

    /// Colours from the low end to the high one, for a legend.
    public static List<Color> ramp(int steps) {
        return IntStream.range(0, steps).mapToObj(i -> SCALE.colour(i / (steps - 1.0))).toList();
    }

    OptionalDouble share(Card card) {
        OptionalDouble value = measure.of(card);
        return value.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(measure.share(value.getAsDouble(), extent));
    }

    String words(Card card) {
        OptionalDouble value = measure.of(card);
        return value.isEmpty() ? "–" : measure.words().apply(value.getAsDouble());
    }

    static Color colour(double share) {
        return SCALE.colour(share);
    }

    static Color textOn(double share) {
        return SCALE.textOn(share);
    }
}
