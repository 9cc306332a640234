package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColourScaleTest {

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double contrast(Color a, Color b) {
        double x = luminance(a) + 0.05;
        double y = luminance(b) + 0.05;
        return Math.max(x, y) / Math.min(x, y);
    }

    @ParameterizedTest
    @EnumSource
    void growsLighterAllTheWaySoThatOrderSurvivesColourBlindness(ColourScale scale) {
        for (int i = 1; i <= 50; i++) {
            assertThat(luminance(scale.colour(i / 50.0)))
                    .isGreaterThan(luminance(scale.colour((i - 1) / 50.0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void textOnItCanBeRead(ColourScale scale) {
        for (int i = 0; i <= 50; i++) {
            assertThat(contrast(scale.colour(i / 50.0), scale.textOn(i / 50.0))).isGreaterThan(4.5);
        }
    }
}
