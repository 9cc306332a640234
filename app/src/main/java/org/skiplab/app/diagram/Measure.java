package org.skiplab.app.diagram;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// A quantity of each block that the picture shows as colour, height and number.
///
/// @param title what it is: `Parameters`
/// @param values by the block's id; blocks that have none are drawn without colour
/// @param summed whether a folded run shows the sum of its blocks, else their mean
/// @param logarithmic whether equal ratios are equal steps of colour
/// @param words how a value is written
public record Measure(
        String title,
        Map<String, Double> values,
        boolean summed,
        boolean logarithmic,
        DoubleFunction<String> words) {

    public Measure {
        values = Map.copyOf(values);
    }

    /// A card's value.
    OptionalDouble of(Card card) {
        double sum = 0;
        int known = 0;
        for (String id : card.ids()) {
            Double value = values.get(id);
            if (value != null) {
                sum += value;
                known++;
            }
        }
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of(summed ? sum : sum / known);
    }

    /// The values of a picture's cards, from least to most.
    Extent extent(Diagram diagram) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (Card card : diagram.cards()) {
            OptionalDouble value = of(card);
            if (value.isPresent() && (!logarithmic || value.getAsDouble() > 0)) {
                least = Math.min(least, value.getAsDouble());
                most = Math.max(most, value.getAsDouble());
            }
        }
        return most < least ? new Extent(0, 0) : new Extent(logarithmic ? least : 0, most);
    }

    /// @param least the value of share 0
    /// @param most the value of share 1
    record Extent(double least, double most) {}

    /// Where a value lies between the ends, from 0 to 1.
    double share(double value, Extent extent) {
        if (extent.most() <= extent.least()) {
            return extent.most() > 0 ? 1 : 0;
        }
        double share =
                logarithmic
                        ? Math.log(Math.max(value, extent.least()) / extent.least())
                                / Math.log(extent.most() / extent.least())
                        : (value - extent.least()) / (extent.most() - extent.least());
        return Math.clamp(share, 0, 1);
    }
}
