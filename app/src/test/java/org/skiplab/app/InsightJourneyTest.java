package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.await;
import static org.skiplab.app.Journey.onFx;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Insights through the real window with the real engine on the bundled digits.
@ExtendWith(ApplicationExtension.class)
class InsightJourneyTest {

    private static final Path SCREENS = Path.of("target", "screens");
    private static final Shape DIGITS = new Shape(28, 28, 1);

    @TempDir Path folder;
    private Fixture fixture;
    private TrainingViewModel model;
    private TrainingStudio studio;
    private Stage stage;

    @Start
    void start(Stage first) {
        stage = first;
        fixture = new Fixture(folder);
        Workbench bench = fixture.bench;
        model =
                new TrainingViewModel(
                        bench.document().analysisProperty().map(Analysis::network),
                        DataChoice.BUILT_IN,
                        new EngineTraining(),
                        task -> new Thread(task).start(),
                        NetworkEdits.of(bench.document(), bench.messages()));
        studio = new TrainingStudio(model, new Journey.Silence());
        MainWindow window = new MainWindow(bench, new Journey.NoDesktop(), Optional.of(studio));
        Scene scene = new Scene(window.root(), 1000, 700);
        new Theme(bench.settings().theme(), bench.settings().textSize()).install(scene);
        stage.setScene(scene);
        stage.show();
        window.focusCanvas();
    }

    @AfterEach
    void stop() throws Exception {
        onFx(() -> {
            studio.close();
            return true;
        });
    }

    @Test
    void aClickOnTheFilmStripLightsExactlyTheBlocksThatRan() throws Exception {
        train(gated(), 12);
        show("Survival");
        Node strip = find("#survival");
        for (double across = 0.3; onFx(this::scrubbed) < 0 && across < 1; across += 0.02) {
            double place = across;
            onFx(() -> click(strip, place, 0.3));
        }
        assertThat(onFx(this::scrubbed)).isNotNegative();
        int step = onFx(() -> model.scrubbedProperty().get());
        GateStrip.View gates = onFx(this::telemetry).gates();
        Set<String> ran = onFx(() -> fixture.bench.canvas().ranProperty().get().orElseThrow());
        for (int b = 0; b < gates.ids().size(); b++) {
            assertThat(ran.contains(gates.ids().get(b))).isEqualTo(gates.survived(b, step) == 1);
        }
    }

    @Test
    void theLearningRateIsDraggedWhileItTrainsAndLogged() throws Exception {
        train(Presets.get("resnet-8").network(DIGITS, 10), 4);
        Slider rate =
                onFx(() ->
                        stage.getScene().getRoot().lookupAll(".slider").stream()
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
        train(Presets.get("resnet-8").network(DIGITS, 10), 10);
        onFx(() -> {
            model.togglePlay();
            return true;
        });
        await(() -> telemetry().phase() == Phase.PAUSED);
        show("Cut");
        Node all = find("#cut-all");
        await(() -> !all.isDisabled());
        onFx(() -> {
            ((javafx.scene.control.Button) all).fire();
            return true;
        });
        Label verdict = (Label) find("#cut-verdict");
        await(() -> verdict.getText().contains("% wrong") && !all.isDisabled());
        Node chart = find("#cut");
        onFx(() -> click(chart, 0.2, 0.6));
        await(() -> verdict.getText().matches(".*without stage1\\S* [0-9.]+ % wrong.*"));
        assertThat(onFx(() -> model.cutProperty().get())).hasSize(1);
        Pictures.writePng(
                onFx(() -> Pictures.of(stage.getScene())), SCREENS.resolve("window-cut.png"));
    }

    private void train(Network network, int steps) throws Exception {
        onFx(() -> {
            fixture.bench.document().start(network);
            model.turn(new Knob.BatchSize(16));
            model.togglePlay();
            return true;
        });
        await(() -> telemetry().step() >= steps);
    }

    private void show(String view) throws Exception {
        onFx(() -> {
            studio.actions().stream()
                    .filter(a -> a.title().get().startsWith("Show " + view))
                    .findFirst()
                    .orElseThrow()
                    .run();
            return true;
        });
        onFx(() -> {
            stage.getScene().getRoot().applyCss();
            stage.getScene().getRoot().layout();
            return true;
        });
    }

    private int scrubbed() {
        return model.scrubbedProperty().get();
    }

    private Telemetry telemetry() {
        return model.telemetryProperty().get().orElse(Telemetry.preparing(""));
    }

    private Node find(String id) throws Exception {
        await(() -> stage.getScene().lookup(id) != null);
        return onFx(() -> Objects.requireNonNull(stage.getScene().lookup(id)));
    }

    /// A click as the toolkit delivers it; the headless robot loses its window under load.
    private static boolean click(Node node, double across, double down) {
        double x = node.getBoundsInLocal().getWidth() * across;
        double y = node.getBoundsInLocal().getHeight() * down;
        for (EventType<MouseEvent> type :
                List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            boolean pressed = type == MouseEvent.MOUSE_PRESSED;
            node.fireEvent(
                    new MouseEvent(
                            type,
                            x,
                            y,
                            x,
                            y,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            pressed,
                            false,
                            false,
                            false,
                            false,
                            true,
                            null));
        }
        return true;
    }

    /// The smallest preset with a drop path on each residual block.
    private static Network gated() {
        Network network = Presets.get("resnet-8").network(DIGITS, 10);
        return network.withNodes(
                network.nodes().stream()
                        .map(n ->
                                n.block() instanceof Residual r
                                        ? new org.skiplab.engine.graph.Node(
                                                n.id(), r.withGate(Gate.SCHEDULED), n.inputs())
                                        : n)
                        .toList());
    }
}
