package org.skiplab.engine.graph.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Writes files so that a crash or a full disk leaves either what was there before or all of the
/// new, never half of it.
public final class WholeFile {
    private WholeFile() {}

    /// What writes a file's content.
    public interface Content {
        /// @param file to be made; it does not exist yet
        void write(Path file) throws IOException;
    }

    /// Writes to a neighbour, forces it to disk and moves it into place. A link stays a link, and
    /// permissions stay as they were.
    ///
    /// @throws IOException if there is no room or no permission; an older file is left alone
    public static void write(Path file, Content content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        Path fresh = target.resolveSibling("." + target.getFileName() + "." + System.nanoTime());
        try {
            content.write(fresh);
            try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            keepPermissions(target, fresh);
            try {
                Files.move(
                        fresh,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from) && Files.getFileStore(from).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    /// Why a file could not be written or read, for people: the system's reason without the path.
    public static String reason(IOException e) {
        String reason =
                switch (e) {
                    case NoSuchFileException _ -> "it does not exist";
                    case AccessDeniedException _ -> "no permission";
                    case FileSystemException f -> f.getReason();
                    default -> e.getMessage();
                };
        return Objects.requireNonNullElse(reason, e.getClass().getSimpleName());
    }
}
