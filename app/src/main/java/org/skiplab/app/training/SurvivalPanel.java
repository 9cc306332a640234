package org.skiplab.app.training;

import javafx.scene.paint.Color;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Axis;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.plot.Range;
import org.skiplab.app.plot.Surface;
import org.skiplab.app.plot.Tick;
import org.skiplab.engine.probe.GateStrip;

/// Beside a film strip, one row per gated block: the survival probability, the band that the
/// realised frequency should lie in, and the frequency.
///
/// @param left edge of the axis
/// @param width of the axis
/// @param top of the first row
/// @param text size
/// @param right where the legend must end
record SurvivalPanel(
        double left, double width, double top, double rowHeight, double text, double right) {

    private static final double BAND_OPACITY = 0.22;

    void paint(Surface surface, Palette palette, GateStrip.View g, SurvivalStatistics s) {
        double bottom = top + rowHeight * g.ids().size();
        Axis axis = new Axis(new Range(lowest(g, s), 1), false);
        legend(surface, palette);
        for (Tick tick : axis.ticks(4)) {
            double x = Math.floor(px(axis, tick.value())) + 0.5;
            surface.line(x, top, x, bottom, 1, palette.grid());
            label(surface, tick.label(), x, bottom + 0.9 * text, Align.CENTRE, palette.muted());
        }
        for (int b = 0; b < g.ids().size(); b++) {
            double half = s.deviation()[b] * SurvivalStatistics.BAND;
            double y = top + b * rowHeight;
            if (half >= 0) {
                double from = px(axis, Math.max(axis.range().low(), s.mean()[b] - half));
                double to = px(axis, Math.min(1, s.mean()[b] + half));
                surface.rectangle(
                        from,
                        y,
                        to - from,
                        rowHeight,
                        Palette.faint(palette.train(), BAND_OPACITY));
            }
            double mean = px(axis, s.mean()[b]);
            surface.line(mean, y, mean, y + rowHeight, 2, palette.train());
        }
        double radius = Math.clamp(rowHeight * 0.35, 1.4, 3.5);
        for (int b = 0; b < g.ids().size(); b++) {
            double frequency = g.frequency(b);
            if (!Double.isNaN(frequency)) {
                Color colour = s.surprising(b, frequency) ? palette.alarm() : palette.test();
                surface.disc(
                        Math.max(left, px(axis, frequency)),
                        top + (b + 0.5) * rowHeight,
                        radius,
                        colour);
            }
        }
    }

    private void legend(Surface surface, Palette palette) {
        double y = 0.9 * text;
        double x = left;
        surface.line(x, y, x + text, y, 2, palette.train());
        label(surface, "p", x + 1.3 * text, y, Align.LEFT, palette.muted());
        x += 2.8 * text;
        surface.disc(x, y, 3, palette.test());
        label(surface, "realised", x + 0.7 * text, y, Align.LEFT, palette.muted());
        x += 1.7 * text + surface.width("realised", text, false);
        if (x + 1.4 * text + surface.width("95 % band", text, false) < right) {
            surface.rectangle(
                    x, y - text / 2, text, text, Palette.faint(palette.train(), BAND_OPACITY));
            label(surface, "95 % band", x + 1.4 * text, y, Align.LEFT, palette.muted());
        }
    }

    private static double lowest(GateStrip.View g, SurvivalStatistics s) {
        double least = 1;
        for (int b = 0; b < g.ids().size(); b++) {
            double frequency = g.frequency(b);
            least =
                    Math.min(
                            least,
                            Double.isNaN(frequency)
                                    ? s.mean()[b]
                                    : Math.min(frequency, s.mean()[b]));
        }
        return Math.clamp(Math.floor(10 * (least - 0.08)) / 10, 0, 0.9);
    }

    private double px(Axis axis, double p) {
        return left + axis.position(p) * width;
    }

    private void label(
            Surface surface, String words, double x, double y, Align align, Color colour) {
        surface.text(words, x, y, align, text, false, colour);
    }
}
