package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.train.Evaluation;

class ConfusionMatrixTest {

    private static final Evaluation TEST =
            new Evaluation(2, 16, 0.5, 0.75, new int[][] {{3, 1}, {0, 4}});

    @Test
    void showsSharesOfEachClass() {
        assertThat(ConfusionMatrix.of(TEST, List.of("cat", "dog")).value())
                .isDeepEqualTo(new float[][] {{0.75f, 0.25f}, {0, 1}});
    }

    @Test
    void itsTableHoldsCounts() throws IOException {
        StringBuilder csv = new StringBuilder();
        ConfusionMatrix.csv(TEST, List.of("cat", "dog, \"small\""), csv);
        assertThat(csv.toString().lines())
                .containsExactly(
                        "epoch,step,truth,answer,images",
                        "2,16,\"cat\",\"cat\",3",
                        "2,16,\"cat\",\"dog, \"\"small\"\"\",1",
                        "2,16,\"dog, \"\"small\"\"\",\"cat\",0",
                        "2,16,\"dog, \"\"small\"\"\",\"dog, \"\"small\"\"\",4");
    }
}
