package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Replaces every composite block by its circuit.
final class Expansion {
    private Expansion() {}

    static Network of(Network network) {
        Map<String, Shape> shapes = new HashMap<>();
        Map<String, String> outputs = new HashMap<>();
        Map<String, Double> survival = network.survivalProbabilities();
        shapes.put(Network.INPUT, network.input());
        outputs.put(Network.INPUT, Network.INPUT);
        List<Node> primitives = new ArrayList<>();
        for (Node node : network.topological()) {
            List<Shape> in = node.inputs().stream().map(i -> Network.require(shapes, i)).toList();
            List<String> from =
                    node.inputs().stream().map(i -> Network.require(outputs, i)).toList();
            if (!(node.block().infer(in) instanceof Inference.Yields(Shape shape))) {
                throw new IllegalStateException("'" + node.id() + "' cannot take " + in);
            }
            shapes.put(node.id(), shape);
            switch (node.block()) {
                case Primitive p -> {
                    primitives.add(new Node(node.id(), resolved(p, survival.get(node.id())), from));
                    outputs.put(node.id(), node.id());
                }
                case Composite c -> {
                    Circuit circuit = c.inside(in.getFirst());
                    for (Node inner : circuit.nodes()) {
                        primitives.add(
                                new Node(
                                        node.id() + "." + inner.id(),
                                        resolved(
                                                (Primitive) inner.block(), survival.get(node.id())),
                                        inner.inputs().stream()
                                                .map(i -> outer(i, node, from.getFirst()))
                                                .toList()));
                    }
                    outputs.put(node.id(), node.id() + "." + circuit.output().id());
                }
            }
        }
        return new Network(network.name(), network.input(), primitives, network.survival());
    }

    private static String outer(String inner, Node node, String entry) {
        return inner.equals(Network.INPUT) ? entry : node.id() + "." + inner;
    }

    private static Primitive resolved(Primitive primitive, @Nullable Double p) {
        return primitive instanceof Primitive.DropPath(Gate gate) && p != null
                ? new Primitive.DropPath(new Gate(gate.mode(), p))
                : primitive;
    }
}
