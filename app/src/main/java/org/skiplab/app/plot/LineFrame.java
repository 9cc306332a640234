package org.skiplab.app.plot;

/// What stands around the lines of a figure over steps: grid, axes and epochs.
final class LineFrame {
    private LineFrame() {}

    /// Room for the numbers beside the vertical axis, in text sizes.
    private static final double GUTTER = 4.7;

    /// Before anything was painted.
    static final PlotArea NOWHERE =
            new PlotArea(
                    0, 0, 1, 1, new Axis(new Range(0, 1), false), new Axis(new Range(0, 1), false));

    /// Left edge of the data.
    static double left(double text) {
        return GUTTER * text;
    }

    /// Where data are painted in a picture of some size.
    static PlotArea area(
            double width,
            double height,
            double top,
            double below,
            double text,
            Axis horizontal,
            Axis vertical) {
        return new PlotArea(
                left(text),
                top,
                Math.max(1, width - (GUTTER + 1) * text),
                Math.max(1, height - top - below),
                horizontal,
                vertical);
    }

    /// A vertical axis on which all values fit.
    ///
    /// @param low smallest value in sight, above `high` when there is none
    /// @param ceiling a value that the axis always reaches, or NaN
    static Axis vertical(double low, double high, boolean log, double ceiling) {
        if (!(low <= high) || Double.isInfinite(high)) {
            return new Axis(new Range(0, Double.isNaN(ceiling) ? 1 : ceiling), false);
        }
        if (log && high > 0) {
            double least = Math.max(low, high * 1e-6);
            double room = Math.max(1.05, Math.pow(high / least, 0.04));
            return new Axis(new Range(least / room, high * room), true);
        }
        boolean capped = !Double.isNaN(ceiling) && high <= ceiling;
        double peak = capped ? ceiling : high;
        double room = peak > low ? 0.05 * (peak - low) : Math.max(1e-12, 0.1 * Math.abs(peak));
        return new Axis(new Range(low - room, capped ? peak : peak + room), false);
    }

    /// The vertical axis with its grid.
    static void values(Surface surface, Palette palette, PlotArea area) {
        double text = palette.fontSize();
        double above = Double.POSITIVE_INFINITY;
        for (Tick tick : area.y().ticks((int) Math.clamp(area.height() / (2 * text), 1, 8))) {
            double y = PlotArea.crisp(area.py(tick.value()));
            surface.line(area.left(), y, area.right(), y, 1, palette.grid());
            if (above - y >= 1.2 * text) {
                surface.text(
                        tick.label(),
                        area.left() - 0.5 * text,
                        y,
                        Align.RIGHT,
                        text,
                        false,
                        palette.muted());
                above = y;
            }
        }
    }

    /// The horizontal axis.
    static void steps(Surface surface, Palette palette, PlotArea area, boolean zoomed) {
        double text = palette.fontSize();
        double y = area.bottom() + text;
        String unit = zoomed ? "step (zoomed)" : "step";
        surface.text(unit, area.right(), y, Align.RIGHT, text, false, palette.muted());
        double free = area.right() - surface.width(unit, text, false) - text;
        for (Tick tick : area.x().ticks((int) Math.clamp(area.width() / (6 * text), 1, 12))) {
            double x = area.px(tick.value());
            if (tick.value() == Math.rint(tick.value())) {
                double at = PlotArea.crisp(x);
                surface.line(at, area.bottom(), at, area.bottom() + 3, 1, palette.muted());
                // A step is a whole number, however few there are.
                String label =
                        tick.value() < 1e6 ? Numbers.count((long) tick.value()) : tick.label();
                if (x + surface.width(label, text, false) / 2 < free) {
                    surface.text(label, x, y, Align.CENTRE, text, false, palette.muted());
                }
            }
        }
    }

    static void edges(Surface surface, Palette palette, PlotArea area) {
        double left = PlotArea.crisp(area.left());
        double bottom = PlotArea.crisp(area.bottom());
        surface.line(left, bottom, area.right(), bottom, 1, palette.grid());
        surface.line(left, area.top(), left, bottom, 1, palette.grid());
    }

    /// An upright line where each epoch ends, or where some of them do.
    static void epochs(Surface surface, Palette palette, PlotArea area, int stepsPerEpoch) {
        if (stepsPerEpoch <= 0) {
            return;
        }
        Range visible = area.x().range();
        int first = (int) Math.max(1, Math.ceil(visible.low() / stepsPerEpoch));
        int last = (int) Math.floor(visible.high() / stepsPerEpoch);
        int stride = Math.max(1, (int) Math.ceil((last - first + 1) * 12 / area.width()));
        for (int epoch = (first + stride - 1) / stride * stride; epoch <= last; epoch += stride) {
            double x = PlotArea.crisp(area.px((double) epoch * stepsPerEpoch));
            surface.line(x, area.top(), x, area.bottom(), 1, palette.grid());
        }
    }
}
