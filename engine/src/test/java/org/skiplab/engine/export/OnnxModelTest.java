package org.skiplab.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.export.onnx.OnnxModel;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.nn.Parameters;

/// What onnxruntime makes of an exported network is what SkipLab computes in evaluation mode.
class OnnxModelTest {

    @TempDir Path folder;

    @Test
    void onnxRuntimeAgreesOnPresets() throws IOException, InterruptedException {
        onnxRuntimeAgrees(Exported.presets());
    }

    @Test
    void onnxRuntimeAgreesOnEveryVariant() throws IOException, InterruptedException {
        onnxRuntimeAgrees(Exported.variants());
    }

    private void onnxRuntimeAgrees(List<Network> networks)
            throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        List<double[]> expected = new ArrayList<>();
        for (Network network : networks) {
            Path own = Files.createDirectory(folder.resolve("n" + folders.size()));
            try (Parameters parameters = Exported.parameters(network)) {
                Exported.Classified sample = Exported.Classified.by(network, parameters);
                OnnxModel.write(network, parameters, own.resolve("model.onnx"));
                OnnxRun.writeImages(sample.images(), own);
                expected.add(sample.logits());
            }
            folders.add(own);
        }
        OnnxRun.inOwnProcess(folder);
        for (int n = 0; n < networks.size(); n++) {
            List<Float> actual = OnnxRun.readLogits(folders.get(n));
            double[] ours = expected.get(n);
            assertThat(actual).as(networks.get(n).name()).hasSize(ours.length);
            double difference = 0;
            double norm = 0;
            for (int i = 0; i < ours.length; i++) {
                difference += Math.pow(actual.get(i) - ours[i], 2);
                norm += ours[i] * ours[i];
            }
            assertThat(norm).as(networks.get(n).name()).isPositive();
            assertThat(Math.sqrt(difference / norm)).as(networks.get(n).name()).isLessThan(1e-5);
        }
    }

    @Test
    void saysWhatItIs() throws IOException {
        Path file = folder.resolve("model.onnx");
        Network network = Exported.cosine();
        try (Parameters parameters = Exported.parameters(network)) {
            OnnxModel.write(network, parameters, file);
        }
        Onnx.ModelProto model = Onnx.ModelProto.parseFrom(Files.readAllBytes(file));
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(13);
        Onnx.GraphProto graph = model.getGraph();
        assertThat(graph.getName()).isEqualTo(network.name());
        Onnx.TensorShapeProto images = graph.getInput(0).getType().getTensorType().getShape();
        assertThat(images.getDim(0).getDimParam()).isEqualTo("batch");
        assertThat(images.getDim(1).getDimValue()).isEqualTo(3);
        assertThat(graph.getInitializerList())
                .anyMatch(i ->
                        i.getName().equals("b1.conv1.weight")
                                && i.getDimsList().equals(List.of(32L, 16L, 3L, 3L)));
        assertThat(graph.getNodeList().stream().map(Onnx.NodeProto::getOpType))
                .doesNotContain("Dropout");
    }
}
