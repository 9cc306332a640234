package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.probe.FeatureReuse;

class ReuseScaleTest {

    private static final FeatureReuse REUSE =
            new FeatureReuse(
                    "dense1",
                    List.of("input", "layer1"),
                    List.of("layer1", "transition1"),
                    new int[] {0, 30, 40},
                    new float[][] {{0.2f, 0.1f}, {Float.NaN, 0.4f}},
                    new int[][] {{100, 300}, {0, 100}});

    @Test
    void theMeanIsLeftAlone() {
        float[][] scaled = ReuseScale.MEAN.of(REUSE);

        assertThat(scaled[0]).containsExactly(0.2f, 0.1f);
        assertThat(scaled[1]).containsExactly(Float.NaN, 0.4f);
    }

    @Test
    void theStrongestSourceIsOne() {
        float[][] scaled = ReuseScale.STRONGEST.of(REUSE);

        assertThat(scaled[0][0]).isEqualTo(1);
        assertThat(scaled[1][1]).isEqualTo(1);
        assertThat(scaled[0][1]).isCloseTo(0.25f, within(1e-6f));
    }

    @Test
    void sharesSumToOne() {
        float[][] scaled = ReuseScale.SHARE.of(REUSE);

        assertThat(scaled[0][1]).isCloseTo(30f / 70, within(1e-6f));
        assertThat(scaled[0][1] + scaled[1][1]).isCloseTo(1, within(1e-6f));
        assertThat(scaled[1][0]).isNaN();
    }
}
