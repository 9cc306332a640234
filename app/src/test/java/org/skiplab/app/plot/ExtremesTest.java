package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.train.Series;

class ExtremesTest {

    @Test
    void anyStretchOfAGrowingSeriesHasItsTrueExtremes() {
        Random random = new Random(3);
        Series series = new Series();
        Extremes extremes = new Extremes();
        for (int round = 0; round < 40; round++) {
            int more = random.nextInt(2000);
            for (int i = 0; i < more; i++) {
                series.append(random.nextInt(50) == 0 ? Float.NaN : (float) random.nextGaussian());
            }
            Series.View view = series.view();
            extremes.update(view);
            for (int probe = 0; probe < 50; probe++) {
                int from = random.nextInt(view.size() + 1);
                int to = from + random.nextInt(view.size() + 1 - from);
                float low = Float.POSITIVE_INFINITY;
                float high = Float.NEGATIVE_INFINITY;
                for (int i = from; i < to; i++) {
                    if (!Float.isNaN(view.get(i))) {
                        low = Math.min(low, view.get(i));
                        high = Math.max(high, view.get(i));
                    }
                }
                assertThat(extremes.scan(from, to)).isEqualTo(low <= high);
                assertThat(extremes.low()).isEqualTo(low);
                assertThat(extremes.high()).isEqualTo(high);
            }
        }
    }

    @Test
    void aSingleSpikeAmongAMillionSurvives() {
        Series series = new Series();
        for (int i = 0; i < 1_000_000; i++) {
            series.append(i == 654_321 ? 99 : 1);
        }
        Extremes extremes = new Extremes();
        extremes.update(series.view());

        assertThat(extremes.scan(0, 1_000_000)).isTrue();
        assertThat(extremes.high()).isEqualTo(99);
        assertThat(extremes.scan(0, 654_321)).isTrue();
        assertThat(extremes.high()).isEqualTo(1);
    }

    @Test
    void anotherSeriesStartsOver() {
        Extremes extremes = new Extremes();
        Series first = new Series();
        Series second = new Series();
        for (int i = 0; i < 100; i++) {
            first.append(1000 + i);
            second.append(i);
        }
        extremes.update(first.view());
        extremes.update(second.view());

        extremes.scan(0, 100);
        assertThat(extremes.high()).isEqualTo(99);
        assertThat(extremes.update(second.view())).as("nothing new").isFalse();
    }

    @Test
    void onlyNaNsHaveNoExtremes() {
        Series series = new Series();
        for (int i = 0; i < 40; i++) {
            series.append(Float.NaN);
        }
        Extremes extremes = new Extremes();
        extremes.update(series.view());

        assertThat(extremes.scan(0, 40)).isFalse();
        assertThat(extremes.scan(5, 5)).isFalse();
    }
}
