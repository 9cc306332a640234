package org.skiplab.app.insight;

import java.io.IOException;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntConsumer;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Notes;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.plot.Raster;
import org.skiplab.app.plot.Surface;
import org.skiplab.engine.probe.DepthHistory;

/// One row per block, the input's first, one column per reading: what the whole depth did over the
/// run, as colours, on a logarithmic scale unless told otherwise.
public final class HistoryFigure implements Figure {

    private String title;
    private final String empty;
    private final IntConsumer choose;
    private final Raster raster = new Raster();
    private DepthHistory.View history = DepthHistory.View.EMPTY;
    private boolean fromZero;
    private DoubleFunction<String> format = Numbers::plain;
    private boolean painted;
    private double least;
    private double most;
    private int chosen = -1;
    private int hoveredColumn = -1;
    private int hoveredRow = -1;
    private double left;
    private double top = 1;
    private double width = 1;
    private double height = 1;
    private long revision;

    /// @param choose told the column that was clicked, −1 to go back to the newest
    public HistoryFigure(String title, String empty, IntConsumer choose) {
        this.title = title;
        this.empty = empty;
        this.choose = choose;
    }

    public void update(DepthHistory.View newer) {
        boolean same =
                newer.size() == history.size()
                        && (newer.size() == 0 || newer.columns() == history.columns());
        if (!same) {
            history = newer;
            painted = false;
            hoveredColumn = -1;
            revision++;
        }
    }

    /// Shows another quantity.
    ///
    /// @param linear whether colours are in proportion to the values, from 0 on
    public void about(String newTitle, boolean linear, DoubleFunction<String> newFormat) {
        if (!title.equals(newTitle) || fromZero != linear) {
            title = newTitle;
            fromZero = linear;
            format = newFormat;
            painted = false;
            revision++;
        }
    }

    /// Marks a column, −1 for none.
    public void chosen(int column) {
        if (column != chosen) {
            chosen = column;
            revision++;
        }
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean blank() {
        return history.size() == 0;
    }

    @Override
    public String summary() {
        return blank()
                ? title + ": nothing measured yet"
                : title
                        + ": "
                        + history.size()
                        + " readings of "
                        + history.ids().size()
                        + " blocks";
    }

    @Override
    public void paint(Surface surface, double w, double h, Palette palette) {
        surface.rectangle(0, 0, w, h, palette.background());
        double text = palette.fontSize();
        double names = 0;
        for (String id : history.ids()) {
            names = Math.max(names, surface.width(id, text, false));
        }
        left = Math.min(names + text, 0.3 * w);
        top = 2 * text;
        width = Math.max(1, w - left - text);
        height = Math.max(1, h - top - 2 * text);
        surface.text(title, left, text, Align.LEFT, text, true, palette.foreground());
        if (history.size() == 0) {
            Notes.centred(surface, palette, empty, left, top, width, height);
            return;
        }
        cells(surface, palette, text);
        axes(surface, palette, text);
        pointed(surface, palette);
    }

    private void cells(Surface surface, Palette palette, double text) {
        if (!painted) {
            painted = true;
            colour(palette);
        }
        surface.raster(raster, left, top, width, height);
        if (most > least) {
            legend(surface, palette, text, value(least), value(most));
        }
    }

    /// What a place on the colour scale stands for.
    private double value(double place) {
        return fromZero ? place : Math.pow(10, place);
    }

    private void colour(Palette palette) {
        least = fromZero ? 0 : Double.POSITIVE_INFINITY;
        most = Double.NEGATIVE_INFINITY;
        int blocks = history.ids().size();
        float[][] places = new float[history.size()][blocks];
        for (int c = 0; c < history.size(); c++) {
            for (int b = 0; b < blocks; b++) {
                float raw = history.columns()[c][b];
                float v = fromZero ? raw : (float) Math.log10(raw);
                places[c][b] = v;
                if (Float.isFinite(v)) {
                    least = Math.min(least, v);
                    most = Math.max(most, v);
                }
            }
        }
        raster.clear(history.size(), blocks);
        double span = most > least ? most - least : 1;
        for (int c = 0; c < history.size(); c++) {
            for (int b = 0; b < blocks; b++) {
                if (Float.isFinite(places[c][b])) {
                    raster.set(c, b, palette.scale().argb((places[c][b] - least) / span));
                }
            }
        }
    }

    private void legend(Surface surface, Palette palette, double text, double dark, double bright) {
        String from = format.apply(dark);
        String to = format.apply(bright);
        double right = left + width - surface.width(to, text, false);
        double wide = 5 * text;
        double x = right - wide - 0.4 * text;
        if (x - surface.width(from, text, false) < left + surface.width(title, text, true) + text) {
            return;
        }
        for (int i = 0; i < 20; i++) {
            surface.rectangle(
                    x + i * wide / 20,
                    0.6 * text,
                    wide / 20 + 0.5,
                    0.8 * text,
                    palette.scale().colour((i + 0.5) / 20));
        }
        surface.text(from, x - 0.4 * text, text, Align.RIGHT, text, false, palette.muted());
        surface.text(to, right, text, Align.LEFT, text, false, palette.muted());
    }

    private void axes(Surface surface, Palette palette, double text) {
        double rowHeight = height / history.ids().size();
        int stride = Math.max(1, (int) Math.ceil(1.25 * text / rowHeight));
        for (int b = 0; b < history.ids().size(); b += stride) {
            surface.text(
                    history.ids().get(b),
                    left - 0.4 * text,
                    top + (b + 0.5) * rowHeight,
                    Align.RIGHT,
                    text,
                    false,
                    palette.muted());
        }
        double y = top + height + text;
        surface.text(
                "step " + Numbers.count(history.steps()[0]),
                left,
                y,
                Align.LEFT,
                text,
                false,
                palette.muted());
        surface.text(
                "step " + Numbers.count(history.steps()[history.size() - 1]),
                left + width,
                y,
                Align.RIGHT,
                text,
                false,
                palette.muted());
    }

    private void pointed(Surface surface, Palette palette) {
        if (chosen >= 0 && chosen < history.size()) {
            double x = left + (chosen + 0.5) * width / history.size();
            surface.line(x, top, x, top + height, 2, palette.foreground());
        }
        if (hoveredColumn >= 0 && hoveredColumn < history.size()) {
            double x = left + (hoveredColumn + 0.5) * width / history.size();
            surface.line(x, top, x, top + height, 1, palette.muted());
            float v = history.columns()[hoveredColumn][hoveredRow];
            Notes.box(
                    surface,
                    palette,
                    List.of(
                            Float.isNaN(v) ? "did not run" : format.apply(v),
                            history.ids().get(hoveredRow)
                                    + " at step "
                                    + Numbers.count(history.steps()[hoveredColumn])),
                    x,
                    top + 4,
                    left,
                    left + width);
        }
    }

    @Override
    public void hover(double x, double y) {
        int column = (int) Math.floor((x - left) / width * history.size());
        int row = (int) Math.floor((y - top) / height * history.ids().size());
        boolean inside =
                column >= 0 && column < history.size() && row >= 0 && row < history.ids().size();
        point(inside ? column : -1, inside ? row : -1);
    }

    private void point(int column, int row) {
        if (column != hoveredColumn || row != hoveredRow) {
            hoveredColumn = column;
            hoveredRow = row;
            revision++;
        }
    }

    @Override
    public void leave() {
        point(-1, -1);
    }

    @Override
    public void click(double x, double y) {
        hover(x, y);
        enter();
    }

    @Override
    public void enter() {
        choose.accept(hoveredColumn == chosen ? -1 : hoveredColumn);
    }

    @Override
    public void reset() {
        choose.accept(-1);
    }

    @Override
    public void move(int dx, int dy) {
        if (history.size() > 0) {
            int from = hoveredColumn < 0 ? history.size() - 1 : hoveredColumn;
            point(
                    Math.clamp(from + (long) dx, 0, history.size() - 1),
                    Math.clamp(Math.max(0, hoveredRow) + (long) dy, 0, history.ids().size() - 1));
        }
    }

    @Override
    public void csv(Appendable out) throws IOException {
        out.append("step,").append(String.join(",", history.ids())).append('\n');
        for (int c = 0; c < history.size(); c++) {
            out.append(Integer.toString(history.steps()[c]));
            for (float v : history.columns()[c]) {
                out.append(',').append(Float.isNaN(v) ? "" : Float.toString(v));
            }
            out.append('\n');
        }
    }
}
