package org.skiplab.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.Pulses;
import org.skiplab.app.training.Told;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.export.Export;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Phase;

class ModelExportTest {

    @TempDir Path folder;
    private final Told window = new Told();
    private final SimpleObjectProperty<Network> network =
            new SimpleObjectProperty<>(Presets.get("resnet-8").network(new Shape(28, 28, 1), 10));
    private TrainingViewModel training;

    @BeforeEach
    void open() {
        Fixture fixture = new Fixture(folder.resolve("state"));
        training =
                new TrainingViewModel(
                        network,
                        DataChoice.BUILT_IN,
                        new EngineTraining(),
                        Runnable::run,
                        NetworkEdits.of(fixture.bench.document(), fixture.bench.messages()));
    }

    private ModelExport export() {
        return new ModelExport(training, KernelPath.chosen(), Background.INLINE, window);
    }

    private Path choose(Path into) {
        window.choose(Optional.of(into));
        return into;
    }

    @AfterEach
    void close() {
        training.close();
    }

    @Test
    void writesInitialWeightsAndSaysSoBeforeAnythingIsTrained() {
        Path deep = choose(folder.resolve("new").resolve("deep"));
        ModelExport export = export();
        export.export(Export.Format.SAFETENSORS);
        assertThat(window.said())
                .containsExactly(
                        "Export resnet-8 as safetensors into",
                        "Exporting resnet-8 as safetensors …",
                        "Exported resnet-8 with initial weights, as nothing has been trained yet,"
                                + " as safetensors: model.safetensors in "
                                + deep);
        assertThat(deep.resolve("model.safetensors")).isNotEmptyFile();
        assertThat(export.busyProperty().get()).isFalse();
    }

    @Test
    void writesTheWeightsOfTheMoment() throws Exception {
        Path before = choose(folder.resolve("before"));
        ModelExport export = export();
        export.export(Export.Format.SAFETENSORS);
        training.transport().step();
        Pulses.until(
                training,
                () ->
                        training.telemetryProperty()
                                .get()
                                .filter(t -> t.step() == 1 && t.phase() == Phase.PAUSED)
                                .isPresent());
        Path after = choose(folder.resolve("after"));
        for (Export.Format format : Export.Format.values()) {
            export.export(format);
        }
        assertThat(window.said().getLast())
                .contains("as trained up to step 1, as ONNX: model.onnx in ");
        assertThat(Files.list(after).map(f -> f.getFileName().toString()))
                .contains("model.py", "weights.npz", "model.safetensors", "model.onnx");
        assertThat(Files.readAllBytes(after.resolve("model.safetensors")))
                .isNotEqualTo(Files.readAllBytes(before.resolve("model.safetensors")));
    }

    @Test
    void saysWhatCannotBeWrittenAndWhatToDo() throws IOException {
        Path inside = choose(Files.writeString(folder.resolve("file"), "x").resolve("inside"));
        ModelExport export = export();
        export.export(Export.Format.ONNX);
        assertThat(window.said().getLast())
                .startsWith("! resnet-8 was not exported: ")
                .endsWith("choose another")
                .contains(inside.toString());
        window.choose(Optional.empty());
        export.export(Export.Format.ONNX);
        assertThat(window.said().getLast()).as("thought better of it").startsWith("Export ");
        network.set(network.get().withNodes(List.of()));
        export.export(Export.Format.ONNX);
        assertThat(window.said().getLast()).startsWith("! resnet-8 cannot be exported yet: ");
    }

    @Test
    void everyFormatHasAnEntry() {
        assertThat(export().actions().stream().map(a -> a.title().get()))
                .containsExactly(
                        "Export network as PyTorch…",
                        "Export network as safetensors…",
                        "Export network as ONNX…");
    }
}
