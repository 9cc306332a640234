package org.skiplab.engine.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;

/// A network's arrays, running statistics included, as `.npz` files.
public final class Weights {
    private Weights() {}

    /// Writes all arrays, running statistics included, under their own names
    /// (`stage1_block1.conv1.weight`) in PyTorch's shapes: as a whole or not at all.
    ///
    /// @throws IOException if the file cannot be written; an older file is left alone
    public static void writeNpz(Parameters parameters, Path file) throws IOException {
        write(parameters, Function.identity(), file);
    }

    /// The same under the names of the exported module.
    ///
    /// @throws IOException if the file cannot be written; an older file is left alone
    public static void writeNpz(Parameters parameters, TorchNames names, Path file)
            throws IOException {
        write(parameters, names::path, file);
    }

    private static void write(Parameters parameters, Function<String, String> names, Path file)
            throws IOException {
        WholeFile.write(
                file,
                fresh -> {
                    try (Npz npz = new Npz(fresh)) {
                        for (Parameter p : parameters.all()) {
                            npz.floats(
                                    names.apply(p.name()), p.value().toFloats(), p.value().shape());
                        }
                    }
                });
    }
}
