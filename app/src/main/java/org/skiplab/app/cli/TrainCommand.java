package org.skiplab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.export.MetricsCsv;
import org.skiplab.engine.graph.Network;
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

    @Option(
            names = "--survival",
            paramLabel = "RULE",
            description =
                    "Survival probabilities of gated blocks, such as linear:0.5 or uniform:0.8.")
    private @Nullable String survival;

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

    private @Nullable Telemetry newest;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        TrainingSettings settings = how.settings();
        KernelPath path = RunnableNetwork.kernels();
        DataSet images = images();
        Network network =
                RunnableNetwork.checked(
                        design.readFor(images.shape(), images.classNames().size()).network());
        if (survival != null) {
            network = network.withSurvival(RunnableNetwork.survival(survival));
        }
        network = how.begun(network);
        OpenData.checkBatch(settings.batch(), images);
        Optional<Path> folder = folder();
        try (Lane lane = new Lane(network, images, settings, path, Start.INITIAL, this::take)) {
            lane.watch(folder.isPresent() ? PLOTTED : Set.of());
            RunReport report = new RunReport(lane.trainer(), data);
            train(lane, folder, report);
            Optional<Divergence> divergence = telemetry().divergence();
            report.survival().forEach(terminal::line);
            if (folder.isPresent()) {
                RunOutput output = new RunOutput(folder.get());
                output.plots(telemetry(), network, settings.batch(), images.classNames());
                divergence.ifPresent(report::divergence);
                if (divergence.isPresent()) {
                    // The newest state that was good: the end of the epoch before.
                    lane.back(telemetry().step());
                }
                output.weights(lane.milestone().state());
                output.design(network);
                report.write(folder.get().resolve("run.json"));
            }
            if (divergence.isPresent()) {
                throw CommandFailure.failed(diverged(divergence.get(), folder));
            }
        } catch (DoesNotFit e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
        return 0;
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

    private Optional<Path> folder() throws CommandFailure {
        if (out == null) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw CommandFailure.failed(
                    out
                            + ": the folder cannot be made ("
                            + e.getMessage()
                            + "); choose another with --out");
        }
        return Optional.of(out);
    }

    private void train(Lane lane, Optional<Path> folder, RunReport report)
            throws IOException, InterruptedException {
        try (Progress progress = new Progress(terminal, lane.trainer(), folder)) {
            lane.play();
            while (lane.playing()) {
                int epoch = telemetry().epoch() + 1;
                int tests = telemetry().evaluations().size();
                lane.step();
                if (!lane.sound()) {
                    return;
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
        }
    }

    /// Prints a line per epoch (and one a second in between) and writes `metrics.csv`.
    private static final class Progress implements AutoCloseable {
        private static final long SECOND = 1_000_000_000L;

        private final Terminal terminal;
        private final Trainer trainer;
        private final Optional<MetricsCsv> csv;
        private long lastLine = System.nanoTime();

        Progress(Terminal terminal, Trainer trainer, Optional<Path> folder) throws IOException {
            this.terminal = terminal;
            this.trainer = trainer;
            csv =
                    folder.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new MetricsCsv(folder.get().resolve("metrics.csv")));
        }

        void step(int epoch, Telemetry now) throws IOException {
            double loss = last(now.loss());
            double accuracy = last(now.accuracy());
            if (csv.isPresent()) {
                csv.get().step(epoch, now.step(), loss, accuracy, now.imagesPerSecond());
            }
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

        void epoch(int epoch, Telemetry now, Evaluation test) throws IOException {
            double loss = last(now.loss());
            double accuracy = last(now.accuracy());
            if (csv.isPresent()) {
                csv.get().step(epoch, now.step(), loss, accuracy, now.imagesPerSecond(), test);
            }
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
        public void close() throws IOException {
            if (csv.isPresent()) {
                csv.get().close();
            }
        }
    }
}
