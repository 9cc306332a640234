package org.skiplab.app.plot;

import javafx.scene.paint.Color;

/// What figures paint on: the screen or an SVG file. Lengths are pixels (of the coordinates entered
/// last), y grows downwards.
public interface Surface {

    void rectangle(double x, double y, double width, double height, Color fill);

    void line(double x1, double y1, double x2, double y2, double width, Color stroke);

    void dashed(double x1, double y1, double x2, double y2, double width, Color stroke);

    /// A line through the first `count` points.
    void polyline(double[] x, double[] y, int count, double width, Color stroke);

    /// The area inside the first `count` points.
    void polygon(double[] x, double[] y, int count, Color fill);

    void disc(double x, double y, double radius, Color fill);

    void ring(double x, double y, double radius, double width, Color stroke);

    /// The area inside a path.
    void fill(Outline outline, Color fill);

    /// A path with round corners and ends.
    void stroke(Outline outline, double width, Color stroke);

    /// The same for many thin curves that cross each other: a surface may have a faster way.
    default void mesh(Outline outline, double width, Color stroke) {
        stroke(outline, width, stroke);
    }

    /// The same, interrupted.
    ///
    /// @param on length of the dashes and of the gaps between them
    void dash(Outline outline, double width, double on, Color stroke);

    /// Strokes a drawing that is written as an SVG path.
    void drawing(String path, double width, Color stroke);

    /// One line of text, vertically centred at `y`.
    void text(String text, double x, double y, Align align, double size, boolean bold, Color fill);

    /// How wide a text is.
    double width(String text, double size, boolean bold);

    /// The cells of a raster, stretched over a rectangle without blurring.
    void raster(Raster raster, double x, double y, double width, double height);

    /// Ends lines at the edges of a rectangle, until [#uncut]; discs are left out whose middle is
    /// beyond them. Of nothing else that may be painted meanwhile it is said what becomes.
    void cut(double x, double y, double width, double height);

    void uncut();

    /// Paints what follows, until [#leave], in coordinates of its own: `outer = scale · inner + d`.
    void enter(double dx, double dy, double scaleX, double scaleY);

    default void enter(double dx, double dy, double scale) {
        enter(dx, dy, scale, scale);
    }

    void leave();
}
