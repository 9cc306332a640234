package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Networks that are small enough to compute every number of them.
public final class SmallNetworks {
    private static final Survival SURVIVAL = new Survival.Uniform(0.7);

    private SmallNetworks() {}

    /// Layers in any wiring.
    public static Network free(String name, Shape input, List<Node> nodes) {
        return new Network(name, input, nodes, SURVIVAL);
    }

    /// Blocks one after another.
    public static Network chain(String name, Shape input, Block... blocks) {
        List<Node> nodes = new ArrayList<>();
        String last = Network.INPUT;
        for (Block block : blocks) {
            String id = "b" + nodes.size();
            nodes.add(new Node(id, block, last));
            last = id;
        }
        return free(name, input, nodes);
    }

    /// Three residual blocks: one that keeps its shape, a bottleneck of stride 2, and one behind
    /// it.
    ///
    /// @param channels of the stem and the first block
    /// @param width of the bottleneck
    /// @param raw whether projections read the raw input
    public static Network residual(
            Shape input,
            int channels,
            int width,
            ActivationOrder order,
            Shortcut shortcut,
            boolean raw,
            @Nullable Gate gate,
            boolean zeroGamma) {
        String name =
                "%s, %s%s%s"
                        .formatted(
                                order,
                                shortcut,
                                raw ? ", raw" : "",
                                gate == null ? "" : ", " + gate.mode());
        return chain(
                name,
                input,
                new Stem(Stem.Form.CIFAR, channels, false),
                new Residual(
                        Residual.Form.BASIC, channels, 1, order, shortcut, raw, zeroGamma, gate),
                new Residual(Residual.Form.BOTTLENECK, width, 2, order, shortcut, raw, false, gate),
                new Residual(
                        Residual.Form.BASIC, 4 * width, 1, order, shortcut, raw, zeroGamma, gate),
                new Head(5, false, Head.Classifier.LINEAR));
    }

    /// A drop path inside a drop path's branch, one that does not feed an addition, one per image,
    /// and one whose input others read.
    public static Network nestedGates(Shape input) {
        Primitive.DropPath gate = new Primitive.DropPath(new Gate(GateMode.BATCH, null));
        return free(
                "nested gates",
                input,
                List.of(
                        new Node("a", Primitive.Convolution.c3(4, 1), "input"),
                        new Node("b", Primitive.Convolution.c3(4, 1), "a"),
                        new Node("b1", Primitive.Convolution.c3(4, 1), "a"),
                        new Node("c", Primitive.Convolution.c3(4, 1), "b1"),
                        new Node("cn", Primitive.BatchNorm.PLAIN, "c"),
                        new Node("inner", gate, "cn"),
                        new Node("sum", new Primitive.Add(), "b1", "inner"),
                        new Node("bn", Primitive.BatchNorm.PLAIN, "sum"),
                        new Node("outer", gate, "bn"),
                        new Node(
                                "each",
                                new Primitive.DropPath(new Gate(GateMode.SAMPLE_SCALED, 0.5)),
                                "b"),
                        new Node("total", new Primitive.Add(), "a", "outer", "each"),
                        new Node("alone", gate, "total"),
                        new Node("again", new Primitive.Add(), "total", "alone"),
                        new Node("cat", new Primitive.Concat(), "again", "alone", "b"),
                        new Node("gap", new Primitive.GlobalAvgPool(), "cat"),
                        new Node("fc", new Primitive.Linear(5, true), "gap")));
    }
}
