package org.skiplab.app.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as people read them.
public final class Numbers {
    private Numbers() {}

    /// Three significant digits, without trailing zeros: `0.0123`, `1,240`, `3.1e-5`; `not a
    /// number` for NaN.
    public static String plain(double value) {
        return significant(value, 3);
    }

    /// `digits` significant digits, without trailing zeros.
    public static String significant(double value, int digits) {
        if (Double.isNaN(value)) {
            return "not a number";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1000 && size < 1e7) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        if (size >= 1e-3 && size < 1000) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
        return mantissa.toPlainString() + "e" + exponent;
    }

    /// A whole number with thousands separated: `12,345`.
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// A share as a percentage with one decimal: `97.1 %`.
    public static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// A duration: `42 s`, `3 min 20 s`, `2 h 5 min`.
    public static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "–";
        }
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return s / 60 + " min " + s % 60 + " s";
        }
        return s / 3600 + " h " + s % 3600 / 60 + " min";
    }
}
