package org.skiplab.app.plot;

/// A rectangle at whose edges lines end.
record Cut(double left, double top, double right, double bottom) {

    /// Takes a piece of a line.
    interface Piece {
        void draw(double x1, double y1, double x2, double y2);
    }

    /// Takes the first `count` of some points.
    interface Pieces {
        void draw(double[] x, double[] y, int count);
    }

    boolean holds(double x, double y) {
        return x >= left && x <= right && y >= top && y <= bottom;
    }

    boolean holds(double[] x, double[] y, int count) {
        for (int i = 0; i < count; i++) {
            if (!holds(x[i], y[i])) {
                return false;
            }
        }
        return true;
    }

    /// Draws what is inside of a line, if anything is (Liang and Barsky).
    void line(double x1, double y1, double x2, double y2, Piece piece) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        double[] distances = {x1 - left, right - x1, y1 - top, bottom - y1};
        double[] speeds = {-dx, dx, -dy, dy};
        double from = 0;
        double to = 1;
        for (int edge = 0; edge < 4; edge++) {
            if (speeds[edge] == 0) {
                if (distances[edge] < 0) {
                    return;
                }
            } else {
                double at = distances[edge] / speeds[edge];
                if (speeds[edge] < 0) {
                    from = Math.max(from, at);
                } else {
                    to = Math.min(to, at);
                }
            }
        }
        if (from <= to) {
            piece.draw(x1 + from * dx, y1 + from * dy, x1 + to * dx, y1 + to * dy);
        }
    }

    /// Draws the stretches of a line through `count` points that are inside.
    void polyline(double[] x, double[] y, int count, Pieces pieces) {
        var stretch =
                new Piece() {
                    private final double[] xs = new double[2 * count];
                    private final double[] ys = new double[2 * count];
                    private int points;

                    @Override
                    public void draw(double x1, double y1, double x2, double y2) {
                        if (points == 0 || xs[points - 1] != x1 || ys[points - 1] != y1) {
                            end();
                            add(x1, y1);
                        }
                        add(x2, y2);
                    }

                    private void add(double px, double py) {
                        xs[points] = px;
                        ys[points++] = py;
                    }

                    void end() {
                        if (points > 1) {
                            pieces.draw(xs, ys, points);
                        }
                        points = 0;
                    }
                };
        for (int i = 1; i < count; i++) {
            line(x[i - 1], y[i - 1], x[i], y[i], stretch);
        }
        stretch.end();
    }
}
