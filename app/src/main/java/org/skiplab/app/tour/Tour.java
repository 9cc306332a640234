package org.skiplab.app.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.skiplab.app.fx.Toolkit;

/// Opens the real window on JavaFX's headless platform, trains three networks in it and takes its
/// picture at each station.
public final class Tour {

    private final Path folder;
    private final Consumer<String> say;

    /// @param folder where the pictures go; made if it is not there
    /// @param say told in one line of each picture
    public Tour(Path folder, Consumer<String> say) {
        this.folder = folder;
        this.say = say;
    }

    /// @throws IOException if the folder cannot be written
    public void run() throws Exception {
        Files.createDirectories(folder);
        Path state = Files.createTempDirectory("skiplab-tour");
        Toolkit.startOffscreen();
        try (TourWindow opened = Toolkit.call(() -> new TourWindow(state, folder, say))) {
            new Stops(opened).all();
        } finally {
            remove(state);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
