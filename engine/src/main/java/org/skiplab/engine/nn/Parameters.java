package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Inference;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;

/// All arrays of a network, in PyTorch's construction order, and the owner of their memory. They
/// outlive a compiled plan: another batch size or another kernel is another plan around the same
/// arrays.
///
/// Trainable arrays lie behind one another, weights before the rest, so that an optimiser sweeps
/// over two ranges.
public final class Parameters implements AutoCloseable {

    private final Map<String, Parameter> byName = new LinkedHashMap<>();
    private final TensorMemory memory;
    private final Tensor weights;
    private final Tensor weightGradients;
    private final Tensor others;
    private final Tensor otherGradients;

    /// An array that a network has, without its numbers.
    ///
    /// @param layer the layer's name in the expanded network
    public record Slot(String layer, ParameterSpec spec) {

        /// As in [Parameter#name].
        public String name() {
            return layer + "." + spec.name();
        }

        /// As in [Parameter#block].
        public String block() {
            int dot = layer.indexOf('.');
            return dot < 0 ? layer : layer.substring(0, dot);
        }
    }

    /// Allocates the arrays of a runnable network, filled with zeros.
    public static Parameters of(Network network, DataType type) {
        return new Parameters(layout(network), type, false);
    }

    /// Arrays without memory behind them, see [TensorMemory#imagined].
    static Parameters imagined(Network network, DataType type) {
        return new Parameters(layout(network), type, true);
    }

    /// The arrays that a runnable network has, in PyTorch's construction order. Allocates none.
    public static List<Slot> layout(Network network) {
        List<Slot> entries = new ArrayList<>();
        Map<String, Shape> shapes = new HashMap<>();
        shapes.put(Network.INPUT, network.input());
        for (Node node : network.expanded().topological()) {
            List<Shape> inputs = node.inputs().stream().map(shapes::get).toList();
            if (!(node.block().infer(inputs) instanceof Inference.Yields(Shape shape))) {
                throw new IllegalStateException("'" + node.id() + "' cannot take " + inputs);
            }
            shapes.put(node.id(), shape);
            ((Primitive) node.block())
                    .arrays(inputs)
                    .forEach(spec -> entries.add(new Slot(node.id(), spec)));
        }
        return List.copyOf(entries);
    }

    private Parameters(List<Slot> entries, DataType type, boolean imagined) {
        long weightSize = size(entries, type, Kind.WEIGHT);
        long otherSize = size(entries, type, Kind.OTHER);
        long fixedSize = size(entries, type, Kind.FIXED);
        long numbers = 2 * weightSize + 2 * otherSize + fixedSize;
        memory = imagined ? TensorMemory.imagined(type, numbers) : new TensorMemory(type, numbers);
        long[] next = {0, 2 * weightSize, 2 * weightSize + 2 * otherSize};
        long[] span = {weightSize, otherSize, 0};
        for (Slot entry : entries) {
            int kind = Kind.of(entry.spec()).ordinal();
            long[] shape = entry.spec().shape().stream().mapToLong(Integer::longValue).toArray();
            Tensor value = memory.at(next[kind], shape);
            Tensor gradient =
                    entry.spec().role().trainable()
                            ? memory.at(next[kind] + span[kind], shape)
                            : null;
            next[kind] += TensorMemory.aligned(type, entry.spec().size());
            String name = entry.name();
            byName.put(name, new Parameter(name, entry.layer(), entry.spec(), value, gradient));
        }
        weights = memory.at(0, Math.max(1, weightSize));
        weightGradients = memory.at(weightSize, Math.max(1, weightSize));
        others = memory.at(2 * weightSize, Math.max(1, otherSize));
        otherGradients = memory.at(2 * weightSize + otherSize, Math.max(1, otherSize));
    }

    private enum Kind {
        WEIGHT,
        OTHER,
        FIXED;

        static Kind of(ParameterSpec spec) {
            return switch (spec.role()) {
                case WEIGHT -> WEIGHT;
                case BIAS, GAMMA, BETA -> OTHER;
                case FROZEN, BUFFER -> FIXED;
            };
        }
    }

    private static long size(List<Slot> entries, DataType type, Kind kind) {
        return entries.stream()
                .filter(e -> Kind.of(e.spec()) == kind)
                .mapToLong(e -> TensorMemory.aligned(type, e.spec().size()))
                .sum();
    }

    /// In PyTorch's construction order.
    public List<Parameter> all() {
        return List.copyOf(byName.values());
    }

    public Optional<Parameter> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// @throws IllegalArgumentException if there is no such array
    public Parameter get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no array is called " + name));
    }

    /// Kernels of convolutions and linear layers, one after another with gaps of zeros.
    public Tensor weights() {
        return weights;
    }

    /// Gradients of [#weights], laid out alike.
    public Tensor weightGradients() {
        return weightGradients;
    }

    /// Biases and batch norms' scales and shifts, one after another with gaps of zeros.
    public Tensor others() {
        return others;
    }

    /// Gradients of [#others], laid out alike.
    public Tensor otherGradients() {
        return otherGradients;
    }

    /// Trainable numbers, as [org.skiplab.engine.graph.Analysis#parameters] counts them.
    public long trainable() {
        return byName.values().stream()
                .filter(p -> p.spec().role().trainable())
                .mapToLong(p -> p.spec().size())
                .sum();
    }

    /// Bytes of native memory, gradients included.
    public long bytes() {
        return memory.bytes();
    }

    /// Of these, the gradients' share.
    long gradientBytes() {
        return (weightGradients.size() + otherGradients.size()) * weights.type().width();
    }

    @Override
    public void close() {
        memory.close();
    }
}
