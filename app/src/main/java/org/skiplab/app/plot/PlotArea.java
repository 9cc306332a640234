package org.skiplab.app.plot;

/// The rectangle that data are painted in, and the axes along its edges.
record PlotArea(double left, double top, double width, double height, Axis x, Axis y) {

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    /// Where a value of the horizontal axis is.
    double px(double value) {
        return left + x.position(value) * width;
    }

    /// Where a value of the vertical axis is.
    double py(double value) {
        return top + (1 - y.position(value)) * height;
    }

    /// Which value of the horizontal axis is at a place.
    double at(double px) {
        return x.value((px - left) / width);
    }

    /// The middle of a pixel, where hairlines are sharp.
    static double crisp(double at) {
        return Math.floor(at) + 0.5;
    }
}
