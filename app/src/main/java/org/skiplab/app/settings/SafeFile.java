package org.skiplab.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skiplab.engine.graph.file.WholeFile;

/// Writes a text file so that a crash or a full disk leaves either the old or the new text, never
/// half of one.
public final class SafeFile {
    private SafeFile() {}

    /// Writes the text as a whole or not at all. Makes missing folders.
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        WholeFile.write(file, fresh -> Files.writeString(fresh, text));
    }
}
