package org.skiplab.app.diagram.layout;

import java.util.List;

/// The way of a wire: corners of a path whose segments are horizontal or vertical, to be drawn with
/// rounded corners. A direct wire between neighbours on different rows has two points and is drawn
/// as an S.
///
/// @param lane whether the wire leaves the straight way: an arc above the main path or a detour
///   below it
public record Route(List<Point> points, boolean lane) {

    public Route {
        points = List.copyOf(points);
    }

    /// Half-way along the path.
    public Point middle() {
        double length = 0;
        for (int i = 1; i < points.size(); i++) {
            length += points.get(i - 1).distance(points.get(i));
        }
        double rest = length / 2;
        for (int i = 1; i < points.size(); i++) {
            Point a = points.get(i - 1);
            Point b = points.get(i);
            double segment = a.distance(b);
            if (rest <= segment && segment > 0) {
                double t = rest / segment;
                return new Point(a.x() + t * (b.x() - a.x()), a.y() + t * (b.y() - a.y()));
            }
            rest -= segment;
        }
        return points.getLast();
    }
}
