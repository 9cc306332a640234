package org.skiplab.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;

class InitialisationTest {

    private static Parameters of(Network network, Initialisation.Scheme scheme) {
        Parameters parameters = Parameters.of(network, DataType.FLOAT);
        Initialisation.initialise(parameters, new Seeds(7), scheme);
        return parameters;
    }

    @Test
    void heHasTheVarianceOfTheFanOut() {
        try (Parameters p = of(Presets.get("wrn-16-2").network(), Initialisation.Scheme.HE)) {
            Parameter weight = p.get("stage3_block2.conv1.weight");
            double fanOut = 9.0 * weight.spec().shape().getFirst();
            double squares = 0;
            double sum = 0;
            for (double w : weight.value().toDoubles()) {
                squares += w * w;
                sum += w;
            }
            long n = weight.spec().size();
            double variance = 2 / fanOut;
            // Four deviations of the mean and of the variance of n normal numbers.
            assertThat(sum / n).isCloseTo(0, within(4 * Math.sqrt(variance / n)));
            assertThat(squares / n).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / n)));
        }
    }

    /// The stem's kernel has fewer columns than rows, the others fewer rows than columns.
    @ParameterizedTest
    @ValueSource(strings = {"stem.conv.weight", "stage2_block1.conv1.weight"})
    void orthogonalKernelsAreTwiceTheUnitMatrix(String name) {
        Network network = Presets.get("wrn-16-4").network();
        if (name.startsWith("stem")) {
            network =
                    ((Edit.Done) BlockEdits.set(network, List.of("stem"), "channels", 64))
                            .network();
        }
        try (Parameters p = of(network, Initialisation.Scheme.ORTHOGONAL)) {
            Parameter weight = p.get(name);
            int rows = weight.spec().shape().getFirst();
            int columns = (int) (weight.spec().size() / rows);
            double[] w = weight.value().toDoubles();
            int few = Math.min(rows, columns);
            for (int i = 0; i < few; i++) {
                for (int j = 0; j <= i; j++) {
                    double dot = 0;
                    for (int k = 0; k < Math.max(rows, columns); k++) {
                        dot +=
                                rows <= columns
                                        ? w[i * columns + k] * w[j * columns + k]
                                        : w[k * columns + i] * w[k * columns + j];
                    }
                    assertThat(dot).isCloseTo(i == j ? 2 : 0, within(1e-5));
                }
            }
        }
    }

    @Test
    void zeroGammaSilencesEveryBranchAtFirst() {
        Network network = Presets.get("resnet-8").network();
        network =
                ((Edit.Done) BlockEdits.set(network, List.of("stage1_block1"), "zero-gamma", true))
                        .network();
        try (Parameters p = of(network, Initialisation.Scheme.HE)) {
            assertThat(p.get("stage1_block1.bn1.weight").value().toFloats()).containsOnly(1);
            assertThat(p.get("stage1_block1.bn2.weight").value().toFloats()).containsOnly(0);
            assertThat(p.get("stage2_block1.bn2.weight").value().toFloats()).containsOnly(1);
        }
    }
}
