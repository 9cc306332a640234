package org.skiplab.app.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.skiplab.app.settings.SafeFile;
import org.skiplab.engine.export.CheckpointFile;
import org.skiplab.engine.export.MetricsCsv;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// The folder of kept runs, one folder each: `run.json`, `design.skiplab`, `history.npz` and a
/// `checkpoint-STEP.npz` per state. Each file is replaced as a whole, `run.json` last, so that a
/// crash or a full disk leaves what was there before. Used on one thread at a time, away from the
/// JavaFX thread.
public final class RunStore {

    /// Runs that are kept; the oldest go first.
    public static final int MOST_RUNS = 500;

    /// Bytes that all weights together may take up; the oldest runs lose theirs first and keep
    /// their curves.
    public static final long MOST_BYTES = 2L << 30;

    private static final String RUN = "run.json";
    private static final String DESIGN = "design." + DesignFile.EXTENSION;
    private static final String HISTORY = "history.npz";
    private static final String DELETED = ".deleted";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /// What is in the folder.
    ///
    /// @param runs newest first
    /// @param broken one line per folder that is no readable run
    public record Shelf(List<KeptRun> runs, List<String> broken) {
        public Shelf {
            runs = List.copyOf(runs);
            broken = List.copyOf(broken);
        }
    }

    private final Path root;
    private final int mostRuns;
    private final long mostBytes;

    public RunStore(Path root) {
        this(root, MOST_RUNS, MOST_BYTES);
    }

    RunStore(Path root, int mostRuns, long mostBytes) {
        this.root = root;
        this.mostRuns = mostRuns;
        this.mostBytes = mostBytes;
    }

    /// A name for the folder of a run that begins now; no other run has it.
    public String fresh(Instant now) {
        String stem = NAME.format(now);
        String id = stem;
        for (int i = 2; Files.exists(root.resolve(id)); i++) {
            id = stem + "-" + i;
        }
        return id;
    }

    /// Reads what there is; a folder that cannot be read is passed over and reported.
    public Shelf read() {
        List<KeptRun> runs = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        try {
            for (Path deleted : folders(root.resolve(DELETED))) {
                remove(deleted);
            }
        } catch (IOException e) {
            broken.add("deleted runs in " + root + " still take up room: " + reason(e));
        }
        if (Files.isDirectory(root)) {
            try {
                for (Path folder : folders(root)) {
                    try {
                        runs.add(run(folder));
                    } catch (IOException | IllegalArgumentException e) {
                        broken.add(
                                "the run in "
                                        + folder
                                        + " is passed over: "
                                        + reason(e)
                                        + "; delete the folder, or restore it from a backup");
                    }
                }
            } catch (IOException e) {
                broken.add("the runs in " + root + " cannot be listed: " + reason(e));
            }
        }
        runs.sort(Comparator.comparing(KeptRun::begun).thenComparing(KeptRun::id).reversed());
        return new Shelf(runs, broken);
    }

    private static KeptRun run(Path folder) throws IOException {
        Path file = folder.resolve(RUN);
        if (!Files.exists(file)) {
            throw new IOException("there is no " + RUN);
        }
        Network network =
                switch (DesignFile.read(folder.resolve(DESIGN))) {
                    case Reading.Read(Design design) -> design.network();
                    case Reading.Unreadable problem ->
                            throw new IOException(DESIGN + ": " + problem);
                };
        try {
            return RunForm.run(
                            Objects.requireNonNull(folder.getFileName()).toString(),
                            Files.readString(file),
                            network)
                    .withStates(new KeptStates(folder).steps());
        } catch (IllegalArgumentException e) {
            throw new IOException(RUN + ": " + reason(e), e);
        }
    }

    /// What became of [#save].
    ///
    /// @param run as it is listed now
    /// @param told one line per older run that had to make room
    public record Saved(KeptRun run, List<String> told) {
        public Saved {
            told = List.copyOf(told);
        }
    }

    /// Writes a run, or the newer state of one.
    ///
    /// @param earlier states that are written too where they are missing
    /// @throws IOException if it cannot be written; what was there before is still there
    public Saved save(KeptRun run, Telemetry history, Checkpoint state, List<Checkpoint> earlier)
            throws IOException {
        Path folder = root.resolve(run.id());
        Files.createDirectories(folder);
        if (!Files.exists(folder.resolve(DESIGN))) {
            SafeFile.write(folder.resolve(DESIGN), DesignFile.text(Design.of(run.network())));
        }
        WholeFile.write(folder.resolve(HISTORY), fresh -> HistoryFile.write(history, fresh));
        KeptStates states = new KeptStates(folder);
        states.write(state, earlier, history.stepsPerEpoch());
        SafeFile.write(folder.resolve(RUN), RunForm.text(run));
        return new Saved(run.withStates(states.steps()), makeRoom(run.id()));
    }

    private List<String> makeRoom(String newest) throws IOException {
        List<String> told = new ArrayList<>();
        List<Path> folders = folders(root);
        folders.removeIf(f -> f.endsWith(newest));
        while (folders.size() + 1 > mostRuns) {
            Path oldest = folders.removeFirst();
            told.add("the oldest run was deleted: " + mostRuns + " are kept (" + oldest + ")");
            remove(oldest);
        }
        long bytes = new KeptStates(root.resolve(newest)).bytes();
        for (Path folder : folders) {
            bytes += new KeptStates(folder).bytes();
        }
        for (Path folder : folders) {
            KeptStates states = new KeptStates(folder);
            if (bytes > mostBytes && states.any()) {
                bytes -= states.bytes();
                states.delete();
                told.add(
                        "the weights of the oldest run were deleted to keep all below "
                                + (mostBytes >> 20)
                                + " MB; its curves stay ("
                                + folder
                                + ")");
            }
        }
        return told;
    }

    /// The runs' folders, oldest first.
    private static List<Path> folders(Path in) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(in)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(in, Files::isDirectory)) {
                all.forEach(folders::add);
            }
        }
        folders.removeIf(f -> f.endsWith(DELETED));
        folders.sort(Comparator.comparing(Path::toString));
        return folders;
    }

    /// @throws IOException if the name cannot be written
    public void rename(KeptRun run, String name) throws IOException {
        SafeFile.write(root.resolve(run.id()).resolve(RUN), RunForm.text(run.withName(name)));
    }

    /// Puts a run aside; it is gone for good when the store is next read.
    ///
    /// @throws IOException if its folder cannot be moved
    public void delete(KeptRun run) throws IOException {
        Files.createDirectories(root.resolve(DELETED));
        Files.move(root.resolve(run.id()), root.resolve(DELETED).resolve(run.id()));
    }

    /// Takes back [#delete].
    ///
    /// @throws IOException if the run is gone for good
    public void restore(KeptRun run) throws IOException {
        Files.move(root.resolve(DELETED).resolve(run.id()), root.resolve(run.id()));
    }

    /// First `run.json`, so that half a deletion is no run any more.
    private static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(RUN));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /// The run's curves.
    ///
    /// @throws IOException with a one-line reason
    public Telemetry history(KeptRun run) throws IOException {
        return HistoryFile.read(run, root.resolve(run.id()).resolve(HISTORY));
    }

    /// The run's last good state with what had been measured by then.
    ///
    /// @throws IOException with a one-line reason: the weights are gone, damaged or of another
    ///   network
    public Milestone end(KeptRun run) throws IOException {
        KeptStates states = states(run);
        if (!states.any()) {
            throw new IOException(
                    run.name() + " has lost its weights to newer runs; train it again");
        }
        return milestone(run, states.newest());
    }

    /// One of the run's [KeptRun#states] with what had been measured by then.
    ///
    /// @throws IOException with a one-line reason
    public Milestone state(KeptRun run, int step) throws IOException {
        return milestone(run, states(run).at(step));
    }

    private KeptStates states(KeptRun run) {
        return new KeptStates(root.resolve(run.id()));
    }

    private Milestone milestone(KeptRun run, Checkpoint state) throws IOException {
        Telemetry history = history(run);
        if (history.step() < state.place().step()) {
            throw new IOException(run.name() + ": its curves are shorter than its training");
        }
        Telemetry then = history.upTo(state.place().step());
        Network network = run.network();
        for (KnobChange change : then.knobs()) {
            if (change.knob() instanceof Knob.DropPaths(GateMode mode)) {
                network = network.withGateMode(mode);
            }
        }
        return new Milestone(state, network, then);
    }

    /// Writes `run.json`, `metrics.csv`, `weights.npz` and the design into a folder, as `skiplab
    /// train --out` does.
    ///
    /// @throws IOException if the folder cannot be written or the run cannot be read
    public void export(KeptRun run, Path target) throws IOException {
        Telemetry t = history(run);
        KeptStates states = states(run);
        Files.createDirectories(target);
        SafeFile.write(target.resolve(RUN), RunForm.text(run));
        SafeFile.write(target.resolve(DESIGN), DesignFile.text(Design.of(run.network())));
        if (states.any()) {
            CheckpointFile.writeWeights(states.newest(), target.resolve("weights.npz"));
        }
        try (MetricsCsv csv = new MetricsCsv(target.resolve("metrics.csv"))) {
            Series.Exact losses = t.loss().exact();
            Series.Exact accuracies = t.accuracy().exact();
            int next = 0;
            int epoch = 1;
            for (int i = 0; i < t.loss().size(); i++) {
                double loss = losses.get(i);
                double accuracy = accuracies.get(i);
                if (next < t.evaluations().size() && t.evaluations().get(next).step() == i + 1) {
                    Evaluation test = t.evaluations().get(next++);
                    csv.step(epoch, i + 1, loss, accuracy, Double.NaN, test);
                    epoch = test.epoch() + 1;
                } else {
                    csv.step(epoch, i + 1, loss, accuracy, Double.NaN);
                }
            }
        }
    }

    private static String reason(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
