package org.skiplab.app.plot;

import java.nio.IntBuffer;
import java.util.Optional;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/// A thin line through many points, as pixels. The general way to stroke a path sorts its crossings
/// with every eighth of every row, which takes a line that goes up and down all the time, as the
/// loss of every step does, ten milliseconds. Here each piece is walked along once, and leaves in
/// every pixel the share of it that it covers; where pieces overlap, a pixel is covered at most
/// once.
final class ThinLine {

    /// Pixels of thickness up to which nobody sees that corners have no joins.
    static final double THICKEST = 2;

    private final int left;
    private final int top;
    private final int columns;
    private final int rows;
    private final float[] cover;

    /// @param x of its left edge, in pixels
    /// @param y of its upper edge, in pixels
    record Picture(Image image, int x, int y) {}

    private ThinLine(int left, int top, int columns, int rows) {
        this.left = left;
        this.top = top;
        this.columns = columns;
        this.rows = rows;
        cover = new float[columns * rows];
    }

    /// A line through the first `count` points.
    ///
    /// @param dots pixels in a unit of the points' coordinates and of `width`
    /// @param seen where the line can be seen, in the points' coordinates
    /// @return empty if there is nothing to be seen of it
    static Optional<Picture> of(
            double[] x, double[] y, int count, double dots, double width, Color colour, Cut seen) {
        double thick = width * dots;
        double x0 = Double.MAX_VALUE;
        double y0 = Double.MAX_VALUE;
        double x1 = -Double.MAX_VALUE;
        double y1 = -Double.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            x0 = Math.min(x0, x[i]);
            y0 = Math.min(y0, y[i]);
            x1 = Math.max(x1, x[i]);
            y1 = Math.max(y1, y[i]);
        }
        int left = (int) Math.floor(Math.max(x0 * dots - thick, seen.left() * dots));
        int top = (int) Math.floor(Math.max(y0 * dots - thick, seen.top() * dots));
        int right = (int) Math.ceil(Math.min(x1 * dots + thick, seen.right() * dots));
        int bottom = (int) Math.ceil(Math.min(y1 * dots + thick, seen.bottom() * dots));
        if (right <= left || bottom <= top) {
            return Optional.empty();
        }
        ThinLine line = new ThinLine(left, top, right - left, bottom - top);
        for (int i = 1; i < count; i++) {
            line.piece(
                    x[i - 1] * dots - left,
                    y[i - 1] * dots - top,
                    x[i] * dots - left,
                    y[i] * dots - top,
                    thick);
        }
        return Optional.of(new Picture(line.image(colour), left, top));
    }

    private void piece(double x0, double y0, double x1, double y1, double thick) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = Math.sqrt(dx * dx + dy * dy);
        if (length == 0) {
            return;
        }
        if (Math.abs(dy) >= Math.abs(dx)) {
            walk(y0, x0, y1, dx / dy, thick * length / Math.abs(dy), rows, true);
        } else {
            walk(x0, y0, x1, dy / dx, thick * length / Math.abs(dx), columns, false);
        }
    }

    /// Walks from `from` to `to` along the direction in which the piece is longer, pixel by pixel.
    ///
    /// @param aside where the piece is in the other direction, at its begin
    /// @param wide how far it reaches in the other direction
    private void walk(
            double from,
            double aside,
            double to,
            double slope,
            double wide,
            int cells,
            boolean steep) {
        double low = Math.max(0, Math.min(from, to));
        double high = Math.min(cells, Math.max(from, to));
        for (int cell = (int) low; cell < high; cell++) {
            double begin = Math.max(low, cell);
            double end = Math.min(high, cell + 1);
            double middle = aside + ((begin + end) / 2 - from) * slope;
            span(cell, middle - wide / 2, middle + wide / 2, (float) (end - begin), steep);
        }
    }

    /// Covers a share of the pixels from `begin` to `end` of a row if it is steep, else of a
    /// column.
    private void span(int line, double begin, double end, float share, boolean steep) {
        int most = steep ? columns : rows;
        double low = Math.max(0, begin);
        double high = Math.min(most, end);
        int stride = steep ? 1 : columns;
        int at = steep ? line * columns : line;
        for (int cell = (int) low; cell < high; cell++) {
            double covered = Math.min(high, cell + 1) - Math.max(low, cell);
            cover[at + cell * stride] += (float) covered * share;
        }
    }

    private Image image(Color colour) {
        int[] cells = new int[cover.length];
        int[] shades = shades(colour);
        for (int i = 0; i < cells.length; i++) {
            if (cover[i] > 0) {
                cells[i] = shades[(int) (255 * Math.min(1, cover[i]) + 0.5f)];
            }
        }
        return new WritableImage(
                new PixelBuffer<>(
                        columns, rows, IntBuffer.wrap(cells), PixelFormat.getIntArgbPreInstance()));
    }

    /// The colour where 0/255 to 255/255 of a pixel are covered.
    private static int[] shades(Color colour) {
        int[] shades = new int[256];
        for (int i = 0; i < shades.length; i++) {
            double alpha = colour.getOpacity() * i / 255;
            shades[i] =
                    (int) Math.round(255 * alpha) << 24
                            | (int) Math.round(255 * alpha * colour.getRed()) << 16
                            | (int) Math.round(255 * alpha * colour.getGreen()) << 8
                            | (int) Math.round(255 * alpha * colour.getBlue());
        }
        return shades;
    }
}
