package org.skiplab.app.gallery;

import java.util.Optional;
import org.skiplab.engine.train.Pace;

/// What training costs on this machine, in words.
final class Cost {
    private Cost() {}

    /// `about 12 s an epoch on MNIST`.
    static String epoch(Exhibit exhibit, Optional<Pace> pace) {
        if (exhibit.digits().isEmpty()) {
            return "needs larger images than MNIST's";
        }
        return exhibit.epoch(pace)
                .map(s -> "about " + span(s) + " an epoch on MNIST")
                .orElse("measuring this machine …");
    }

    /// The same without naming the data, where room is short.
    static String brief(Exhibit exhibit, Optional<Pace> pace) {
        return exhibit.digits().isEmpty()
                ? "for larger images"
                : epoch(exhibit, pace).replace(" on MNIST", "");
    }

    /// Two digits and a unit, as good as an estimate is.
    static String span(double seconds) {
        if (seconds < 1) {
            return "1\u2009s";
        }
        if (seconds < 100) {
            return rounded(seconds) + "\u2009s";
        }
        double minutes = seconds / 60;
        if (minutes < 100) {
            return rounded(minutes) + "\u2009min";
        }
        double hours = minutes / 60;
        return hours < 48 ? rounded(hours) + "\u2009h" : rounded(hours / 24) + "\u2009days";
    }

    private static long rounded(double value) {
        return value < 20 ? Math.round(value) : Math.round(value / 5) * 5;
    }
}
