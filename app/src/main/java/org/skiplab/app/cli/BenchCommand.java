package org.skiplab.app.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.ConvolutionPeak;
import org.skiplab.engine.kernel.ConvolutionsAlone;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.MemoryBandwidth;
import org.skiplab.engine.train.Benchmark;
import org.skiplab.engine.train.DoesNotFit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skiplab bench DESIGN --batch B`: how long a training step takes on this machine.
@Command(
        name = "bench",
        description =
                "Times forward, backward and SGD with momentum and weight decay on random 32x32x3"
                        + " images in 10 classes, and prints one line of JSON. Warms up until"
                        + " Java's compiler is at rest. With --data also says what it costs to"
                        + " read, shuffle and augment images meanwhile.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final Shape IMAGES = new Shape(32, 32, 3);
    private static final int CLASSES = 10;
    private static final int ROUNDS = 5;
    private static final double LONGEST_WARM_UP = 3600;

    private final Terminal terminal;

    @Mixin private DesignArgument design = new DesignArgument();

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "128",
            description = "Images per mini-batch.")
    private int batch;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "12",
            description = "Steps to time.")
    private int steps;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "Longest time to warm up, at least 6 steps (default: ${DEFAULT-VALUE}). The line says how many"
                            + " steps it took and whether the compiler came to rest.")
    private double warmUp;

    @Mixin private SurvivalOption survival = new SurvivalOption();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "Also times steps on these images, cropped and flipped, in turn with a fixed"
                            + " batch.")
    private @Nullable String data;

    @Option(
            names = "--full-depth",
            description = "Also times steps in which every block runs, in turn with drawn ones.")
    private boolean fullDepth;

    @Option(
            names = "--profile",
            description =
                    "Also prints where the time of a step goes: each layer's time, operations and"
                            + " bytes against what the machine's cores and memory were measured to"
                            + " do.")
    private boolean profile;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (batch < 1 || steps < 1) {
            throw CommandFailure.wrongUse("--batch and --steps must be at least 1");
        }
        if (!(warmUp >= 0 && warmUp <= LONGEST_WARM_UP)) {
            throw CommandFailure.wrongUse("--warm-up must be between 0 and 3600 seconds");
        }
        Optional<DataSet> images = data == null ? Optional.empty() : Optional.of(opened(data));
        Network network =
                RunnableNetwork.checked(
                        design.readFor(
                                        images.map(DataSet::shape).orElse(IMAGES),
                                        images.map(set -> set.classNames().size()).orElse(CLASSES))
                                .network());
        network = survival.applied(network, terminal);
        KernelPath path = RunnableNetwork.kernels();
        try (Benchmark benchmark = new Benchmark(network, batch, path)) {
            BenchReport report = new BenchReport(path.title(), design.text(), batch);
            report.warmUp(benchmark.warmUp(Duration.ofMillis(Math.round(warmUp * 1000))));
            report.times(benchmark.run(0, steps), benchmark.bytes());
            if (data != null && images.isPresent()) {
                report.fed(data, fed(benchmark, images.get()));
            }
            if (fullDepth) {
                report.depth(benchmark.depth(ROUNDS * steps));
            }
            terminal.line(report.line());
            if (profile) {
                profile(benchmark, Analysis.of(network.expanded()), path);
            }
        } catch (DoesNotFit e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
        return 0;
    }

    private void profile(Benchmark benchmark, Analysis analysis, KernelPath path) {
        try (ConvolutionPeak peak = new ConvolutionPeak(path);
                ConvolutionsAlone alone = new ConvolutionsAlone(path, analysis, batch);
                MemoryBandwidth memory = new MemoryBandwidth()) {
            List<StepProfile.Moment> moments = new ArrayList<>();
            Benchmark.Profile profile =
                    benchmark.profile(
                            steps,
                            () ->
                                    moments.add(
                                            new StepProfile.Moment(
                                                    new Roofline(
                                                            analysis,
                                                            batch,
                                                            peak.gigaflops(),
                                                            memory.gigabytes()),
                                                    alone.ms())));
            StepProfile.lines(profile, moments).forEach(terminal::line);
        }
    }

    private DataSet opened(String spec) throws CommandFailure {
        DataSet images = OpenData.opened(spec, terminal);
        OpenData.checkBatch(batch, images);
        return images;
    }

    private Benchmark.Fed fed(Benchmark benchmark, DataSet images) throws InterruptedException {
        try (Feed feed =
                Feed.training(
                        images.train(),
                        images.normalisation(),
                        Augmentation.CIFAR,
                        batch,
                        new Seeds(1),
                        Feed.Position.START)) {
            return benchmark.fed(feed, ROUNDS, steps);
        }
    }
}
