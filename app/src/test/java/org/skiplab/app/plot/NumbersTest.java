package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "0.012345 | 0.0123",
                "12.3456 | 12.3",
                "999.7 | 1000",
                "1234.4 | 1,234",
                "0.00012 | 1.2e-4",
                "-0.5 | -0.5",
                "100 | 100",
                "2.5e8 | 2.5e8"
            })
    void threeDigits(double value, String text) {
        assertThat(Numbers.plain(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"41.6, 42 s", "200, 3 min 20 s", "7500, 2 h 5 min", "NaN, –"})
    void durations(double seconds, String text) {
        assertThat(Numbers.duration(seconds)).isEqualTo(text);
    }
}
