package org.skiplab.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.graph.edit.Edits;
import org.skiplab.engine.kernel.KernelsUnderTest;

/// Everything that the papers' blocks can be is composed by the same edits and settings as on the
/// canvas, compiles, has gradients that are slopes, and comes out the same on every kernel path:
/// one image, an odd edge, channels that fill no vector register, stride 2.
class CompositionTest {

    /// A network under composition.
    private static final class Canvas {
        private Network network;

        Canvas(Shape input) {
            network = new Network("composed", input, List.of(), Survival.PAPER);
        }

        /// Adds a block of a kind behind the others and turns its settings: `width`, 6, ….
        String add(BlockKind kind, Object... settings) {
            String id = take(Edits.append(network, Settings.defaults(kind))).getFirst();
            for (int i = 0; i < settings.length; i += 2) {
                set(List.of(id), (String) settings[i], settings[i + 1]);
            }
            return id;
        }

        void set(List<String> ids, String setting, Object value) {
            take(BlockEdits.set(network, ids, setting, value));
        }

        List<String> take(Edit edit) {
            assertThat(edit).isInstanceOf(Edit.Done.class);
            Edit.Done done = (Edit.Done) edit;
            network = done.network();
            return done.blocks();
        }

        Network named(String name) {
            return network.withName(name);
        }
    }

    private static void runs(Network network) {
        assertThat(Analysis.of(network).problems()).as(network.name()).isEmpty();
        Slopes.all(network);
    }

    static Stream<Arguments> residualBlocks() {
        return Stream.of(ActivationOrder.values())
                .flatMap(o -> Stream.of(Shortcut.values()).map(s -> Arguments.of(o, s)));
    }

    /// v1, v2 and the rest of Identity Mappings' Table 2, with every shortcut of its Table 1, of
    /// ResNet's options and of stochastic depth; basic and bottleneck blocks.
    @ParameterizedTest
    @MethodSource("residualBlocks")
    void residualBlocks(ActivationOrder order, Shortcut shortcut) {
        // Average pooling without padding halves even edges only.
        int edge = shortcut == Shortcut.AVG_POOL_PAD ? 8 : 7;
        Canvas canvas = new Canvas(new Shape(edge, edge, 3));
        canvas.add(BlockKind.STEM, "channels", 5);
        Object[] same = {"order", id(order), "shortcut", id(shortcut)};
        String basic = canvas.add(BlockKind.RESIDUAL, same);
        canvas.set(List.of(basic), "width", 6);
        String bottleneck = canvas.add(BlockKind.RESIDUAL, same);
        canvas.set(List.of(bottleneck), "form", "bottleneck");
        canvas.set(List.of(bottleneck), "width", 3);
        canvas.set(List.of(bottleneck), "stride", 2);
        canvas.add(BlockKind.HEAD, "classes", 5, "activated", true);
        runs(canvas.named(order + ", " + shortcut));
    }

    @ParameterizedTest
    @EnumSource(names = {"PROJECTION", "PROJECTION_ALWAYS"})
    void projectionsThatReadTheRawInput(Shortcut shortcut) {
        Canvas canvas = new Canvas(new Shape(9, 7, 3));
        canvas.add(BlockKind.STEM, "channels", 5, "normalised", false);
        canvas.add(
                BlockKind.RESIDUAL,
                "order",
                "full-pre-activation",
                "shortcut",
                id(shortcut),
                "raw-projection",
                true,
                "width",
                5);
        canvas.add(
                BlockKind.RESIDUAL,
                "order",
                "full-pre-activation",
                "shortcut",
                id(shortcut),
                "raw-projection",
                true,
                "width",
                7,
                "stride",
                2);
        canvas.add(BlockKind.HEAD, "classes", 3, "activated", true);
        runs(canvas.named("raw, " + shortcut));
    }

    @ParameterizedTest
    @EnumSource(names = {"ORIGINAL", "RELU_BEFORE_ADDITION", "RELU_ONLY_PRE_ACTIVATION"})
    void branchesThatBeginAsZero(ActivationOrder order) {
        Canvas canvas = new Canvas(new Shape(9, 9, 3));
        canvas.add(BlockKind.STEM, "channels", 5);
        canvas.add(
                BlockKind.RESIDUAL,
                "order",
                id(order),
                "width",
                6,
                "stride",
                2,
                "zero-gamma",
                true);
        canvas.add(BlockKind.HEAD, "classes", 3, "activated", true);
        runs(canvas.named("zero gamma, " + order));
    }

    @ParameterizedTest
    @CsvSource({"linear, 0", "linear, 0.3", "cosine, 0", "cosine, 0.4"})
    void wideBlocksAndHeads(String classifier, double dropout) {
        Canvas canvas = new Canvas(new Shape(9, 9, 3));
        canvas.add(BlockKind.STEM, "channels", 5, "normalised", false);
        canvas.add(BlockKind.WIDE, "base", 3, "widening", 2, "dropout", dropout);
        canvas.add(BlockKind.WIDE, "base", 3, "widening", 3, "stride", 2, "dropout", dropout);
        canvas.add(BlockKind.HEAD, "classes", 5, "activated", true, "classifier", classifier);
        runs(canvas.named("wide, " + classifier + ", dropout " + dropout));
    }

    /// Plain, -B, -C, -BC, each with and without dropout and the transition's ReLU.
    @ParameterizedTest
    @CsvSource({"0, 1", "4, 1", "0, 0.5", "4, 0.5", "2, 0.3"})
    void denseBlocks(int bottleneck, double compression) {
        for (Stem.Form stem : Stem.Form.values()) {
            for (boolean activated : List.of(true, false)) {
                double dropout = activated ? 0 : 0.2;
                int edge = stem == Stem.Form.CIFAR ? 9 : 35;
                Canvas canvas = new Canvas(new Shape(edge, edge, 3));
                canvas.add(
                        BlockKind.STEM,
                        "form",
                        id(stem),
                        "channels",
                        6,
                        "normalised",
                        stem == Stem.Form.IMAGENET);
                Object[] layers = {
                    "layers", 2, "growth", 3, "bottleneck", bottleneck, "dropout", dropout
                };
                canvas.add(BlockKind.DENSE, layers);
                canvas.add(
                        BlockKind.TRANSITION,
                        "compression",
                        compression,
                        "activated",
                        activated,
                        "dropout",
                        dropout);
                canvas.add(BlockKind.DENSE, layers);
                canvas.add(BlockKind.HEAD, "classes", 3, "activated", true);
                runs(
                        canvas.named(
                                "dense "
                                        + bottleneck
                                        + ", "
                                        + compression
                                        + ", "
                                        + stem
                                        + (activated ? ", ReLU" : "")));
            }
        }
    }

    static Stream<Arguments> gates() {
        return Stream.of(GateMode.values())
                .flatMap(mode ->
                        Stream.of(
                                Arguments.of(mode, "uniform:0.8", List.of(0.8, 0.8, 0.8)),
                                Arguments.of(mode, "linear:0.4", List.of(0.8, 0.6, 0.4)),
                                Arguments.of(mode, "linear-first-kept:0.4", List.of(1.0, 0.7, 0.4)),
                                Arguments.of(mode, "first-to-last:0.9:0.5", List.of(0.9, 0.7, 0.5)),
                                Arguments.of(mode, "by hand", List.of(0.35, 1.0, 0.6))));
    }

    /// Four meanings of a drop path, five ways to say how likely it stays open.
    @ParameterizedTest
    @MethodSource("gates")
    void dropPaths(GateMode mode, String schedule, List<Double> survival) {
        Canvas canvas = new Canvas(new Shape(8, 8, 3));
        canvas.add(BlockKind.STEM, "channels", 5);
        List<String> ids = new ArrayList<>();
        for (int stride : List.of(1, 2, 1)) {
            ids.add(
                    canvas.add(
                            BlockKind.RESIDUAL,
                            "width",
                            5 + ids.size(),
                            "stride",
                            stride,
                            "shortcut",
                            "avg-pool-pad"));
        }
        canvas.add(BlockKind.HEAD, "classes", 3);
        canvas.take(BlockEdits.gate(canvas.network, ids, Gate.SCHEDULED));
        canvas.set(ids, "gate", id(mode));
        if (schedule.equals("by hand")) {
            for (int i = 0; i < 3; i++) {
                canvas.set(List.of(ids.get(i)), "survival", survival.get(i));
            }
        } else {
            canvas.take(BlockEdits.survival(canvas.network, Survival.parse(schedule)));
        }
        Network network = canvas.named(mode + ", " + schedule);
        runs(network);
        try (Parameters parameters = Parameters.of(network, DataType.FLOAT);
                Plan plan =
                        Plan.compile(network, 4, parameters, KernelsUnderTest.PORTABLE.create())) {
            for (int i = 0; i < 3; i++) {
                PlanGate gate = plan.gates().get(i);
                double p = survival.get(i);
                assertThat(gate.mode()).isEqualTo(mode);
                assertThat(gate.probability()).isCloseTo(p, within(1e-12));
                Random random = new Random(5);
                double open = 0;
                for (int draw = 0; draw < 4000; draw++) {
                    gate.draw(random);
                    open += gate.survived();
                }
                // Five standard deviations of the mean of that many draws.
                int draws = mode.perSample() ? 16_000 : 4000;
                assertThat(open / 4000).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / draws)));
            }
        }
    }

    /// Any acyclic wiring of primitives, wire by wire.
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"})
    void freeGraphs(long seed) {
        runs(free(new Random(seed)).named("free " + seed));
    }

    @Test
    void freeGraphsHoldEveryPrimitive() {
        Map<Class<?>, Integer> counts = new HashMap<>();
        for (long seed = 1; seed <= 15; seed++) {
            for (Node node : free(new Random(seed)).network.nodes()) {
                counts.merge(node.block().getClass(), 1, Integer::sum);
            }
        }
        assertThat(counts.keySet())
                .contains(Primitive.Convolution.class, Primitive.BatchNorm.class)
                .contains(Primitive.Relu.class, Primitive.MaxPool.class, Primitive.AvgPool.class)
                .contains(Primitive.Dropout.class, Primitive.DropPath.class)
                .contains(Primitive.Linear.class, Primitive.Add.class, Primitive.Concat.class)
                .contains(Primitive.Multiply.class, Primitive.PadChannels.class);
    }

    private static Canvas free(Random random) {
        Canvas canvas = new Canvas(new Shape(7, 9, 3));
        List<String> ends = new ArrayList<>(List.of(Network.INPUT));
        for (int i = 0; i < 14; i++) {
            grow(canvas, ends, random);
        }
        List<String> pooled = new ArrayList<>();
        for (String id : ends.subList(1, ends.size())) {
            if (canvas.network.consumers(id).isEmpty()) {
                pooled.add(join(canvas, new Primitive.GlobalAvgPool(), id));
            }
        }
        String features =
                pooled.size() == 1
                        ? pooled.getFirst()
                        : join(canvas, new Primitive.Concat(), pooled.toArray(String[]::new));
        join(canvas, new Primitive.Linear(3, random.nextBoolean()), features);
        return canvas;
    }

    /// Adds a block that reads one or two of those there.
    private static void grow(Canvas canvas, List<String> there, Random random) {
        String from = there.get(random.nextInt(there.size()));
        Shape shape = Analysis.of(canvas.network).shape(from).orElseThrow();
        List<String> alike = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        for (String id : there) {
            Shape other = Analysis.of(canvas.network).shape(id).orElseThrow();
            if (other.equals(shape)) {
                alike.add(id);
            }
            if (other.sameResolution(shape)) {
                beside.add(id);
            }
        }
        String mate = alike.get(random.nextInt(alike.size()));
        there.add(
                switch (random.nextInt(14)) {
                    case 0, 1, 2 -> {
                        int kernel = 1 + 2 * random.nextInt(3);
                        int stride = shape.height() > 3 ? 1 + random.nextInt(2) : 1;
                        yield join(
                                canvas,
                                new Primitive.Convolution(
                                        1 + random.nextInt(6),
                                        kernel,
                                        stride,
                                        kernel / 2,
                                        random.nextBoolean()),
                                from);
                    }
                    case 3 -> join(canvas, Primitive.BatchNorm.PLAIN, from);
                    case 4 -> join(canvas, new Primitive.Relu(), from);
                    case 5 -> join(canvas, new Primitive.Dropout(0.3), from);
                    case 6 ->
                            shape.height() > 3
                                    ? join(canvas, new Primitive.MaxPool(3, 2, 1), from)
                                    : join(canvas, new Primitive.Sigmoid(), from);
                    case 7 ->
                            shape.height() > 3
                                    ? join(canvas, new Primitive.AvgPool(2, 2), from)
                                    : join(canvas, new Primitive.Scale(-0.5), from);
                    case 8 ->
                            join(
                                    canvas,
                                    new Primitive.PadChannels(shape.channels() + random.nextInt(3)),
                                    from);
                    case 9 ->
                            join(
                                    canvas,
                                    new Primitive.Multiply(),
                                    join(canvas, new Primitive.Sigmoid(), from),
                                    mate);
                    case 10, 11 ->
                            join(
                                    canvas,
                                    new Primitive.Concat(),
                                    from,
                                    beside.get(random.nextInt(beside.size())));
                    case 12 -> {
                        Gate gate = new Gate(GateMode.values()[random.nextInt(4)], 0.6);
                        String branch = join(canvas, Primitive.BatchNorm.PLAIN, from);
                        yield join(
                                canvas,
                                new Primitive.Add(),
                                mate,
                                join(canvas, new Primitive.DropPath(gate), branch));
                    }
                    default -> join(canvas, new Primitive.Add(), from, mate);
                });
    }

    /// Puts a block beside the others and leads wires to it.
    private static String join(Canvas canvas, Primitive block, String... sources) {
        String id = canvas.take(Edits.add(canvas.network, block)).getFirst();
        for (int port = 0; port < sources.length; port++) {
            canvas.take(Edits.connect(canvas.network, sources[port], id, port));
        }
        return id;
    }

    @Test
    void theCosineHeadIsFrozenAndItsLogitsAreAbsoluteCosines() {
        Canvas canvas = new Canvas(new Shape(5, 5, 3));
        canvas.add(BlockKind.STEM, "channels", 7);
        canvas.add(BlockKind.HEAD, "classes", 4, "classifier", "cosine");
        Network network = canvas.named("cosine");
        try (Parameters parameters = Parameters.of(network, DataType.DOUBLE);
                Plan plan =
                        Plan.compile(
                                network,
                                2,
                                parameters,
                                KernelsUnderTest.PORTABLE_DOUBLE.create())) {
            Initialisation.initialise(parameters, new Seeds(3));
            Parameter weight = parameters.get("head.fc.weight");
            assertThat(weight.gradient()).isNull();
            double[] w = weight.value().toDoubles();
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    double dot = 0;
                    for (int k = 0; k < 7; k++) {
                        dot += w[7 * i + k] * w[7 * j + k];
                    }
                    assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-12));
                }
            }
            plan.input().set(new Random(4).doubles(2 * 75, -1, 1).toArray());
            plan.forward(true);
            // Rows are orthonormal, so squares of cosines add up to no more than 1.
            for (int n = 0; n < 2; n++) {
                double squares = 0;
                for (int k = 0; k < 4; k++) {
                    double logit = plan.logits().get(4 * n + k);
                    assertThat(logit).isBetween(0.0, 1.0);
                    squares += logit * logit;
                }
                assertThat(squares).isBetween(1e-6, 1 + 1e-9);
            }
        }
    }

    @Test
    void everyFormOfABlockCanBeBrokenApart() {
        Canvas canvas = new Canvas(new Shape(9, 9, 3));
        canvas.add(BlockKind.STEM, "channels", 5);
        String id = canvas.add(BlockKind.RESIDUAL, "width", 6, "shortcut", "gated");
        canvas.set(List.of(id), "form", id(Residual.Form.BOTTLENECK));
        canvas.add(BlockKind.HEAD, "classes", 3);
        canvas.take(BlockEdits.breakApart(canvas.network, id));
        runs(canvas.named("apart"));
    }

    private static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
