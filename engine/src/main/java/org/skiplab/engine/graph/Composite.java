package org.skiplab.engine.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A block that is defined as a circuit of primitives. Shape, parameters and cost follow from the
/// circuit.
public sealed interface Composite extends Block
        permits Stem, Residual, Wide, DenseBlock, Transition, Head {

    /// The primitives inside, for an input of the given shape. Ids are PyTorch-like (`conv1`,
    /// `shortcut.conv`).
    Circuit inside(Shape input);

    /// The output channels, given the input's.
    int outputChannels(int inputChannels);

    @Override
    default Inference infer(List<Shape> inputs) {
        Map<String, Shape> shapes = new HashMap<>();
        shapes.put(Network.INPUT, inputs.getFirst());
        Shape last = inputs.getFirst();
        for (Node node : inside(inputs.getFirst()).nodes()) {
            switch (node.block().infer(shapesOf(node, shapes))) {
                case Inference.Yields(Shape shape) -> {
                    last = shape;
                    shapes.put(node.id(), shape);
                }
                case Inference.Rejects(String why, String fix) -> {
                    return Inference.rejects(node.id() + ": " + why, fix);
                }
            }
        }
        return Inference.yields(last);
    }

    @Override
    default long parameters(List<Shape> inputs) {
        return sum(inputs.getFirst(), Block::parameters);
    }

    @Override
    default long macs(List<Shape> inputs) {
        return sum(inputs.getFirst(), Block::macs);
    }

    /// A closed-form quantity of one primitive.
    interface Count {
        long of(Block block, List<Shape> inputs);
    }

    private long sum(Shape input, Count count) {
        Map<String, Shape> shapes = new HashMap<>();
        shapes.put(Network.INPUT, input);
        long total = 0;
        for (Node node : inside(input).nodes()) {
            List<Shape> in = shapesOf(node, shapes);
            if (!(node.block().infer(in) instanceof Inference.Yields(Shape shape))) {
                return total;
            }
            shapes.put(node.id(), shape);
            total += count.of(node.block(), in);
        }
        return total;
    }

    private static List<Shape> shapesOf(Node node, Map<String, Shape> shapes) {
        return node.inputs().stream().map(id -> Network.require(shapes, id)).toList();
    }
}
