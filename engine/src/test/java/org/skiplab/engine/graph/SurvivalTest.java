package org.skiplab.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every schedule of survival probabilities, by the numbers that papers and libraries give.
class SurvivalTest {

    private static double[] schedule(String rule, int blocks) {
        Survival survival = Survival.parse(rule);
        return IntStream.rangeClosed(1, blocks)
                .mapToDouble(l -> survival.probability(l, blocks))
                .toArray();
    }

    /// The paper's (3L − 1)/4 at p_L = 0.5, and a quarter block more where the first is kept.
    @ParameterizedTest
    @CsvSource({
        "linear:0.5, 54, 40.25",
        "linear:0.5, 27, 20.0",
        "linear:0.5, 18, 13.25",
        "linear:0.5, 9, 6.5",
        "linear:0.5, 3, 2.0",
        "linear-first-kept:0.5, 54, 40.5",
        "linear-first-kept:0.5, 3, 2.25",
        "uniform:0.8, 10, 8.0",
        "first-to-last:0.9:0.5, 5, 3.5",
    })
    void expectsAsManyBlocksAsThePaper(String rule, int blocks, double depth) {
        double sum = 0;
        for (double p : schedule(rule, blocks)) {
            sum += p;
        }
        assertThat(sum).isCloseTo(depth, offset(1e-9));
    }

    @Test
    void linearMayDropTheFirstBlockAndEndsAtTheLast() {
        assertThat(schedule("linear:0.5", 4))
                .containsExactly(new double[] {0.875, 0.75, 0.625, 0.5}, offset(1e-12));
        assertThat(schedule("linear-first-kept:0.4", 4))
                .containsExactly(new double[] {1, 0.8, 0.6, 0.4}, offset(1e-12));
        assertThat(schedule("first-to-last:0.9:0.5", 5))
                .containsExactly(new double[] {0.9, 0.8, 0.7, 0.6, 0.5}, offset(1e-12));
        assertThat(schedule("first-to-last:0.5:1", 3))
                .containsExactly(new double[] {0.5, 0.75, 1}, offset(1e-12));
        assertThat(schedule("uniform:0.3", 3)).containsExactly(0.3, 0.3, 0.3);
    }

    @Test
    void aSingleBlock() {
        assertThat(schedule("linear:0.5", 1)).containsExactly(0.5);
        assertThat(schedule("linear-first-kept:0.5", 1)).containsExactly(1);
        assertThat(schedule("first-to-last:0.9:0.5", 1)).containsExactly(0.5);
    }

    @Test
    void aValueSetByHandLeavesTheOthersWhereTheyWere() {
        Network network = Presets.get("stochastic-resnet-14").network();
        List<Node> nodes = new ArrayList<>(network.nodes());
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).id().equals("stage2_block1")) {
                Residual block = (Residual) nodes.get(i).block();
                nodes.set(
                        i, nodes.get(i).withBlock(block.withGate(new Gate(GateMode.BATCH, 0.123))));
            }
        }
        assertThat(network.withNodes(nodes).survivalProbabilities().values())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(11 / 12., 10 / 12., 0.123, 8 / 12., 7 / 12., 6 / 12.);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear:0.5",
                "uniform:0.8",
                "linear-first-kept:0.35",
                "first-to-last:0.9:0.5"
            })
    void writesWhatItReads(String rule) {
        assertThat(Survival.parse(rule).text()).isEqualTo(rule);
        assertThat(Survival.parse(rule).withLast(0.25).last()).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "linear",
                "linear:0",
                "linear:1.1",
                "linear:NaN",
                "uniform:-1",
                "first-to-last:0.5",
                "first-to-last:0.5:0",
                "square:0.5",
                "linear:0.5:0.5",
                "linear:x"
            })
    void refusesWhatIsNoSchedule(String rule) {
        assertThatThrownBy(() -> Survival.parse(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("linear:0.5")
                .hasMessageNotContaining("\n");
    }
}
