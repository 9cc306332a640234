package org.skiplab.engine.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.skiplab.engine.export.onnx.OnnxModel;
import org.skiplab.engine.export.pytorch.PyTorchModel;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameters;

/// A network with its arrays as files for another program.
public final class Export {
    private Export() {}

    /// The forms there are.
    public enum Format {
        /// A program in PyTorch with its weights and a check.
        PYTORCH("pytorch", "PyTorch"),
        /// Arrays under the names of the PyTorch program.
        SAFETENSORS("safetensors", "safetensors"),
        /// The network in evaluation mode.
        ONNX("onnx", "ONNX");

        private final String id;
        private final String title;

        Format(String id, String title) {
            this.id = id;
            this.title = title;
        }

        /// As on the command line.
        public String id() {
            return id;
        }

        public String title() {
            return title;
        }
    }

    /// Writes into an existing folder and returns the files.
    ///
    /// @param network runnable
    /// @param parameters single precision
    /// @param path the kernels in use
    /// @throws IOException if a file cannot be written
    public static List<Path> write(
            Format format, Network network, Parameters parameters, KernelPath path, Path folder)
            throws IOException {
        return switch (format) {
            case PYTORCH -> {
                Sample sample = Sample.of(network, parameters, path, new Seeds(1));
                yield PyTorchModel.write(network, parameters, sample, folder);
            }
            case SAFETENSORS -> {
                Path file = folder.resolve("model.safetensors");
                SafeTensors.write(network, parameters, file);
                yield List.of(file);
            }
            case ONNX -> {
                Path file = folder.resolve("model.onnx");
                OnnxModel.write(network, parameters, file);
                yield List.of(file);
            }
        };
    }
}
