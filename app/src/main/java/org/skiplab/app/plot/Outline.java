package org.skiplab.app.plot;

import java.util.ArrayList;
import java.util.List;

/// A path of straight and curved lines, for [Surface#fill] and [Surface#stroke].
public record Outline(List<Step> steps) {

    /// How far a cubic's controls stand from the ends of a quarter circle, as a share of its
    /// radius.
    private static final double QUARTER = 0.5523;

    /// One piece of a path, from where the last one ended.
    public sealed interface Step {}

    public record Move(double x, double y) implements Step {}

    public record Line(double x, double y) implements Step {}

    /// A cubic with two controls.
    public record Curve(double x1, double y1, double x2, double y2, double x, double y)
            implements Step {}

    public record Close() implements Step {}

    public Outline {
        steps = List.copyOf(steps);
    }

    public static Builder from(double x, double y) {
        return new Builder(x, y);
    }

    /// A rectangle with round corners.
    public static Outline rounded(double x, double y, double width, double height, double radius) {
        double r = Math.min(radius, Math.min(width, height) / 2);
        double k = r * (1 - QUARTER);
        double right = x + width;
        double bottom = y + height;
        return from(x + r, y)
                .line(right - r, y)
                .cubic(right - k, y, right, y + k, right, y + r)
                .line(right, bottom - r)
                .cubic(right, bottom - k, right - k, bottom, right - r, bottom)
                .line(x + r, bottom)
                .cubic(x + k, bottom, x, bottom - k, x, bottom - r)
                .line(x, y + r)
                .cubic(x, y + k, x + k, y, x + r, y)
                .close();
    }

    /// Collects the steps of one path.
    public static final class Builder {
        private final List<Step> steps = new ArrayList<>();
        private double lastX;
        private double lastY;

        private Builder(double x, double y) {
            move(x, y);
        }

        public Builder move(double x, double y) {
            return add(new Move(x, y), x, y);
        }

        public Builder line(double x, double y) {
            return add(new Line(x, y), x, y);
        }

        public Builder cubic(double x1, double y1, double x2, double y2, double x, double y) {
            return add(new Curve(x1, y1, x2, y2, x, y), x, y);
        }

        /// A parabola with one control.
        public Builder quad(double cx, double cy, double x, double y) {
            return cubic(
                    lastX + (cx - lastX) * 2 / 3,
                    lastY + (cy - lastY) * 2 / 3,
                    x + (cx - x) * 2 / 3,
                    y + (cy - y) * 2 / 3,
                    x,
                    y);
        }

        public Outline close() {
            steps.add(new Close());
            return end();
        }

        public Outline end() {
            return new Outline(steps);
        }

        private Builder add(Step step, double x, double y) {
            steps.add(step);
            lastX = x;
            lastY = y;
            return this;
        }
    }
}
