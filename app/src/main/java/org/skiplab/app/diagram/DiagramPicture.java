package org.skiplab.app.diagram;

import java.util.List;
import java.util.Optional;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.CanvasSurface;
import org.skiplab.app.plot.Surface;
import org.skiplab.app.plot.SvgSurface;

/// A whole network as a picture for a paper or a page: what the canvas shows at 100 %, with a
/// legend when colour means a quantity.
public final class DiagramPicture {

    /// More pixels than this fit no picture that anybody opens.
    public static final long MOST_PIXELS = 150_000_000;

    private static final double MARGIN = 20;
    private static final double LEGEND = 44;
    private static final double RAMP = 160;
    private static final int TILE = 2048;
    private static final String FAMILY = "Helvetica, Arial, 'DejaVu Sans', sans-serif";

    private final Scenery scenery;
    private final Ink ink;
    private final Optional<Heat> heat;
    private final Box content;

    public DiagramPicture(Scenery scenery, Ink ink, Optional<Heat> heat) {
        this.scenery = scenery;
        this.ink = ink.onPage();
        this.heat = heat;
        content = scenery.bounds().grown(MARGIN);
    }

    /// In pixels at scale 1.
    public double width() {
        return Math.max(content.width(), heat.isPresent() ? RAMP + 2 * MARGIN : 0);
    }

    /// In pixels at scale 1.
    public double height() {
        return content.height() + (heat.isPresent() ? LEGEND : 0);
    }

    /// Whether a picture at that scale would be too large to make.
    public boolean tooLarge(double scale) {
        return Math.ceil(width() * scale) * Math.ceil(height() * scale) > MOST_PIXELS;
    }

    /// An SVG document, with text as text. Needs no toolkit.
    public String svg() {
        SvgSurface surface =
                new SvgSurface(
                        width(), height(), FAMILY, (text, size, _) -> 0.56 * size * text.length());
        paint(surface, 1);
        return surface.document();
    }

    /// Pixels. Call it on the JavaFX thread.
    ///
    /// @param scale pixels for one unit
    /// @throws IllegalArgumentException if that would be [#tooLarge]
    public WritableImage image(double scale) {
        if (tooLarge(scale)) {
            throw new IllegalArgumentException("the picture would be too large");
        }
        int width = (int) Math.ceil(width() * scale);
        int height = (int) Math.ceil(height() * scale);
        WritableImage image = new WritableImage(width, height);
        for (int y = 0; y < height; y += TILE) {
            for (int x = 0; x < width; x += TILE) {
                copy(tile(x, y, scale), image, x, y);
            }
        }
        return image;
    }

    private WritableImage tile(int x, int y, double scale) {
        Canvas canvas = new Canvas(TILE, TILE);
        CanvasSurface surface =
                new CanvasSurface(canvas.getGraphicsContext2D(), Font.getDefault().getFamily());
        surface.enter(-x, -y, 1);
        paint(surface, scale);
        surface.leave();
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        return canvas.snapshot(parameters, null);
    }

    private static void copy(WritableImage tile, WritableImage image, int x, int y) {
        int width = Math.min(TILE, (int) image.getWidth() - x);
        int height = Math.min(TILE, (int) image.getHeight() - y);
        int[] pixels = new int[width * height];
        tile.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        image.getPixelWriter()
                .setPixels(x, y, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    }

    private void paint(Surface surface, double scale) {
        surface.rectangle(
                0, 0, Math.ceil(width() * scale), Math.ceil(height() * scale), ink.canvas());
        surface.enter(-content.x() * scale, -content.y() * scale, scale);
        new DiagramPainter(scenery, ink, heat, new Insides())
                .paint(surface, Marks.NONE, content, 1);
        surface.leave();
        heat.ifPresent(h -> {
            surface.enter(MARGIN * scale, content.height() * scale, scale);
            legend(surface, h, ink);
            surface.leave();
        });
    }

    /// Title, colours and both ends of the scale.
    private static void legend(Surface surface, Heat heat, Ink ink) {
        surface.text(
                heat.title() + (heat.logarithmic() ? " (logarithmic)" : ""),
                0,
                0,
                Align.LEFT,
                11,
                true,
                ink.text());
        List<Color> ramp = Heat.ramp(64);
        double step = RAMP / ramp.size();
        for (int i = 0; i < ramp.size(); i++) {
            surface.rectangle(i * step, 8, step + 0.3, 8, ramp.get(i));
        }
        surface.text(heat.least(), 0, 25, Align.LEFT, 10, false, ink.muted());
        surface.text(heat.most(), RAMP, 25, Align.RIGHT, 10, false, ink.muted());
    }
}
