package org.skiplab.app.plot;

/// A closed interval of numbers.
///
/// @param low not greater than `high`
/// @param high not less than `low`
public record Range(double low, double high) {

    /// @throws IllegalArgumentException if the bounds are out of order or not numbers
    public Range {
        if (!(low <= high)) {
            throw new IllegalArgumentException("not a range: " + low + " to " + high);
        }
    }

    public double span() {
        return high - low;
    }

    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
