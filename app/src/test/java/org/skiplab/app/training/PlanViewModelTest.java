package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.training.TrainingFixture.readout;

import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Shape;

class PlanViewModelTest {

    private final TrainingFixture fixture = new TrainingFixture();

    @Test
    void choosingDataFitsTheNetwork() {
        TrainingViewModel model = fixture.model();
        model.plan().choose(model.plan().choices().get(1));

        assertThat(fixture.network.get().input()).isEqualTo(new Shape(28, 28, 1));
        assertThat(readout(model).playable()).isTrue();
    }
}
