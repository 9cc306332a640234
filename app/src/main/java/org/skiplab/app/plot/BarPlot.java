package org.skiplab.app.plot;

import java.util.List;
import java.util.Set;
import javafx.scene.paint.Color;

/// Paints the bars of a figure: from left to right as the blocks follow each other, each with what
/// stands on it, before it and behind it.
final class BarPlot {
    private static final double GUTTER = 52;

    private final Surface surface;
    private final Palette palette;
    private final Bars bars;
    private final PlotArea area;

    private BarPlot(Surface surface, Palette palette, Bars bars, PlotArea area) {
        this.surface = surface;
        this.palette = palette;
        this.bars = bars;
        this.area = area;
    }

    /// Where bars are painted in a picture of some size, beside the numbers at their axis. The
    /// horizontal axis counts blocks.
    static PlotArea area(Surface surface, double width, double height, double text, Bars bars) {
        double top = 2 * text;
        double tall = Math.max(1, height - top - 2 * text);
        Axis y = bars.axis();
        double widest = 0;
        for (Tick tick : ticks(y, tall, text)) {
            widest = Math.max(widest, surface.width(label(tick, bars), text, false));
        }
        double left = Math.max(GUTTER * text / 11, widest + text);
        return new PlotArea(
                left,
                top,
                Math.max(1, width - left - text),
                tall,
                new Axis(new Range(0, Math.max(1, bars.count())), false),
                y);
    }

    private static List<Tick> ticks(Axis axis, double height, double text) {
        return axis.ticks((int) Math.clamp(height / (2.4 * text), 1, 8));
    }

    private static String label(Tick tick, Bars bars) {
        return bars.log() ? tick.label() : bars.written(tick.value());
    }

    /// The title, what the colours mean, and a note where there is room for it.
    static void head(
            Surface surface, double width, Palette palette, Bars bars, PlotArea area, String note) {
        double text = palette.fontSize();
        surface.text(bars.title(), area.left(), text, Align.LEFT, text, true, palette.foreground());
        double from = area.left() + surface.width(bars.title(), text, true) + 1.2 * text;
        double free = new BarPlot(surface, palette, bars, area).legend(from);
        if (free + surface.width(note, text, false) < width) {
            surface.text(note, free, text, Align.LEFT, text, false, palette.muted());
        }
    }

    /// Everything below the head.
    ///
    /// @param chosen blocks that are set apart
    /// @param hovered the block that is pointed at, or -1
    static void paint(
            Surface surface,
            Palette palette,
            Bars bars,
            PlotArea area,
            Set<String> chosen,
            int hovered) {
        BarPlot plot = new BarPlot(surface, palette, bars, area);
        plot.grid();
        plot.bars(chosen, hovered);
        plot.ghosts();
        double floor = plot.floor();
        surface.line(area.left(), floor, area.right(), floor, 1, palette.muted());
        plot.dots();
        plot.reference();
        plot.labels();
        if (hovered >= 0 && hovered < bars.count()) {
            Notes.box(
                    surface,
                    palette,
                    bars.said(hovered),
                    area.px(hovered + 0.5),
                    area.top() + 4,
                    area.left(),
                    area.right());
        }
    }

    private double slot() {
        return area.width() / bars.count();
    }

    private double gap() {
        double slot = slot();
        return slot > 6 ? Math.min(6, slot * 0.25) : slot > 2 ? 1 : 0;
    }

    private double floor() {
        return bars.log() ? area.bottom() : area.py(0);
    }

    private void grid() {
        double text = palette.fontSize();
        for (Tick tick : ticks(area.y(), area.height(), text)) {
            double at = PlotArea.crisp(area.py(tick.value()));
            surface.line(area.left(), at, area.right(), at, 1, palette.grid());
            surface.text(
                    label(tick, bars),
                    area.left() - 0.5 * text,
                    at,
                    Align.RIGHT,
                    text,
                    false,
                    palette.muted());
        }
    }

    private void bars(Set<String> chosen, int hovered) {
        double gap = gap();
        double wide = slot() - gap;
        for (int i = 0; i < bars.count(); i++) {
            boolean marked = chosen.contains(bars.names().get(i));
            if (!bars.shown(i)) {
                surface.ring(
                        area.px(i + 0.5),
                        area.bottom() - 5,
                        Math.min(3, slot() / 2),
                        1.2,
                        marked ? palette.alarm() : palette.muted());
                continue;
            }
            double x = area.px(i) + gap / 2;
            double at = area.py(bars.value(i));
            Color colour = marked ? palette.alarm() : palette.train();
            bar(x, at, floor(), wide, hovered == i, colour);
            if (bars.hasTop(i)) {
                bar(x, area.py(bars.total(i)), at, wide, hovered == i, palette.test());
            }
        }
    }

    private void bar(double x, double from, double to, double wide, boolean hovered, Color colour) {
        Color fill = hovered ? colour.interpolate(palette.foreground(), 0.4) : colour;
        surface.rectangle(x, from, Math.max(0.5, wide), Math.max(1, to - from), fill);
    }

    private void ghosts() {
        double gap = Math.min(gap(), 2);
        for (int i = 0; i < bars.count(); i++) {
            if (bars.ghost(i) > 0) {
                double top = area.py(bars.ghost(i));
                outline(area.px(i) + gap / 2, top, floor(), slot() - gap);
            }
        }
    }

    /// Three sides of a bar; where bars are hairlines, its upper end alone.
    private void outline(double x, double from, double to, double wide) {
        Color colour = palette.foreground();
        surface.line(x, from, x + wide, from, 1.5, colour);
        if (wide > 5) {
            surface.dashed(x, from, x, to, 1, colour);
            surface.dashed(x + wide, from, x + wide, to, 1, colour);
        }
    }

    private void dots() {
        double radius = Math.clamp(slot() / 4, 1.5, 4);
        for (int i = 0; i < bars.count(); i++) {
            if (!Float.isNaN(bars.dot(i))) {
                surface.disc(area.px(i + 0.5), area.py(bars.dot(i)), radius, palette.test());
            }
        }
    }

    private void reference() {
        if (Double.isNaN(bars.reference())) {
            return;
        }
        double text = palette.fontSize();
        double at = area.py(bars.reference());
        surface.dashed(area.left(), at, area.right(), at, 1.5, palette.foreground());
        double wide = surface.width(bars.referenceName(), text, false) + 0.6 * text;
        double left = area.right() - wide;
        // Bars may stand behind the words.
        surface.rectangle(
                left, at - 1.5 * text, wide, 1.4 * text, Palette.faint(palette.background(), 0.85));
        surface.text(
                bars.referenceName(),
                area.right() - 0.3 * text,
                at - 0.75 * text,
                Align.RIGHT,
                text,
                false,
                palette.foreground());
    }

    private void labels() {
        double text = palette.fontSize();
        double free = area.left();
        for (int i = 0; i < bars.count(); i++) {
            String name = bars.names().get(i);
            double needed = surface.width(name, text, false);
            double at = area.px(i + 0.5) - needed / 2;
            if (at >= free && at + needed <= area.right() + text / 2) {
                double y = area.bottom() + text;
                surface.text(name, at, y, Align.LEFT, text, false, palette.muted());
                free = at + needed + text;
            }
        }
    }

    /// Names the two parts and the ghost; returns where there is room behind them.
    private double legend(double from) {
        double text = palette.fontSize();
        double x = from;
        for (int part = 0; part < 2 && !bars.lowerName().isEmpty(); part++) {
            String name = part == 0 ? bars.lowerName() : bars.secondName();
            Color colour = part == 0 ? palette.train() : palette.test();
            surface.rectangle(x, 0.65 * text, 0.7 * text, 0.7 * text, colour);
            surface.text(name, x + text, text, Align.LEFT, text, false, palette.muted());
            x += 2.2 * text + surface.width(name, text, false);
        }
        String ghost = bars.ghostName();
        if (!ghost.isEmpty()) {
            outline(x, 0.6 * text, 1.4 * text, 0.8 * text);
            surface.text(
                    ghost, x + 1.2 * text, text, Align.LEFT, text, false, palette.foreground());
            x += 2.4 * text + surface.width(ghost, text, false);
        }
        return x;
    }
}
