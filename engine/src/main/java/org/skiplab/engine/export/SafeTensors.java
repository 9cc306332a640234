package org.skiplab.engine.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A network's arrays as a safetensors file: eight bytes with the header's length, the header in
/// JSON padded with spaces to a multiple of eight, the numbers. Everything is little-endian, arrays
/// have PyTorch's shapes and follow one another without gaps.
public final class SafeTensors {
    private SafeTensors() {}

    /// Writes all arrays, running statistics included, under the names of the exported PyTorch
    /// model. The metadata hold `format: pt`, which PyTorch's loaders ask for, and the network's
    /// name.
    ///
    /// @throws IOException if the file cannot be written; an older file is left alone
    public static void write(Network network, Parameters parameters, Path file) throws IOException {
        byte[] header = header(network, parameters).toString().getBytes(StandardCharsets.UTF_8);
        int padded = (header.length + 7) / 8 * 8;
        WholeFile.write(
                file,
                fresh -> {
                    try (OutputStream out =
                            new BufferedOutputStream(Files.newOutputStream(fresh))) {
                        out.write(little(8).putLong(padded).array());
                        out.write(header);
                        out.write(" ".repeat(padded - header.length).getBytes(US_ASCII));
                        for (Parameter p : parameters.all()) {
                            float[] values = p.value().toFloats();
                            ByteBuffer bytes = little(Float.BYTES * values.length);
                            bytes.asFloatBuffer().put(values);
                            out.write(bytes.array());
                        }
                    }
                });
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ObjectNode header(Network network, Parameters parameters) {
        TorchNames names = new TorchNames(network);
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.putObject("__metadata__")
                .put("format", "pt")
                .put("producer", "SkipLab")
                .put("network", network.name());
        long at = 0;
        for (Parameter p : parameters.all()) {
            ObjectNode array = header.putObject(names.path(p.name()));
            array.put("dtype", "F32");
            ArrayNode shape = array.putArray("shape");
            p.spec().shape().forEach(shape::add);
            long end = at + Float.BYTES * p.spec().size();
            array.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        return header;
    }
}
