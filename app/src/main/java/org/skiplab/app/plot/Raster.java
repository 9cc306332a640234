package org.skiplab.app.plot;

import java.util.Arrays;
import javafx.scene.paint.Color;

/// A picture of cells, each one number of `0xAARRGGBB` with premultiplied alpha. Its storage only
/// grows, so that a raster that is filled anew each frame allocates nothing.
public final class Raster {

    private int[] cells = new int[0];
    private int stride;
    private int height;
    private int columns;
    private int rows;

    /// Sets the size and makes all cells transparent.
    public void clear(int newColumns, int newRows) {
        if (newColumns > stride || newRows > height) {
            stride = Math.max(newColumns, stride);
            height = Math.max(newRows, height);
            cells = new int[stride * height];
        } else {
            Arrays.fill(cells, 0);
        }
        columns = newColumns;
        rows = newRows;
    }

    public void set(int column, int row, int argb) {
        cells[row * stride + column] = argb;
    }

    public int get(int column, int row) {
        return cells[row * stride + column];
    }

    public int columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    /// All storage, row after row of [#stride] cells; replaced when the raster outgrows it.
    int[] cells() {
        return cells;
    }

    int stride() {
        return stride;
    }

    int capacityRows() {
        return height;
    }

    /// A colour as a cell.
    public static int cell(Color colour) {
        double a = colour.getOpacity();
        return (int) Math.round(255 * a) << 24
                | (int) Math.round(255 * a * colour.getRed()) << 16
                | (int) Math.round(255 * a * colour.getGreen()) << 8
                | (int) Math.round(255 * a * colour.getBlue());
    }
}
