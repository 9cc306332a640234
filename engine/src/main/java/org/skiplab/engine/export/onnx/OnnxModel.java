package org.skiplab.engine.export.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx;
import org.skiplab.engine.export.TorchNames;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.nn.Parameters;

/// A network as an ONNX file: input `images` `[batch, c, h, w]`, output `logits` `[batch,
/// classes]`, arrays and tensors under the names of the exported PyTorch model.
///
/// It is the network of the evaluation mode: batch norms use their running statistics, dropout
/// layers are gone, and drop paths have become the factor that their branch counts for.
///
/// Opset 13 and IR version 7 (ONNX 1.8, 2020): nothing newer is needed, and runtimes that are years
/// old read it.
public final class OnnxModel {
    private OnnxModel() {}

    /// The version of the operators' meaning.
    public static final int OPSET = 13;

    private static final int IR_VERSION = 7;

    /// The longest protobuf message, and so the longest ONNX file.
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    /// Writes a file.
    ///
    /// @param network runnable
    /// @throws IOException if the file cannot be written, or the network is larger than a file of
    ///   this kind can be
    public static void write(Network network, Parameters parameters, Path file) throws IOException {
        long numbers = parameters.all().stream().mapToLong(p -> p.spec().size()).sum();
        if (numbers * Float.BYTES > MOST_BYTES) {
            throw new IOException("an ONNX file holds at most 2 GB");
        }
        Onnx.ModelProto model = model(network, parameters);
        WholeFile.write(
                file,
                fresh -> {
                    try (OutputStream out =
                            new BufferedOutputStream(Files.newOutputStream(fresh))) {
                        model.writeTo(out);
                    }
                });
    }

    private static Onnx.ModelProto model(Network network, Parameters parameters) {
        TorchNames names = new TorchNames(network);
        OnnxGraph graph = new OnnxGraph(parameters, names, network.expanded());
        Shape in = network.input();
        int classes = Analysis.of(network).classes().orElseThrow();
        return Onnx.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(
                        Onnx.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setProducerName("SkipLab")
                .setDocString("The evaluation mode of " + network.name() + ".")
                .setGraph(
                        graph.build()
                                .setName(network.name())
                                .addInput(value("images", in.channels(), in.height(), in.width()))
                                .addOutput(value("logits", classes)))
                .build();
    }

    /// A float tensor whose first extent is the batch.
    private static Onnx.ValueInfoProto value(String name, int... extents) {
        Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder();
        shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (int extent : extents) {
            shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
        }
        return Onnx.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        Onnx.TypeProto.newBuilder()
                                .setTensorType(
                                        Onnx.TypeProto.Tensor.newBuilder()
                                                .setElemType(
                                                        Onnx.TensorProto.DataType.FLOAT.getNumber())
                                                .setShape(shape)))
                .build();
    }
}
