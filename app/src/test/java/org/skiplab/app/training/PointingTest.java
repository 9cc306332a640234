package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.train.Phase;

class PointingTest {

    private final TrainingFixture fixture = new TrainingFixture();

    @Test
    void lampsShowTheNewestMiniBatchOrTheOneScrubbedTo() {
        TrainingViewModel model = fixture.playing();
        assertThat(model.pointing().ranProperty().get()).isEmpty();
        FakeTraining session = fixture.sessions.getFirst();
        session.recording.steps(30);
        session.publish(Phase.RUNNING, "");
        fixture.pulse(model);

        assertThat(model.pointing().ranProperty().get()).contains(ran(model, 29));
        model.pointing().scrub(4);
        assertThat(model.pointing().ranProperty().get()).contains(ran(model, 4));
        session.recording.steps(1);
        session.publish(Phase.RUNNING, "");
        fixture.pulse(model);
        assertThat(model.pointing().ranProperty().get())
                .as("stays while training goes on")
                .contains(ran(model, 4));
        model.pointing().scrub(-1);
        assertThat(model.pointing().ranProperty().get()).contains(ran(model, 30));
    }

    private static Set<String> ran(TrainingViewModel model, int step) {
        var gates = model.telemetryProperty().get().orElseThrow().gates();
        Set<String> ids = new HashSet<>();
        for (int b = 0; b < gates.ids().size(); b++) {
            if (gates.survived(b, step) > 0) {
                ids.add(gates.ids().get(b));
            }
        }
        return ids;
    }
}
