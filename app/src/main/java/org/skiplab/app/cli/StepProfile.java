package org.skiplab.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.probe.Quartiles;
import org.skiplab.engine.train.Benchmark;

/// Where the time of a step goes, layer by layer, against what the machine could do.
final class StepProfile {
    private StepProfile() {}

    /// What the machine could do at some time between two steps.
    ///
    /// @param aloneMs that the network's convolutions took with nothing around them
    record Moment(Roofline roofline, double aloneMs) {}

    /// @param moments before each step and after the last one
    static List<String> lines(Benchmark.Profile profile, List<Moment> moments) {
        List<Benchmark.LayerTime> layers = profile.layers();
        Roofline any = moments.getFirst().roofline();
        Roofline roofline =
                new Roofline(
                        any.analysis(),
                        any.batch(),
                        median(moments, m -> m.roofline().gigaflops()),
                        median(moments, m -> m.roofline().gigabytes()));
        double step = layers.stream().mapToDouble(StepProfile::ms).sum();
        Table table =
                new Table(
                        "layer",
                        ">forward ms",
                        ">backward ms",
                        ">share %",
                        ">GFLOP",
                        ">GFLOP/s",
                        ">of peak %",
                        ">MB",
                        ">floor ms",
                        ">of floor %");
        Map<String, Double> kinds = new LinkedHashMap<>();
        Roofline.Work all = Roofline.Work.NONE;
        for (Benchmark.LayerTime layer : layers) {
            double ms = ms(layer);
            Roofline.Work work = roofline.work(layer.layer());
            all = all.plus(work);
            double own = roofline.floorMs(work);
            kinds.merge(
                    kind(roofline.analysis().network().node(layer.layer()).block()),
                    ms,
                    Double::sum);
            boolean convolves = work.gigaflop() > 0;
            boolean moves = work.gigabyte() > 0;
            table.row(
                    layer.layer(),
                    text("%.2f", layer.forwardMs()),
                    text("%.2f", layer.backwardMs()),
                    text("%.1f", 100 * ms / step),
                    convolves ? text("%.2f", work.gigaflop()) : "",
                    convolves ? text("%.0f", work.gigaflop() / ms * 1e3) : "",
                    convolves ? text("%.0f", 100 * roofline.computeMs(work) / ms) : "",
                    moves ? text("%.1f", work.gigabyte() * 1e3) : "",
                    moves ? text("%.2f", own) : "",
                    moves ? text("%.0f", 100 * own / ms) : "");
        }
        List<String> lines = new ArrayList<>(table.lines());
        kinds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(e ->
                        lines.add(
                                text("%-14s %8.1f ms", e.getKey(), e.getValue())
                                        + text("  %4.1f %%", 100 * e.getValue() / step)));
        lines.add(text("layers together %.1f ms a step, mean of %d", step, steps(profile)));
        lines.add(
                text("direct convolutions reach %.0f GFLOP/s here,", roofline.gigaflops())
                        + text(" memory moves %.1f GB/s:", roofline.gigabytes())
                        + " medians of measurements between the steps");
        lines.add(
                text("convolution floor for %.1f GFLOP: ", all.gigaflop())
                        + against(profile, moments, layers(profile, Roofline::computeMs)));
        lines.add(
                "the same convolutions alone, in their direct form: "
                        + against(profile, moments, Moment::aloneMs));
        lines.add(
                text("floor with memory and %.2f GB: ", all.gigabyte())
                        + against(profile, moments, layers(profile, Roofline::floorMs)));
        lines.add(
                "Floors take each layer by itself, its tensors moved once; layers computed"
                        + " together, or with theirs in a cache, can do better, and so can a"
                        + " convolution in another form.");
        return lines;
    }

    private static int steps(Benchmark.Profile profile) {
        return profile.stepsMs().size();
    }

    private static double median(List<Moment> moments, ToDoubleFunction<Moment> figure) {
        return Quartiles.median(moments.stream().mapToDouble(figure).toArray());
    }

    /// The least time of all layers together, each by itself.
    private static ToDoubleFunction<Moment> layers(
            Benchmark.Profile profile, ToDoubleBiFunction<Roofline, Roofline.Work> least) {
        return moment -> {
            Roofline roofline = moment.roofline();
            return profile.layers().stream()
                    .mapToDouble(l -> least.applyAsDouble(roofline, roofline.work(l.layer())))
                    .sum();
        };
    }

    /// How the steps compare with a floor. Each is set against what the machine could do just
    /// before and just after it.
    private static String against(
            Benchmark.Profile profile, List<Moment> moments, ToDoubleFunction<Moment> floor) {
        double[] floors = moments.stream().mapToDouble(floor).toArray();
        double[] shares =
                IntStream.range(0, steps(profile))
                        .mapToDouble(
                                i -> (floors[i] + floors[i + 1]) / 2 / profile.stepsMs().get(i))
                        .toArray();
        Quartiles share = Quartiles.of(shares);
        return text("%.1f ms; the steps run at ", Quartiles.median(floors))
                + text("%.0f %% of it, ", 100 * share.median())
                + text("half of them between %.0f and ", 100 * share.lower())
                + text("%.0f %%", 100 * share.upper());
    }

    private static double ms(Benchmark.LayerTime layer) {
        return layer.forwardMs() + layer.backwardMs();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String kind(Block block) {
        return switch (block) {
            case Primitive.Convolution _ -> "convolutions";
            case Primitive.BatchNorm _ -> "batch norms";
            case Primitive.Relu _ -> "ReLUs";
            case Primitive.Add _ -> "additions";
            case Primitive.Concat _ -> "concatenations";
            case Primitive.MaxPool _, Primitive.AvgPool _, Primitive.GlobalAvgPool _ -> "pooling";
            case Primitive.Linear _, Primitive.Cosine _ -> "classifier";
            case Primitive.Dropout _ -> "dropout";
            default -> "other";
        };
    }
}
