package org.skiplab.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Keys on sliders, closed choices and fields, in a window whose menu hears some of them too.
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init")
class ControlKeysTest {

    private final List<String> heard = new ArrayList<>();
    private Slider slider;
    private ComboBox<String> choice;
    private TextField field;

    @Start
    void start(Stage stage) {
        slider = new Slider(0, 1, 0.5);
        choice = new ComboBox<>();
        choice.getItems().setAll("one", "two", "three");
        choice.setValue("two");
        field = new TextField();
        VBox root = new VBox(slider, choice, field);
        ControlKeys.below(root);
        ControlKeys.undoPast(field);
        Scene scene = new Scene(root);
        for (String key : List.of("HOME", "Shortcut+Z", "Shift+Shortcut+Z")) {
            scene.getAccelerators().put(KeyCombination.valueOf(key), () -> heard.add(key));
        }
        stage.setScene(scene);
        stage.show();
    }

    private void press(FxRobot robot, Node on, KeyCode key, boolean control, boolean shift) {
        robot.interact(() -> {
            on.requestFocus();
            Event.fireEvent(
                    on,
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, shift, control, false, false));
        });
    }

    private double slid(FxRobot robot, KeyCode key) {
        press(robot, slider, key, false, false);
        return slider.getValue();
    }

    @Test
    void aSliderMovesByEveryKeyAndKeepsTheKeyboard(FxRobot robot) {
        slider.setBlockIncrement(0.02);
        assertThat(slid(robot, KeyCode.UP)).isEqualTo(0.52);
        assertThat(slid(robot, KeyCode.DOWN)).isEqualTo(0.5);
        assertThat(slid(robot, KeyCode.PAGE_UP)).isEqualTo(0.6);
        assertThat(slid(robot, KeyCode.PAGE_DOWN)).isEqualTo(0.5);
        assertThat(slid(robot, KeyCode.END)).isEqualTo(1);
        assertThat(slid(robot, KeyCode.PAGE_UP)).isEqualTo(1);
        assertThat(slid(robot, KeyCode.HOME)).isEqualTo(0);
        assertThat(slider.isFocused()).isTrue();
        assertThat(heard).as("Home rewinds the training elsewhere").isEmpty();
    }

    @Test
    void aClosedChoiceGoesToItsEnds(FxRobot robot) {
        press(robot, choice, KeyCode.HOME, false, false);
        assertThat(choice.getValue()).isEqualTo("one");
        press(robot, choice, KeyCode.END, false, false);
        assertThat(choice.getValue()).isEqualTo("three");
        assertThat(heard).isEmpty();
    }

    @Test
    void undoGoesToTheWindowWhereNothingIsBeingTyped(FxRobot robot) {
        press(robot, field, KeyCode.Z, true, false);
        press(robot, field, KeyCode.Z, true, true);
        assertThat(heard).containsExactly("Shortcut+Z", "Shift+Shortcut+Z");
        robot.interact(() -> field.replaceSelection("7"));
        press(robot, field, KeyCode.Z, true, false);
        assertThat(field.getText()).isEmpty();
        assertThat(heard).hasSize(2);
    }
}
