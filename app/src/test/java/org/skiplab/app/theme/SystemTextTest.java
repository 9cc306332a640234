package org.skiplab.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemTextTest {

    @Test
    void whatTheDesktopAnswersIsReadAsPercent() {
        assertThat(SystemText.read("1.25\n")).isEqualTo(125);
        assertThat(SystemText.read("1.0")).isEqualTo(100);
    }

    @Test
    void anAnswerThatIsNoFactorMeansTheNormalSize() {
        assertThat(SystemText.read("")).isEqualTo(100);
        assertThat(SystemText.read("No such schema")).isEqualTo(100);
        assertThat(SystemText.read("40")).isEqualTo(100);
    }

    @Test
    void elsewhereTheSystemsFontTells() {
        assertThat(SystemText.percent("Windows 11", 18)).isEqualTo(150);
        assertThat(SystemText.percent("Mac OS X", 13)).isEqualTo(100);
    }
}
