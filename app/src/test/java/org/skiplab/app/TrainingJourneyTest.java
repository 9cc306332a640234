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
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.theme.ThemeChoice;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Training through the real window with the real engine on the bundled digits. Pictures are left
/// in `target/screens`.
@ExtendWith(ApplicationExtension.class)
class TrainingJourneyTest {

    private static final Path SCREENS = Path.of("target", "screens");
    private static final Shape DIGITS = new Shape(28, 28, 1);

    @TempDir Path folder;
    private Fixture fixture;
    private TrainingStudio studio;
    private Stage stage;

    @Start
    void start(Stage first) {
        stage = first;
        fixture = new Fixture(folder);
        Workbench bench = fixture.bench;
        studio =
                TrainingStudio.of(
                        bench.document().analysisProperty().map(Analysis::network),
                        NetworkEdits.of(bench.document(), bench.messages()),
                        new Journey.Silence());
        Theme theme = new Theme(bench.settings().theme(), bench.settings().textSize());
        MainWindow window = new MainWindow(bench, new Journey.NoDesktop(), Optional.of(studio));
        Scene scene = new Scene(window.root(), 1000, 700);
        theme.install(scene);
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
    void spaceTrainsThePresetAndTheFilmStripShowsASubNetwork(FxRobot robot) throws Exception {
        onFx(() -> {
            fixture.bench.settings().theme().set(ThemeChoice.LIGHT);
            fixture.bench.document().start(gated());
            return true;
        });
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> number("Step") >= 8);
        robot.press(KeyCode.ALT).press(KeyCode.DIGIT2).release(KeyCode.DIGIT2).release(KeyCode.ALT);
        await(() -> number("Step") >= 14);
        Optional<Set<String>> live = onFx(() -> studio.ran().getValue());
        assertThat(live).isPresent();
        Node strip = onFx(() -> Objects.requireNonNull(stage.getScene().lookup("#survival")));
        shoot("window-survival");
        onFx(() -> click(strip, strip.getBoundsInLocal().getWidth() * 0.5));
        shoot("window-scrubbed");
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> text("#transport-state").equals("Paused"));
    }

    /// A click as the toolkit delivers it; the headless robot loses its window under load.
    private static boolean click(Node node, double x) {
        double y = node.getBoundsInLocal().getHeight() * 0.3;
        for (EventType<MouseEvent> type :
                List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            boolean down = type == MouseEvent.MOUSE_PRESSED;
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
                            down,
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

    private int number(String figure) {
        String value = text("#figure-" + figure);
        return value.matches("[0-9,]+") ? Integer.parseInt(value.replace(",", "")) : 0;
    }

    private String text(String id) {
        return stage.getScene().lookup(id) instanceof Label label ? label.getText() : "";
    }

    private void shoot(String name) throws Exception {
        onFx(() -> {
            Pictures.writePng(Pictures.of(stage.getScene()), SCREENS.resolve(name + ".png"));
            return true;
        });
    }
}
