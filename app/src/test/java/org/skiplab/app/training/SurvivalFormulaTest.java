package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Survival;

class SurvivalFormulaTest {

    private static final Network NETWORK = Presets.get("stochastic-resnet-20").network();

    @ParameterizedTest
    @CsvSource({
        "uniform:0.8, p_l = 0.8",
        "linear:0.5, p_l = 1 − l/L · (1 − 0.5)",
        "linear-first-kept:0.5, p_l = 1 − (l−1)/(L−1) · (1 − 0.5)",
        "first-to-last:0.9:0.4, p_l = 0.9 + (l−1)/(L−1) · (0.4 − 0.9)"
    })
    void isThatOfTheScheduleInForce(String schedule, String formula) {
        assertThat(SurvivalView.formula(NETWORK.withSurvival(Survival.parse(schedule))))
                .isEqualTo(formula);
    }

    @Test
    void saysWhatIsSetByHand() {
        assertThat(SurvivalView.formula(byHand(1)))
                .isEqualTo("p_l = 1 − l/L · (1 − 0.5); by hand in 1 of 9 blocks");
        assertThat(SurvivalView.formula(byHand(9))).isEqualTo("p_l set by hand, block by block");
    }

    @Test
    void noScheduleIsInForceWithoutADropPath() {
        assertThat(SurvivalView.formula(Presets.get("resnet-20").network())).isEmpty();
    }

    /// The first so many residual blocks with a probability of their own.
    private static Network byHand(int blocks) {
        int[] left = {blocks};
        return NETWORK.withNodes(
                NETWORK.topological().stream()
                        .map(n ->
                                n.block() instanceof Residual r && left[0]-- > 0
                                        ? new Node(
                                                n.id(),
                                                r.withGate(new Gate(GateMode.BATCH, 0.7)),
                                                n.inputs())
                                        : n)
                        .toList());
    }
}
