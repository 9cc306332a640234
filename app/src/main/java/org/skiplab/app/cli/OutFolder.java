package org.skiplab.app.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skiplab.engine.graph.file.WholeFile;

/// The folder of `--out`.
final class OutFolder {
    private OutFolder() {}

    /// Makes the folder and those above it, where they do not exist.
    static void make(Path folder) throws CommandFailure {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.failed(
                    folder + ": there is a file in the folder's place; choose another with --out");
        } catch (IOException e) {
            throw CommandFailure.failed(
                    folder
                            + ": the folder cannot be made ("
                            + WholeFile.reason(e)
                            + "); choose another with --out");
        }
    }
}
