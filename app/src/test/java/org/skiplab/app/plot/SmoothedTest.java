package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.skiplab.engine.train.Series;

class SmoothedTest {

    private static Series series(float... values) {
        Series series = new Series();
        for (float value : values) {
            series.append(value);
        }
        return series;
    }

    @Test
    void aConstantStaysItselfFromTheFirstStep() {
        Series.View average = new Smoothed(100).update(series(3, 3, 3, 3).view());

        for (int i = 0; i < 4; i++) {
            assertThat(average.get(i)).isCloseTo(3, within(1e-6f));
        }
    }

    @Test
    void followsTheFormula() {
        Series.View average = new Smoothed(2).update(series(1, 5).view());

        // β = 1/2: s₁ = 0.5, s₂ = 0.25 + 2.5 = 2.75; divided by 1 − β² = 0.75
        assertThat(average.get(1)).isCloseTo(2.75f / 0.75f, within(1e-6f));
    }

    @Test
    void spanOneIsTheSeriesItself() {
        Series.View average = new Smoothed(1).update(series(4, -2, 7).view());

        assertThat(average.get(1)).isEqualTo(-2);
        assertThat(average.get(2)).isEqualTo(7);
    }

    @Test
    void pieceByPieceGivesTheSameAsAtOnce() {
        Series series = series(1, 2, 3);
        Smoothed pieces = new Smoothed(7);
        pieces.update(series.view());
        series.append(Float.NaN);
        series.append(10);
        Series.View grown = pieces.update(series.view());
        Series.View whole = new Smoothed(7).update(series.view());

        assertThat(grown.size()).isEqualTo(5);
        assertThat(grown.get(4)).isEqualTo(whole.get(4));
        assertThat(grown.get(3)).as("a gap stays one").isNaN();
    }

    @Test
    void anotherSpanComputesAnew() {
        Series series = series(1, 5);
        Smoothed smoothed = new Smoothed(2);
        smoothed.update(series.view());
        smoothed.span(1);

        assertThat(smoothed.update(series.view()).get(1)).isEqualTo(5);
    }
}
