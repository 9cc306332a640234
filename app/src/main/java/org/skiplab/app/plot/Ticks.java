package org.skiplab.app.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Round numbers for axes: steps of 1, 2 or 5 times a power of ten, or powers of ten.
final class Ticks {
    private Ticks() {}

    static List<Tick> linear(Range range, int count) {
        if (range.span() <= 0 || !Double.isFinite(range.span())) {
            return List.of(new Tick(range.low(), Numbers.plain(range.low())));
        }
        double step = roundStep(range.span() / Math.max(1, count));
        long first = (long) Math.ceil(range.low() / step - 1e-9);
        long last = (long) Math.floor(range.high() / step + 1e-9);
        List<Tick> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(new Tick(i * step, label(i * step, step, range)));
        }
        return ticks;
    }

    static List<Tick> logarithmic(Range range, int count) {
        int first = (int) Math.ceil(Math.log10(range.low()) - 1e-9);
        int last = (int) Math.floor(Math.log10(range.high()) + 1e-9);
        int decades = last - first + 1;
        if (decades < 2) {
            return withinADecade(range, first, last, count);
        }
        int stride = Math.max(1, (int) Math.ceil(decades / (double) Math.max(1, count)));
        boolean halves = stride == 1 && decades * 3 <= count;
        List<Tick> ticks = new ArrayList<>();
        for (int decade = first - 1; decade <= last; decade++) {
            if (Math.floorMod(decade, stride) != 0) {
                continue;
            }
            for (int digit : halves ? new int[] {1, 2, 5} : new int[] {1}) {
                double value = digit * Math.pow(10, decade);
                if (value >= range.low() * (1 - 1e-9) && value <= range.high() * (1 + 1e-9)) {
                    ticks.add(new Tick(value, Numbers.plain(value)));
                }
            }
        }
        return ticks;
    }

    private static List<Tick> withinADecade(Range range, int first, int last, int count) {
        List<Tick> ticks = new ArrayList<>();
        for (int decade = first - 1; decade <= last; decade++) {
            for (int digit : new int[] {1, 2, 5}) {
                double value = digit * Math.pow(10, decade);
                if (range.contains(value)) {
                    ticks.add(new Tick(value, Numbers.plain(value)));
                }
            }
        }
        return ticks.size() >= 2 ? ticks : linear(range, count);
    }

    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        double digit = atLeast / power;
        return power * (digit <= 1 + 1e-9 ? 1 : digit <= 2 + 1e-9 ? 2 : digit <= 5 + 1e-9 ? 5 : 10);
    }

    private static String label(double value, double step, Range range) {
        double largest = Math.max(Math.abs(range.low()), Math.abs(range.high()));
        if (largest >= 1e6) {
            return decimals(value / 1e6, step / 1e6) + "M";
        }
        if (largest >= 1e4 && step >= 100) {
            return decimals(value / 1e3, step / 1e3) + "k";
        }
        if (largest < 1e-3) {
            return value == 0 ? "0" : Numbers.plain(value);
        }
        return decimals(value, step);
    }

    private static String decimals(double value, double step) {
        int places = (int) Math.clamp(-Math.floor(Math.log10(step) + 1e-9), 0, 9);
        return String.format(Locale.ROOT, "%,." + places + "f", value == 0 ? 0.0 : value);
    }
}
