package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

class GhostWordsTest {

    @Test
    void aGhostThatKeepsUpNeedsNoWords() {
        Recording recording = new Recording(Presets.get("resnet-20").network());
        recording.steps(1200);
        Telemetry ghost = recording.telemetry(Phase.RUNNING, "");
        assertThat(GradientView.said(ghost, 1200)).isEmpty();
        assertThat(GradientView.said(ghost, 1500)).isEqualTo("the ghost is at step 1,200");
        assertThat(GradientView.said(ghost.in(Phase.FAILED, "no memory"), 1500))
                .isEqualTo("no memory");
    }
}
