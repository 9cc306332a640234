package org.skiplab.app.text;

import java.util.Locale;

/// Large numbers in a few letters; [org.skiplab.app.plot.Numbers] writes exact ones. Thin spaces
/// separate number and unit.
public final class Quantity {

    private static final String[] SCALES = {"", "k", "M", "G", "T", "P"};
    private static final String THIN = "\u2009";

    private Quantity() {}

    /// Three digits and a scale: `78.0 k`, `1.73 M`, `12`.
    public static String brief(long n) {
        double value = n;
        int scale = 0;
        while (Math.abs(value) >= 999.5 && scale < SCALES.length - 1) {
            value /= 1000;
            scale++;
        }
        return scale == 0 ? Long.toString(n) : digits(value) + THIN + SCALES[scale];
    }

    /// Like [#brief] with a sign: `+4.64 k`, `−312`, `±0`.
    public static String change(long n) {
        return n == 0 ? "±0" : n > 0 ? "+" + brief(n) : "−" + brief(-n);
    }

    /// `312 B`, `1.57 MB`; powers of 1000.
    public static String bytes(long n) {
        String brief = brief(n);
        return (brief.contains(THIN) ? brief : brief + THIN) + "B";
    }

    private static String digits(double value) {
        String format =
                Math.abs(value) >= 99.95 ? "%.0f" : Math.abs(value) >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
