package org.skiplab.app.plot;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;

/// Notes down what was painted, for tests without a toolkit. Every letter is half as wide as it is
/// high.
public final class RecordedSurface implements Surface {

    public record Polyline(double[] x, double[] y, Color stroke) {}

    public record Disc(double x, double y, Color fill) {}

    public final List<String> texts = new ArrayList<>();
    public final List<Polyline> polylines = new ArrayList<>();
    public final List<Disc> discs = new ArrayList<>();
    public final List<Color> dashes = new ArrayList<>();
    public final List<Outline> fills = new ArrayList<>();
    public final List<Outline> strokes = new ArrayList<>();

    /// Where the text begins that begins furthest to the left.
    public double leftmost = Double.POSITIVE_INFINITY;

    public int drawings;
    public int depth;
    public int rectangles;
    public int rasters;

    @Override
    public void rectangle(double x, double y, double width, double height, Color fill) {
        rectangles++;
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, double width, Color stroke) {}

    @Override
    public void dashed(double x1, double y1, double x2, double y2, double width, Color stroke) {
        dashes.add(stroke);
    }

    @Override
    public void polyline(double[] x, double[] y, int count, double width, Color stroke) {
        polylines.add(
                new Polyline(
                        java.util.Arrays.copyOf(x, count),
                        java.util.Arrays.copyOf(y, count),
                        stroke));
    }

    @Override
    public void polygon(double[] x, double[] y, int count, Color fill) {}

    @Override
    public void disc(double x, double y, double radius, Color fill) {
        discs.add(new Disc(x, y, fill));
    }

    @Override
    public void ring(double x, double y, double radius, double width, Color stroke) {}

    @Override
    public void text(
            String text, double x, double y, Align align, double size, boolean bold, Color fill) {
        texts.add(text);
        double before =
                switch (align) {
                    case LEFT -> 0;
                    case CENTRE -> 0.5;
                    case RIGHT -> 1;
                };
        leftmost = Math.min(leftmost, x - before * width(text, size, bold));
    }

    @Override
    public double width(String text, double size, boolean bold) {
        return 0.5 * size * text.length();
    }

    @Override
    public void raster(Raster raster, double x, double y, double width, double height) {
        rasters++;
    }

    @Override
    public void cut(double x, double y, double width, double height) {}

    @Override
    public void uncut() {}

    @Override
    public void fill(Outline outline, Color fill) {
        fills.add(outline);
    }

    @Override
    public void stroke(Outline outline, double width, Color stroke) {
        strokes.add(outline);
    }

    @Override
    public void dash(Outline outline, double width, double on, Color stroke) {
        dashes.add(stroke);
    }

    @Override
    public void drawing(String path, double width, Color stroke) {
        drawings++;
    }

    @Override
    public void enter(double dx, double dy, double scaleX, double scaleY) {
        depth++;
    }

    @Override
    public void leave() {
        depth--;
    }
}
