package org.skiplab.app.training;

import java.io.IOException;
import java.util.function.IntConsumer;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Axis;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Notes;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.plot.Range;
import org.skiplab.app.plot.Raster;
import org.skiplab.app.plot.Surface;
import org.skiplab.engine.probe.GateStrip;

/// One row per gated block, the input's first: on the left its survival probability against what
/// happened, on the right the film strip of which mini-batch it ran in, above a line of how many
/// blocks each mini-batch ran.
///
/// A click on a mini-batch chooses it; the wheel sets how many fit; dragging goes back in time.
final class SurvivalFigure implements Figure {

    private static final int SHADES = 200;

    private final IntConsumer choose;
    private final FilmWindow film = new FilmWindow();
    private final Raster raster = new Raster();
    private final int[] shades = new int[SHADES + 1];
    private final double[] xs = new double[4096];
    private final double[] ys = new double[4096];
    private String empty = "";
    private GateStrip.@Nullable View gates;
    private @Nullable SurvivalStatistics statistics;
    private int chosen = -1;
    private double saved = Double.NaN;
    private int hoveredStep = -1;
    private int hoveredRow = -1;
    private long revision;

    private double text;
    private double panelLeft;
    private double panelWidth;
    private double stripLeft;
    private double stripWidth;
    private double top;
    private double rowHeight;
    private double bottom;
    private double depthTop;
    private double depthHeight;

    /// @param choose told the mini-batch that was clicked, −1 to go back to the newest
    SurvivalFigure(IntConsumer choose) {
        this.choose = choose;
    }

    void update(GateStrip.View newer, SurvivalStatistics expected, int newChosen) {
        GateStrip.View before = gates;
        if (before != null && newChosen >= 0 && newer.steps() > before.steps()) {
            film.hold(newer.steps() - before.steps());
        }
        if (newChosen < 0 && chosen >= 0) {
            film.toNewest();
        }
        gates = newer;
        statistics = expected;
        chosen = newChosen;
        revision++;
    }

    /// Share of the training time that closed gates have saved; NaN where nobody measured.
    void saved(double share) {
        saved = share;
    }

    /// Shows a text, as long as there is nothing else to show.
    void empty(String message) {
        if (gates != null || !message.equals(empty)) {
            gates = null;
            empty = message;
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
    public boolean blank() {
        return gates == null || gates.steps() == 0;
    }

    @Override
    public String summary() {
        GateStrip.View g = gates;
        if (g == null || blank()) {
            return empty.replace('\n', ' ');
        }
        int step = chosen >= g.firstKept() ? chosen : g.steps() - 1;
        return "Mini-batch "
                + Numbers.count(step + 1)
                + " ran "
                + Numbers.plain(depth(g, step))
                + " of "
                + g.ids().size()
                + " gated blocks";
    }

    @Override
    public void paint(Surface surface, double width, double height, Palette palette) {
        surface.rectangle(0, 0, width, height, palette.background());
        GateStrip.View g = gates;
        SurvivalStatistics s = statistics;
        if (g == null || s == null) {
            Notes.centred(surface, palette, empty, 0, 0, width, height);
            return;
        }
        arrange(surface, palette, g, width, height);
        names(surface, palette, g);
        new SurvivalPanel(panelLeft, panelWidth, top, rowHeight, text, stripLeft)
                .paint(surface, palette, g, s);
        strip(surface, palette, g);
        depths(surface, palette, g);
        pointed(surface, palette, g);
    }

    private void arrange(
            Surface surface, Palette palette, GateStrip.View g, double width, double height) {
        text = palette.fontSize();
        double names = 0;
        for (String id : g.ids()) {
            names = Math.max(names, surface.width(id, text, false));
        }
        panelLeft = Math.min(names + 1.2 * text, 0.14 * width) + 0.5 * text;
        panelWidth = Math.clamp(0.26 * width, 120, 340);
        stripLeft = Math.floor(panelLeft + panelWidth + 1.5 * text);
        stripWidth = Math.max(1, Math.min(width - stripLeft - text, xs.length));
        top = 1.9 * text;
        depthHeight = height > 20 * text ? 4 * text : 2.2 * text;
        rowHeight =
                Math.min(
                        2.4 * text,
                        Math.max(1, height - top - depthHeight - 2.3 * text) / g.ids().size());
        bottom = top + rowHeight * g.ids().size();
        depthTop = bottom + 1.9 * text;
    }

    private void names(Surface surface, Palette palette, GateStrip.View g) {
        int stride = Math.max(1, (int) Math.ceil(1.25 * text / rowHeight));
        for (int b = 0; b < g.ids().size(); b++) {
            boolean hovered = b == hoveredRow;
            boolean covered = hoveredRow >= 0 && !hovered && Math.abs(b - hoveredRow) < stride;
            if (hovered || (b % stride == 0 && !covered)) {
                label(
                        surface,
                        g.ids().get(b),
                        panelLeft - 0.4 * text,
                        middle(b),
                        Align.RIGHT,
                        hovered ? palette.foreground() : palette.muted());
            }
        }
    }

    private void strip(Surface surface, Palette palette, GateStrip.View g) {
        int blocks = g.ids().size();
        film.fit(g, stripWidth);
        surface.rectangle(
                stripLeft, top, stripWidth, bottom - top, Palette.faint(palette.grid(), 0.35));
        String heading = "film strip: a column is a mini-batch, filled where the block ran";
        boolean room = surface.width(heading, text, false) < stripWidth;
        label(
                surface,
                room ? heading : "film strip",
                stripLeft,
                0.9 * text,
                Align.LEFT,
                palette.muted());
        for (int i = 0; i <= SHADES; i++) {
            shades[i] =
                    Raster.cell(palette.grid().interpolate(palette.train(), (double) i / SHADES));
        }
        raster.clear(film.columns(), blocks);
        for (int c = 0; c < film.columns(); c++) {
            int from = film.firstStep() + c * film.stepsPerColumn();
            int to = Math.min(g.steps(), from + film.stepsPerColumn());
            for (int b = 0; b < blocks; b++) {
                float sum = 0;
                for (int step = from; step < to; step++) {
                    sum += g.survived(b, step);
                }
                raster.set(c, b, shades[Math.round(SHADES * sum / Math.max(1, to - from))]);
            }
        }
        surface.raster(raster, stripLeft, top, film.width(), bottom - top);
        for (int b = 1; b < blocks && rowHeight >= 4; b++) {
            double y = top + b * rowHeight;
            surface.line(stripLeft, y, stripLeft + film.width(), y, 1, palette.background());
        }
        for (int c = 1; c < film.columns() && film.columnWidth() >= 6; c++) {
            double x = stripLeft + c * film.columnWidth();
            surface.line(x, top, x, bottom, 1, palette.background());
        }
        if (film.columns() > 0) {
            int last =
                    Math.min(g.steps(), film.firstStep() + film.columns() * film.stepsPerColumn());
            String end = (film.live() ? "newest: " : "") + "mini-batch " + Numbers.count(last);
            double right = stripLeft + Math.max(film.width(), surface.width(end, text, false));
            label(surface, end, right, bottom + 0.9 * text, Align.RIGHT, palette.muted());
            String start = "mini-batch " + Numbers.count(film.firstStep() + 1);
            if (surface.width(start + end, text, false) + 2 * text < film.width()) {
                label(surface, start, stripLeft, bottom + 0.9 * text, Align.LEFT, palette.muted());
            }
        }
    }

    /// How many blocks each shown mini-batch ran, against the sum of the survival probabilities.
    private void depths(Surface surface, Palette palette, GateStrip.View g) {
        int blocks = g.ids().size();
        double expected = 0;
        double total = 0;
        for (int b = 0; b < blocks; b++) {
            expected += g.probability()[b];
            total += g.sums()[b];
        }
        double least = expected;
        int n = film.columns();
        for (int c = 0; c < n; c++) {
            int from = film.firstStep() + c * film.stepsPerColumn();
            int to = Math.min(g.steps(), from + film.stepsPerColumn());
            double sum = 0;
            for (int step = from; step < to; step++) {
                sum += depth(g, step);
            }
            xs[c] = stripLeft + (c + 0.5) * film.columnWidth();
            ys[c] = sum / (to - from);
            least = Math.min(least, ys[c]);
        }
        Axis axis = new Axis(new Range(Math.max(0, least - 0.5), blocks), false);
        for (int c = 0; c < n; c++) {
            ys[c] = depthTop + (1 - axis.position(ys[c])) * depthHeight;
        }
        double at = Math.floor(depthTop + (1 - axis.position(expected)) * depthHeight) + 0.5;
        surface.dashed(stripLeft, at, stripLeft + stripWidth, at, 1, palette.foreground());
        if (n > 1) {
            surface.polyline(xs, ys, n, 1.5, palette.test());
        } else if (n == 1) {
            surface.disc(xs[0], ys[0], 2, palette.test());
        }
        double right = stripLeft - text;
        String plan = "depth: expected Σp = " + Numbers.significant(expected, 4) + " of " + blocks;
        String fact =
                g.steps() == 0
                        ? ""
                        : "mean so far "
                                + Numbers.significant(total / g.steps(), 4)
                                + (Double.isNaN(saved)
                                        ? ""
                                        : ", time saved " + Numbers.percent(saved));
        double line = depthTop + Math.max(0.5 * text, (depthHeight - 1.5 * text) / 2);
        label(surface, plan, right, line, Align.RIGHT, palette.foreground());
        label(surface, fact, right, line + 1.4 * text, Align.RIGHT, palette.test());
    }

    private void pointed(Surface surface, Palette palette, GateStrip.View g) {
        if (chosen >= 0) {
            column(surface, chosen, palette.foreground(), 2);
        }
        boolean hovers = film.shows(hoveredStep) && hoveredStep < g.steps();
        if (hovers) {
            column(surface, hoveredStep, palette.muted(), 1);
        }
        int step = hovers ? hoveredStep : chosen;
        if (step < g.firstKept() || step >= g.steps()) {
            return;
        }
        surface.rectangle(stripLeft, 0, stripWidth, 1.7 * text, palette.background());
        surface.text(
                said(g, step, hovers ? hoveredRow : -1),
                stripLeft,
                0.9 * text,
                Align.LEFT,
                text,
                true,
                palette.foreground());
    }

    private static String said(GateStrip.View g, int step, int row) {
        String depth =
                "mini-batch "
                        + Numbers.count(step + 1)
                        + " ran "
                        + Numbers.plain(depth(g, step))
                        + " of "
                        + g.ids().size();
        if (row < 0 || row >= g.ids().size()) {
            return depth;
        }
        float share = g.survived(row, step);
        String fate =
                share == 1
                        ? " ran"
                        : share == 0
                                ? " was skipped"
                                : " ran for " + Numbers.percent(share) + " of the images";
        return depth + " · " + g.ids().get(row) + fate;
    }

    private void column(Surface surface, int step, Color colour, double thickness) {
        if (film.shows(step)) {
            double x = stripLeft + film.columnAt(step);
            double right = x + Math.max(2, film.columnWidth());
            surface.line(x, top - 2, right, top - 2, thickness, colour);
            surface.line(x, bottom + 2, right, bottom + 2, thickness, colour);
            surface.line(x, top - 2, x, bottom + 2, thickness, colour);
            surface.line(right, top - 2, right, bottom + 2, thickness, colour);
        }
    }

    private void label(
            Surface surface, String words, double x, double y, Align align, Color colour) {
        surface.text(words, x, y, align, text, false, colour);
    }

    private double middle(int row) {
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
        int step = gates == null ? -1 : film.stepAt(x - stripLeft);
        int row = gates != null && y >= top && y < bottom ? (int) ((y - top) / rowHeight) : -1;
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
        film.zoom(factor > 1);
        revision++;
    }

    @Override
    public void drag(double x, double dx) {
        film.drag(dx);
        revision++;
    }

    @Override
    public void reset() {
        film.reset();
        revision++;
        choose.accept(-1);
    }

    @Override
    public void move(int dx, int dy) {
        GateStrip.View g = gates;
        if (g != null && g.steps() > 0 && dx != 0) {
            int from = chosen >= 0 ? chosen : g.steps() - 1;
            choose.accept(Math.clamp(from + (long) dx, g.firstKept(), g.steps() - 1));
        }
    }

    /// What stands on the left first, then the film strip.
    @Override
    public void csv(Appendable out) throws IOException {
        GateStrip.View g = gates;
        if (g == null) {
            return;
        }
        out.append("mini-batch,").append(String.join(",", g.ids())).append('\n');
        out.append("survival probability");
        for (double p : g.probability()) {
            out.append(',').append(Double.toString(p));
        }
        out.append("\nrealised frequency");
        for (int b = 0; b < g.ids().size(); b++) {
            out.append(',').append(Double.toString(g.frequency(b)));
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
}
