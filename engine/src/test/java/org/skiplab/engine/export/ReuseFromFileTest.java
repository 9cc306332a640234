package org.skiplab.engine.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.probe.FeatureReuse;
import org.skiplab.engine.probe.ReuseProbe;

/// The heat map against numbers computed from nothing but an exported file.
class ReuseFromFileTest {

    private record Array(int outputs, int inputs, int kernel, float[] values) {

        /// Mean |w| of the kernel slices `[:, from:to]`.
        double mean(int from, int to) {
            double sum = 0;
            for (int o = 0; o < outputs; o++) {
                for (int i = from * kernel; i < to * kernel; i++) {
                    sum += Math.abs(values[o * inputs * kernel + i]);
                }
            }
            return sum / ((double) outputs * (to - from) * kernel);
        }
    }

    @Test
    void everyCellIsTheMeanOfItsKernelSlices(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("weights.npz");
        Network network = Presets.get("densenet-bc-40-12").network();
        List<FeatureReuse> maps;
        try (Kernels kernels = KernelPath.ONEDNN.open();
                Parameters parameters = Parameters.of(network, kernels.type())) {
            Initialisation.initialise(parameters, new Seeds(5));
            maps = new ReuseProbe(network, parameters).read();
            Weights.writeNpz(parameters, file);
        }
        assertThat(maps).hasSize(3);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (FeatureReuse map : maps) {
                DenseBlock dense = (DenseBlock) network.node(map.block()).block();
                int growth = dense.growth();
                int width = read(zip, map.block() + ".layer1.conv1").inputs();
                assertThat(map.targets()).hasSize(dense.layers() + 1);
                for (int t = 0; t < map.targets().size(); t++) {
                    String reader = map.targets().get(t);
                    String name =
                            t < dense.layers()
                                    ? map.block() + ".layer" + (t + 1) + ".conv1"
                                    : reader + (reader.equals("head") ? ".fc" : ".conv");
                    Array array = read(zip, name);
                    assertThat(array.inputs())
                            .isEqualTo(width + Math.min(t, dense.layers()) * growth);
                    for (int s = 0; s < map.sources().size(); s++) {
                        if (s > t) {
                            assertThat(map.mean()[s][t]).isNaN();
                        } else {
                            int from = s == 0 ? 0 : width + (s - 1) * growth;
                            double mean = array.mean(from, width + s * growth);
                            assertThat((double) map.mean()[s][t]).isCloseTo(mean, within(1e-7));
                        }
                    }
                }
            }
        }
    }

    private static Array read(ZipFile zip, String layer) throws IOException {
        byte[] bytes = zip.getInputStream(zip.getEntry(layer + ".weight.npy")).readAllBytes();
        int header = (bytes[8] & 0xff) | (bytes[9] & 0xff) << 8;
        String text = new String(bytes, 10, header, StandardCharsets.US_ASCII);
        String[] extents = text.replaceAll("(?s).*'shape': \\(([^)]*)\\).*", "$1").split(", *");
        float[] values = new float[(bytes.length - 10 - header) / 4];
        ByteBuffer.wrap(bytes, 10 + header, 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        int outputs = Integer.parseInt(extents[0]);
        int inputs = Integer.parseInt(extents[1]);
        return new Array(outputs, inputs, values.length / outputs / inputs, values);
    }
}
