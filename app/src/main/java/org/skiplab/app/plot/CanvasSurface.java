package org.skiplab.app.plot;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import javafx.scene.transform.Affine;
import org.jspecify.annotations.Nullable;

/// The screen: paints on a JavaFX canvas, from the JavaFX thread.
public final class CanvasSurface implements Surface {

    private record Face(double size, boolean bold) {}

    /// Meshes that are remembered: those of a large network's dense blocks.
    private static final int MOST_MESHES = 24;

    /// What makes a mesh, apart from whole pixels that it is moved.
    private record Knot(
            Outline outline,
            double scaleX,
            double scaleY,
            long shiftX,
            long shiftY,
            double width,
            Color stroke) {}

    private record Shared(int[] cells, PixelBuffer<IntBuffer> buffer, WritableImage image) {}

    private final GraphicsContext graphics;
    private final String family;
    private final Map<Face, Font> fonts = new HashMap<>();
    private final Map<Raster, Shared> images = new WeakHashMap<>();
    private final Text ruler = new Text();
    private @Nullable Cut cut;
    private final Map<Knot, Mesh.Picture> meshes =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Knot, Mesh.Picture> eldest) {
                    return size() > MOST_MESHES;
                }
            };

    public CanvasSurface(GraphicsContext graphics, String family) {
        this.graphics = graphics;
        this.family = family;
        graphics.setTextBaseline(VPos.CENTER);
        graphics.setImageSmoothing(false);
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Color fill) {
        graphics.setFill(fill);
        graphics.fillRect(x, y, width, height);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, double width, Color stroke) {
        graphics.setStroke(stroke);
        graphics.setLineWidth(width);
        if (cut == null) {
            graphics.strokeLine(x1, y1, x2, y2);
        } else {
            cut.line(x1, y1, x2, y2, graphics::strokeLine);
        }
    }

    @Override
    public void dashed(double x1, double y1, double x2, double y2, double width, Color stroke) {
        graphics.setLineDashes(4, 3);
        line(x1, y1, x2, y2, width, stroke);
        graphics.setLineDashes();
    }

    @Override
    public void polyline(double[] x, double[] y, int count, double width, Color stroke) {
        // A canvas that is in no scene is on its way into a file, whose pixels may be finer.
        if (width <= ThinLine.THICKEST
                && graphics.getCanvas().getScene() != null
                && graphics.getTransform().isIdentity()) {
            thin(x, y, count, width, stroke);
            return;
        }
        graphics.setStroke(stroke);
        graphics.setLineWidth(width);
        if (cut == null || cut.holds(x, y, count)) {
            graphics.strokePolyline(x, y, count);
        } else {
            cut.polyline(x, y, count, graphics::strokePolyline);
        }
    }

    private void thin(double[] x, double[] y, int count, double width, Color stroke) {
        Canvas paper = graphics.getCanvas();
        double dots = dots(paper);
        Cut seen = cut == null ? new Cut(0, 0, paper.getWidth(), paper.getHeight()) : cut;
        ThinLine.of(x, y, count, dots, width, stroke, seen)
                .ifPresent(p -> pixels(p.image(), p.x(), p.y(), dots));
    }

    /// Draws an image dot by dot.
    private void pixels(Image image, int x, int y, double dots) {
        graphics.save();
        graphics.setTransform(1 / dots, 0, 0, 1 / dots, 0, 0);
        graphics.drawImage(image, x, y);
        graphics.restore();
    }

    @Override
    public void polygon(double[] x, double[] y, int count, Color fill) {
        graphics.setFill(fill);
        graphics.fillPolygon(x, y, count);
    }

    @Override
    public void disc(double x, double y, double radius, Color fill) {
        if (cut != null && !cut.holds(x, y)) {
            return;
        }
        graphics.setFill(fill);
        graphics.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    @Override
    public void ring(double x, double y, double radius, double width, Color stroke) {
        graphics.setStroke(stroke);
        graphics.setLineWidth(width);
        graphics.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    @Override
    public void fill(Outline outline, Color fill) {
        graphics.setFill(fill);
        trace(outline);
        graphics.fill();
    }

    @Override
    public void stroke(Outline outline, double width, Color stroke) {
        graphics.setStroke(stroke);
        graphics.setLineWidth(width);
        trace(outline);
        strokeRound();
    }

    @Override
    public void mesh(Outline outline, double width, Color stroke) {
        Canvas paper = graphics.getCanvas();
        Affine place = graphics.getTransform();
        double dots = dots(paper);
        place.prependScale(dots, dots);
        int left = (int) Math.floor(place.getTx());
        int top = (int) Math.floor(place.getTy());
        place.setTx(place.getTx() - left);
        place.setTy(place.getTy() - top);
        Knot knot =
                new Knot(
                        outline,
                        place.getMxx(),
                        place.getMyy(),
                        Math.round(place.getTx() * 64),
                        Math.round(place.getTy() * 64),
                        width,
                        stroke);
        Mesh.Picture known = meshes.get(knot);
        Optional<Mesh.Picture> mesh =
                known != null
                        ? Optional.of(known)
                        : Mesh.of(
                                outline,
                                place,
                                width,
                                stroke,
                                new int[] {
                                    -left,
                                    -top,
                                    (int) Math.ceil(paper.getWidth() * dots) - left,
                                    (int) Math.ceil(paper.getHeight() * dots) - top
                                });
        mesh.ifPresent(m -> {
            if (m.whole()) {
                meshes.put(knot, m);
            }
            pixels(m.image(), m.x() + left, m.y() + top, dots);
        });
    }

    /// Dots of the screen in a pixel.
    private static double dots(Canvas paper) {
        return paper.getScene() == null || paper.getScene().getWindow() == null
                ? 1
                : paper.getScene().getWindow().getRenderScaleX();
    }

    @Override
    public void dash(Outline outline, double width, double on, Color stroke) {
        graphics.setLineDashes(on, on + width);
        stroke(outline, width, stroke);
        graphics.setLineDashes();
    }

    @Override
    public void drawing(String path, double width, Color stroke) {
        graphics.setStroke(stroke);
        graphics.setLineWidth(width);
        graphics.beginPath();
        graphics.appendSVGPath(path);
        strokeRound();
    }

    private void strokeRound() {
        graphics.setLineCap(StrokeLineCap.ROUND);
        graphics.setLineJoin(StrokeLineJoin.ROUND);
        graphics.stroke();
        graphics.setLineCap(StrokeLineCap.SQUARE);
        graphics.setLineJoin(StrokeLineJoin.MITER);
    }

    private void trace(Outline outline) {
        graphics.beginPath();
        for (Outline.Step step : outline.steps()) {
            switch (step) {
                case Outline.Move(double x, double y) -> graphics.moveTo(x, y);
                case Outline.Line(double x, double y) -> graphics.lineTo(x, y);
                case Outline.Curve(
                                double x1,
                                double y1,
                                double x2,
                                double y2,
                                double x,
                                double y) ->
                        graphics.bezierCurveTo(x1, y1, x2, y2, x, y);
                case Outline.Close _ -> graphics.closePath();
            }
        }
    }

    @Override
    public void text(
            String text, double x, double y, Align align, double size, boolean bold, Color fill) {
        graphics.setFont(font(size, bold));
        graphics.setTextAlign(
                switch (align) {
                    case LEFT -> TextAlignment.LEFT;
                    case CENTRE -> TextAlignment.CENTER;
                    case RIGHT -> TextAlignment.RIGHT;
                });
        graphics.setFill(fill);
        graphics.fillText(text, x, y);
    }

    @Override
    public double width(String text, double size, boolean bold) {
        ruler.setFont(font(size, bold));
        ruler.setText(text);
        return ruler.getLayoutBounds().getWidth();
    }

    @Override
    public void raster(Raster raster, double x, double y, double width, double height) {
        if (raster.columns() == 0 || raster.rows() == 0) {
            return;
        }
        Shared shared = images.get(raster);
        if (shared == null || shared.cells() != raster.cells()) {
            shared = share(raster);
            images.put(raster, shared);
        } else {
            shared.buffer().updateBuffer(_ -> null);
        }
        graphics.drawImage(
                shared.image(), 0, 0, raster.columns(), raster.rows(), x, y, width, height);
    }

    /// A canvas paints whatever a clip of its own touches twice, on pictures of its whole size.
    @Override
    public void cut(double x, double y, double width, double height) {
        cut = new Cut(x, y, x + width, y + height);
    }

    @Override
    public void uncut() {
        cut = null;
    }

    @Override
    public void enter(double dx, double dy, double scaleX, double scaleY) {
        graphics.save();
        graphics.translate(dx, dy);
        graphics.scale(scaleX, scaleY);
    }

    @Override
    public void leave() {
        graphics.restore();
    }

    private Font font(double size, boolean bold) {
        return fonts.computeIfAbsent(
                new Face(size, bold),
                f -> Font.font(family, f.bold() ? FontWeight.BOLD : FontWeight.NORMAL, f.size()));
    }

    private static Shared share(Raster raster) {
        PixelBuffer<IntBuffer> buffer =
                new PixelBuffer<>(
                        raster.stride(),
                        raster.capacityRows(),
                        IntBuffer.wrap(raster.cells()),
                        PixelFormat.getIntArgbPreInstance());
        return new Shared(raster.cells(), buffer, new WritableImage(buffer));
    }
}
