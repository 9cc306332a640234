package org.skiplab.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.export.pytorch.PyTorchModel;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.nn.Parameters;

/// What PyTorch makes of an exported network is what SkipLab computes. Skipped where there is no
/// PyTorch.
class PyTorchModelTest {

    private static final Shape SMALL = new Shape(8, 8, 3);

    @TempDir Path folder;

    private static void export(Network network, Path to) throws IOException {
        Files.createDirectories(to);
        try (Parameters parameters = Exported.parameters(network)) {
            Sample sample = Exported.sample(network, parameters);
            PyTorchModel.write(network, parameters, sample, to);
        }
    }

    @Test
    void pyTorchAgreesOnPresets() throws IOException, InterruptedException {
        pyTorchAgrees(Exported.presets());
    }

    @Test
    void pyTorchAgreesOnEveryVariant() throws IOException, InterruptedException {
        pyTorchAgrees(Exported.variants());
    }

    /// One Python for all: to import PyTorch takes longer than most checks.
    private void pyTorchAgrees(List<Network> networks) throws IOException, InterruptedException {
        Python.assumeTorch();
        for (int i = 0; i < networks.size(); i++) {
            export(networks.get(i), folder.resolve("v" + i));
            Files.writeString(folder.resolve("v" + i).resolve("title"), networks.get(i).name());
        }
        Files.writeString(
                folder.resolve("all.py"),
                """
                import runpy, sys
                from pathlib import Path
                worst = 0
                for i in range(int(sys.argv[1])):
                    folder = Path(f"v{i}").resolve()
                    print((folder / "title").read_text())
                    if not runpy.run_path(str(folder / "model.py"))["check"](folder):
                        worst = 1
                sys.exit(worst)
                """);
        Python.Result result = Python.run(folder, "all.py", String.valueOf(networks.size()));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output().lines().filter("PyTorch agrees"::equals))
                .hasSameSizeAs(networks);
    }

    /// Egypt's Arabic has digits of its own, which `%d` writes and Python does not read.
    @Test
    void theProgramIsTheSameInEveryLanguage() throws IOException {
        List<Network> networks =
                List.of(
                        Presets.get("stochastic-resnet-8").network(SMALL, 10),
                        Presets.get("densenet-10-4").network(SMALL, 10),
                        Exported.cosine(),
                        Exported.freeGraph());
        Locale usual = Locale.getDefault();
        for (Network network : networks) {
            export(network, folder);
            String program = Files.readString(folder.resolve("model.py"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            try {
                export(network, folder);
            } finally {
                Locale.setDefault(usual);
            }
            assertThat(folder.resolve("model.py")).hasContent(program);
        }
    }

    @Test
    void theCheckComparesEverything() throws IOException, InterruptedException {
        Python.assumeTorch();
        export(Exported.cosine(), folder);
        Python.Result result = Python.run(folder, "model.py", "--check");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("evaluation logits", "training loss", "gradients", "running statistics");
    }

    @Test
    void theCheckFailsWhenSomethingIsWrong() throws IOException, InterruptedException {
        Python.assumeTorch();
        export(Exported.cosine(), folder);
        Path model = folder.resolve("model.py");
        String source = Files.readString(model);
        Files.writeString(model, source.replace("F.relu(self.bn2(out))", "self.bn2(out)"));
        Python.Result result = Python.run(folder, "model.py", "--check");
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("LARGER than 1e-06", "PyTorch DISAGREES");
    }
}
