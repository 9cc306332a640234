package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaugeTest {

    private static final Dial.Gauge RATE = new Dial.Gauge(1e-5, 1, true, false, false);
    private static final Dial.Gauge DECAY = new Dial.Gauge(1e-6, 1e-2, true, true, false);
    private static final Dial.Gauge BATCH = new Dial.Gauge(8, 512, true, false, true);

    @Test
    void equalDistancesAreEqualRatios() {
        assertThat(RATE.value(0.2)).isEqualTo(1e-4);
        assertThat(RATE.value(0.8)).isEqualTo(0.1);
        assertThat(RATE.position(0.1)).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void slidersGiveNumbersThatPeopleWouldType() {
        for (double p = 0; p <= 1; p += 0.013) {
            String digits =
                    new java.math.BigDecimal(Double.toString(RATE.value(p)))
                            .stripTrailingZeros()
                            .unscaledValue()
                            .toString();
            assertThat(digits.length()).as("of %s", RATE.value(p)).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void theLowEndMayBeZero() {
        assertThat(DECAY.value(0)).isZero();
        assertThat(DECAY.position(0)).isZero();
        assertThat(DECAY.value(DECAY.position(1e-4))).isEqualTo(1e-4);
    }

    @Test
    void batchesArePowersOfTwoOnTheSliderAndWholeInTheField() {
        assertThat(BATCH.value(0)).isEqualTo(8);
        assertThat(BATCH.value(1)).isEqualTo(512);
        assertThat(BATCH.value(0.52)).isEqualTo(64);
        assertThat(BATCH.accepts(100)).isTrue();
        assertThat(BATCH.accepts(12.5)).isFalse();
        assertThat(BATCH.accepts(1000)).isFalse();
    }
}
