package org.skiplab.app.plot;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/// A figure as a file.
public enum FigureFile {
    /// A picture of pixels, twice as fine as the screen.
    PNG("png", "Picture (PNG)"),
    /// A picture of shapes, for papers.
    SVG("svg", "Drawing (SVG)"),
    /// The numbers.
    CSV("csv", "Numbers (CSV)");

    private static final double FINENESS = 2;

    private final String extension;
    private final String title;

    FigureFile(String extension, String title) {
        this.extension = extension;
        this.title = title;
    }

    public String extension() {
        return extension;
    }

    public String title() {
        return title;
    }

    /// Writes a figure. Call it on the JavaFX thread.
    ///
    /// @throws IOException if the file cannot be written
    public void write(Figure figure, double width, double height, Palette palette, Path file)
            throws IOException {
        switch (this) {
            case PNG -> writePng(image(figure, width, height, palette), file);
            case SVG -> Files.writeString(file, svg(figure, width, height, palette));
            case CSV -> {
                try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                    figure.csv(out);
                }
            }
        }
    }

    /// Writes pixels as a PNG file.
    ///
    /// @throws IOException if the file cannot be written
    public static void writePng(WritableImage image, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(pixels(image), "png", out);
        }
    }

    /// The figure as pixels, twice as fine as its size says.
    public static WritableImage image(Figure figure, double width, double height, Palette palette) {
        Canvas canvas = new Canvas(FINENESS * width, FINENESS * height);
        // A canvas that is magnified afterwards gets larger pixels, not more of them.
        canvas.getGraphicsContext2D().scale(FINENESS, FINENESS);
        figure.paint(
                new CanvasSurface(canvas.getGraphicsContext2D(), palette.fontFamily()),
                width,
                height,
                palette);
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(palette.background());
        return canvas.snapshot(parameters, null);
    }

    /// The figure as an SVG document.
    public static String svg(Figure figure, double width, double height, Palette palette) {
        CanvasSurface ruler =
                new CanvasSurface(new Canvas(1, 1).getGraphicsContext2D(), palette.fontFamily());
        SvgSurface surface = new SvgSurface(width, height, palette.fontFamily(), ruler::width);
        figure.paint(surface, width, height, palette);
        return surface.document();
    }

    private static BufferedImage pixels(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] argb = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        BufferedImage pixels = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        pixels.setRGB(0, 0, width, height, argb, 0, width);
        return pixels;
    }
}
