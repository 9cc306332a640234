package org.skiplab.app.plot;

import org.skiplab.engine.train.Series;

/// The exponential moving average of a growing series, corrected for its start: `s ← β s + (1 − β)
/// x`, shown as `s / (1 − βⁿ)`, with `β = 1 − 1/span`. NaNs count for nothing and stay gaps.
public final class Smoothed {

    private double span;
    private Series.View source = Series.View.EMPTY;
    private Series average = new Series();
    private double sum;
    private double weight;

    /// @param span about how many steps the average looks back; 1 leaves the numbers as they are
    public Smoothed(double span) {
        this.span = Math.max(1, span);
    }

    /// Changes the span; the whole average is computed anew at the next [#update].
    public void span(double value) {
        double wanted = Math.max(1, value);
        if (wanted != span) {
            span = wanted;
            restart();
        }
    }

    public double span() {
        return span;
    }

    /// The average of a newer view of the series, as long as the series.
    public Series.View update(Series.View newer) {
        if (!newer.continues(source)) {
            restart();
        }
        double keep = 1 - 1 / span;
        for (int i = source.size(); i < newer.size(); i++) {
            float value = newer.get(i);
            if (!Float.isNaN(value)) {
                sum = keep * sum + (1 - keep) * value;
                weight = keep * weight + (1 - keep);
            }
            average.append(Float.isNaN(value) ? value : (float) (sum / weight));
        }
        source = newer;
        return average.view();
    }

    private void restart() {
        source = Series.View.EMPTY;
        average = new Series();
        sum = 0;
        weight = 0;
    }
}
