package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.await;
import static org.skiplab.app.Journey.onFx;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.theme.ThemeChoice;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Training through the real window with the real engine on the bundled digits. Pictures are left
/// in `target/screens`.
@ExtendWith(ApplicationExtension.class)
class TrainingJourneyTest {

    @TempDir Path folder;
    private StudioWindow window;

    @Start
    void start(Stage stage) {
        window = new StudioWindow(folder, stage);
    }

    @AfterEach
    void stop() throws Exception {
        window.close();
    }

    @Test
    void spaceTrainsThePresetAndTheFilmStripShowsASubNetwork(FxRobot robot) throws Exception {
        onFx(() -> {
            window.bench().settings().theme().set(ThemeChoice.LIGHT);
            window.bench().document().start(StudioWindow.gated());
            return true;
        });
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> number("Step") >= 8);
        robot.press(KeyCode.ALT).press(KeyCode.DIGIT2).release(KeyCode.DIGIT2).release(KeyCode.ALT);
        await(() -> number("Step") >= 14);
        Optional<Set<String>> live = onFx(() -> window.studio.ran().getValue());
        assertThat(live).isPresent();
        Node strip = onFx(() -> Objects.requireNonNull(window.scene().lookup("#survival")));
        window.shoot("window-survival");
        onFx(() -> StudioWindow.click(strip, 0.5, 0.3));
        window.shoot("window-scrubbed");
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> window.text("#transport-state").equals("Paused"));
    }

    private int number(String figure) {
        String value = window.text("#figure-" + figure);
        return value.matches("[0-9,]+") ? Integer.parseInt(value.replace(",", "")) : 0;
    }
}
