package org.skiplab.app.data;

import java.util.List;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import org.skiplab.engine.graph.Shape;

/// Images of a data set as JavaFX draws them.
final class Swatches {
    private Swatches() {}

    /// @param image unsigned bytes, HWC
    static WritableImage of(byte[] image, Shape shape) {
        return sheet(List.of(image), shape, 1, 0);
    }

    /// An image whose pixels can be told apart: each becomes a square of at least one pixel, as
    /// many as fit into a side.
    static WritableImage enlarged(byte[] image, Shape shape, double side) {
        int zoom = Math.max(1, (int) (side / Math.max(shape.height(), shape.width())));
        int channels = shape.channels();
        Shape larger = new Shape(shape.height() * zoom, shape.width() * zoom, channels);
        byte[] pixels = new byte[Math.toIntExact(larger.size())];
        for (int y = 0; y < larger.height(); y++) {
            for (int x = 0; x < larger.width(); x++) {
                int from = (y / zoom * shape.width() + x / zoom) * channels;
                int to = (y * larger.width() + x) * channels;
                System.arraycopy(image, from, pixels, to, channels);
            }
        }
        return of(pixels, larger);
    }

    /// Images in rows, with transparent gaps between them.
    ///
    /// @param gap in pixels of the images
    static WritableImage sheet(List<byte[]> images, Shape shape, int columns, int gap) {
        int rows = Math.max(1, Math.ceilDiv(images.size(), columns));
        int width = columns * (shape.width() + gap) - gap;
        int height = rows * (shape.height() + gap) - gap;
        int[] pixels = new int[width * height];
        for (int i = 0; i < images.size(); i++) {
            int x = i % columns * (shape.width() + gap);
            int y = i / columns * (shape.height() + gap);
            paint(images.get(i), shape, pixels, y * width + x, width);
        }
        WritableImage sheet = new WritableImage(width, height);
        sheet.getPixelWriter()
                .setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return sheet;
    }

    private static void paint(byte[] image, Shape shape, int[] pixels, int start, int stride) {
        int channels = shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int p = (y * shape.width() + x) * channels;
                int red = image[p] & 0xFF;
                int green = channels < 3 ? red : image[p + 1] & 0xFF;
                int blue = channels < 3 ? red : image[p + 2] & 0xFF;
                pixels[start + y * stride + x] = 0xFF000000 | red << 16 | green << 8 | blue;
            }
        }
    }
}
