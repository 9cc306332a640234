package org.skiplab.app.canvas;

import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import org.skiplab.app.diagram.Detail;
import org.skiplab.app.diagram.DiagramPainter;
import org.skiplab.app.diagram.Insides;
import org.skiplab.app.diagram.Marks;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.plot.CanvasSurface;

/// The whole network, small, with a frame around what is on the screen; a press goes there. It
/// shows itself while the screen does not hold everything.
public final class Minimap extends Region {

    private static final double WIDTH = 220;
    private static final double MOST_HEIGHT = 84;
    private static final double PADDING = 6;

    private final CanvasViewModel model;
    private final CanvasView view;
    private final Canvas paper = new Canvas();
    private final CanvasSurface surface =
            new CanvasSurface(paper.getGraphicsContext2D(), Font.getDefault().getFamily());
    private final Rectangle frame = new Rectangle();
    private double zoom = 1;
    private boolean stale = true;

    public Minimap(CanvasViewModel model, CanvasView view) {
        this.model = model;
        this.view = view;
        setId("minimap");
        getStyleClass().add("minimap");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText("Map of the whole network");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        frame.getStyleClass().add("minimap-frame");
        frame.setManaged(false);
        paper.setManaged(false);
        getChildren().addAll(paper, frame);
        model.sceneryProperty().subscribe(_ -> outdate());
        model.colours().colouringProperty().subscribe(_ -> outdate());
        view.inkProperty().subscribe(_ -> outdate());
        Viewport viewport = model.viewport();
        viewport.zoomProperty().subscribe(_ -> requestLayout());
        viewport.shiftXProperty().subscribe(_ -> requestLayout());
        viewport.shiftYProperty().subscribe(_ -> requestLayout());
        view.widthProperty().subscribe(_ -> requestLayout());
        view.heightProperty().subscribe(_ -> requestLayout());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::go);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
    }

    private Box content() {
        return model.scenery().bounds();
    }

    @Override
    protected double computePrefWidth(double height) {
        return WIDTH;
    }

    @Override
    protected double computePrefHeight(double width) {
        Box content = content();
        double scale = scale(content);
        return Math.max(24, content.height() * scale * Detail.stretch(scale)) + 2 * PADDING;
    }

    private static double scale(Box content) {
        if (content.width() <= 0) {
            return 1;
        }
        double room = WIDTH - 2 * PADDING;
        return Math.min(room / content.width(), (MOST_HEIGHT - 2 * PADDING) / content.height());
    }

    private void outdate() {
        stale = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        Scenery scenery = model.scenery();
        Box seen = model.viewport().visible();
        Box content = content();
        boolean needed =
                !scenery.isBlank()
                        && !scenery.analysis().network().nodes().isEmpty()
                        && view.getWidth() > 2 * WIDTH
                        && (seen.width() < content.width()
                                || seen.height() < content.height()
                                || !seen.overlaps(content));
        setVisible(needed);
        if (!needed) {
            return;
        }
        zoom = scale(content);
        double up = zoom * Detail.stretch(zoom);
        if (stale || paper.getHeight() != getHeight()) {
            stale = false;
            paint(scenery, content, up);
        }
        // Far away the canvas shows itself stretched, so that more of the height is there.
        double height = seen.height() / Detail.stretch(model.viewport().zoom());
        double left = Math.clamp((seen.x() - content.x()) * zoom + PADDING, 0, getWidth());
        double right = Math.clamp((seen.right() - content.x()) * zoom + PADDING, 0, getWidth());
        double top =
                Math.clamp((view.toWorld(0, 0).y() - content.y()) * up + PADDING, 0, getHeight());
        double bottom =
                Math.clamp(
                        (view.toWorld(0, 0).y() + height - content.y()) * up + PADDING,
                        0,
                        getHeight());
        frame.setX(left);
        frame.setY(top);
        frame.setWidth(Math.max(3, right - left));
        frame.setHeight(Math.max(3, bottom - top));
    }

    private void paint(Scenery scenery, Box content, double up) {
        paper.setWidth(getWidth());
        paper.setHeight(getHeight());
        paper.getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
        surface.enter(PADDING - content.x() * zoom, PADDING - content.y() * up, zoom, up);
        new DiagramPainter(scenery, view.inkProperty().get(), model.heat(), new Insides())
                .paintFar(surface, Marks.NONE, content, zoom);
        surface.leave();
    }

    private void go(MouseEvent e) {
        Box content = content();
        double up = zoom * Detail.stretch(zoom);
        model.viewport()
                .centre(
                        new Point(
                                content.x() + (e.getX() - PADDING) / zoom,
                                content.y() + (e.getY() - PADDING) / up));
        e.consume();
    }
}
