package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.training.TrainingFixture.readout;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.train.Phase;

/// What the transport bar says and offers when something is in the way.
class TransportViewModelTest {

    private final TrainingFixture fixture = new TrainingFixture();

    @Test
    void whatCannotRunSaysWhyAndWhatToDo() {
        TrainingViewModel model = fixture.model();
        fixture.network.set(fixture.network.get().withNodes(List.of()));

        Readout readout = readout(model);
        assertThat(readout.playable()).isFalse();
        assertThat(readout.steppable()).isFalse();
        assertThat(readout.advice()).contains("canvas is empty").contains("drag a stem");
        model.transport().togglePlay();
        fixture.pulse(model);
        assertThat(fixture.sessions).isEmpty();
    }

    @Test
    void dataThatDoNotFitSaySo() {
        TrainingViewModel model = fixture.model();
        model.plan().dataProperty().set(model.plan().choices().get(1));

        assertThat(readout(model).playable()).isFalse();
        assertThat(readout(model).advice()).contains("MNIST").contains("28");
        assertThat(readout(model).remedy()).contains(Readout.Remedy.FIT);
        model.transport().remedy();
        assertThat(readout(model).playable()).isTrue();
        assertThat(fixture.network.get().input()).isEqualTo(new Shape(28, 28, 1));
    }

    @Test
    void aRefusedSessionSaysWhyAndCanBeTriedAgainAfterAnEdit() {
        fixture.refusal =
                "the fixture.network needs 14 GB, this machine has 12 GB; choose a smaller batch";
        TrainingViewModel model = fixture.playing();

        assertThat(readout(model).advice()).isEqualTo(fixture.refusal);
        assertThat(readout(model).mood()).isEqualTo(Readout.Mood.TROUBLE);
        fixture.refusal = "";
        fixture.network.set(Presets.get("resnet-20").network());
        model.transport().togglePlay();
        fixture.pulse(model);
        assertThat(fixture.sessions).hasSize(1);
    }

    @Test
    void divergenceOffersTheWayBack() {
        TrainingViewModel model = fixture.playing();
        FakeTraining session = fixture.sessions.getFirst();
        session.recording.steps(3);
        session.publish(
                Phase.DIVERGED,
                "the loss became NaN at step 4; it started in stage1_block1.bn1 (learning rate 0.1)");
        fixture.pulse(model);

        Readout readout = readout(model);
        assertThat(readout.mood()).isEqualTo(Readout.Mood.TROUBLE);
        assertThat(readout.playable()).isFalse();
        assertThat(readout.advice()).contains("step 4").contains("stage1_block1");
        assertThat(readout.remedy()).contains(Readout.Remedy.COOL_DOWN);
        model.transport().remedy();
        fixture.pulse(model);
        assertThat(session.calls).containsExactly("play", "back 3", "turn learning rate 0.01");
    }
}
