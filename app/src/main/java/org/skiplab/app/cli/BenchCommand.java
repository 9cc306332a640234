package org.skiplab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.ConvolutionPeak;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Benchmark;
import org.skiplab.engine.train.DoesNotFit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `skiplab bench DESIGN --batch B`: how long a training step takes on this machine.
@Command(
        name = "bench",
        description =
                "Times forward, backward and SGD with momentum and weight decay on random 32x32x3"
                        + " images in 10 classes, and prints one line of JSON. With --data also"
                        + " says what it costs to read, shuffle and augment images meanwhile.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final Shape IMAGES = new Shape(32, 32, 3);
    private static final int CLASSES = 10;
    private static final int WARM_UP = 6;
    private static final int ROUNDS = 5;
    private static final String CONVOLUTIONS = "convolutions";

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
            names = "--survival",
            paramLabel = "RULE",
            description =
                    "Survival probabilities, such as linear:0.5 or uniform:1; residual branches get"
                            + " drop paths where the design has none.")
    private @Nullable String survival;

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

    @Option(names = "--profile", description = "Also prints where the time of a step goes.")
    private boolean profile;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (batch < 1 || steps < 1) {
            throw CommandFailure.wrongUse("--batch and --steps must be at least 1");
        }
        Optional<DataSet> images = data == null ? Optional.empty() : Optional.of(opened(data));
        Network network =
                RunnableNetwork.checked(
                        design.readFor(
                                        images.map(DataSet::shape).orElse(IMAGES),
                                        images.map(set -> set.classNames().size()).orElse(CLASSES))
                                .network());
        if (survival != null) {
            network = RunnableNetwork.surviving(network, survival, terminal);
        }
        KernelPath path = RunnableNetwork.kernels();
        try (Benchmark benchmark = new Benchmark(network, batch, path)) {
            Benchmark.Times times = benchmark.run(WARM_UP, steps);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("engine", "skiplab");
            json.put("kernels", path.title());
            json.put("model", design.text());
            json.put("batch", batch);
            json.put("median_ms", rounded(times.medianMs()));
            json.put("min_ms", rounded(times.minMs()));
            json.put("mean_ms", rounded(times.meanMs()));
            json.put("memory_mb", Math.round(benchmark.bytes() / 1e6));
            if (images.isPresent()) {
                Benchmark.Fed fed = fed(benchmark, images.get());
                json.put("data", data);
                json.put("fixed_ms", rounded(fed.fixedMs()));
                json.put("fed_ms", rounded(fed.fedMs()));
                json.put("speed_kept", Math.round(fed.speedKept() * 1000) / 1000.0);
            }
            if (fullDepth) {
                Benchmark.Depth depth = benchmark.depth(ROUNDS * steps);
                json.put("drawn_ms", rounded(depth.drawnMs()));
                json.put("full_depth_ms", rounded(depth.fullMs()));
                json.put("drawn_of_full", Math.round(depth.ratio() * 1000) / 1000.0);
            }
            terminal.line(json.toString());
            if (profile) {
                print(benchmark.profile(steps), network, path);
            }
        } catch (DoesNotFit e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
        return 0;
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

    private static double rounded(double ms) {
        return Math.round(ms * 10) / 10.0;
    }

    private void print(List<Benchmark.LayerTime> layers, Network network, KernelPath path) {
        Network expanded = network.expanded();
        Analysis analysis = Analysis.of(expanded);
        double peak = ConvolutionPeak.gigaflops(path);
        double total = 0;
        double flops = 0;
        Map<String, Double> kinds = new LinkedHashMap<>();
        for (Benchmark.LayerTime layer : layers) {
            total += ms(layer);
            kinds.merge(kind(expanded, layer), ms(layer), Double::sum);
        }
        Table table =
                new Table(
                        "layer",
                        ">forward ms",
                        ">backward ms",
                        ">share %",
                        ">GFLOP",
                        ">GFLOP/s",
                        ">of peak %");
        for (Benchmark.LayerTime layer : layers) {
            boolean convolves = kind(expanded, layer).equals(CONVOLUTIONS);
            long macs = analysis.facts(layer.layer()).map(Analysis.Facts::macs).orElse(0L);
            // Forward, and the gradients of images and filters: two operations for each product.
            double gigaflop = convolves ? 6.0 * macs * batch / 1e9 : 0;
            double rate = gigaflop / ms(layer) * 1e3;
            flops += gigaflop;
            table.row(
                    layer.layer(),
                    text("%.2f", layer.forwardMs()),
                    text("%.2f", layer.backwardMs()),
                    text("%.1f", 100 * ms(layer) / total),
                    convolves ? text("%.2f", gigaflop) : "",
                    convolves ? text("%.0f", rate) : "",
                    convolves ? text("%.0f", 100 * rate / peak) : "");
        }
        table.lines().forEach(terminal::line);
        double step = total;
        kinds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(e ->
                        terminal.line(
                                text("%-14s %8.1f ms", e.getKey(), e.getValue())
                                        + text("  %4.1f %%", 100 * e.getValue() / step)));
        double floor = flops / peak * 1e3;
        terminal.line(text("layers together %.1f ms a step", total));
        terminal.line(
                text("direct convolutions reach %.0f GFLOP/s here at best: ", peak)
                        + text("%.1f GFLOP take %.1f ms, ", flops, floor)
                        + text("the step runs at %.0f %% of that floor", 100 * floor / total));
    }

    private static double ms(Benchmark.LayerTime layer) {
        return layer.forwardMs() + layer.backwardMs();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String kind(Network expanded, Benchmark.LayerTime layer) {
        Block block = expanded.find(layer.layer()).map(Node::block).orElse(null);
        return switch (block) {
            case Primitive.Convolution _ -> CONVOLUTIONS;
            case Primitive.BatchNorm _ -> "batch norms";
            case Primitive.Relu _ -> "ReLUs";
            case Primitive.Add _ -> "additions";
            case Primitive.Concat _ -> "concatenations";
            case Primitive.MaxPool _, Primitive.AvgPool _, Primitive.GlobalAvgPool _ -> "pooling";
            case Primitive.Linear _, Primitive.Cosine _ -> "classifier";
            case Primitive.Dropout _ -> "dropout";
            case null, default -> "other";
        };
    }
}
