package org.skiplab.app.fx;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.image.WritablePixelFormat;
import javax.imageio.ImageIO;

/// Turns what JavaFX draws into files.
public final class Pictures {
    private Pictures() {}

    private static final Object SITTER = new Object();

    /// Marks a scene without a window as one whose picture will be taken, so that views draw in it.
    public static void willTake(Scene scene) {
        scene.getProperties().put(SITTER, true);
    }

    /// Whether what is drawn in this scene reaches anybody: its window shows, or its picture will
    /// be taken.
    public static boolean isSeen(Scene scene) {
        return scene.getProperties().containsKey(SITTER)
                || (scene.getWindow() != null && scene.getWindow().isShowing());
    }

    /// Lays a scene out and draws it, whether or not it is in a window. On the JavaFX thread only.
    public static WritableImage of(Scene scene) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        // Scroll panes cache what they show, and without a window nothing tells the cache to
        // follow.
        scene.getRoot().lookupAll(".viewport").forEach(v -> v.setCache(false));
        return scene.snapshot(null);
    }

    /// @throws UncheckedIOException if the file cannot be written
    public static void writePng(WritableImage image, Path file) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader()
                .getPixels(
                        0,
                        0,
                        width,
                        height,
                        WritablePixelFormat.getIntArgbInstance(),
                        pixels,
                        0,
                        width);
        BufferedImage buffer = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        buffer.setRGB(0, 0, width, height, pixels, 0, width);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            ImageIO.write(buffer, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
