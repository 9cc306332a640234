package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;

class SurvivalStatisticsTest {

    private final Network network =
            Presets.get("stochastic-resnet-110").network().withSurvival(new Survival.Uniform(0.8));

    private static GateStrip.View strip(Network network, int steps) {
        List<String> ids = List.copyOf(network.survivalProbabilities().keySet());
        GateStrip strip = new GateStrip(ids);
        for (int i = 0; i < steps; i++) {
            strip.append(new float[ids.size()]);
        }
        return strip.view(new double[ids.size()]);
    }

    @Test
    void aConstantProbabilityIsItsOwnMeanWithTheBinomialsDeviation() {
        SurvivalStatistics s = SurvivalStatistics.of(strip(network, 400), network, List.of(), 64);

        assertThat(s.mean()[0]).isCloseTo(0.8, within(1e-12));
        assertThat(s.deviation()[0]).isCloseTo(Math.sqrt(0.8 * 0.2 / 400), within(1e-12));
        assertThat(s.surprising(0, 0.8)).isFalse();
        assertThat(s.surprising(0, 0.6)).isTrue();
    }

    @Test
    void aTurnedKnobCountsFromItsStep() {
        List<KnobChange> knobs =
                List.of(new KnobChange(100, new Knob.SurvivalSchedule(new Survival.Uniform(0.4))));
        SurvivalStatistics s = SurvivalStatistics.of(strip(network, 400), network, knobs, 64);

        assertThat(s.mean()[5]).isCloseTo((100 * 0.8 + 300 * 0.4) / 400, within(1e-12));
        assertThat(s.deviation()[5])
                .isCloseTo(Math.sqrt(100 * 0.16 + 300 * 0.24) / 400, within(1e-12));
    }

    @Test
    void aDrawPerImageNarrowsTheBand() {
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            nodes.add(
                    node.block() instanceof Residual r && r.gate() != null
                            ? new Node(
                                    node.id(),
                                    r.withGate(new Gate(GateMode.SAMPLE, null)),
                                    node.inputs())
                            : node);
        }
        Network perImage = network.withNodes(nodes);
        SurvivalStatistics s = SurvivalStatistics.of(strip(perImage, 400), perImage, List.of(), 16);

        assertThat(s.deviation()[0]).isCloseTo(Math.sqrt(0.8 * 0.2 / (400 * 16)), within(1e-12));
    }

    @Test
    void beforeTheFirstStepThereIsNoBand() {
        SurvivalStatistics s = SurvivalStatistics.of(strip(network, 0), network, List.of(), 64);

        assertThat(s.deviation()[0]).isNaN();
    }
}
