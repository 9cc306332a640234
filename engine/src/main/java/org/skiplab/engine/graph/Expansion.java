package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Replaces every composite block by its circuit.
final class Expansion {
    private record Case(Composite block, Shape input) {}

    private final Map<Case, List<Node>> circuits = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<String, String> outputs = new HashMap<>();
    private final List<Node> primitives = new ArrayList<>();

    private Expansion() {}

    static Network of(Network network) {
        return new Expansion().expand(network);
    }

    private Network expand(Network network) {
        Analysis analysis = Analysis.of(network);
        Map<String, Double> survival = network.survivalProbabilities();
        shapes.put(Network.INPUT, network.input());
        outputs.put(Network.INPUT, Network.INPUT);
        for (Node node : network.topological()) {
            Shape shape =
                    analysis.shape(node.id())
                            .orElseThrow(() ->
                                    new IllegalStateException(analysis.problems().toString()));
            shapes.put(node.id(), shape);
            add(node, survival.get(node.id()));
        }
        return network.withNodes(primitives);
    }

    private void add(Node node, @Nullable Double p) {
        switch (node.block()) {
            case Primitive primitive -> {
                List<String> from =
                        node.inputs().stream().map(i -> Network.require(outputs, i)).toList();
                primitives.add(new Node(node.id(), resolved(primitive, p), from));
                outputs.put(node.id(), node.id());
            }
            case Composite block -> {
                String source = node.inputs().getFirst();
                String entry = Network.require(outputs, source);
                String prefix = node.id() + ".";
                List<Node> inside =
                        circuits.computeIfAbsent(
                                new Case(block, Network.require(shapes, source)),
                                c -> c.block().inside(c.input()).nodes());
                for (Node inner : inside) {
                    List<String> from = new ArrayList<>();
                    for (String i : inner.inputs()) {
                        from.add(i.equals(Network.INPUT) ? entry : prefix + i);
                    }
                    Primitive primitive = resolved((Primitive) inner.block(), p);
                    primitives.add(new Node(prefix + inner.id(), primitive, from));
                }
                outputs.put(node.id(), prefix + inside.getLast().id());
            }
        }
    }

    private static Primitive resolved(Primitive primitive, @Nullable Double p) {
        return primitive instanceof Primitive.DropPath(Gate gate) && p != null
                ? new Primitive.DropPath(new Gate(gate.mode(), p))
                : primitive;
    }
}
