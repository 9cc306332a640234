package org.skiplab.app.plot;

import javafx.scene.paint.Color;
import org.skiplab.engine.train.Series;

/// A line through a long series: all points while they are few, else the smallest and largest value
/// of each pixel column. The i-th number belongs to step `1 + i · stride`.
final class Trace {

    private static final int MOST = 8192;

    private final Extremes data = new Extremes();
    private final double[] xs = new double[2 * MOST];
    private final double[] ys = new double[2 * MOST];
    private int stride = 1;
    private int points;

    boolean update(Series.View series) {
        return data.update(series);
    }

    boolean stride(int steps) {
        boolean changed = steps != stride;
        stride = steps;
        return changed;
    }

    int size() {
        return data.size();
    }

    boolean isEmpty() {
        return data.size() == 0;
    }

    float get(int index) {
        return data.get(index);
    }

    /// The numbers as they were measured, also those of long ago.
    Series.Exact exact() {
        return data.exact();
    }

    float last() {
        return data.get(data.size() - 1);
    }

    int step(int index) {
        return 1 + index * stride;
    }

    /// The number whose step is nearest.
    int nearest(double step) {
        return Math.clamp(Math.round((step - 1) / stride), 0, data.size() - 1);
    }

    /// Finds the extremes in a range of steps, see [Extremes#scan].
    boolean scan(Range steps) {
        return data.scan(from(steps.low()), from(steps.high()) + (lands(steps.high()) ? 1 : 0));
    }

    double low() {
        return data.low();
    }

    double high() {
        return data.high();
    }

    void paint(Surface surface, PlotArea area, double thickness, Color colour) {
        int first = Math.max(0, from(area.x().range().low()) - 1);
        int last = Math.min(data.size() - 1, from(area.x().range().high()));
        int columns = Math.min((int) Math.ceil(area.width()), MOST);
        points = 0;
        if (last - first < 2 * columns && !area.x().log()) {
            for (int i = first; i <= last; i++) {
                add(surface, area.px(step(i)), area.py(data.get(i)), thickness, colour);
            }
        } else {
            columns(surface, area, columns, thickness, colour);
        }
        flush(surface, thickness, colour);
    }

    /// Joins the extremes of each column, the one nearer to the column before first.
    private void columns(
            Surface surface, PlotArea area, int columns, double thickness, Color colour) {
        int from = from(area.x().value(0));
        for (int column = 0; column < columns; column++) {
            double end = area.x().value((column + 1.0) / columns);
            int to = column == columns - 1 ? from(end) + (lands(end) ? 1 : 0) : from(end);
            if (to > from && data.scan(from, to)) {
                double x = area.left() + (column + 0.5) * area.width() / columns;
                double low = area.py(data.low());
                double high = area.py(data.high());
                boolean lowFirst =
                        points == 0
                                || Math.abs(ys[points - 1] - low)
                                        <= Math.abs(ys[points - 1] - high);
                add(surface, x, lowFirst ? low : high, thickness, colour);
                if (low != high) {
                    add(surface, x, lowFirst ? high : low, thickness, colour);
                }
            } else if (to > from && from < data.size()) {
                flush(surface, thickness, colour);
            }
            from = Math.max(from, to);
        }
    }

    private void add(Surface surface, double x, double y, double thickness, Color colour) {
        if (Double.isNaN(y)) {
            flush(surface, thickness, colour);
        } else {
            xs[points] = x;
            ys[points++] = y;
        }
    }

    private void flush(Surface surface, double thickness, Color colour) {
        if (points == 1) {
            surface.disc(xs[0], ys[0], Math.max(1.5, thickness), colour);
        } else if (points > 1) {
            surface.polyline(xs, ys, points, thickness, colour);
        }
        points = 0;
    }

    /// The first number at or after a step.
    private int from(double step) {
        return Math.clamp((long) Math.ceil((step - 1) / stride - 1e-9), 0, data.size());
    }

    /// Whether a number belongs to exactly this step.
    private boolean lands(double step) {
        int index = from(step);
        return index < data.size() && Math.abs(step(index) - step) < 1e-6;
    }
}
