package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts the numbers that a training step keeps of one image for its backward pass: every layer's
/// output, except that a ReLU behind a batch norm or addition and a drop path in front of an
/// addition take no memory of their own, and that concatenated tensors lie where the concatenation
/// does.
final class Activations {

    /// @param owner the block that the layer belongs to
    /// @param inputs positions of other layers in the list, or [#IMAGE]
    private record Layer(String owner, Primitive primitive, int[] inputs, Shape output) {}

    private static final int IMAGE = -1;

    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Integer> outputs = new HashMap<>();

    Activations() {
        outputs.put(Network.INPUT, IMAGE);
    }

    /// Adds a block whose inputs have been added before.
    void add(Node node, Measurement measured) {
        switch (node.block()) {
            case Primitive p -> {
                int[] from = node.inputs().stream().mapToInt(this::output).toArray();
                layers.add(new Layer(node.id(), p, from, measured.layers().getLast().output()));
            }
            case Composite _ -> {
                Map<String, Integer> inside = new HashMap<>();
                inside.put(Network.INPUT, output(node.inputs().getFirst()));
                for (Measurement.Layer layer : measured.layers()) {
                    int[] from =
                            layer.inputs().stream()
                                    .mapToInt(id -> Network.require(inside, id))
                                    .toArray();
                    inside.put(layer.id(), layers.size());
                    layers.add(new Layer(node.id(), layer.primitive(), from, layer.output()));
                }
            }
        }
        outputs.put(node.id(), layers.size() - 1);
    }

    private int output(String id) {
        return Network.require(outputs, id);
    }

    /// The count of each block, by id.
    Map<String, Long> byBlock() {
        int[] places = places();
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            boolean own = places[i] == i && !(layer.primitive() instanceof Primitive.Concat);
            counts.merge(layer.owner(), own ? layer.output().size() : 0, Long::sum);
        }
        Set<Integer> hosted = new HashSet<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (layers.get(i).primitive() instanceof Primitive.Concat) {
                counts.merge(layers.get(i).owner(), copied(i, places, hosted), Long::sum);
            }
        }
        return counts;
    }

    /// Numbers that a concatenation holds of tensors that also lie elsewhere.
    private long copied(int concat, int[] places, Set<Integer> hosted) {
        List<Integer> from = new ArrayList<>();
        for (int input : layers.get(concat).inputs()) {
            from.add(input == IMAGE ? IMAGE : places[input]);
        }
        long copied = layers.get(concat).output().size();
        for (int input : from) {
            boolean once = from.indexOf(input) == from.lastIndexOf(input);
            if (input != IMAGE && once && hosted.add(input)) {
                copied -= layers.get(input).output().size();
            }
        }
        return copied;
    }

    /// For each layer the one in whose memory its output lies.
    private int[] places() {
        List<Set<Integer>> readers = new ArrayList<>();
        layers.forEach(_ -> readers.add(new HashSet<>()));
        for (int i = 0; i < layers.size(); i++) {
            for (int input : layers.get(i).inputs()) {
                if (input != IMAGE) {
                    readers.get(input).add(i);
                }
            }
        }
        int[] places = new int[layers.size()];
        for (int i = 0; i < places.length; i++) {
            boolean taken =
                    switch (layers.get(i).primitive()) {
                        case Primitive.Relu _ -> joinsWhatFeedsIt(i, readers);
                        case Primitive.DropPath _ -> joinsWhatReadsIt(i, readers.get(i));
                        default -> false;
                    };
            int from = layers.get(i).inputs()[0];
            places[i] = taken && from != IMAGE ? places[from] : i;
        }
        return places;
    }

    private boolean joinsWhatFeedsIt(int relu, List<Set<Integer>> readers) {
        int from = layers.get(relu).inputs()[0];
        return from != IMAGE
                && readers.get(from).size() == 1
                && (layers.get(from).primitive() instanceof Primitive.BatchNorm
                        || layers.get(from).primitive() instanceof Primitive.Add);
    }

    private boolean joinsWhatReadsIt(int dropPath, Set<Integer> readers) {
        if (readers.size() != 1) {
            return false;
        }
        Layer reader = layers.get(readers.iterator().next());
        int wires = 0;
        for (int input : reader.inputs()) {
            wires += input == dropPath ? 1 : 0;
        }
        return reader.primitive() instanceof Primitive.Add && wires == 1;
    }
}
