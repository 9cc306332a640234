package org.skiplab.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.train.Benchmark;

/// Where the time of a step goes, layer by layer, against what the machine could do.
final class StepProfile {
    private StepProfile() {}

    static List<String> lines(List<Benchmark.LayerTime> layers, Roofline roofline) {
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
        double floor = 0;
        for (Benchmark.LayerTime layer : layers) {
            double ms = ms(layer);
            Roofline.Work work = roofline.work(layer.layer());
            all = all.plus(work);
            double own = roofline.floorMs(work);
            floor += own;
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
        lines.add(text("layers together %.1f ms a step", step));
        lines.add(
                text("direct convolutions reach %.0f GFLOP/s here at best,", roofline.gigaflops())
                        + text(" memory moves %.1f GB/s", roofline.gigabytes()));
        double convolutions = roofline.computeMs(all);
        lines.add(
                text("convolution floor %8.1f ms for %.1f GFLOP:", convolutions, all.gigaflop())
                        + text(" the step runs at %.0f %% of it", 100 * convolutions / step));
        lines.add(
                text("floor with memory %8.1f ms with %.2f GB:", floor, all.gigabyte())
                        + text(" the step runs at %.0f %% of it", 100 * floor / step));
        lines.add(
                "Each layer by itself, its tensors moved once; layers computed together, or with"
                        + " theirs in a cache, can do better.");
        return lines;
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
