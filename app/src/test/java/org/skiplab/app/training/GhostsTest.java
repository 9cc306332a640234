package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skiplab.app.insight.Ghost;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Telemetry;

class GhostsTest {

    private final TrainingFixture fixture = new TrainingFixture();

    @Test
    void aGhostKeepsTheRunCompanyAndTheNextRunToo() {
        TrainingViewModel model = fixture.playing();
        assertThat(model.ghosts().of(model.opened()))
                .containsExactly(Ghost.WITHOUT_SHORTCUTS, Ghost.CONSTANT_DEPTH);
        model.ghosts().choose(Optional.of(Ghost.CONSTANT_DEPTH));
        fixture.sessions.getFirst().recording.steps(5);
        fixture.pulse(model);
        assertThat(fixture.sessions.getFirst().calls)
                .contains("accompany stochastic-resnet-110, constant depth");
        assertThat(model.ghosts().telemetryProperty().get().map(Telemetry::step)).contains(5);
        assertThat(model.ghosts().telemetryProperty().get().orElseThrow().gates().ids()).isEmpty();

        fixture.network.set(Presets.get("stochastic-resnet-20").network());
        model.transport().remedy();
        fixture.pulse(model);
        assertThat(fixture.sessions.get(1).calls)
                .containsExactly("accompany stochastic-resnet-20, constant depth", "play");
        model.ghosts().choose(Optional.empty());
        fixture.pulse(model);
        assertThat(fixture.sessions.get(1).calls.getLast()).isEqualTo("accompany nobody");
        assertThat(model.ghosts().telemetryProperty().get()).isEmpty();
    }
}
