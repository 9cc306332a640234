package org.skiplab.engine.export.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;
import org.skiplab.engine.export.TorchNames;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;

/// Turns primitives into ONNX's operators. Feature maps are `[n, c, h, w]`; only classifiers leave
/// `[n, c]`, which gets its two axes back where a layer for feature maps reads it.
final class OnnxGraph {

    /// Shorter vectors count as this long, as in PyTorch's `normalize`.
    private static final float SHORTEST = 1e-12f;

    private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder();
    private final Parameters parameters;
    private final TorchNames names;
    private final Network network;
    private final Map<String, String> tensors = new HashMap<>();
    private final Map<String, Integer> channels = new HashMap<>();
    private final Set<String> flat = new HashSet<>();

    /// Constants and reshaped tensors that are in the graph already.
    private final Set<String> made = new HashSet<>();

    /// @param network in primitives
    OnnxGraph(Parameters parameters, TorchNames names, Network network) {
        this.parameters = parameters;
        this.names = names;
        this.network = network;
    }

    Onnx.GraphProto.Builder build() {
        for (Parameter p : parameters.all()) {
            graph.addInitializer(
                    floats(names.path(p.name()), p.value().toFloats(), p.value().shape()));
        }
        tensors.put(Network.INPUT, "images");
        channels.put(Network.INPUT, network.input().channels());
        List<Node> order = network.topological();
        Set<String> read = new HashSet<>();
        order.forEach(n -> read.addAll(n.inputs()));
        for (Node node : order) {
            boolean last = !read.contains(node.id());
            add(node, last);
            if (last) {
                String out = tensor(node.id());
                if (!flat.contains(node.id())) {
                    operator("Flatten", "logits", List.of(out), integer("axis", 1));
                } else if (!out.equals("logits")) {
                    operator("Identity", "logits", List.of(out));
                }
            }
        }
        return graph;
    }

    private String tensor(String id) {
        String name = tensors.get(id);
        if (name == null) {
            throw new IllegalStateException("nothing known about " + id);
        }
        return name;
    }

    /// The feature maps of a node.
    private String maps(String id) {
        String name = tensor(id);
        if (!flat.contains(id)) {
            return name;
        }
        String unfolded = name + ".maps";
        if (made.add(unfolded)) {
            operator("Unsqueeze", unfolded, List.of(name, longs("axes.2.3", 2, 3)));
        }
        return unfolded;
    }

    /// The vectors of a node, `[n, c]`.
    private String vectors(String id) {
        String name = tensor(id);
        if (flat.contains(id)) {
            return name;
        }
        String folded = name + ".vectors";
        if (made.add(folded)) {
            operator("Flatten", folded, List.of(name), integer("axis", 1));
        }
        return folded;
    }

    private void add(Node node, boolean last) {
        String id = node.id();
        String first = node.inputs().getFirst();
        String layer = names.path(id);
        String out = layer;
        int width = channels.getOrDefault(first, 0);
        switch ((Primitive) node.block()) {
            case Primitive.Convolution c -> {
                width = c.channels();
                List<String> inputs = new ArrayList<>(List.of(maps(first), layer + ".weight"));
                if (c.bias()) {
                    inputs.add(layer + ".bias");
                }
                operator(
                        "Conv",
                        out,
                        inputs,
                        integers("kernel_shape", c.kernel(), c.kernel()),
                        integers("strides", c.stride(), c.stride()),
                        integers("pads", c.padding(), c.padding(), c.padding(), c.padding()));
            }
            case Primitive.BatchNorm _ ->
                    operator(
                            "BatchNormalization",
                            out,
                            List.of(
                                    maps(first),
                                    layer + ".weight",
                                    layer + ".bias",
                                    layer + ".running_mean",
                                    layer + ".running_var"),
                            number("epsilon", (float) Primitive.BatchNorm.EPSILON));
            case Primitive.Relu _ -> operator("Relu", out, List.of(maps(first)));
            case Primitive.Sigmoid _ -> operator("Sigmoid", out, List.of(maps(first)));
            case Primitive.Scale(double factor) -> out = scaled(out, maps(first), factor);
            case Primitive.Dropout _ -> out = maps(first);
            case Primitive.DropPath(Gate gate) -> {
                double p = gate.own() == null ? 1 : gate.own();
                out = scaled(out, maps(first), gate.mode().evaluationFactor(p));
            }
            case Primitive.MaxPool p ->
                    operator(
                            "MaxPool",
                            out,
                            List.of(maps(first)),
                            integers("kernel_shape", p.kernel(), p.kernel()),
                            integers("strides", p.stride(), p.stride()),
                            integers("pads", p.padding(), p.padding(), p.padding(), p.padding()));
            case Primitive.AvgPool p ->
                    operator(
                            "AveragePool",
                            out,
                            List.of(maps(first)),
                            integers("kernel_shape", p.kernel(), p.kernel()),
                            integers("strides", p.stride(), p.stride()));
            case Primitive.GlobalAvgPool _ ->
                    operator("GlobalAveragePool", out, List.of(maps(first)));
            case Primitive.PadChannels(int more) -> {
                int extra = more - width;
                width = more;
                String pads = longs("pads." + extra, 0, 0, 0, 0, 0, extra, 0, 0);
                operator("Pad", out, List.of(maps(first), pads));
            }
            case Primitive.Linear l -> {
                out = last ? "logits" : out;
                width = l.outputs();
                flat.add(id);
                List<String> inputs = new ArrayList<>(List.of(vectors(first), layer + ".weight"));
                if (l.bias()) {
                    inputs.add(layer + ".bias");
                }
                operator("Gemm", out, inputs, integer("transB", 1));
            }
            case Primitive.Cosine c -> {
                out = last ? "logits" : out;
                width = c.outputs();
                flat.add(id);
                cosine(layer, vectors(first), out);
            }
            case Primitive.Add _ -> {
                List<String> inputs = node.inputs().stream().map(this::maps).toList();
                operator(inputs.size() == 2 ? "Add" : "Sum", out, inputs);
            }
            case Primitive.Multiply _ ->
                    operator("Mul", out, node.inputs().stream().map(this::maps).toList());
            case Primitive.Concat _ -> {
                width = node.inputs().stream().mapToInt(i -> channels.getOrDefault(i, 0)).sum();
                List<String> inputs = node.inputs().stream().map(this::maps).toList();
                operator("Concat", out, inputs, integer("axis", 1));
            }
        }
        tensors.put(id, out);
        channels.put(id, width);
    }

    /// `|W x| / max(‖x‖, 1e-12)`.
    private void cosine(String layer, String x, String out) {
        operator("Gemm", layer + ".dot", List.of(x, layer + ".weight"), integer("transB", 1));
        operator("Abs", layer + ".abs", List.of(layer + ".dot"));
        operator(
                "ReduceL2",
                layer + ".norm",
                List.of(x),
                integers("axes", 1),
                integer("keepdims", 1));
        operator("Max", layer + ".length", List.of(layer + ".norm", constant(SHORTEST)));
        operator("Div", out, List.of(layer + ".abs", layer + ".length"));
    }

    /// The tensor times a number, or itself when that is 1.
    private String scaled(String out, String in, double factor) {
        if (factor == 1) {
            return in;
        }
        operator("Mul", out, List.of(in, constant((float) factor)));
        return out;
    }

    private void operator(
            String type, String out, List<String> inputs, Onnx.AttributeProto... attributes) {
        graph.addNode(
                Onnx.NodeProto.newBuilder()
                        .setOpType(type)
                        .setName(out)
                        .addAllInput(inputs)
                        .addOutput(out)
                        .addAllAttribute(List.of(attributes)));
    }

    private static Onnx.AttributeProto integer(String name, long value) {
        return Onnx.AttributeProto.newBuilder()
                .setName(name)
                .setType(Onnx.AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static Onnx.AttributeProto integers(String name, long... values) {
        Onnx.AttributeProto.Builder attribute =
                Onnx.AttributeProto.newBuilder()
                        .setName(name)
                        .setType(Onnx.AttributeProto.AttributeType.INTS);
        for (long v : values) {
            attribute.addInts(v);
        }
        return attribute.build();
    }

    private static Onnx.AttributeProto number(String name, float value) {
        return Onnx.AttributeProto.newBuilder()
                .setName(name)
                .setType(Onnx.AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    private String constant(float value) {
        String name = "number." + value;
        if (made.add(name)) {
            graph.addInitializer(floats(name, new float[] {value}, 1));
        }
        return name;
    }

    private String longs(String name, long... values) {
        if (made.add(name)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(values);
            graph.addInitializer(
                    Onnx.TensorProto.newBuilder()
                            .setName(name)
                            .setDataType(Onnx.TensorProto.DataType.INT64.getNumber())
                            .addDims(values.length)
                            .setRawData(ByteString.copyFrom(bytes.array())));
        }
        return name;
    }

    private static Onnx.TensorProto floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Onnx.TensorProto.Builder tensor =
                Onnx.TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(Onnx.TensorProto.DataType.FLOAT.getNumber())
                        .setRawData(ByteString.copyFrom(bytes.array()));
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        return tensor.build();
    }
}
