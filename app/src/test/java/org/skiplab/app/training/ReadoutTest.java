package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

class ReadoutTest {

    private final Recording recording = new Recording(Presets.get("resnet-20").network());

    private static Readout readout(Telemetry telemetry) {
        return Readout.of(Optional.empty(), false, false, telemetry, "", "resnet-20 on MNIST");
    }

    private static String figure(Readout readout, String name) {
        return readout.figures().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void beforeTheFirstStepThereAreNoNumbersOnlyAnInvitation() {
        Readout readout =
                Readout.of(Optional.empty(), false, false, null, "", "resnet-20 on MNIST");

        assertThat(readout.state()).isEqualTo("Ready");
        assertThat(readout.advice()).isEqualTo("Space trains resnet-20 on MNIST.");
        assertThat(readout.figures()).allMatch(f -> f.value().equals("–"));
        assertThat(readout.rewindable()).isFalse();
    }

    @Test
    void everyNumberIsTelemetrys() {
        recording.steps(2 * Recording.STEPS_PER_EPOCH + 5);
        Telemetry t = recording.telemetry(Phase.RUNNING, "");
        Readout readout = readout(t);
        double sum = 0;
        for (int i = t.loss().size() - 20; i < t.loss().size(); i++) {
            sum += t.loss().get(i);
        }

        assertThat(figure(readout, "Epoch")).isEqualTo("3 of 10");
        assertThat(figure(readout, "Step")).isEqualTo("287");
        assertThat(figure(readout, "Images/s")).isEqualTo("2,345");
        assertThat(figure(readout, "Loss")).isEqualTo(Numbers.significant(sum / 20, 3));
        assertThat(figure(readout, "Test"))
                .isEqualTo(Numbers.percent(t.evaluations().getLast().accuracy()));
        assertThat(readout.progress()).isCloseTo(287 / 1410.0, within(1e-12));
    }

    @Test
    void aFinishedRunIsWhole() {
        recording.steps(Recording.EPOCHS * Recording.STEPS_PER_EPOCH);
        Readout readout = readout(recording.telemetry(Phase.FINISHED, ""));

        assertThat(readout.progress()).isEqualTo(1);
        assertThat(figure(readout, "Epoch")).isEqualTo("10 of 10");
        assertThat(readout.playable()).isTrue();
        assertThat(readout.playing()).isFalse();
    }

    @Test
    void aRunningSessionCanBePausedEvenIfTheCanvasCannotRunAnyMore() {
        recording.steps(1);
        Readout readout =
                Readout.of(
                        Optional.of("head: nothing is wired to it; connect it"),
                        false,
                        false,
                        recording.telemetry(Phase.RUNNING, ""),
                        "starts anew.",
                        "x");

        assertThat(readout.playable()).isTrue();
        assertThat(readout.playing()).isTrue();
        assertThat(readout.remedy()).isEmpty();
    }

    @Test
    void aDivergedRunSaysWhatAnotherDesignOnTheCanvasNeeds() {
        recording.steps(1);
        Telemetry diverged = recording.telemetry(Phase.DIVERGED, "the loss became NaN at step 2");
        Readout misfit =
                Readout.of(
                        Optional.of("the network takes other images"),
                        true,
                        false,
                        diverged,
                        "starts anew.",
                        "x");
        assertThat(misfit.advice()).isEqualTo("the network takes other images");
        assertThat(misfit.remedy()).contains(Readout.Remedy.FIT);

        Readout changed = Readout.of(Optional.empty(), false, false, diverged, "starts anew.", "x");
        assertThat(changed.advice())
                .isEqualTo("the loss became NaN at step 2. Changed since: play starts anew.");
        assertThat(changed.remedy()).contains(Readout.Remedy.REBUILD);
    }

    @Test
    void aRunningSessionSaysBeforehandWhatARebuildKeeps() {
        recording.steps(1);
        Readout readout =
                Readout.of(
                        Optional.empty(),
                        false,
                        false,
                        recording.telemetry(Phase.RUNNING, ""),
                        "starts at step 0 and keeps 79 % of the weights.",
                        "x");

        assertThat(readout.advice())
                .endsWith("A rebuild starts at step 0 and keeps 79 % of the weights.");
        assertThat(readout.remedy()).contains(Readout.Remedy.REBUILD);
    }

    @Test
    void aFailureIsForgottenOnceTheNetworkIsAnother() {
        Telemetry failed = recording.telemetry(Phase.FAILED, "the disk is full");
        Readout readout =
                Readout.of(Optional.empty(), false, false, failed, "starts anew.", "wrn on MNIST");

        assertThat(readout.state()).isEqualTo("Ready");
        assertThat(readout.advice()).doesNotContain("disk");
        assertThat(readout.playable()).isTrue();
    }
}
