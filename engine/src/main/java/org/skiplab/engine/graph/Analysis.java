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
    /// @param activations numbers that a training step keeps of one image for the backward pass;
    ///   four bytes each. Every layer's output counts, except that a ReLU behind a batch norm or
    ///   addition and a drop path in front of an addition take no memory of their own, and that
    ///   concatenated tensors lie where the concatenation does
    /// @param receptiveField edge, in input pixels, of the square that one output number can see;
    ///   at most the image's longer edge
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
    private final List<Node> ends;

    private Analysis(
            Network network, Map<String, Facts> facts, List<Problem> problems, List<Node> ends) {
        this.network = network;
        this.facts = facts;
        this.problems = List.copyOf(problems);
        this.ends = ends;
    }

    public static Analysis of(Network network) {
        return new Inspection(network).analysis();
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

    /// Numbers kept of one image for the backward pass, see [Facts#activations].
    public long activations() {
        return facts.values().stream().mapToLong(Facts::activations).sum();
    }

    /// The single block that nothing reads: where the logits leave.
    public Optional<Node> output() {
        return ends.size() == 1 ? Optional.of(ends.getFirst()) : Optional.empty();
    }

    /// Number of logits, when the output is a vector.
    public Optional<Integer> classes() {
        return output().flatMap(n -> shape(n.id())).filter(Shape::isVector).map(Shape::channels);
    }

    /// One walk through a network, from the input to the output.
    private static final class Inspection {

        /// Equal blocks with equal inputs are measured once.
        private record Case(Block block, List<Shape> inputs) {}

        private final Network network;
        private final Map<String, List<String>> readers;
        private final Map<Case, Measurement> measurements = new HashMap<>();
        private final Map<String, Measurement> measured = new LinkedHashMap<>();
        private final Map<String, Shape> shapes = new HashMap<>();
        private final Map<String, Reach> reaches = new HashMap<>();
        private final Activations activations = new Activations();
        private final List<Problem> problems = new ArrayList<>();

        Inspection(Network network) {
            this.network = network;
            this.readers = network.readers();
            shapes.put(Network.INPUT, network.input());
            reaches.put(Network.INPUT, Reach.NONE);
        }

        Analysis analysis() {
            network.topological().forEach(this::inspect);
            List<Node> ends =
                    network.nodes().stream()
                            .filter(n -> Network.require(readers, n.id()).isEmpty())
                            .toList();
            checkEnds(ends);
            return new Analysis(network, facts(), problems, ends);
        }

        private void inspect(Node node) {
            if (!node.block().arity().accepts(node.inputs().size())) {
                problems.add(wrongWires(node));
                return;
            }
            if (!shapes.keySet().containsAll(node.inputs())) {
                return;
            }
            checkGate(node);
            List<Shape> inputs =
                    node.inputs().stream().map(i -> Network.require(shapes, i)).toList();
            Measurement measurement =
                    measurements.computeIfAbsent(
                            new Case(node.block(), inputs),
                            c -> Measurement.of(c.block(), c.inputs()));
            switch (measurement.inference()) {
                case Inference.Rejects(String why, String fix) ->
                        problems.add(new Problem(node.id(), why, fix));
                case Inference.Yields(Shape shape) -> {
                    List<Reach> before =
                            node.inputs().stream().map(i -> Network.require(reaches, i)).toList();
                    shapes.put(node.id(), shape);
                    reaches.put(node.id(), Reach.join(before).then(measurement.reach()));
                    measured.put(node.id(), measurement);
                    activations.add(node, measurement);
                }
            }
        }

        private static Problem wrongWires(Node node) {
            Arity arity = node.block().arity();
            int wires = node.inputs().size();
            if (wires == 0) {
                return new Problem(
                        node.id(),
                        "nothing is wired to it",
                        "connect a wire to its input, or delete it");
            }
            String takes =
                    switch (arity) {
                        case ONE -> "one wire";
                        case TWO -> "two wires";
                        case MANY -> "two or more wires";
                    };
            return new Problem(
                    node.id(),
                    "it takes " + takes + " but has " + wires,
                    wires < arity.least() ? "connect another wire" : "remove a wire");
        }

        private void checkGate(Node node) {
            boolean plain =
                    node.block() instanceof Residual r
                            && r.gate() != null
                            && r.shortcut() == Shortcut.NONE;
            boolean loose =
                    node.block() instanceof Primitive.DropPath
                            && Network.require(readers, node.id()).stream()
                                    .noneMatch(id ->
                                            network.node(id).block() instanceof Primitive.Add);
            if (plain || loose) {
                problems.add(
                        new Problem(
                                node.id(),
                                "closing its drop path would leave no signal at all",
                                plain
                                        ? "give the block a shortcut, or remove its drop path"
                                        : "let it feed an addition that also has a shortcut, or"
                                                + " remove it"));
            }
        }

        private void checkEnds(List<Node> ends) {
            if (network.nodes().isEmpty()) {
                problems.add(
                        new Problem(
                                Network.INPUT,
                                "the canvas is empty",
                                "drag a stem onto it, or open a preset"));
                return;
            }
            List<Node> wired =
                    ends.stream()
                            .filter(n -> n.block().arity().accepts(n.inputs().size()))
                            .toList();
            Optional<Node> head = wired.stream().filter(n -> n.block() instanceof Head).findFirst();
            if (wired.size() > 1) {
                Node end = head.orElse(wired.getLast());
                wired.stream()
                        .filter(n -> n != end)
                        .forEach(n ->
                                problems.add(
                                        new Problem(
                                                n.id(),
                                                "nothing reads its output",
                                                "wire it onwards, or delete it")));
            } else if (wired.size() == 1) {
                String id = wired.getFirst().id();
                Optional.ofNullable(shapes.get(id))
                        .filter(s -> !s.isVector())
                        .ifPresent(s ->
                                problems.add(
                                        new Problem(
                                                id,
                                                "the network ends in a "
                                                        + s
                                                        + " tensor instead of one number"
                                                        + " per class",
                                                "add a head after it")));
            }
        }

        private Map<String, Facts> facts() {
            int edge = Math.max(network.input().height(), network.input().width());
            Map<String, Long> kept = activations.byBlock();
            Map<String, Facts> facts = new LinkedHashMap<>();
            measured.forEach((id, m) -> {
                Reach reach = Network.require(reaches, id);
                facts.put(
                        id,
                        new Facts(
                                Network.require(shapes, id),
                                m.parameters(),
                                m.macs(),
                                Network.require(kept, id),
                                Math.min(1 + reach.growth(), edge),
                                reach.jump()));
            });
            return facts;
        }
    }
}
