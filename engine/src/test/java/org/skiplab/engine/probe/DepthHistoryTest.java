package org.skiplab.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DepthHistoryTest {

    @Test
    void keepsReadingsAsTheyAreWhileThereIsRoom() {
        DepthHistory history = new DepthHistory(List.of("a", "b"));
        history.append(1, new float[] {1, Float.NaN});
        history.append(6, new float[] {2, 3});

        DepthHistory.View view = history.view();
        history.append(11, new float[] {9, 9});

        assertThat(view.size()).isEqualTo(2);
        assertThat(view.steps()[1]).isEqualTo(6);
        assertThat(view.columns()[0]).containsExactly(1, Float.NaN);
        assertThat(view.columns()[1]).containsExactly(2, 3);
    }

    @Test
    void isBoundedAndKeepsTheMean() {
        DepthHistory history = new DepthHistory(List.of("a", "b"));
        int readings = 1 << 16;
        double sum = 0;
        for (int i = 0; i < readings; i++) {
            float value = (float) Math.sin(i * 0.01) + 2;
            sum += value;
            history.append(i + 1, new float[] {value, i % 2 == 0 ? 5 : Float.NaN});
        }

        DepthHistory.View view = history.view();
        assertThat(view.size()).isBetween(DepthHistory.CAPACITY / 2, DepthHistory.CAPACITY);
        assertThat(view.steps()[view.size() - 1]).isGreaterThan(readings - 512);
        double mean = 0;
        for (int c = 0; c < view.size(); c++) {
            mean += view.columns()[c][0] / view.size();
            assertThat(view.columns()[c][1]).isEqualTo(5);
        }
        assertThat(mean).isCloseTo(sum / readings, within(5e-3));
    }

    @Test
    void aStepIsFoundAgainHoweverOftenColumnsWereAveraged() {
        DepthHistory history = new DepthHistory(List.of("a"));
        for (int step = 1; step <= 5 * DepthHistory.CAPACITY; step++) {
            history.append(step, new float[] {step});
            DepthHistory.View view = history.view();
            int column = view.at(300);
            if (step < 300) {
                assertThat(column).isEqualTo(-1);
            } else {
                // Columns stand for the mean of at most eight readings.
                assertThat(view.columns()[column][0]).isCloseTo(300, within(8f));
            }
        }
        assertThat(history.view().at(-1)).isEqualTo(-1);
        assertThat(DepthHistory.View.EMPTY.at(0)).isEqualTo(-1);
    }
}
