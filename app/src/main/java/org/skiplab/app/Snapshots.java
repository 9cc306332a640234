package org.skiplab.app;

import java.nio.file.Path;
import javafx.scene.Scene;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.theme.Theme;

/// Draws the real window offscreen, at any size, without a display: for pictures in papers, the
/// tour, and looking at it.
public final class Snapshots {

    private final Scene scene;

    /// On the JavaFX thread, as everything here.
    public Snapshots(MainWindow window, Theme theme, double width, double height) {
        scene = new Scene(window.root(), width, height);
        theme.install(scene);
    }

    public Scene scene() {
        return scene;
    }

    /// @throws java.io.UncheckedIOException if the file cannot be written
    public void write(Path png) {
        Pictures.writePng(Pictures.of(scene), png);
    }
}
