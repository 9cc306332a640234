package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.event.ActionEvent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// What becomes of what a person types into a dial, or does to it with the keyboard.
@ExtendWith(ApplicationExtension.class)
class DialTest {

    private final List<Double> turned = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private Dial rate;
    private Dial batch;

    @Start
    void start(Stage stage) {
        rate = dial("Learning rate", new Dial.Gauge(1e-5, 1, true, false, false).typed(1e-9, 100));
        batch = dial("Batch size", new Dial.Gauge(8, 512, true, false, true).typed(1, 4096));
        rate.show(0.1);
        batch.show(32);
        stage.setScene(new Scene(new HBox(rate.slider, rate.field, batch.slider, batch.field)));
        stage.show();
    }

    private Dial dial(String name, Dial.Gauge gauge) {
        return new Dial(name, "", gauge, false, turned::add, () -> {}, refused::add);
    }

    private void type(FxRobot robot, Dial dial, String words) {
        robot.interact(() -> {
            dial.field.setText(words);
            dial.field.fireEvent(new ActionEvent());
        });
    }

    @Test
    void numbersAreTakenAsPeopleWriteThem(FxRobot robot) {
        type(robot, rate, "0.02");
        type(robot, rate, "0,03");
        type(robot, rate, " 3e-4 ");
        type(robot, rate, "2");
        type(robot, rate, "1e-7");
        type(robot, rate, "0,125");
        assertThat(turned).containsExactly(0.02, 0.03, 3e-4, 2.0, 1e-7, 0.125);
        assertThat(refused).isEmpty();
    }

    @Test
    void nonsenseTurnsNothingAndIsAnswered(FxRobot robot) {
        for (String words :
                List.of("abc", "", "-1", "0", "NaN", "Infinity", "1e999", "1,2,3", "0.1.2")) {
            refused.clear();
            type(robot, rate, words);
            assertThat(turned).isEmpty();
            assertThat(rate.field.getText()).isEqualTo("0.1");
            assertThat(refused).hasSize(1);
            assertThat(refused.getFirst())
                    .startsWith("Learning rate cannot be ")
                    .endsWith("type a number from 1e-9 to 100");
        }
    }

    @Test
    void aBatchIsAWholeNumberInGroupsOrNot(FxRobot robot) {
        type(robot, batch, "1,024");
        type(robot, batch, "100");
        type(robot, batch, "12.5");
        assertThat(turned).containsExactly(1024.0, 100.0);
        assertThat(refused).hasSize(1);
    }

    /// The field shows fewer digits than a schedule's rate has.
    @Test
    void walkingThroughTheFieldTurnsNothing(FxRobot robot) {
        robot.interact(() -> {
            rate.show(0.0123456789);
            rate.field.requestFocus();
            batch.field.requestFocus();
        });
        assertThat(turned).isEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void escapeTakesBackWhatWasTyped(FxRobot robot) {
        robot.interact(() -> {
            rate.field.requestFocus();
            rate.field.setText("7");
            rate.field.fireEvent(
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            KeyCode.ESCAPE,
                            false,
                            false,
                            false,
                            false));
            batch.field.requestFocus();
        });
        assertThat(turned).isEmpty();
        assertThat(rate.field.getText()).isEqualTo("0.1");
    }

    @Test
    void everyPressOfAnArrowIsAnotherBatch(FxRobot robot) {
        robot.interact(batch.slider::increment);
        robot.interact(batch.slider::increment);
        robot.interact(batch.slider::decrement);
        assertThat(turned).containsExactly(64.0, 128.0, 64.0);
    }

    @Test
    void whatWasTypedIsWrittenAsTheDialWritesIt(FxRobot robot) {
        type(robot, rate, "0,25");
        assertThat(rate.field.getText()).isEqualTo("0.25");
        assertThat(rate.field.isUndoable()).as("undo belongs to the knob").isFalse();
        type(robot, rate, "0.1234");
        assertThat(rate.field.getText()).isEqualTo("0.1234");
        type(robot, batch, "1,024");
        assertThat(batch.field.getText()).isEqualTo("1024");
    }

    @Test
    void whatIsUndoneAfterEnterShowsInTheField(FxRobot robot) {
        robot.interact(rate.field::requestFocus);
        type(robot, rate, "0.25");
        robot.interact(() -> rate.show(0.1));
        assertThat(rate.field.getText()).isEqualTo("0.1");
    }

    @Test
    void aFieldThatIsLeftShowsWhatIsInEffect(FxRobot robot) {
        robot.interact(() -> {
            rate.field.requestFocus();
            rate.show(0.05);
        });
        assertThat(rate.field.getText()).as("nothing moves under the hand").isEqualTo("0.1");
        robot.interact(batch.field::requestFocus);
        assertThat(rate.field.getText()).isEqualTo("0.05");
        assertThat(turned).isEmpty();
    }

    @Test
    void aRefusalNamesNumbersThatWouldBeTaken() {
        Dial.Gauge momentum = new Dial.Gauge(0, 0.99, false, false, false).typed(0, 0.9999);
        assertThat(momentum.range()).isEqualTo("a number from 0 to 0.9999");
    }
}
