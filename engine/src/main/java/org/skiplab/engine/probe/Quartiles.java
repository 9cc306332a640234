package org.skiplab.engine.probe;

import java.util.Arrays;

/// The middle half of some measurements, in their unit.
///
/// @param lower a quarter of the measurements are smaller, or a few less
/// @param median the middle one, or the mean of the two in the middle
/// @param upper a quarter are larger, or a few less
public record Quartiles(double lower, double median, double upper) {

    /// @param values in any order; left as they are
    /// @throws IllegalArgumentException if there are none
    public static Quartiles of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurements");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new Quartiles(
                sorted[last / 4],
                (sorted[last / 2] + sorted[sorted.length / 2]) / 2,
                sorted[last - last / 4]);
    }

    /// The median alone.
    public static double median(double[] values) {
        return of(values).median();
    }
}
