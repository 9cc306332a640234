package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.app.diagram.Spotlight;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.probe.FeatureReuse;
import org.skiplab.engine.train.Phase;

class ReuseWiresTest {

    private static final Network NETWORK = Presets.get("densenet-bc-40-12").network();

    private static Spotlight of(int source, int target) {
        Recording recording = new Recording(NETWORK);
        recording.steps(1);
        FeatureReuse first = recording.telemetry(Phase.PAUSED, "").reuse().getFirst();
        return ReuseWires.of(NETWORK, first, source, target);
    }

    @Test
    void aLayerInsideReadsWhatAnotherGaveToTheFeatures() {
        Spotlight light = of(2, 4);
        assertThat(light.at(List.of())).isEmpty();
        assertThat(light.at(List.of("dense1")))
                .containsExactly(
                        new Wire("layer2.conv2", "layer2.concat", 1),
                        new Wire("layer4.concat", "layer5.norm1", 0));
        assertThat(light.at(List.of("dense2"))).as("inside another block").isEmpty();
    }

    @Test
    void whatEntersTheBlockIsLitOutsideToo() {
        Spotlight light = of(0, 0);
        assertThat(light.at(List.of())).hasSize(1).allMatch(w -> w.to().equals("dense1"));
        assertThat(light.at(List.of("dense1")))
                .containsExactly(new Wire(Network.INPUT, "layer1.norm1", 0));
        assertThat(of(0, 3).at(List.of("dense1")))
                .containsExactly(
                        new Wire(Network.INPUT, "layer1.concat", 0),
                        new Wire("layer3.concat", "layer4.norm1", 0));
    }

    @Test
    void theReaderBehindTheBlockIsLitOutside() {
        Spotlight light = of(3, 6);
        assertThat(light.at(List.of())).hasSize(1).allMatch(w -> w.from().equals("dense1"));
        assertThat(light.at(List.of("dense1")))
                .containsExactly(new Wire("layer3.conv2", "layer3.concat", 1));
    }
}
