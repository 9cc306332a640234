package org.skiplab.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;

class GhostTest {

    private static Network preset(String name) {
        return Presets.get(name).network();
    }

    @Test
    void leavesOutOneIdeaAndKeepsTheBlocksNames() {
        Network network = preset("stochastic-resnet-110");
        Network plain = Ghost.WITHOUT_SHORTCUTS.of(network).orElseThrow();
        assertThat(plain.nodes().stream().map(Node::id))
                .containsExactlyElementsOf(network.nodes().stream().map(Node::id).toList());
        assertThat(plain.nodes()).isEqualTo(preset("plain-110").nodes());
        Network constant = Ghost.CONSTANT_DEPTH.of(network).orElseThrow();
        assertThat(constant.survivalProbabilities()).isEmpty();
        assertThat(constant.node("stage2_block1").block())
                .isEqualTo(((Residual) network.node("stage2_block1").block()).withGate(null));
    }

    @Test
    void thereIsNoneWhereTheIdeaIsNotUsed() {
        assertThat(Ghost.CONSTANT_DEPTH.of(preset("resnet-20"))).isEmpty();
        assertThat(Ghost.WITHOUT_SHORTCUTS.of(preset("plain-20"))).isEmpty();
        assertThat(Ghost.WITHOUT_SHORTCUTS.of(preset("densenet-bc-40-12"))).isEmpty();
    }
}
