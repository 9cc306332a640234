package org.skiplab.app.canvas;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;

/// Which part of the world is on the screen: `screen = zoom · world + shift`. The zoom includes the
/// text size, so that 100 % is 100 % of the letters a person asked for.
public final class Viewport {

    public static final double SMALLEST = 0.001;
    public static final double LARGEST = 10;

    private static final double MARGIN = 28;

    /// One press of a zoom key.
    public static final double STEP = 1.2;

    private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(1);
    private final ReadOnlyDoubleWrapper shiftX = new ReadOnlyDoubleWrapper();
    private final ReadOnlyDoubleWrapper shiftY = new ReadOnlyDoubleWrapper();
    private double width;
    private double height;
    private boolean touched;

    public ReadOnlyDoubleProperty zoomProperty() {
        return zoom.getReadOnlyProperty();
    }

    public ReadOnlyDoubleProperty shiftXProperty() {
        return shiftX.getReadOnlyProperty();
    }

    public ReadOnlyDoubleProperty shiftYProperty() {
        return shiftY.getReadOnlyProperty();
    }

    public double zoom() {
        return zoom.get();
    }

    /// Whether a person has zoomed or panned since the last fit; until then the view may fit
    /// itself.
    public boolean touched() {
        return touched;
    }

    /// A zoom and the point of the world in the middle of the screen.
    record View(double zoom, Point centre) {
        View towards(View to, double t) {
            return new View(
                    zoom * Math.pow(to.zoom / zoom, t),
                    new Point(
                            centre.x() + t * (to.centre.x() - centre.x()),
                            centre.y() + t * (to.centre.y() - centre.y())));
        }
    }

    View view() {
        return new View(zoom(), toWorld(width / 2, height / 2));
    }

    void show(View view, boolean byHand) {
        zoom.set(Math.clamp(view.zoom(), SMALLEST, LARGEST));
        shiftX.set(width / 2 - view.centre().x() * zoom());
        shiftY.set(height / 2 - view.centre().y() * zoom());
        touched = byHand;
    }

    /// Brings a point of the world to the middle of the screen.
    public void centre(Point at) {
        show(new View(zoom(), at), true);
    }

    public void resize(double newWidth, double newHeight) {
        width = newWidth;
        height = newHeight;
    }

    public Point toWorld(double x, double y) {
        return new Point((x - shiftX.get()) / zoom(), (y - shiftY.get()) / zoom());
    }

    /// The visible part of the world.
    public Box visible() {
        Point from = toWorld(0, 0);
        return new Box(from.x(), from.y(), width / zoom(), height / zoom());
    }

    /// Multiplies the zoom and keeps the world under (x, y) there.
    public void zoomAt(double x, double y, double factor) {
        Point anchor = toWorld(x, y);
        zoom.set(Math.clamp(zoom() * factor, SMALLEST, LARGEST));
        shiftX.set(x - anchor.x() * zoom());
        shiftY.set(y - anchor.y() * zoom());
        touched = true;
    }

    public void pan(double dx, double dy) {
        shiftX.set(shiftX.get() + dx);
        shiftY.set(shiftY.get() + dy);
        touched = true;
    }

    /// Shows all of `content`, centred, never larger than `most`.
    public void fit(Box content, double most) {
        if (width <= 0 || height <= 0 || content.width() <= 0 || content.height() <= 0) {
            return;
        }
        double wanted =
                Math.min(
                        (width - 2 * MARGIN) / content.width(),
                        (height - 2 * MARGIN) / content.height());
        zoom.set(Math.clamp(Math.min(wanted, most), SMALLEST, LARGEST));
        shiftX.set(width / 2 - content.centre().x() * zoom());
        shiftY.set(height / 2 - content.centre().y() * zoom());
        touched = false;
    }

    /// Shows the beginning of `content` at a zoom.
    public void begin(Box content, double at) {
        zoom.set(Math.clamp(at, SMALLEST, LARGEST));
        shiftX.set(MARGIN - content.x() * zoom());
        shiftY.set(height / 2 - content.centre().y() * zoom());
        touched = true;
    }

    /// Moves as little as needed to bring `box` on the screen.
    public void reveal(Box box) {
        Box seen = visible().grown(-MARGIN / zoom());
        double dx = Math.max(0, box.right() - seen.right());
        dx = box.x() - dx < seen.x() ? box.x() - seen.x() : dx;
        double dy = Math.max(0, box.bottom() - seen.bottom());
        dy = box.y() - dy < seen.y() ? box.y() - seen.y() : dy;
        shiftX.set(shiftX.get() - dx * zoom());
        shiftY.set(shiftY.get() - dy * zoom());
    }
}
