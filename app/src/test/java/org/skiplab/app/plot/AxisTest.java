package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    private static List<String> labels(double low, double high, boolean log, int count) {
        return new Axis(new Range(low, high), log).ticks(count).stream().map(Tick::label).toList();
    }

    @Test
    void linearTicksAreRoundAndToldApart() {
        assertThat(labels(0, 1, false, 5))
                .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(-3, 12, false, 4)).containsExactly("0", "5", "10");
        assertThat(labels(0.101, 0.104, false, 3))
                .containsExactly("0.101", "0.102", "0.103", "0.104");
        assertThat(labels(0, 45_000, false, 4)).containsExactly("0k", "20k", "40k");
        assertThat(labels(0, 2_500_000, false, 5))
                .containsExactly("0.0M", "0.5M", "1.0M", "1.5M", "2.0M", "2.5M");
    }

    @Test
    void logarithmicTicksAreDecades() {
        assertThat(labels(1e-4, 1, true, 5)).containsExactly("1e-4", "0.001", "0.01", "0.1", "1");
        assertThat(labels(0.08, 3, true, 8)).containsExactly("0.1", "0.2", "0.5", "1", "2");
        assertThat(labels(1e-9, 1, true, 3)).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aRangeWithinADecadeStillHasTwoTicks() {
        assertThat(labels(2.1, 2.9, true, 4)).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"false, 2, 50", "true, 0.001, 80"})
    void positionAndValueAreInverse(boolean log, double low, double high) {
        Axis axis = new Axis(new Range(low, high), log);
        for (double p = 0; p <= 1; p += 0.125) {
            assertThat(axis.position(axis.value(p))).isCloseTo(p, within(1e-9));
        }
    }

    @Test
    void aLogarithmicAxisCannotPlaceZero() {
        assertThat(new Axis(new Range(0.1, 1), true).position(0)).isNaN();
        assertThat(new Axis(new Range(0, 10), true).range().low()).isPositive();
    }

    @Test
    void zoomHoldsThePlaceUnderThePointer() {
        Axis axis = new Axis(new Range(0, 100), false);
        Axis near = axis.zoomed(0.25, 4, axis.range());

        assertThat(near.value(0.25)).isCloseTo(25, within(1e-9));
        assertThat(near.range().span()).isCloseTo(25, within(1e-9));
        assertThat(axis.zoomed(0.5, 0.1, axis.range()).range()).isEqualTo(axis.range());
    }

    @Test
    void panStopsAtTheEnds() {
        Range limits = new Range(0, 100);
        Axis axis = new Axis(new Range(40, 60), false);

        assertThat(axis.panned(0.5, limits).range().low()).isCloseTo(50, within(1e-9));
        assertThat(axis.panned(9, limits).range().high()).isCloseTo(100, within(1e-9));
        assertThat(axis.panned(9, limits).range().span()).isCloseTo(20, within(1e-9));
        assertThat(axis.panned(-9, limits).range().low()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aRangeKnowsItsOrder() {
        assertThatThrownBy(() -> new Range(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Range(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
