package org.skiplab.app.plot;

import java.util.List;

/// Maps values to positions from 0 (low end) to 1 (high end), linearly or by logarithm.
///
/// @param range what the axis shows; of a logarithmic axis the positive part
/// @param log whether equal distances are equal ratios
public record Axis(Range range, boolean log) {

    private static final double SMALLEST = 1e-30;

    public Axis {
        if (log) {
            double high = Math.max(SMALLEST, range.high());
            range = new Range(Math.clamp(range.low(), SMALLEST, high), high);
        }
    }

    /// Where a value lies; outside 0 to 1 when it is off the axis. NaN for what a logarithmic axis
    /// cannot show.
    public double position(double value) {
        if (log && value <= 0) {
            return Double.NaN;
        }
        double low = scaled(range.low());
        double span = scaled(range.high()) - low;
        return span == 0 ? 0.5 : (scaled(value) - low) / span;
    }

    /// The value at a position: the inverse of [#position].
    public double value(double position) {
        double low = scaled(range.low());
        double high = scaled(range.high());
        double at = low + position * (high - low);
        return log ? Math.exp(at) : at;
    }

    /// The axis magnified by `factor` with the value at `position` held in place, never beyond
    /// `limits`.
    public Axis zoomed(double position, double factor, Range limits) {
        double half = 1 / factor;
        double low = Math.max(limits.low(), value(position - position * half));
        double high = Math.min(limits.high(), value(position + (1 - position) * half));
        return new Axis(new Range(Math.min(low, high), high), log);
    }

    /// The axis moved by a share of its length towards higher values, never beyond `limits`.
    public Axis panned(double share, Range limits) {
        Axis whole = new Axis(limits, log);
        double low = whole.position(value(share));
        double high = whole.position(value(1 + share));
        double back = low < 0 ? -low : high > 1 ? 1 - high : 0;
        double from = Math.max(0, low + back);
        double to = Math.min(1, high + back);
        return new Axis(
                new Range(whole.value(from), Math.max(whole.value(from), whole.value(to))), log);
    }

    /// About `count` round numbers on the axis, with labels that tell neighbours apart.
    public List<Tick> ticks(int count) {
        return log ? Ticks.logarithmic(range, count) : Ticks.linear(range, count);
    }

    private double scaled(double value) {
        return log ? Math.log(value) : value;
    }
}
