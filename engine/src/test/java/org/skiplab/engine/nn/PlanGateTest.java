package org.skiplab.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Seeds;

class PlanGateTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.0001, Double.NaN})
    void noOtherProbabilityIsTaken(double p) {
        PlanGate gate = new PlanGate("block", GateMode.BATCH, 0.5, 2);
        assertThatThrownBy(() -> gate.setProbability(p))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("survival probability must be in (0, 1]: " + p);
        assertThat(gate.probability()).isEqualTo(0.5);
    }

    @Test
    void aCertainBranchSurvivesEveryDraw() {
        for (GateMode mode : GateMode.values()) {
            PlanGate gate = new PlanGate("block", mode, 1e-9, 8);
            gate.draw(Seeds.stream(1));
            assertThat(gate.survived()).as("%s, unlikely", mode).isZero();
            gate.setProbability(1);
            gate.draw(Seeds.stream(1));
            assertThat(gate.survived()).as("%s, certain", mode).isEqualTo(1);
        }
    }
}
