package org.skiplab.engine.export;

import java.io.IOException;
import java.nio.file.Path;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;

/// A network's arrays as files for other programs.
public final class Weights {
    private Weights() {}

    /// Writes all arrays, running statistics included, under their own names
    /// (`stage1_block1.conv1.weight`) in PyTorch's shapes.
    public static void writeNpz(Parameters parameters, Path file) throws IOException {
        try (Npz npz = new Npz(file)) {
            for (Parameter p : parameters.all()) {
                npz.floats(p.name(), p.value().toFloats(), p.value().shape());
            }
        }
    }

    /// The same under the names of the exported module.
    public static void writeNpz(Parameters parameters, TorchNames names, Path file)
            throws IOException {
        try (Npz npz = new Npz(file)) {
            for (Parameter p : parameters.all()) {
                npz.floats(names.path(p.name()), p.value().toFloats(), p.value().shape());
            }
        }
    }
}
