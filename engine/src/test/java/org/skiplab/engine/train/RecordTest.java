package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTest {

    @Test
    void allTestsAreKeptButOnlySomeInDetail() {
        Record record = new Record(List.of());
        for (int epoch = 1; epoch <= 1000; epoch++) {
            record.evaluation(
                    new Evaluation(
                            epoch, 10 * epoch, 1.0 / epoch, 0.5, new int[][] {{1}}, new short[9]));
        }
        List<Evaluation> kept = record.evaluations();
        assertThat(kept).hasSize(1000);
        assertThat(kept.get(499).loss()).isEqualTo(1.0 / 500);
        List<Evaluation> detailed = kept.stream().filter(e -> e.confusion().length > 0).toList();
        assertThat(detailed).hasSizeBetween(32, 64).contains(kept.getFirst(), kept.getLast());
        assertThat(kept.stream().filter(e -> e.answers().length > 0)).hasSize(detailed.size());
    }
}
