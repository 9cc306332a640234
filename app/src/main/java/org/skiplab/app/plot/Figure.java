package org.skiplab.app.plot;

import java.io.IOException;

/// A picture of measurements, which paints itself, answers the pointer and writes its numbers.
/// Needs no toolkit.
public interface Figure {

    /// Writes the numbers behind a picture, see [Figure#csv].
    @FunctionalInterface
    interface Table {
        void write(Appendable out) throws IOException;
    }

    void paint(Surface surface, double width, double height, Palette palette);

    /// Grows whenever [#paint] would give another picture.
    long revision();

    /// A few words, for file names and screen readers.
    String title();

    /// What the figure says at the moment, in a sentence for screen readers.
    String summary();

    /// Whether it shows no numbers: then there is nothing to write, and [#summary] says why.
    boolean blank();

    /// Writes the numbers behind the picture: a line of column names, then one line per row.
    ///
    /// @throws IOException if `out` cannot take them
    void csv(Appendable out) throws IOException;

    /// A name as a table holds it, whatever characters it has.
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// The pointer is at a place of the last painted picture.
    default void hover(double x, double y) {}

    /// The pointer has left.
    default void leave() {}

    /// Magnifies around a place.
    default void zoom(double x, double y, double factor) {}

    /// Was dragged by a distance in pixels.
    default void drag(double x, double dx) {}

    /// The button went down at a place.
    default void press(double x, double y) {}

    /// The button came up after dragging.
    default void release() {}

    /// A click at a place.
    default void click(double x, double y) {}

    /// Chooses what [#move] points at: the Enter key.
    default void enter() {}

    /// Back to showing everything.
    default void reset() {}

    /// Moves the hovered place by cells or steps: the arrow keys.
    default void move(int dx, int dy) {}
}
