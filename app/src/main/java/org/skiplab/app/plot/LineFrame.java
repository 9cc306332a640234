package org.skiplab.app.plot;

/// What stands around the lines of a figure over steps: grid, axes and epochs.
final class LineFrame {
    private LineFrame() {}

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
                if (x + surface.width(tick.label(), text, false) / 2 < free) {
                    surface.text(tick.label(), x, y, Align.CENTRE, text, false, palette.muted());
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
