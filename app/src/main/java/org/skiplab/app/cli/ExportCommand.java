package org.skiplab.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.export.Export;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skiplab export DESIGN|RUN --format F --out DIR`: a network as a file of another program.
@Command(
        name = "export",
        description = {
            "Writes a network for other programs: a design with its initial weights, or what a"
                    + " training run left in its folder.",
            "pytorch: model.py, weights.npz and sample.npz; 'python3 model.py --check' compares"
                    + " them in PyTorch.",
            "safetensors: model.safetensors, arrays under the names of the PyTorch model.",
            "onnx: model.onnx, the network in evaluation mode."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private DesignArgument design = new DesignArgument();

    @Option(
            names = "--format",
            paramLabel = "F",
            required = true,
            description = "pytorch, safetensors or onnx.")
    private String format = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the files; made if it does not exist.")
    private @Nullable Path out;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of a design's initial weights.")
    private long seed;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure {
        Export.Format chosen = chosen();
        KernelPath path = RunnableNetwork.kernels();
        RunFolder source = RunFolder.of(design);
        Network network = RunnableNetwork.checked(source.network());
        Path folder = out == null ? Path.of("") : out;
        try (Parameters parameters = source.parameters(new Seeds(seed))) {
            OutFolder.make(folder);
            Export.write(chosen, network, parameters, path, folder)
                    .forEach(file -> terminal.line(file.toString()));
        } catch (IOException e) {
            throw CommandFailure.failed(
                    folder
                            + ": the files cannot be written ("
                            + WholeFile.reason(e)
                            + "); make room, or choose another folder with --out");
        }
        return 0;
    }

    private Export.Format chosen() throws CommandFailure {
        return Stream.of(Export.Format.values())
                .filter(f -> f.id().equals(format.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        CommandFailure.wrongUse(
                                "there is no format '"
                                        + format
                                        + "'; choose one of "
                                        + Stream.of(Export.Format.values())
                                                .map(Export.Format::id)
                                                .collect(Collectors.joining(", "))));
    }
}
