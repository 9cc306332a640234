package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that follows from a network's value without running it: shapes, costs and problems.
/// Computed anew for each edit; a few milliseconds even for a thousand layers.
public final class Analysis {

    /// What is known of one block.
    ///
    /// @param output shape after the block
    /// @param parameters trainable numbers
    /// @param macs multiply-accumulates of one image's forward pass
    /// @param activations numbers that its layers write for one image in the forward pass
    /// @param receptiveField edge, in input pixels, of the square that one output number can see
    /// @param jump input pixels between neighbouring outputs
    public record Facts(
            Shape output,
            long parameters,
            long macs,
            long activations,
            int receptiveField,
            int jump) {}

    private final Network network;
    private final Map<String, Facts> facts;
    private final List<Problem> problems;

    private Analysis(Network network, Map<String, Facts> facts, List<Problem> problems) {
        this.network = network;
        this.facts = facts;
        this.problems = List.copyOf(problems);
    }

    public static Analysis of(Network network) {
        Map<String, Facts> facts = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Node node : network.topological()) {
            inspect(network, node, facts, problems);
        }
        checkEnds(network, facts, problems);
        return new Analysis(network, facts, problems);
    }

    public Network network() {
        return network;
    }

    /// The facts about a block, absent when a problem at or before it leaves its shape unknown.
    public Optional<Facts> facts(String id) {
        return Optional.ofNullable(facts.get(id));
    }

    /// Shape after a block, or of the image for [Network#INPUT]; absent when unknown.
    public Optional<Shape> shape(String id) {
        return id.equals(Network.INPUT)
                ? Optional.of(network.input())
                : facts(id).map(Facts::output);
    }

    public List<Problem> problems() {
        return problems;
    }

    public boolean runnable() {
        return problems.isEmpty();
    }

    /// Trainable numbers of all blocks whose shapes are known.
    public long parameters() {
        return facts.values().stream().mapToLong(Facts::parameters).sum();
    }

    /// Multiply-accumulates of one image's forward pass.
    public long macs() {
        return facts.values().stream().mapToLong(Facts::macs).sum();
    }

    /// Numbers written for one image in a forward pass.
    public long activations() {
        return facts.values().stream().mapToLong(Facts::activations).sum();
    }

    /// The single block that nothing reads: where the logits leave.
    public Optional<Node> output() {
        List<Node> ends =
                network.nodes().stream().filter(n -> network.consumers(n.id()).isEmpty()).toList();
        return ends.size() == 1 ? Optional.of(ends.getFirst()) : Optional.empty();
    }

    /// Number of logits, when the output is a vector.
    public Optional<Integer> classes() {
        return output().flatMap(n -> shape(n.id())).filter(Shape::isVector).map(Shape::channels);
    }

    private static void inspect(
            Network network, Node node, Map<String, Facts> facts, List<Problem> problems) {
        Arity arity = node.block().arity();
        int wires = node.inputs().size();
        if (!arity.accepts(wires)) {
            problems.add(
                    wires == 0
                            ? new Problem(
                                    node.id(),
                                    "nothing is wired to it",
                                    "connect a wire to its input, or delete it")
                            : new Problem(
                                    node.id(),
                                    "it takes "
                                            + (arity == Arity.ONE
                                                    ? "one wire"
                                                    : arity == Arity.TWO
                                                            ? "two wires"
                                                            : "two or more wires")
                                            + " but has "
                                            + wires,
                                    wires < arity.least()
                                            ? "connect another wire"
                                            : "remove a wire"));
            return;
        }
        List<Shape> inputs = new ArrayList<>();
        for (String from : node.inputs()) {
            Facts before = facts.get(from);
            if (before == null && !from.equals(Network.INPUT)) {
                return;
            }
            inputs.add(before == null ? network.input() : before.output());
        }
        switch (node.block().infer(inputs)) {
            case Inference.Rejects(String why, String fix) ->
                    problems.add(new Problem(node.id(), why, fix));
            case Inference.Yields(Shape shape) ->
                    facts.put(node.id(), measure(network, node, inputs, shape, facts));
        }
        checkGate(network, node, problems);
    }

    private static void checkGate(Network network, Node node, List<Problem> problems) {
        boolean plain =
                node.block() instanceof Residual r
                        && r.gate() != null
                        && r.shortcut() == Shortcut.NONE;
        boolean loose =
                node.block() instanceof Primitive.DropPath
                        && network.consumers(node.id()).stream()
                                .noneMatch(c -> network.node(c).block() instanceof Primitive.Add);
        if (plain || loose) {
            problems.add(
                    new Problem(
                            node.id(),
                            "closing its drop path would leave no signal at all",
                            plain
                                    ? "give the block a shortcut, or remove its drop path"
                                    : "let it feed an addition that also has a shortcut, or remove it"));
        }
    }

    private static Facts measure(
            Network network,
            Node node,
            List<Shape> inputs,
            Shape output,
            Map<String, Facts> facts) {
        int field = 1;
        int jump = 1;
        for (String from : node.inputs()) {
            Facts before = facts.get(from);
            if (before != null) {
                field = Math.max(field, before.receptiveField());
                jump = Math.max(jump, before.jump());
            }
        }
        Reach entry = new Reach(field, jump);
        Reach reach;
        long activations;
        switch (node.block()) {
            case Primitive p -> {
                reach = entry.after(p, inputs.getFirst());
                activations = output.size();
            }
            case Composite c -> {
                Map<String, Reach> reaches = new HashMap<>();
                Map<String, Shape> shapes = new HashMap<>();
                reaches.put(Network.INPUT, entry);
                shapes.put(Network.INPUT, inputs.getFirst());
                reach = entry;
                activations = 0;
                for (Node inner : c.inside(inputs.getFirst()).nodes()) {
                    List<Shape> in =
                            inner.inputs().stream().map(i -> Network.require(shapes, i)).toList();
                    Shape out = ((Inference.Yields) inner.block().infer(in)).shape();
                    shapes.put(inner.id(), out);
                    activations += out.size();
                    Reach joined =
                            Reach.join(
                                    inner.inputs().stream()
                                            .map(i -> Network.require(reaches, i))
                                            .toList());
                    reach = joined.after((Primitive) inner.block(), in.getFirst());
                    reaches.put(inner.id(), reach);
                }
            }
        }
        return new Facts(
                output,
                node.block().parameters(inputs),
                node.block().macs(inputs),
                activations,
                Math.min(
                        reach.field(), Math.max(network.input().height(), network.input().width())),
                reach.jump());
    }

    private static void checkEnds(
            Network network, Map<String, Facts> facts, List<Problem> problems) {
        if (network.nodes().isEmpty()) {
            problems.add(
                    new Problem(
                            Network.INPUT,
                            "the canvas is empty",
                            "drag a stem onto it, or open a preset"));
            return;
        }
        List<Node> ends =
                network.nodes().stream().filter(n -> network.consumers(n.id()).isEmpty()).toList();
        boolean wired = ends.stream().allMatch(n -> n.block().arity().accepts(n.inputs().size()));
        if (ends.size() > 1 && wired) {
            Node head =
                    ends.stream()
                            .filter(n -> n.block() instanceof Head)
                            .findFirst()
                            .orElse(ends.getLast());
            ends.stream()
                    .filter(n -> n != head)
                    .forEach(n ->
                            problems.add(
                                    new Problem(
                                            n.id(),
                                            "nothing reads its output",
                                            "wire it onwards, or delete it")));
        } else if (ends.size() == 1) {
            Facts last = facts.get(ends.getFirst().id());
            if (last != null && !last.output().isVector()) {
                problems.add(
                        new Problem(
                                ends.getFirst().id(),
                                "the network ends in a "
                                        + last.output()
                                        + " tensor instead of one number per class",
                                "add a head after it"));
            }
        }
    }

    /// Receptive field arithmetic: `field` grows by `(kernel − 1) · jump`, `jump` by the stride.
    private record Reach(int field, int jump) {

        static Reach join(List<Reach> parts) {
            return new Reach(
                    parts.stream().mapToInt(Reach::field).max().orElse(1),
                    parts.stream().mapToInt(Reach::jump).max().orElse(1));
        }

        Reach after(Primitive primitive, Shape input) {
            return switch (primitive) {
                case Primitive.Convolution c -> window(c.kernel(), c.stride());
                case Primitive.MaxPool p -> window(p.kernel(), p.stride());
                case Primitive.AvgPool p -> window(p.kernel(), p.stride());
                case Primitive.GlobalAvgPool _ ->
                        window(Math.max(input.height(), input.width()), 1);
                default -> this;
            };
        }

        private Reach window(int kernel, int stride) {
            return new Reach((int) Math.min(1 << 20, field + (kernel - 1L) * jump), jump * stride);
        }
    }
}
