package org.skiplab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.export.MetricsCsv;
import org.skiplab.engine.export.Weights;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Writing;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.DoesNotFit;
import org.skiplab.engine.train.Evaluation;
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
            description = "Folder for metrics.csv, run.json, the design and weights.npz.")
    private @Nullable Path out;

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
        try (Trainer trainer = new Trainer(network, images, settings, path)) {
            RunReport report = new RunReport(trainer, data);
            train(trainer, settings, folder, report);
            report.survival().forEach(terminal::line);
            if (folder.isPresent()) {
                Weights.writeNpz(trainer.parameters(), folder.get().resolve(RunFolder.WEIGHTS));
                writeDesign(trainer.network(), folder.get().resolve(RunFolder.DESIGN));
                report.write(folder.get().resolve("run.json"));
            }
        } catch (DoesNotFit e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private static void writeDesign(Network network, Path file) throws CommandFailure {
        switch (DesignFile.write(file, Design.of(network))) {
            case Writing.Written _ -> {}
            case Writing.Unwritten(String why, String fix) ->
                    throw CommandFailure.failed(why + "; " + fix);
        }
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

    private void train(
            Trainer trainer, TrainingSettings settings, Optional<Path> folder, RunReport report)
            throws IOException, InterruptedException, CommandFailure {
        try (Progress progress = new Progress(terminal, trainer, folder)) {
            while (trainer.epochs() < trainer.settings().epochs()) {
                long start = System.nanoTime();
                int epoch = trainer.epochs() + 1;
                Trainer.StepResult result = trainer.step();
                if (result.divergence().isPresent()) {
                    throw CommandFailure.failed(
                            result.divergence().get().message()
                                    + "; use a smaller --lr than "
                                    + result.learningRate());
                }
                report.step();
                double rate = settings.batch() * 1e9 / (System.nanoTime() - start);
                if (trainer.atEpochEnd()) {
                    Evaluation test = trainer.evaluate();
                    progress.epoch(epoch, result, rate, test);
                    report.evaluation(test);
                } else {
                    progress.step(epoch, result, rate);
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

        void step(int epoch, Trainer.StepResult r, double rate) throws IOException {
            if (csv.isPresent()) {
                csv.get().step(epoch, trainer.steps(), r.loss(), r.accuracy(), rate);
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
                                r.loss(),
                                r.accuracy(),
                                rate);
            }
        }

        void epoch(int epoch, Trainer.StepResult r, double rate, Evaluation test)
                throws IOException {
            if (csv.isPresent()) {
                csv.get().step(epoch, trainer.steps(), r.loss(), r.accuracy(), rate, test);
            }
            terminal.line(
                    String.format(
                            Locale.ROOT,
                            "epoch %d  train loss %.4f  test loss %.4f  test accuracy %.4f",
                            epoch,
                            r.loss(),
                            test.loss(),
                            test.accuracy()));
        }

        @Override
        public void close() throws IOException {
            if (csv.isPresent()) {
                csv.get().close();
            }
        }
    }
}
