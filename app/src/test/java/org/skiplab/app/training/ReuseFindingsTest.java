package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skiplab.app.insight.ReuseFindings;
import org.skiplab.app.insight.ReuseFindings.Finding;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.probe.FeatureReuse;

class ReuseFindingsTest {

    private static final Network NETWORK = Presets.get("densenet-bc-40-12").network();
    private static final int LAYERS = 6;

    private interface Strength {
        double of(int source, int target);
    }

    /// Three dense blocks behind one another, as the preset has them.
    private static List<Finding> findings(Strength strength) {
        List<FeatureReuse> maps = new ArrayList<>();
        for (String[] names :
                List.of(
                        new String[] {"dense1", "transition1"},
                        new String[] {"dense2", "transition2"},
                        new String[] {"dense3", "head"})) {
            float[][] mean = new float[LAYERS + 1][LAYERS + 1];
            int[][] weights = new int[LAYERS + 1][LAYERS + 1];
            List<String> sources = new ArrayList<>();
            List<String> targets = new ArrayList<>();
            for (int s = 0; s <= LAYERS; s++) {
                sources.add(s == 0 ? "input" : "layer " + s);
                targets.add(s == LAYERS ? names[1] : "layer " + (s + 1));
                for (int t = 0; t <= LAYERS; t++) {
                    mean[s][t] = s <= t ? (float) strength.of(s, t) : Float.NaN;
                    weights[s][t] = s <= t ? 10 : 0;
                }
            }
            maps.add(
                    new FeatureReuse(
                            names[0], sources, targets, new int[LAYERS + 2], mean, weights));
        }
        return ReuseFindings.of(maps, NETWORK);
    }

    @Test
    void thePresetsBlocksHaveTheNamesUsedHere() {
        assertThat(List.of("dense1", "transition1", "dense3", "head"))
                .allMatch(id -> NETWORK.find(id).isPresent());
    }

    @Test
    void evenWeightsAreSpreadAndNothingElse() {
        List<Finding> found = findings((_, _) -> 0.3);

        assertThat(found.get(0).holds()).contains(true);
        assertThat(found.get(1).holds()).contains(true);
        assertThat(found.get(1).numbers()).contains("100.0 %").contains("2 transitions");
        assertThat(found.get(3).holds()).contains(false);
    }

    @Test
    void readersOfOneSourceAreNotSpread() {
        List<Finding> found = findings((s, t) -> s == t ? 1 : 1e-9);

        assertThat(found.get(0).holds()).contains(false);
        assertThat(found.get(1).holds()).contains(false);
        assertThat(found.get(3).holds()).as("the newest only").contains(true);
    }

    @Test
    void aWeakTopRowIsCountedInLaterBlocksOnly() {
        List<Finding> weak = findings((s, _) -> s == 0 ? 0.1 : 0.2);
        List<Finding> strong = findings((s, _) -> s == 0 ? 0.3 : 0.2);

        assertThat(weak.get(2).holds()).contains(true);
        assertThat(weak.get(2).numbers()).isEqualTo("in 10 of 10 layers");
        assertThat(strong.get(2).holds()).contains(false);
        assertThat(strong.get(2).numbers()).isEqualTo("in 0 of 10 layers");
    }

    @Test
    void withoutDenseBlocksNothingIsDecided() {
        assertThat(ReuseFindings.of(List.of(), NETWORK))
                .hasSize(4)
                .allMatch(f -> f.holds().equals(Optional.empty()));
    }
}
