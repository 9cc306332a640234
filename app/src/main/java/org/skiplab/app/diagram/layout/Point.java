package org.skiplab.app.diagram.layout;

/// A place on the canvas in world units, one pixel each at zoom 1; y grows downwards.
public record Point(double x, double y) {

    public double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
