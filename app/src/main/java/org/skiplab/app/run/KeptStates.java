package org.skiplab.app.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skiplab.engine.export.CheckpointFile;
import org.skiplab.engine.train.Checkpoint;

/// The states of one kept run, each a file with its step in the name: the first, the newest, and of
/// those at the ends of epochs as many as fit, thinned out evenly.
final class KeptStates {

    /// Bytes that a run's states may take up; the first and the newest stay even if they need more.
    private static final long MOST_BYTES = 256L << 20;

    private static final int MOST = 16;
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,9})\\.npz");

    /// What earlier versions kept: the newest state alone.
    private static final String ONLY = "checkpoint.npz";

    private final Path folder;

    KeptStates(Path folder) {
        this.folder = folder;
    }

    private Path file(int step) {
        return folder.resolve("checkpoint-" + step + ".npz");
    }

    private TreeMap<Integer, Path> files() throws IOException {
        TreeMap<Integer, Path> found = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "checkpoint-*.npz")) {
                for (Path file : all) {
                    Matcher name =
                            NAME.matcher(Objects.requireNonNull(file.getFileName()).toString());
                    if (name.matches()) {
                        found.put(Integer.parseInt(name.group(1)), file);
                    }
                }
            }
        }
        return found;
    }

    /// Steps that there are states of, ascending.
    List<Integer> steps() throws IOException {
        return List.copyOf(files().keySet());
    }

    /// Writes the newest state, and earlier ones that are missing. States behind it are of a course
    /// that was given up.
    ///
    /// @param stepsPerEpoch to tell the ends of epochs; 0 if that is not known
    void write(Checkpoint newest, List<Checkpoint> earlier, int stepsPerEpoch) throws IOException {
        int step = newest.place().step();
        CheckpointFile.write(newest, file(step));
        for (Checkpoint state : earlier) {
            Path file = file(state.place().step());
            if (state.place().step() < step && !Files.exists(file)) {
                CheckpointFile.write(state, file);
            }
        }
        for (var old : files().entrySet()) {
            boolean stop = stepsPerEpoch > 0 && old.getKey() % stepsPerEpoch != 0;
            if (old.getKey() > step || (old.getKey() < step && stop)) {
                Files.deleteIfExists(old.getValue());
            }
        }
        Files.deleteIfExists(folder.resolve(ONLY));
        thin();
    }

    private void thin() throws IOException {
        List<Integer> steps = new ArrayList<>(steps());
        while (steps.size() > 2 && (steps.size() > MOST || bytes() > MOST_BYTES)) {
            int closest = 1;
            for (int i = 2; i < steps.size() - 1; i++) {
                closest = gap(steps, i) < gap(steps, closest) ? i : closest;
            }
            Files.deleteIfExists(file(steps.remove(closest)));
        }
    }

    private static int gap(List<Integer> steps, int i) {
        return steps.get(i + 1) - steps.get(i - 1);
    }

    long bytes() throws IOException {
        long bytes = Files.exists(folder.resolve(ONLY)) ? Files.size(folder.resolve(ONLY)) : 0;
        for (Path file : files().values()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    void delete() throws IOException {
        for (Path file : files().values()) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder.resolve(ONLY));
    }

    /// Whether there is any state.
    boolean any() throws IOException {
        return !files().isEmpty() || Files.exists(folder.resolve(ONLY));
    }

    /// @throws IOException with a one-line reason
    Checkpoint newest() throws IOException {
        TreeMap<Integer, Path> files = files();
        return read(files.isEmpty() ? folder.resolve(ONLY) : files.lastEntry().getValue());
    }

    /// @throws IOException with a one-line reason
    Checkpoint at(int step) throws IOException {
        if (!Files.exists(file(step))) {
            throw new IOException("the state of step " + step + " had to make room for newer ones");
        }
        return read(file(step));
    }

    private static Checkpoint read(Path file) throws IOException {
        return switch (CheckpointFile.read(file)) {
            case CheckpointFile.Reading.Read(Checkpoint read) -> read;
            case CheckpointFile.Reading.Unreadable(String message) ->
                    throw new IOException(message);
        };
    }
}
