package org.skiplab.engine.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads exported files by the letter of the format's specification.
class SafeTensorsTest {

    @TempDir Path folder;

    @Test
    void holdsEveryArrayUnderItsPyTorchName() throws IOException {
        Network network = Exported.freeGraph();
        Path file = folder.resolve("model.safetensors");
        try (Parameters parameters = Exported.parameters(network)) {
            SafeTensors.write(network, parameters, file);
            ByteBuffer bytes =
                    ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            long length = bytes.getLong();
            assertThat(length).isPositive().isLessThan(100_000_000);
            assertThat(length % 8).isZero();
            byte[] text = new byte[(int) length];
            bytes.get(text);
            assertThat(text[0]).isEqualTo((byte) '{');
            JsonNode header = new JsonMapper().readTree(new String(text, StandardCharsets.UTF_8));
            ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);

            assertThat(header.get("__metadata__").get("format").asString()).isEqualTo("pt");
            assertThat(header.get("__metadata__").properties())
                    .allMatch(e -> e.getValue().isString());
            assertThat(header.size()).isEqualTo(parameters.all().size() + 1);
            long end = 0;
            for (Map.Entry<String, JsonNode> e : header.properties()) {
                if (!e.getKey().equals("__metadata__")) {
                    JsonNode offsets = e.getValue().get("data_offsets");
                    assertThat(offsets.get(0).longValue()).as("no gaps").isEqualTo(end);
                    end = offsets.get(1).longValue();
                }
            }
            assertThat(end).as("nothing behind").isEqualTo(data.capacity());
            TorchNames names = new TorchNames(network);
            for (Parameter p : parameters.all()) {
                JsonNode array = header.get(names.path(p.name()));
                assertThat(array.get("dtype").asString()).isEqualTo("F32");
                assertThat(array.get("shape").valueStream().map(JsonNode::intValue))
                        .containsExactlyElementsOf(p.spec().shape());
                long at = array.get("data_offsets").get(0).longValue();
                for (int i = 0; i < p.spec().size(); i++) {
                    assertThat(data.getFloat((int) at + 4 * i)).isEqualTo((float) p.value().get(i));
                }
            }
            assertThat(header.has("block1st.weight")).isTrue();
            assertThat(header.has("block.shortcut.conv.weight")).isTrue();
        }
    }
}
