package org.skiplab.app.training;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Axis;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.plot.Range;
import org.skiplab.app.plot.Raster;
import org.skiplab.app.plot.Surface;
import org.skiplab.app.plot.Tick;
import org.skiplab.engine.probe.GateStrip;

/// One row per gated block, the input's first: on the left its survival probability against what
/// happened, on the right the film strip of which mini-batch it ran in, below a line of how many
/// blocks each mini-batch ran.
///
/// A click on a mini-batch chooses it; the wheel sets how many fit; dragging goes back in time.
final class SurvivalFigure implements Figure {

    private static final double FINEST = 16;
    private static final double COARSEST = 1.0 / 16;

    private final IntConsumer choose;
    private final Raster raster = new Raster();
    private final int[] shades = new int[201];
    private final double[] xs = new double[4096];
    private final double[] ys = new double[4096];
    private String empty = "";
    private GateStrip.@Nullable View gates;
    private @Nullable SurvivalStatistics statistics;
    private double perStep = 4;
    private double back;
    private int chosen = -1;
    private int hoveredStep = -1;
    private int hoveredRow = -1;
    private long revision;

    private double top;
    private double rowHeight;
    private double rowsHeight;
    private double stripLeft;
    private double stripWidth;
    private int firstStep;
    private int columns;

    /// @param choose told the mini-batch that was clicked, −1 to go back to the newest
    SurvivalFigure(IntConsumer choose) {
        this.choose = choose;
    }

    void update(GateStrip.View newer, SurvivalStatistics expected, int newChosen) {
        GateStrip.View before = gates;
        if (before != null && newChosen >= 0 && newer.steps() > before.steps()) {
            back += newer.steps() - before.steps();
        }
        if (newChosen < 0 && chosen >= 0) {
            back = 0;
        }
        gates = newer;
        statistics = expected;
        chosen = newChosen;
        revision++;
    }

    /// Shows a text instead of a network without gates.
    void empty(String text) {
        if (gates != null || !text.equals(empty)) {
            gates = null;
            empty = text;
            revision++;
        }
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public String title() {
        return "Survival";
    }

    @Override
    public String summary() {
        GateStrip.View g = gates;
        if (g == null || g.steps() == 0) {
            return empty.replace('\n', ' ');
        }
        int step = chosen >= 0 ? chosen : g.steps() - 1;
        return "Mini-batch "
                + Numbers.count(step + 1)
                + " ran "
                + depth(g, step)
                + " of "
                + g.ids().size()
                + " gated blocks";
    }

    @Override
    public void paint(Surface surface, double width, double height, Palette palette) {
        surface.rectangle(0, 0, width, height, palette.background());
        GateStrip.View g = gates;
        SurvivalStatistics s = statistics;
        double text = palette.fontSize();
        if (g == null || s == null) {
            String[] lines = empty.split("\n");
            double at = height / 2 - (lines.length - 1) * 0.8 * text;
            for (String line : lines) {
                boolean heading = line.equals(lines[0]);
                surface.text(
                        line,
                        width / 2,
                        at,
                        Align.CENTRE,
                        heading ? 1.1 * text : text,
                        heading,
                        heading ? palette.foreground() : palette.muted());
                at += 1.6 * text;
            }
            return;
        }
        int blocks = g.ids().size();
        double names = 0;
        for (String id : g.ids()) {
            names = Math.max(names, surface.width(id, text, false));
        }
        names = Math.min(names + 1.2 * text, 0.14 * width);
        double left = names + 0.5 * text;
        double panel = Math.clamp(0.28 * width, 120, 360);
        top = 2 * text;
        double depthHeight = height > 16 * text ? 4 * text : 2.6 * text;
        rowsHeight = Math.max(1, height - top - 1.8 * text - depthHeight - 0.8 * text);
        rowHeight = rowsHeight / blocks;
        if (rowHeight > 2.4 * text) {
            rowHeight = 2.4 * text;
            rowsHeight = rowHeight * blocks;
        }
        stripLeft = Math.floor(left + panel + 1.5 * text);
        stripWidth = Math.max(1, width - stripLeft - text);
        names(surface, palette, g, left);
        probabilities(surface, palette, g, s, left, panel);
        strip(surface, palette, g);
        depths(surface, palette, g, s, top + rowsHeight + 0.8 * text, depthHeight);
        pointed(surface, palette, g, height);
    }

    private void names(Surface surface, Palette palette, GateStrip.View g, double left) {
        double text = palette.fontSize();
        int stride = Math.max(1, (int) Math.ceil(1.25 * text / rowHeight));
        for (int b = 0; b < g.ids().size(); b += stride) {
            surface.text(
                    g.ids().get(b),
                    left - 0.4 * text,
                    rowMiddle(b),
                    Align.RIGHT,
                    text,
                    false,
                    b == hoveredRow ? palette.foreground() : palette.muted());
        }
    }

    private void probabilities(
            Surface surface,
            Palette palette,
            GateStrip.View g,
            SurvivalStatistics s,
            double left,
            double panel) {
        double text = palette.fontSize();
        Axis p = new Axis(new Range(0, 1), false);
        double bottom = top + rowsHeight;
        double legend = left;
        surface.line(legend, text, legend + text, text, 2, palette.train());
        surface.text("p", legend + 1.3 * text, text, Align.LEFT, text, false, palette.muted());
        legend += 2.8 * text;
        surface.disc(legend, text, 3, palette.test());
        surface.text(
                "realised", legend + 0.7 * text, text, Align.LEFT, text, false, palette.muted());
        legend += 1.7 * text + surface.width("realised", text, false);
        if (legend + 1.4 * text + surface.width("95 % band", text, false) < stripLeft) {
            surface.rectangle(legend, text / 2, text, text, Palette.faint(palette.train(), 0.22));
            surface.text(
                    "95 % band",
                    legend + 1.4 * text, text, Align.LEFT, text, false, palette.muted());
        }
        for (Tick tick : p.ticks(4)) {
            double x = Math.floor(left + p.position(tick.value()) * panel) + 0.5;
            surface.line(x, top, x, bottom, 1, palette.grid());
            surface.text(
                    tick.label(),
                    x,
                    bottom + 0.9 * text,
                    Align.CENTRE,
                    text,
                    false,
                    palette.muted());
        }
        double radius = Math.clamp(rowHeight * 0.35, 1.2, 3.5);
        for (int b = 0; b < g.ids().size(); b++) {
            double mean = left + p.position(s.mean()[b]) * panel;
            double half = s.deviation()[b] * SurvivalStatistics.BAND;
            double y = top + b * rowHeight;
            if (half >= 0) {
                double from = left + p.position(Math.max(0, s.mean()[b] - half)) * panel;
                double to = left + p.position(Math.min(1, s.mean()[b] + half)) * panel;
                surface.rectangle(
                        from, y, to - from, rowHeight, Palette.faint(palette.train(), 0.22));
            }
            surface.line(mean, y, mean, y + rowHeight, 2, palette.train());
        }
        for (int b = 0; b < g.ids().size(); b++) {
            double frequency = g.frequency(b);
            if (!Double.isNaN(frequency)) {
                surface.disc(
                        left + p.position(frequency) * panel,
                        rowMiddle(b),
                        radius,
                        s.surprising(b, frequency) ? palette.alarm() : palette.test());
            }
        }
    }

    private void strip(Surface surface, Palette palette, GateStrip.View g) {
        double text = palette.fontSize();
        int blocks = g.ids().size();
        surface.rectangle(
                stripLeft, top, stripWidth, rowsHeight, Palette.faint(palette.grid(), 0.35));
        window(g);
        String heading = "film strip: a column is a mini-batch, filled where the block ran";
        if (surface.width(heading, text, false) > stripWidth) {
            heading = "film strip";
        }
        surface.text(heading, stripLeft, text, Align.LEFT, text, false, palette.muted());
        if (columns == 0) {
            return;
        }
        for (int i = 0; i <= 200; i++) {
            shades[i] = Raster.cell(palette.grid().interpolate(palette.train(), i / 200.0));
        }
        int stepsPerColumn = stepsPerColumn();
        raster.clear(columns, blocks);
        for (int c = 0; c < columns; c++) {
            for (int b = 0; b < blocks; b++) {
                float sum = 0;
                int n = 0;
                for (int k = 0;
                        k < stepsPerColumn && firstStep + c * stepsPerColumn + k < g.steps();
                        k++) {
                    sum += g.survived(b, firstStep + c * stepsPerColumn + k);
                    n++;
                }
                raster.set(c, b, shades[Math.round(200 * sum / Math.max(1, n))]);
            }
        }
        double columnWidth = columnWidth();
        surface.raster(raster, stripLeft, top, columns * columnWidth, rowsHeight);
        if (rowHeight >= 4) {
            for (int b = 1; b < blocks; b++) {
                double y = top + b * rowHeight;
                surface.line(
                        stripLeft,
                        y,
                        stripLeft + columns * columnWidth,
                        y,
                        1,
                        palette.background());
            }
        }
        if (columnWidth >= 6) {
            for (int c = 1; c < columns; c++) {
                double x = stripLeft + c * columnWidth;
                surface.line(x, top, x, top + rowsHeight, 1, palette.background());
            }
        }
    }

    private void depths(
            Surface surface,
            Palette palette,
            GateStrip.View g,
            SurvivalStatistics s,
            double y,
            double height) {
        double text = palette.fontSize();
        double expected = 0;
        for (double p : g.probability()) {
            expected += p;
        }
        int blocks = g.ids().size();
        double lowest = blocks;
        int stepsPerColumn = stepsPerColumn();
        int n = 0;
        for (int c = 0; c < columns && n + 1 < xs.length; c++) {
            double sum = 0;
            int count = 0;
            for (int k = 0;
                    k < stepsPerColumn && firstStep + c * stepsPerColumn + k < g.steps();
                    k++) {
                for (int b = 0; b < blocks; b++) {
                    sum += g.survived(b, firstStep + c * stepsPerColumn + k);
                }
                count++;
            }
            xs[n] = stripLeft + (c + 0.5) * columnWidth();
            ys[n] = sum / Math.max(1, count);
            lowest = Math.min(lowest, ys[n]);
            n++;
        }
        double least = Math.max(0, Math.min(lowest, expected) - 1);
        Axis depth = new Axis(new Range(least, blocks), false);
        for (int i = 0; i < n; i++) {
            ys[i] = y + (1 - depth.position(ys[i])) * height;
        }
        double at = Math.floor(y + (1 - depth.position(expected)) * height) + 0.5;
        surface.line(
                stripLeft,
                y + height + 0.5,
                stripLeft + stripWidth,
                y + height + 0.5,
                1,
                palette.grid());
        surface.dashed(stripLeft, at, stripLeft + stripWidth, at, 1, palette.foreground());
        if (n > 1) {
            surface.polyline(xs, ys, n, 1.5, palette.test());
        } else if (n == 1) {
            surface.disc(xs[0], ys[0], 2, palette.test());
        }
        double right = stripLeft - text;
        double total = 0;
        for (double sum : g.sums()) {
            total += sum;
        }
        surface.text(
                "expected depth Σp = " + Numbers.significant(expected, 4) + " of " + blocks,
                right,
                y + 0.6 * text,
                Align.RIGHT,
                text,
                false,
                palette.foreground());
        String realised =
                g.steps() == 0
                        ? "no mini-batch yet"
                        : "mean so far " + Numbers.significant(total / g.steps(), 4);
        surface.text(realised, right, y + 2 * text, Align.RIGHT, text, false, palette.test());
        if (columns > 0) {
            double axis = y + height + 0.9 * text;
            int last = Math.min(g.steps(), firstStep + columns * stepsPerColumn);
            surface.text(
                    Numbers.count(firstStep + 1),
                    stripLeft,
                    axis,
                    Align.LEFT,
                    text,
                    false,
                    palette.muted());
            String end = (back > 0 ? "" : "newest: ") + "mini-batch " + Numbers.count(last);
            surface.text(
                    end,
                    Math.max(stripLeft + columns * columnWidth(), stripLeft + 20 * text),
                    axis,
                    Align.RIGHT,
                    text,
                    false,
                    palette.muted());
        }
    }

    private void pointed(Surface surface, Palette palette, GateStrip.View g, double height) {
        if (chosen >= 0) {
            column(surface, chosen, palette.foreground(), 2);
        }
        if (hoveredStep < 0 || hoveredStep >= g.steps() || hoveredStep < firstStep) {
            return;
        }
        column(surface, hoveredStep, palette.muted(), 1);
        double text = palette.fontSize();
        StringBuilder line =
                new StringBuilder("mini-batch ")
                        .append(Numbers.count(hoveredStep + 1))
                        .append(" ran ")
                        .append(Numbers.significant(depth(g, hoveredStep), 3))
                        .append(" of ")
                        .append(g.ids().size());
        if (hoveredRow >= 0 && hoveredRow < g.ids().size()) {
            float share = g.survived(hoveredRow, hoveredStep);
            line.append(" · ")
                    .append(g.ids().get(hoveredRow))
                    .append(
                            share == 1
                                    ? " ran"
                                    : share == 0
                                            ? " was skipped"
                                            : " ran for "
                                                    + Numbers.percent(share)
                                                    + " of the images");
        }
        double w = surface.width(line.toString(), text, false) + text;
        double x =
                Math.clamp(
                        columnAt(hoveredStep) - w / 2,
                        stripLeft,
                        Math.max(stripLeft, stripLeft + stripWidth - w));
        surface.rectangle(x, 0.2 * text, w, 1.6 * text, palette.background());
        surface.text(
                line.toString(), x + text / 2, text, Align.LEFT, text, true, palette.foreground());
    }

    private void column(Surface surface, int step, Color colour, double thickness) {
        if (step < firstStep || step >= firstStep + columns * stepsPerColumn()) {
            return;
        }
        double x = columnAt(step);
        double w = Math.max(2, columnWidth());
        surface.line(x, top - 2, x + w, top - 2, thickness, colour);
        surface.line(x, top + rowsHeight + 2, x + w, top + rowsHeight + 2, thickness, colour);
        surface.line(x, top - 2, x, top + rowsHeight + 2, thickness, colour);
        surface.line(x + w, top - 2, x + w, top + rowsHeight + 2, thickness, colour);
    }

    /// Decides which steps the strip shows.
    private void window(GateStrip.View g) {
        int stepsPerColumn = stepsPerColumn();
        int room = Math.max(1, (int) (stripWidth / columnWidth()));
        int kept = g.steps() - g.firstKept();
        back = Math.clamp(back, 0, Math.max(0, kept - room * stepsPerColumn));
        int last = g.steps() - (int) back;
        int first = Math.max(g.firstKept(), last - room * stepsPerColumn);
        firstStep =
                stepsPerColumn == 1
                        ? first
                        : Math.max(
                                g.firstKept(),
                                (first + stepsPerColumn - 1) / stepsPerColumn * stepsPerColumn);
        columns =
                Math.min(
                        Math.min(room, xs.length),
                        Math.max(0, (last - firstStep + stepsPerColumn - 1) / stepsPerColumn));
    }

    private int stepsPerColumn() {
        return perStep >= 1 ? 1 : (int) Math.round(1 / perStep);
    }

    private double columnWidth() {
        return Math.max(1, Math.floor(perStep));
    }

    private double columnAt(int step) {
        return stripLeft + (double) ((step - firstStep) / stepsPerColumn()) * columnWidth();
    }

    private double rowMiddle(int row) {
        return top + (row + 0.5) * rowHeight;
    }

    private static double depth(GateStrip.View g, int step) {
        double sum = 0;
        for (int b = 0; b < g.ids().size(); b++) {
            sum += g.survived(b, step);
        }
        return sum;
    }

    @Override
    public void hover(double x, double y) {
        GateStrip.View g = gates;
        boolean inside = g != null && x >= stripLeft && x < stripLeft + columns * columnWidth();
        int step =
                inside
                        ? firstStep + (int) ((x - stripLeft) / columnWidth()) * stepsPerColumn()
                        : -1;
        int row =
                g != null && y >= top && y < top + rowsHeight ? (int) ((y - top) / rowHeight) : -1;
        if (step != hoveredStep || row != hoveredRow) {
            hoveredStep = step;
            hoveredRow = row;
            revision++;
        }
    }

    @Override
    public void leave() {
        hoveredStep = -1;
        hoveredRow = -1;
        revision++;
    }

    @Override
    public void click(double x, double y) {
        hover(x, y);
        choose.accept(hoveredStep == chosen ? -1 : hoveredStep);
    }

    @Override
    public void zoom(double x, double y, double factor) {
        perStep = Math.clamp(factor > 1 ? perStep * 2 : perStep / 2, COARSEST, FINEST);
        revision++;
    }

    @Override
    public void drag(double x, double dx) {
        back += dx / columnWidth() * stepsPerColumn();
        revision++;
    }

    @Override
    public void reset() {
        back = 0;
        perStep = 4;
        revision++;
        choose.accept(-1);
    }

    @Override
    public void move(int dx, int dy) {
        GateStrip.View g = gates;
        if (g == null || g.steps() == 0) {
            return;
        }
        int from = chosen >= 0 ? chosen : g.steps() - 1;
        if (dx != 0) {
            choose.accept(Math.clamp(from + (long) dx, g.firstKept(), g.steps() - 1));
        }
    }

    @Override
    public void csv(Appendable out) throws IOException {
        GateStrip.View g = gates;
        if (g == null) {
            return;
        }
        out.append("mini-batch");
        for (String id : g.ids()) {
            out.append(',').append(id);
        }
        out.append('\n');
        for (int step = g.firstKept(); step < g.steps(); step++) {
            out.append(Integer.toString(step + 1));
            for (int b = 0; b < g.ids().size(); b++) {
                out.append(',').append(Numbers.significant(g.survived(b, step), 3));
            }
            out.append('\n');
        }
    }

    /// The rows' names, for tests and the caption.
    List<String> rows() {
        GateStrip.View g = gates;
        return g == null ? List.of() : g.ids();
    }
}
