package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShallowTest {

    @Test
    void shallowNetworksAreToldToExpectNoGain() {
        assertThat(SurvivalView.caution(3, 0.5)).contains("3 gated blocks").contains("0.8");
        assertThat(SurvivalView.caution(9, 0.8)).contains("9 gated blocks").doesNotContain("try");
        assertThat(SurvivalView.caution(1, 0.5)).startsWith("1 gated block:");
    }

    @Test
    void thePapersOwnDepthIsNot() {
        assertThat(SurvivalView.caution(54, 0.5)).isEmpty();
        assertThat(SurvivalView.caution(0, 0.5)).isEmpty();
    }
}
