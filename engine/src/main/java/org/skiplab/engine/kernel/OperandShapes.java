package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Inference;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;

/// Refuses operands whose shapes are not those that the layer's own rules ask for, with an
/// [IllegalArgumentException] that names operation, operand and both shapes.
///
/// Looked at when an operation is made, never in a step: kernels walk over native memory and take
/// it for granted that the operands fit, so that a wrong shape would end the process.
final class OperandShapes {
    private OperandShapes() {}

    private record Array(String name, Operand operand) {
        static List<Array> of(Operand weight, @Nullable Operand bias) {
            Array first = new Array("weight", weight);
            return bias == null ? List.of(first) : List.of(first, new Array("bias", bias));
        }
    }

    static void convolution(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y) {
        check("convolution", layer, List.of(x), Array.of(weight, bias), y);
    }

    static void batchNorm(BatchNormOperands operands) {
        check(
                "batch norm",
                Primitive.BatchNorm.PLAIN,
                List.of(operands.x()),
                List.of(
                        new Array("gamma", operands.gamma()),
                        new Array("beta", operands.beta()),
                        new Array("running mean", Operand.constant(operands.runningMean())),
                        new Array(
                                "running variance", Operand.constant(operands.runningVariance()))),
                operands.y());
    }

    static void relu(Operand x, Operand y) {
        check("ReLU", new Primitive.Relu(), List.of(x), y);
    }

    static void sigmoid(Operand x, Operand y) {
        check("sigmoid", new Primitive.Sigmoid(), List.of(x), y);
    }

    static void scale(Operand x, Operand y) {
        check("scale", new Primitive.Scale(1), List.of(x), y);
    }

    static void dropout(Tensor mask, Operand x, Operand y) {
        check("dropout", new Primitive.Dropout(0), List.of(x), y);
        same("dropout", "mask", mask.shape(), x.value().shape());
    }

    static void gate(GateFactors factors, Operand x, Operand y) {
        check("gate", new Primitive.DropPath(Gate.SCHEDULED), List.of(x), y);
        factors("gate", factors, y);
    }

    static void add(List<Operand> xs, List<@Nullable GateFactors> gates, Operand y) {
        check("add", new Primitive.Add(), xs, y);
        if (gates.size() != xs.size()) {
            throw new IllegalArgumentException(
                    "add: " + gates.size() + " gates for " + xs.size() + " inputs");
        }
        for (GateFactors gate : gates) {
            if (gate != null) {
                factors("add", gate, y);
            }
        }
    }

    static void multiply(Operand a, Operand b, Operand y) {
        check("multiply", new Primitive.Multiply(), List.of(a, b), y);
    }

    static void concat(List<Operand> xs, Operand y) {
        check("concat", new Primitive.Concat(), xs, y);
    }

    static void maxPool(Primitive.MaxPool layer, Operand x, Operand y) {
        check("max pool", layer, List.of(x), y);
    }

    static void avgPool(Primitive.AvgPool layer, Operand x, Operand y) {
        check("average pool", layer, List.of(x), y);
    }

    static void globalAvgPool(Operand x, Operand y) {
        check("global average pool", new Primitive.GlobalAvgPool(), List.of(x), y);
    }

    static void padChannels(Operand x, Operand y) {
        check("channel padding", new Primitive.PadChannels(y.value().channels()), List.of(x), y);
    }

    static void linear(Operand x, Operand weight, @Nullable Operand bias, Operand y) {
        var layer = new Primitive.Linear(y.value().channels(), bias != null);
        check("linear", layer, List.of(x), Array.of(weight, bias), y);
    }

    static void cosine(Operand x, Tensor weight, Operand y) {
        List<Array> arrays = List.of(new Array("weight", Operand.constant(weight)));
        check("cosine", new Primitive.Cosine(y.value().channels()), List.of(x), arrays, y);
    }

    private static void check(String operation, Primitive layer, List<Operand> xs, Operand y) {
        check(operation, layer, xs, List.of(), y);
    }

    private static void check(
            String operation, Primitive layer, List<Operand> xs, List<Array> arrays, Operand y) {
        long batch = xs.getFirst().value().shape()[0];
        List<Shape> images = new ArrayList<>();
        for (int i = 0; i < xs.size(); i++) {
            String name = xs.size() == 1 ? "x" : "x" + (i + 1);
            Shape image = image(operation, name, xs.get(i));
            images.add(image);
            same(operation, name, xs.get(i).value().shape(), images(batch, image));
            gradient(operation, name, xs.get(i));
        }
        switch (layer.infer(images)) {
            case Inference.Yields(Shape image) ->
                    same(operation, "y", y.value().shape(), images(batch, image));
            case Inference.Rejects(String why, _) ->
                    throw new IllegalArgumentException(operation + ": " + why);
        }
        gradient(operation, "y", y);
        List<ParameterSpec> specs = layer.arrays(images);
        if (specs.size() != arrays.size()) {
            throw new IllegalArgumentException(
                    "%s: %d arrays, but the layer has %d"
                            .formatted(operation, arrays.size(), specs.size()));
        }
        for (int i = 0; i < arrays.size(); i++) {
            Array array = arrays.get(i);
            long[] shape = specs.get(i).shape().stream().mapToLong(extent -> extent).toArray();
            same(operation, array.name(), array.operand().value().shape(), shape);
            gradient(operation, array.name(), array.operand());
        }
    }

    private static Shape image(String operation, String name, Operand operand) {
        Tensor value = operand.value();
        if (value.shape().length != 4) {
            throw new IllegalArgumentException(
                    "%s: %s is %s, but must be [n, h, w, c]"
                            .formatted(operation, name, Arrays.toString(value.shape())));
        }
        return new Shape(value.height(), value.width(), value.channels());
    }

    private static long[] images(long batch, Shape image) {
        return new long[] {batch, image.height(), image.width(), image.channels()};
    }

    private static void gradient(String operation, String name, Operand operand) {
        if (operand.gradient() != null) {
            same(
                    operation,
                    "gradient of " + name,
                    operand.gradient().shape(),
                    operand.value().shape());
        }
    }

    private static void factors(String operation, GateFactors factors, Operand y) {
        same(operation, "factors", new long[] {factors.images()}, new long[] {y.value().batch()});
    }

    private static void same(String operation, String name, long[] is, long[] must) {
        if (!Arrays.equals(is, must)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s, but must be %s"
                            .formatted(
                                    operation, name, Arrays.toString(is), Arrays.toString(must)));
        }
    }
}
