package org.skiplab.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;

/// The analysis counts exactly the numbers that a plan keeps for its backward pass.
class ActivationMemoryTest {

    @ParameterizedTest
    @MethodSource("org.skiplab.engine.graph.Presets#all")
    void everyPresetAgreesWithThePlan(Preset preset) {
        agrees(preset.network());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "original",
                "bn-after-addition",
                "relu-before-addition",
                "relu-only-pre-activation",
                "full-pre-activation"
            })
    void agreesForEveryActivationOrder(String order) {
        Network network = Presets.get("plain-8").network();
        List<String> blocks = List.of("stage1_block1", "stage2_block1", "stage3_block1");
        for (String shortcut :
                List.of("none", "projection", "zero-pad", "scaled", "gated", "dropout")) {
            agrees(with(with(network, blocks, "order", order), blocks, "shortcut", shortcut));
        }
    }

    private static Network with(Network network, List<String> ids, String name, Object value) {
        return ((Edit.Done) BlockEdits.set(network, ids, name, value)).network();
    }

    private static void agrees(Network network) {
        agrees(network, new Lowering(network, 1, false, false));
        agrees(network, new Lowering(network, 1, false, true));
    }

    private static void agrees(Network network, Lowering lowering) {
        Placement placement = new Placement(DataType.FLOAT, 1, lowering.input(), lowering.steps());
        assertThat(placement.total()).isPositive();
        long kept =
                lowering.steps().stream()
                        .map(Step::result)
                        .filter(v -> !v.placed())
                        .mapToLong(v -> v.shape.size())
                        .sum();
        assertThat(Analysis.of(network).activations()).isEqualTo(kept);
        assertThat(Analysis.of(network.expanded()).activations()).isEqualTo(kept);
    }
}
