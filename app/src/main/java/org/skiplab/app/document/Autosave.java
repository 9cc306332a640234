package org.skiplab.app.document;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.Background;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import org.skiplab.engine.graph.file.Writing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/// A copy of unsaved changes in the state folder. While SkipLab runs it holds a lock beside its
/// copy; a copy whose lock is free was left behind by a crash and is offered at the next start.
public final class Autosave implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Autosave.class);
    private static final String SECTION = "recovery";
    private static final String COPY = ".skiplab";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Path copy;
    private final Path lockFile;
    private final Background background;
    private final Duration pause;
    private final AtomicReference<@Nullable Wish> waiting = new AtomicReference<>();
    private @Nullable FileChannel channel;
    private @Nullable FileLock lock;

    /// What a crash left behind.
    ///
    /// @param design the document as it last was
    /// @param file the file it belongs to, if it had one
    /// @param at when it was last written
    /// @param copy where it lies
    public record Leftover(Design design, Optional<Path> file, Instant at, Path copy) {}

    /// @param state the OS's state folder for SkipLab
    /// @param session a name no other running SkipLab has
    /// @param background its own thread, for it sleeps
    /// @param pause shortest time between two writes
    public Autosave(Path state, String session, Background background, Duration pause) {
        this.folder = state.resolve("recovery");
        this.copy = folder.resolve(session + COPY);
        this.lockFile = folder.resolve(session + LOCK);
        this.background = background;
        this.pause = pause;
        try {
            Files.createDirectories(folder);
            channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            LOG.warn("Unsaved changes cannot be kept in {}: {}", folder, e.getMessage());
        }
    }

    /// Keeps `design` soon; a newer one takes its place if it comes first.
    ///
    /// @param file the file it belongs to
    public void keep(Design design, Optional<Path> file) {
        String name = file.map(p -> p.toAbsolutePath().toString()).orElse("");
        Design marked =
                design.withSection(
                        SECTION, JsonNodeFactory.instance.objectNode().put("file", name));
        wish(new Wish(Optional.of(marked)));
    }

    /// Removes the copy soon: everything is in a file, or was discarded.
    public void forget() {
        wish(new Wish(Optional.empty()));
    }

    /// The copies of sessions that no longer run, newest first. Unreadable ones are removed.
    public List<Leftover> leftovers() {
        List<Leftover> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(COPY)).toList()) {
                if (!file.equals(copy) && abandoned(file)) {
                    leftover(file).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            LOG.warn("The recovery folder {} is unreadable: {}", folder, e.getMessage());
        }
        found.sort(Comparator.comparing(Leftover::at).reversed());
        return found;
    }

    /// Removes a copy for good.
    public void remove(Leftover leftover) {
        try {
            Files.deleteIfExists(leftover.copy());
            Files.deleteIfExists(lockOf(leftover.copy()));
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", leftover.copy(), e.getMessage());
        }
    }

    /// The orderly end: no copy is left.
    @Override
    public void close() {
        try {
            // While the lock is held, nobody takes the copy for a crash's.
            Files.deleteIfExists(copy);
            if (lock != null) {
                lock.release();
            }
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", copy, e.getMessage());
        }
    }

    /// What should be on disk: a copy of a design, or none.
    private record Wish(Optional<Design> design) {}

    private void wish(Wish wish) {
        if (waiting.getAndSet(wish) == null) {
            background.run(
                    () -> {
                        fulfil();
                        Thread.sleep(pause);
                        return true;
                    },
                    _ -> {},
                    _ -> {});
        }
    }

    private void fulfil() throws IOException {
        Wish wish = waiting.getAndSet(null);
        if (wish == null || wish.design().isEmpty()) {
            Files.deleteIfExists(copy);
        } else if (DesignFile.write(copy, wish.design().get())
                instanceof Writing.Unwritten problem) {
            LOG.warn("Unsaved changes could not be kept: {}", problem);
        }
    }

    private Optional<Leftover> leftover(Path file) throws IOException {
        if (DesignFile.read(file) instanceof Reading.Read(Design design)) {
            String name = design.section(SECTION).map(s -> s.path("file").asString("")).orElse("");
            return Optional.of(
                    new Leftover(
                            design.withoutSection(SECTION),
                            path(name),
                            Files.getLastModifiedTime(file).toInstant(),
                            file));
        }
        Files.deleteIfExists(file);
        Files.deleteIfExists(lockOf(file));
        return Optional.empty();
    }

    private static Optional<Path> path(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path lockOf(Path copy) {
        String name = copy.getFileName().toString();
        return copy.resolveSibling(name.substring(0, name.length() - COPY.length()) + LOCK);
    }

    private static boolean abandoned(Path copy) {
        Path file = lockOf(copy);
        if (!Files.exists(file)) {
            return true;
        }
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = other.tryLock()) {
            return free != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }
}
