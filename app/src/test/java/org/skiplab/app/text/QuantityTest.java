package org.skiplab.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999, 999",
        "1000, 1.00_k",
        "75002, 75.0_k",
        "999499, 999_k",
        "999600, 1.00_M",
        "36479194, 36.5_M",
        "9223372036854775807, 9223_P"
    })
    void threeDigitsAndAScale(long n, String text) {
        assertThat(Quantity.brief(n)).isEqualTo(thin(text));
    }

    @ParameterizedTest
    @CsvSource({"0, ±0", "4672, +4.67_k", "-4672, −4.67_k", "3, +3"})
    void changesHaveASign(long n, String text) {
        assertThat(Quantity.change(n)).isEqualTo(thin(text));
    }

    @ParameterizedTest
    @CsvSource({"312, 312_B", "1570000, 1.57_MB"})
    void bytesHaveTheirUnit(long n, String text) {
        assertThat(Quantity.bytes(n)).isEqualTo(thin(text));
    }

    private static String thin(String text) {
        return text.replace('_', '\u2009');
    }
}
