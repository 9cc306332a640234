package org.skiplab.app.plot;

import java.nio.IntBuffer;
import java.util.Optional;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.transform.Affine;

/// Many thin curves that cross each other, as pixels. The general way to fill paths sorts all
/// crossings of every row; a fan of a hundred curves takes it milliseconds. Here each curve is
/// walked along once, and leaves its share in the four pixels around each step.
final class Mesh {

    private static final long MOST_CELLS = 600_000;

    /// Pixels of one step along a curve.
    private static final double STEP = 0.8;

    private final int left;
    private final int top;
    private final int columns;
    private final int rows;
    private final float[] cover;

    private Mesh(int left, int top, int columns, int rows) {
        this.left = left;
        this.top = top;
        this.columns = columns;
        this.rows = rows;
        cover = new float[columns * rows];
    }

    /// A mesh in pixels.
    ///
    /// @param x of its left edge
    /// @param y of its upper edge
    /// @param whole whether it is all of the mesh, and not only what could be seen of it
    record Picture(Image image, int x, int y, boolean whole) {}

    /// @param outline moves and curves
    /// @param place from the outline's coordinates to pixels; neither turns nor shears
    /// @param width of the curves, in the outline's coordinates
    /// @param paper left, upper, right and lower edge of what can be seen, in pixels; a mesh of
    ///   moderate size is made as a whole, so that it can be used again when it moves
    /// @return empty if there is nothing to be seen of it
    static Optional<Picture> of(
            Outline outline, Affine place, double width, Color colour, int[] paper) {
        double thick = width * Math.sqrt(place.getMxx() * place.getMyy());
        double[] edges = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        for (Outline.Step step : outline.steps()) {
            switch (step) {
                case Outline.Move(double x, double y) -> widen(edges, place, x, y);
                case Outline.Line(double x, double y) -> widen(edges, place, x, y);
                case Outline.Curve(
                                double x1,
                                double y1,
                                double x2,
                                double y2,
                                double x,
                                double y) -> {
                    widen(edges, place, x1, y1);
                    widen(edges, place, x2, y2);
                    widen(edges, place, x, y);
                }
                case Outline.Close _ -> {}
            }
        }
        int x0 = (int) Math.floor(edges[0] - thick - 1);
        int y0 = (int) Math.floor(edges[1] - thick - 1);
        int x1 = (int) Math.ceil(edges[2] + thick + 2);
        int y1 = (int) Math.ceil(edges[3] + thick + 2);
        boolean whole = (long) (x1 - x0) * (y1 - y0) <= MOST_CELLS;
        if (!whole) {
            x0 = Math.max(paper[0], x0);
            y0 = Math.max(paper[1], y0);
            x1 = Math.min(paper[2], x1);
            y1 = Math.min(paper[3], y1);
        }
        if (x1 <= x0 || y1 <= y0) {
            return Optional.empty();
        }
        Mesh mesh = new Mesh(x0, y0, x1 - x0, y1 - y0);
        mesh.walk(outline, place, thick);
        return Optional.of(new Picture(mesh.image(colour), x0, y0, whole));
    }

    private static void widen(double[] edges, Affine place, double x, double y) {
        double px = place.getMxx() * x + place.getTx();
        double py = place.getMyy() * y + place.getTy();
        edges[0] = Math.min(edges[0], px);
        edges[1] = Math.min(edges[1], py);
        edges[2] = Math.max(edges[2], px);
        edges[3] = Math.max(edges[3], py);
    }

    private void walk(Outline outline, Affine place, double thick) {
        double sx = place.getMxx();
        double sy = place.getMyy();
        double dx = place.getTx() - left;
        double dy = place.getTy() - top;
        double[] at = new double[2];
        for (Outline.Step step : outline.steps()) {
            switch (step) {
                case Outline.Move(double x, double y) -> {
                    at[0] = sx * x + dx;
                    at[1] = sy * y + dy;
                }
                case Outline.Line(double x, double y) -> {
                    double px = sx * x + dx;
                    double py = sy * y + dy;
                    curve(at, at[0], at[1], px, py, px, py, thick);
                }
                case Outline.Curve(
                                double x1,
                                double y1,
                                double x2,
                                double y2,
                                double x,
                                double y) ->
                        curve(
                                at,
                                sx * x1 + dx,
                                sy * y1 + dy,
                                sx * x2 + dx,
                                sy * y2 + dy,
                                sx * x + dx,
                                sy * y + dy,
                                thick);
                case Outline.Close _ -> {}
            }
        }
    }

    private void curve(
            double[] at,
            double x1,
            double y1,
            double x2,
            double y2,
            double x3,
            double y3,
            double thick) {
        double length =
                length(x1 - at[0], y1 - at[1])
                        + length(x2 - x1, y2 - y1)
                        + length(x3 - x2, y3 - y2);
        int steps = Math.max(1, (int) Math.ceil(length / STEP));
        // Thick lines are several beside each other.
        int lines = Math.max(1, (int) Math.ceil(thick));
        double lastX = at[0];
        double lastY = at[1];
        for (int i = 1; i <= steps; i++) {
            double t = (double) i / steps;
            double u = 1 - t;
            double a = u * u * u;
            double b = 3 * u * u * t;
            double c = 3 * u * t * t;
            double d = t * t * t;
            double x = a * at[0] + b * x1 + c * x2 + d * x3;
            double y = a * at[1] + b * y1 + c * y2 + d * y3;
            double on = length(x - lastX, y - lastY);
            if (on > 0) {
                double nx = (y - lastY) / on;
                double ny = (lastX - x) / on;
                for (int line = 0; line < lines; line++) {
                    double aside = ((line + 0.5) / lines - 0.5) * thick;
                    splat(
                            (x + lastX) / 2 + nx * aside,
                            (y + lastY) / 2 + ny * aside,
                            (float) (on * thick / lines));
                }
            }
            lastX = x;
            lastY = y;
        }
        at[0] = x3;
        at[1] = y3;
    }

    /// `Math.hypot` guards against overflow, which takes ten times as long.
    private static double length(double dx, double dy) {
        return Math.sqrt(dx * dx + dy * dy);
    }

    /// Shares an amount among the four pixels whose middles are nearest.
    private void splat(double x, double y, float amount) {
        int column = (int) Math.floor(x - 0.5);
        int row = (int) Math.floor(y - 0.5);
        if (column < 0 || row < 0 || column + 1 >= columns || row + 1 >= rows) {
            return;
        }
        float fx = (float) (x - 0.5 - column);
        float fy = (float) (y - 0.5 - row);
        int i = row * columns + column;
        cover[i] += amount * (1 - fx) * (1 - fy);
        cover[i + 1] += amount * fx * (1 - fy);
        cover[i + columns] += amount * (1 - fx) * fy;
        cover[i + columns + 1] += amount * fx * fy;
    }

    private Image image(Color colour) {
        int[] cells = new int[cover.length];
        float red = (float) (255 * colour.getRed());
        float green = (float) (255 * colour.getGreen());
        float blue = (float) (255 * colour.getBlue());
        float opacity = (float) colour.getOpacity();
        for (int i = 0; i < cells.length; i++) {
            if (cover[i] > 0) {
                float alpha = opacity * Math.min(1, cover[i]);
                cells[i] =
                        Math.round(255 * alpha) << 24
                                | Math.round(alpha * red) << 16
                                | Math.round(alpha * green) << 8
                                | Math.round(alpha * blue);
            }
        }
        return new WritableImage(
                new PixelBuffer<>(
                        columns, rows, IntBuffer.wrap(cells), PixelFormat.getIntArgbPreInstance()));
    }
}
