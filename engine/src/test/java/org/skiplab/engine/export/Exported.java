package org.skiplab.engine.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Architecture;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.SmallNetworks;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.PortableKernels;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.Plan;
import org.skiplab.engine.nn.PlanGate;

/// The networks that exports are tested with.
final class Exported {
    private Exported() {}

    private static final Shape IMAGES = new Shape(14, 18, 3);
    private static final Shape SMALL = new Shape(16, 20, 3);
    private static final Shape ODD = new Shape(9, 7, 3);

    /// Networks of each paper, on small images.
    static List<Network> presets() {
        return List.of(
                Presets.get("resnet-20").network(SMALL, 10),
                Presets.get("plain-20").network(SMALL, 10),
                shallow("resnet-18"),
                Presets.get("preact-resnet-29-bottleneck").network(SMALL, 10),
                Presets.get("stochastic-resnet-32").network(SMALL, 10),
                shallow("stochastic-resnet-50"),
                Presets.get("wrn-16-2").network(new Shape(14, 14, 1), 10),
                Presets.get("densenet-bc-40-12").network(SMALL, 10),
                Presets.get("densenet-22-12").network(SMALL, 10),
                shallow("densenet-121"),
                cosine(),
                freeGraph(),
                SmallNetworks.nestedGates(ODD),
                calledLikeTheProgramsOwn(),
                flat());
    }

    /// One of ImageNet's networks with few blocks or layers in each stage, and an eighth of the
    /// channels: of a deep one the same is exported again and again, of a wide one more of it.
    private static Network shallow(String preset) {
        Architecture few =
                switch (Presets.get(preset).architecture()) {
                    case Architecture.ImageNetResNet deep ->
                            new Architecture.ImageNetResNet(
                                    List.of(2, 1, 1, 1),
                                    deep.form(),
                                    deep.order(),
                                    deep.projectEveryStage(),
                                    deep.rawProjection(),
                                    deep.activatedHead(),
                                    deep.gate());
                    case Architecture.ImageNetDenseNet deep ->
                            new Architecture.ImageNetDenseNet(
                                    List.of(3, 2, 2, 2), deep.growth(), deep.stem());
                    case Architecture other -> throw new IllegalArgumentException(preset + other);
                };
        Network network = few.network("shallow " + preset, new Shape(32, 40, 3), 20);
        return network.withNodes(
                network.nodes().stream()
                        .map(n -> new Node(n.id(), narrow(n.block()), n.inputs()))
                        .toList());
    }

    private static Block narrow(Block block) {
        return switch (block) {
            case Stem s -> Settings.with(s, "channels", s.channels() / 8);
            case Residual r -> Settings.with(r, "width", r.width() / 8);
            case DenseBlock d -> Settings.with(d, "growth", d.growth() / 8);
            default -> block;
        };
    }

    /// Small networks with every shortcut in every activation order, every gate, every option.
    static List<Network> variants() {
        Map<String, Network> all = new LinkedHashMap<>();
        for (ActivationOrder order : ActivationOrder.values()) {
            for (Shortcut shortcut : Shortcut.values()) {
                for (boolean raw : new boolean[] {false, true}) {
                    put(all, residual(order, shortcut, raw, null));
                }
                if (shortcut != Shortcut.NONE) {
                    GateMode mode = GateMode.values()[shortcut.ordinal() % 4];
                    put(all, residual(order, shortcut, false, new Gate(mode, 0.6)));
                }
            }
        }
        for (GateMode mode : GateMode.values()) {
            for (Shortcut shortcut : List.of(Shortcut.PROJECTION, Shortcut.AVG_POOL_PAD)) {
                for (ActivationOrder order :
                        List.of(ActivationOrder.ORIGINAL, ActivationOrder.FULL_PRE_ACTIVATION)) {
                    put(all, residual(order, shortcut, false, new Gate(mode, 0.6)));
                }
            }
        }
        put(
                all,
                SmallNetworks.chain(
                        "wide with dropout and gate",
                        IMAGES,
                        new Stem(Stem.Form.CIFAR, 4, false),
                        new Wide(2, 2, 1, 0.3, null),
                        new Wide(3, 2, 2, 0.3, new Gate(GateMode.SAMPLE, 0.7)),
                        new Wide(3, 2, 1, 0, new Gate(GateMode.BATCH, 0.7)),
                        new Head(5, true, Head.Classifier.LINEAR)));
        put(
                all,
                SmallNetworks.chain(
                        "dense with dropout",
                        IMAGES,
                        new Stem(Stem.Form.IMAGENET, 6, true),
                        new DenseBlock(3, 3, 2, 0.2),
                        new Transition(0.5, false, 0.2),
                        new DenseBlock(2, 4, 0, 0.2),
                        new DenseBlock(2, 4, 0, 0),
                        new Head(5, true, Head.Classifier.COSINE)));
        return List.copyOf(all.values());
    }

    private static void put(Map<String, Network> all, Network network) {
        all.put(network.name(), network);
    }

    private static Network residual(
            ActivationOrder order, Shortcut shortcut, boolean raw, @Nullable Gate gate) {
        boolean zeroGamma = gate == null && order.ordinal() % 2 == 0;
        return SmallNetworks.residual(IMAGES, 5, 3, order, shortcut, raw, gate, zeroGamma);
    }

    static Network cosine() {
        return SmallNetworks.chain(
                "wide with cosine head",
                IMAGES,
                new Stem(Stem.Form.CIFAR, 16, false),
                new Wide(16, 2, 1, 0.3, null),
                new Wide(32, 2, 2, 0.3, null),
                new Head(10, true, Head.Classifier.COSINE));
    }

    /// Every primitive, values read twice, and names that Python does not take.
    static Network freeGraph() {
        return SmallNetworks.free(
                "free graph \"quoted\"",
                ODD,
                List.of(
                        new Node("1st", new Primitive.Convolution(4, 3, 1, 1, true), "input"),
                        new Node("lambda", new Primitive.Relu(), "1st"),
                        new Node("a-b", new Primitive.Add(), "lambda", "lambda", "1st"),
                        new Node("a_b", new Primitive.Multiply(), "1st", "1st"),
                        new Node("_s", new Primitive.Sigmoid(), "a_b"),
                        new Node("train", new Primitive.Concat(), "lambda", "_s", "lambda"),
                        new Node("bn", new Primitive.BatchNorm(true), "train"),
                        new Node("drop", new Primitive.Dropout(0.4), "bn"),
                        new Node("cat2", new Primitive.Concat(), "train", "a-b", "drop"),
                        new Node("kept_x", new Primitive.MaxPool(3, 2, 1), "cat2"),
                        new Node("avg", new Primitive.AvgPool(2, 1), "cat2"),
                        new Node("conv5", new Primitive.Convolution(28, 5, 2, 2, false), "avg"),
                        new Node("sub", new Primitive.AvgPool(1, 2), "cat2"),
                        new Node("pad", new Primitive.PadChannels(30), "kept_x"),
                        new Node("pad2", new Primitive.PadChannels(30), "sub"),
                        new Node("pad3", new Primitive.PadChannels(30), "conv-up"),
                        new Node("conv-up", new Primitive.Convolution(28, 1, 1, 1, false), "conv5"),
                        new Node("pool4", new Primitive.MaxPool(2, 1, 0), "pad3"),
                        new Node("half", new Primitive.Scale(0.5), "pad"),
                        new Node("sum", new Primitive.Add(), "pad", "half", "pad2", "pool4"),
                        new Node("block", Residual.v1(Residual.Form.BASIC, 6, 2), "sum"),
                        new Node("relu", new Primitive.Relu(), "block"),
                        new Node("gap", new Primitive.GlobalAvgPool(), "relu"),
                        new Node("fc", new Primitive.Linear(5, true), "gap")));
    }

    /// Names that the lines of an exported program use themselves, one for a gate that is closed.
    private static Network calledLikeTheProgramsOwn() {
        return SmallNetworks.free(
                "called like the program's own",
                ODD,
                List.of(
                        new Node("len", Primitive.Convolution.c3(4, 1), "input"),
                        new Node("images", Primitive.Convolution.c3(4, 1), "len"),
                        new Node(
                                "torch",
                                new Primitive.DropPath(new Gate(GateMode.BATCH, 0.01)),
                                "images"),
                        new Node("F", new Primitive.Add(), "len", "torch"),
                        new Node("nn", new Primitive.GlobalAvgPool(), "F"),
                        new Node("self", new Primitive.Linear(5, true), "nn")));
    }

    /// Layers behind the pooling: batch norm, dropout, a drop path and another head on vectors.
    static Network flat() {
        return SmallNetworks.free(
                "layers on vectors",
                ODD,
                List.of(
                        new Node("conv", Primitive.Convolution.c3(6, 1), "input"),
                        new Node("gap", new Primitive.GlobalAvgPool(), "conv"),
                        new Node("fc1", new Primitive.Linear(6, false), "gap"),
                        new Node("bn", Primitive.BatchNorm.PLAIN, "fc1"),
                        new Node("drop", new Primitive.Dropout(0.3), "bn"),
                        new Node(
                                "gate",
                                new Primitive.DropPath(new Gate(GateMode.SAMPLE, 0.5)),
                                "drop"),
                        new Node("sum", new Primitive.Add(), "gap", "gate"),
                        new Node("conv1", new Primitive.Convolution(6, 1, 1, 0, true), "sum"),
                        new Node("mixed", new Primitive.Add(), "conv1", "fc1"),
                        new Node("pad", new Primitive.PadChannels(8), "sum"),
                        new Node("cos", new Primitive.Cosine(5), "pad"),
                        new Node("head", new Head(5, true, Head.Classifier.LINEAR), "mixed"),
                        new Node("logits", new Primitive.Add(), "cos", "head")));
    }

    /// A network's arrays, none of them at its usual start: scales, shifts and statistics count.
    static Parameters parameters(Network network) {
        Parameters parameters = Parameters.of(network, DataType.FLOAT);
        Initialisation.initialise(parameters, new Seeds(3));
        Random random = new Random(5);
        for (Parameter p : parameters.all()) {
            switch (p.spec().role()) {
                case GAMMA -> fill(p, random, 1, 0.3);
                case BUFFER -> fill(p, random, p.name().endsWith("running_var") ? 1 : 0, 0.3);
                case BETA, BIAS -> fill(p, random, 0, 0.3);
                case WEIGHT, FROZEN -> {}
            }
        }
        return parameters;
    }

    /// What a network makes of images in evaluation mode, in double precision.
    ///
    /// @param images `[n, c, h, w]`
    record Classified(Sample.Array images, double[] logits) {

        static Classified by(Network network, Parameters parameters) {
            Parameters exact = Parameters.of(network, DataType.DOUBLE);
            for (Parameter p : parameters.all()) {
                exact.get(p.name()).value().set(p.value().toDoubles());
            }
            try (exact;
                    Plan plan =
                            Plan.compile(network, 4, exact, new PortableKernels(DataType.DOUBLE))) {
                Random random = new Random(7);
                for (long i = 0; i < plan.input().size(); i++) {
                    plan.input().set(i, (float) random.nextDouble(-2, 2));
                }
                plan.gates().forEach(PlanGate::evaluate);
                plan.forward(false);
                return new Classified(Sample.nchw(plan.input()), plan.logits().toDoubles());
            }
        }
    }

    private static void fill(Parameter p, Random random, double centre, double spread) {
        for (long i = 0; i < p.value().size(); i++) {
            p.value().set(i, random.nextDouble(centre - spread, centre + spread));
        }
    }

    static Sample sample(Network network, Parameters parameters) {
        return Sample.of(network, parameters, KernelPath.chosen(), new Seeds(1));
    }
}
