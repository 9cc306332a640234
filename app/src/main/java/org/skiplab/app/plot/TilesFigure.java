package org.skiplab.app.plot;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Small pictures side by side, as large as fit: feature maps, kernels, images with captions.
public final class TilesFigure implements Figure {

    /// A picture.
    ///
    /// @param raster its cells
    /// @param caption below it; empty for none
    /// @param tone of a frame around it, or null
    public record Tile(Raster raster, String caption, @Nullable Tone tone) {}

    /// Says what a tile holds at a cell, one line each.
    @FunctionalInterface
    public interface Reading {
        List<String> of(int tile, int column, int row);
    }

    private static final double GAP = 4;
    private static final double LARGEST = 160;

    private final String title;
    private final Reading reading;
    private final Table table;
    private final IntConsumer choose;
    private List<Tile> tiles = List.of();
    private String heading = "";
    private String empty;
    private boolean scaled;
    private double low;
    private double high;
    private int chosen = -1;
    private int hovered = -1;
    private int column;
    private int row;
    private int columns = 1;
    private double side = 1;
    private double tall = 1;
    private double captions;
    private double left;
    private double top;
    private long revision;

    /// @param empty what to say while there is nothing to show
    /// @param choose told the tile that was clicked
    public TilesFigure(
            String title, String empty, Reading reading, Table table, IntConsumer choose) {
        this.title = title;
        this.empty = empty;
        this.reading = reading;
        this.table = table;
        this.choose = choose;
    }

    /// @param newHeading what the tiles are, above them
    public void update(List<Tile> newer, String newHeading) {
        tiles = List.copyOf(newer);
        heading = newHeading;
        hovered = hovered < tiles.size() ? hovered : -1;
        revision++;
    }

    public void empty(String text) {
        if (!text.equals(empty)) {
            empty = text;
            revision++;
        }
    }

    /// Shows the colour scale from one value to another.
    public void scale(double from, double to) {
        scaled = true;
        low = from;
        high = to;
        revision++;
    }

    /// Frames one tile, −1 for none.
    public void chosen(int tile) {
        if (tile != chosen) {
            chosen = tile;
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
        return tiles.isEmpty();
    }

    @Override
    public String summary() {
        return tiles.isEmpty() ? empty.replace('\n', ' ') : heading;
    }

    @Override
    public void paint(Surface surface, double w, double h, Palette palette) {
        surface.rectangle(0, 0, w, h, palette.background());
        double text = palette.fontSize();
        if (tiles.isEmpty()) {
            Notes.centred(surface, palette, empty, 0, 0, w, h);
            return;
        }
        arrange(w, h, text);
        surface.text(
                Notes.fitted(surface, heading, text, true, w - text),
                text / 2,
                0.9 * text,
                Align.LEFT,
                text,
                true,
                palette.foreground());
        if (scaled) {
            legend(surface, palette, w, text);
        }
        for (int i = 0; i < tiles.size(); i++) {
            tile(surface, palette, i);
        }
        if (hovered >= 0) {
            List<String> lines = reading.of(hovered, column, row);
            double height = lines.size() * 1.4 * text + 0.6 * text;
            double y = y(hovered);
            Notes.box(
                    surface,
                    palette,
                    lines,
                    x(hovered) + side,
                    Math.clamp(y, 2, Math.max(2, h - height - 4)),
                    2,
                    w - 2);
        }
    }

    /// The number of columns that makes the tiles largest.
    private void arrange(double w, double h, double text) {
        boolean captioned = tiles.stream().anyMatch(t -> !t.caption().isEmpty());
        captions = captioned ? 1.3 * text : 0;
        Raster first = tiles.getFirst().raster();
        double aspect = (double) Math.max(1, first.rows()) / Math.max(1, first.columns());
        left = text / 2;
        top = 1.9 * text;
        double wide = w - left - 2;
        double high = h - top - 2;
        side = 0;
        for (int n = 1; n <= tiles.size(); n++) {
            int rows = Math.ceilDiv(tiles.size(), n);
            double byWidth = wide / n - GAP;
            double byHeight = (high / rows - GAP - captions) / aspect;
            double size = Math.min(LARGEST, Math.min(byWidth, byHeight));
            if (size > side) {
                side = size;
                columns = n;
            }
        }
        side = Math.max(1, Math.floor(side));
        tall = Math.max(1, Math.floor(side * aspect));
    }

    private double x(int tile) {
        return left + tile % columns * (side + GAP);
    }

    private double y(int tile) {
        return top + tile / columns * (tall + GAP + captions);
    }

    private void tile(Surface surface, Palette palette, int i) {
        Tile tile = tiles.get(i);
        double x = x(i);
        double y = y(i);
        if (i == chosen || i == hovered) {
            surface.rectangle(x - 2, y - 2, side + 4, tall + 4, palette.foreground());
        } else if (tile.tone() != null) {
            surface.rectangle(x - 2, y - 2, side + 4, tall + 4, palette.of(tile.tone()));
        }
        surface.raster(tile.raster(), x, y, side, tall);
        if (!tile.caption().isEmpty()) {
            double size = palette.fontSize() * 0.9;
            surface.text(
                    Notes.fitted(surface, tile.caption(), size, false, side + GAP),
                    x + side / 2,
                    y + tall + 0.65 * captions,
                    Align.CENTRE,
                    size,
                    false,
                    tile.tone() == Tone.ALARM ? palette.alarm() : palette.muted());
        }
    }

    private void legend(Surface surface, Palette palette, double w, double text) {
        String from = Numbers.plain(low);
        String to = Numbers.plain(high);
        double wide = 6 * text;
        double right = w - surface.width(to, text, false) - text;
        double x = right - wide - 0.4 * text;
        double start = x - surface.width(from, text, false) - text;
        if (start < surface.width(heading, text, true) + 2 * text) {
            return;
        }
        int shades = 24;
        for (int i = 0; i < shades; i++) {
            surface.rectangle(
                    x + i * wide / shades,
                    0.5 * text,
                    wide / shades + 0.5,
                    0.8 * text,
                    palette.scale().colour((i + 0.5) / shades));
        }
        surface.text(from, x - 0.4 * text, 0.9 * text, Align.RIGHT, text, false, palette.muted());
        surface.text(to, right, 0.9 * text, Align.LEFT, text, false, palette.muted());
    }

    @Override
    public void hover(double x, double y) {
        int found = -1;
        for (int i = 0; i < tiles.size(); i++) {
            if (x >= x(i) && x < x(i) + side && y >= y(i) && y < y(i) + tall) {
                found = i;
                Raster raster = tiles.get(i).raster();
                int c = (int) ((x - x(i)) / side * raster.columns());
                int r = (int) ((y - y(i)) / tall * raster.rows());
                if (c != column || r != row) {
                    column = c;
                    row = r;
                    revision++;
                }
            }
        }
        point(found);
    }

    private void point(int tile) {
        if (tile != hovered) {
            hovered = tile;
            revision++;
        }
    }

    @Override
    public void leave() {
        point(-1);
    }

    @Override
    public void click(double x, double y) {
        hover(x, y);
        enter();
    }

    @Override
    public void enter() {
        if (hovered >= 0) {
            choose.accept(hovered);
        }
    }

    @Override
    public void move(int dx, int dy) {
        if (!tiles.isEmpty()) {
            point(Math.clamp(hovered + dx + (long) dy * columns, 0, tiles.size() - 1));
            column = 0;
            row = 0;
        }
    }

    @Override
    public void csv(Appendable out) throws IOException {
        table.write(out);
    }
}
