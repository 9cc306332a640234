package org.skiplab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.export.MetricsCsv;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.train.Divergence;
import org.skiplab.engine.train.DoesNotFit;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Lane;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Trainer;
import org.skiplab.engine.train.TrainingSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skiplab train DESIGN --data DATA …`: a training run without a window.
@Command(
        name = "train",
        description = "Trains a network, says how it goes, and leaves the figures in a folder.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private DesignArgument design = new DesignArgument();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            required = true,
            description =
                    "mnist, shapes, or NAME:PATH with cifar10, cifar100, svhn, mnist, fashion, emnist,"
                            + " folder, csv.")
    private String data = "";

    @Mixin private SettingsOptions how = new SettingsOptions();

    @Mixin private SurvivalOption survival = new SurvivalOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Train on N images, evenly from all classes.")
    private @Nullable Integer limit;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for metrics.csv, run.json, the design, weights.npz and plots.")
    private @Nullable Path out;

    /// What the plots show beyond loss and accuracy.
    private static final Set<Probing> PLOTTED = Set.of(Probing.GRADIENT, Probing.REUSE);

    private static final String METRICS = "metrics.csv";

    /// Bytes for everything but the weights.
    private static final long ROOM_FOR_PLOTS = 3_000_000;

    private @Nullable Telemetry newest;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        TrainingSettings settings = how.settings();
        KernelPath path = RunnableNetwork.kernels();
        DataSet images = images();
        Network network =
                RunnableNetwork.checked(
                        design.readFor(images.shape(), images.classNames().size()).network());
        network = survival.applied(network, terminal);
        network = how.begun(network);
        OpenData.checkBatch(settings.batch(), images);
        Optional<Path> folder = folder(Analysis.of(network).parameters());
        try (Lane lane = new Lane(network, images, settings, path, Start.INITIAL, this::take)) {
            lane.watch(folder.isPresent() ? PLOTTED : Set.of());
            RunReport report = new RunReport(lane.trainer(), data);
            Optional<IOException> unwritten = train(lane, folder, report);
            Optional<Divergence> divergence = telemetry().divergence();
            report.survival().forEach(terminal::line);
            if (folder.isPresent()) {
                divergence.ifPresent(report::divergence);
                if (divergence.isPresent()) {
                    // The newest state that was good: the end of the epoch before.
                    lane.back(telemetry().step());
                }
                leave(lane, new RunOutput(folder.get()), report, images.classNames());
            }
            if (divergence.isPresent()) {
                throw CommandFailure.failed(diverged(divergence.get(), folder));
            }
            if (unwritten.isPresent()) {
                throw CommandFailure.failed(
                        folder.orElseThrow().resolve(METRICS)
                                + ": it ends early, for it could not be written any more ("
                                + WholeFile.reason(unwritten.get())
                                + "); make room there (the run went on, its weights are kept)");
            }
        } catch (DoesNotFit e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    /// Writes everything that there is room for, what cannot be had again first.
    private void leave(Lane lane, RunOutput output, RunReport report, List<String> classNames)
            throws CommandFailure {
        Network network = lane.trainer().network();
        List<Part> parts =
                List.of(
                        () -> output.weights(lane.milestone().state()),
                        () -> output.design(network),
                        () -> output.report(report),
                        () ->
                                output.plots(
                                        telemetry(),
                                        network,
                                        lane.trainer().settings().batch(),
                                        classNames));
        Optional<CommandFailure> first = Optional.empty();
        for (Part part : parts) {
            try {
                part.write();
            } catch (CommandFailure e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    private interface Part {
        void write() throws CommandFailure;
    }

    private String diverged(Divergence divergence, Optional<Path> folder) {
        return divergence.message()
                + "; use a smaller --lr than "
                + Numbers.plain(divergence.learningRate())
                + folder.map(f ->
                                " (the measurements and the weights after "
                                        + telemetry().epoch()
                                        + (telemetry().epoch() == 1 ? " epoch" : " epochs")
                                        + " are in "
                                        + f
                                        + ")")
                        .orElse("");
    }

    private void take(Telemetry newer) {
        newest = newer;
    }

    private Telemetry telemetry() {
        return Objects.requireNonNull(newest);
    }

    private DataSet images() throws CommandFailure {
        if (limit != null && limit < 1) {
            throw CommandFailure.wrongUse("--limit must be at least 1: " + limit);
        }
        DataSet opened = OpenData.opened(data, terminal);
        return limit == null ? opened : opened.limited(limit);
    }

    /// @param numbers that `weights.npz` will hold
    private Optional<Path> folder(long numbers) throws CommandFailure {
        if (out == null) {
            return Optional.empty();
        }
        OutFolder.make(out);
        if (!Files.isWritable(out)) {
            throw CommandFailure.failed(
                    out + ": nothing may be written there; choose another with --out");
        }
        long needed = Float.BYTES * numbers + ROOM_FOR_PLOTS;
        long free = out.toFile().getUsableSpace();
        if (free < needed) {
            throw CommandFailure.failed(
                    String.format(
                            Locale.ROOT,
                            "%s: the run leaves about %.1f MB there and %.1f MB are free; make room,"
                                    + " or choose another folder with --out",
                            out,
                            needed / 1e6,
                            free / 1e6));
        }
        return Optional.of(out);
    }

    /// Returns why `metrics.csv` ends before the run does, if it does.
    private Optional<IOException> train(Lane lane, Optional<Path> folder, RunReport report)
            throws CommandFailure, InterruptedException {
        try (Progress progress = new Progress(terminal, lane.trainer(), folder)) {
            lane.play();
            while (lane.playing()) {
                int epoch = telemetry().epoch() + 1;
                int tests = telemetry().evaluations().size();
                lane.step();
                if (!lane.sound()) {
                    break;
                }
                report.step();
                Telemetry now = telemetry();
                if (now.evaluations().size() > tests) {
                    Evaluation test = now.evaluations().getLast();
                    progress.epoch(epoch, now, test);
                    report.evaluation(test);
                } else {
                    progress.step(epoch, now);
                }
            }
            return progress.unwritten();
        }
    }

    /// Prints a line per epoch (and one a second in between) and writes `metrics.csv`.
    private static final class Progress implements AutoCloseable {
        private static final long SECOND = 1_000_000_000L;

        private interface Line {
            void write(MetricsCsv csv) throws IOException;
        }

        private final Terminal terminal;
        private final Trainer trainer;
        private Optional<MetricsCsv> csv = Optional.empty();
        private Optional<IOException> unwritten = Optional.empty();
        private long lastLine = System.nanoTime();

        Progress(Terminal terminal, Trainer trainer, Optional<Path> folder) throws CommandFailure {
            this.terminal = terminal;
            this.trainer = trainer;
            if (folder.isPresent()) {
                Path file = folder.get().resolve(METRICS);
                try {
                    csv = Optional.of(new MetricsCsv(file));
                } catch (IOException e) {
                    throw CommandFailure.failed(
                            file
                                    + ": it cannot be written ("
                                    + WholeFile.reason(e)
                                    + "); choose another folder with --out");
                }
            }
        }

        /// A full disk costs the measurements from here on, not the run.
        private void write(Line line) {
            if (csv.isPresent() && unwritten.isEmpty()) {
                try {
                    line.write(csv.get());
                } catch (IOException e) {
                    unwritten = Optional.of(e);
                }
            }
        }

        Optional<IOException> unwritten() {
            return unwritten;
        }

        void step(int epoch, Telemetry now) {
            double loss = last(now.loss());
            double accuracy = last(now.accuracy());
            write(c -> c.step(epoch, now.step(), loss, accuracy, now.imagesPerSecond()));
            if (System.nanoTime() - lastLine > SECOND) {
                lastLine = System.nanoTime();
                terminal.err()
                        .printf(
                                Locale.ROOT,
                                "epoch %d  step %d/%d  loss %.4f  accuracy %.3f  %.0f images/s%n",
                                epoch,
                                trainer.steps(),
                                trainer.settings().epochs() * trainer.stepsPerEpoch(),
                                loss,
                                accuracy,
                                now.imagesPerSecond());
            }
        }

        void epoch(int epoch, Telemetry now, Evaluation test) {
            double loss = last(now.loss());
            double accuracy = last(now.accuracy());
            write(c -> c.step(epoch, now.step(), loss, accuracy, now.imagesPerSecond(), test));
            terminal.line(
                    String.format(
                            Locale.ROOT,
                            "epoch %d  train loss %.4f  test loss %.4f  test accuracy %.4f",
                            epoch,
                            loss,
                            test.loss(),
                            test.accuracy()));
        }

        private static double last(Series.View series) {
            return series.get(series.size() - 1);
        }

        @Override
        public void close() {
            write(MetricsCsv::close);
        }
    }
}
