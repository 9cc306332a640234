package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.await;
import static org.skiplab.app.Journey.onFx;

import java.nio.file.Path;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Insights through the real window with the real engine on the bundled digits.
@ExtendWith(ApplicationExtension.class)
class InsightJourneyTest {

    @TempDir Path folder;
    private TrainingViewModel model;
    private StudioWindow window;

    @Start
    void start(Stage stage) {
        window = new StudioWindow(folder, stage);
        model = window.studio.model();
    }

    @AfterEach
    void stop() throws Exception {
        window.close();
    }

    @Test
    void aClickOnTheFilmStripLightsExactlyTheBlocksThatRan() throws Exception {
        train(StudioWindow.gated(), 12);
        window.show("Survival");
        Node strip = window.find("#survival");
        for (double across = 0.3; onFx(this::scrubbed) < 0 && across < 1; across += 0.02) {
            double place = across;
            onFx(() -> StudioWindow.click(strip, place, 0.3));
        }
        assertThat(onFx(this::scrubbed)).isNotNegative();
        int step = onFx(() -> model.pointing().scrubbedProperty().get());
        GateStrip.View gates = onFx(this::telemetry).gates();
        Set<String> ran = onFx(() -> window.bench().canvas().ranProperty().get().orElseThrow());
        for (int b = 0; b < gates.ids().size(); b++) {
            assertThat(ran.contains(gates.ids().get(b))).isEqualTo(gates.survived(b, step) == 1);
        }
    }

    @Test
    void theLearningRateIsDraggedWhileItTrainsAndLogged() throws Exception {
        train(Presets.get("resnet-8").network(StudioWindow.DIGITS, 10), 4);
        Slider rate =
                onFx(() ->
                        window.scene().getRoot().lookupAll(".slider").stream()
                                .map(Slider.class::cast)
                                .filter(s -> "Learning rate".equals(s.getAccessibleText()))
                                .findFirst()
                                .orElseThrow());
        int before = onFx(this::telemetry).step();
        for (int i = 0; i < 5; i++) {
            onFx(() -> {
                rate.setValueChanging(true);
                rate.setValue(rate.getMin() + 0.6 * (rate.getMax() - rate.getMin()));
                rate.setValueChanging(false);
                return true;
            });
        }
        await(() -> !telemetry().knobs().isEmpty());
        Telemetry turned = onFx(this::telemetry);
        assertThat(turned.knobs().getFirst().step()).isGreaterThanOrEqualTo(before);
        Knob.LearningRate knob = (Knob.LearningRate) turned.knobs().getLast().knob();
        int from = turned.knobs().getLast().step();
        await(() -> telemetry().learningRate().size() > from);
        assertThat(onFx(this::telemetry).learningRate().get(from)).isEqualTo((float) knob.value());
    }

    @Test
    void aBlockIsCutAndTheErrorSaysWhatItWasWorth() throws Exception {
        train(Presets.get("resnet-8").network(StudioWindow.DIGITS, 10), 10);
        onFx(() -> {
            model.transport().togglePlay();
            return true;
        });
        await(() -> telemetry().phase() == Phase.PAUSED);
        window.show("Cut");
        Node all = window.find("#cut-all");
        await(() -> !all.isDisabled());
        Node chart = window.find("#cut");
        onFx(() -> {
            all.requestFocus();
            ((javafx.scene.control.Button) all).fire();
            return true;
        });
        assertThat(onFx(chart::isFocused)).as("the button cannot be pressed meanwhile").isTrue();
        Label verdict = (Label) window.find("#cut-verdict");
        await(() -> verdict.getText().contains("% wrong") && !all.isDisabled());
        onFx(() -> StudioWindow.click(chart, 0.2, 0.6));
        await(() -> verdict.getText().matches(".*without stage1\\S* [0-9.]+ % wrong.*"));
        assertThat(onFx(() -> model.pointing().cutProperty().get())).hasSize(1);
        window.shoot("window-cut");
    }

    private void train(Network network, int steps) throws Exception {
        onFx(() -> {
            window.bench().document().start(network);
            model.knobs().turn(new Knob.BatchSize(16));
            model.transport().togglePlay();
            return true;
        });
        await(() -> telemetry().step() >= steps);
    }

    private int scrubbed() {
        return model.pointing().scrubbedProperty().get();
    }

    private Telemetry telemetry() {
        return model.telemetryProperty().get().orElse(Telemetry.preparing(""));
    }
}
