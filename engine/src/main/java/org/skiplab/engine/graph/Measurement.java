package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one pass through a block's layers finds out for given input shapes.
///
/// @param inference the output shape, or what keeps the block from having one
/// @param layers the layers up to there, each with its output shape
/// @param parameters trainable numbers
/// @param macs multiply-accumulates of one image's forward pass
/// @param reach from the block's input to its output
record Measurement(
        Inference inference, List<Layer> layers, long parameters, long macs, Reach reach) {

    /// @param inputs ids of other layers, or [Network#INPUT] for what enters the block
    record Layer(String id, Primitive primitive, List<String> inputs, Shape output) {}

    static Measurement of(Block block, List<Shape> inputs) {
        return switch (block) {
            case Primitive p -> of(p, inputs);
            case Composite c -> of(c.inside(inputs.getFirst()), inputs.getFirst());
        };
    }

    private static Measurement of(Primitive primitive, List<Shape> inputs) {
        Inference inference = primitive.infer(inputs);
        return switch (inference) {
            case Inference.Yields(Shape shape) ->
                    new Measurement(
                            inference,
                            List.of(new Layer("", primitive, List.of(Network.INPUT), shape)),
                            primitive.parameters(inputs),
                            primitive.macs(inputs),
                            Reach.of(primitive, inputs.getFirst()));
            case Inference.Rejects _ -> new Measurement(inference, List.of(), 0, 0, Reach.NONE);
        };
    }

    private static Measurement of(Circuit circuit, Shape input) {
        Map<String, Shape> shapes = new HashMap<>();
        Map<String, Reach> reaches = new HashMap<>();
        shapes.put(Network.INPUT, input);
        reaches.put(Network.INPUT, Reach.NONE);
        List<Layer> layers = new ArrayList<>();
        long parameters = 0;
        long macs = 0;
        Inference inference = Inference.yields(input);
        Reach reach = Reach.NONE;
        for (Node node : circuit.nodes()) {
            Primitive primitive = (Primitive) node.block();
            List<Shape> in = new ArrayList<>();
            List<Reach> before = new ArrayList<>();
            for (String id : node.inputs()) {
                in.add(Network.require(shapes, id));
                before.add(Network.require(reaches, id));
            }
            inference = primitive.infer(in);
            switch (inference) {
                case Inference.Rejects(String why, String fix) -> {
                    return new Measurement(
                            Inference.rejects(node.id() + ": " + why, fix),
                            layers,
                            parameters,
                            macs,
                            reach);
                }
                case Inference.Yields(Shape shape) -> {
                    layers.add(new Layer(node.id(), primitive, node.inputs(), shape));
                    parameters += primitive.parameters(in);
                    macs += primitive.macs(in);
                    reach = Reach.join(before).then(Reach.of(primitive, in.getFirst()));
                    shapes.put(node.id(), shape);
                    reaches.put(node.id(), reach);
                }
            }
        }
        return new Measurement(inference, layers, parameters, macs, reach);
    }
}
