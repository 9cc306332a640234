package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Spinner;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.train.OptimiserRule;
import org.skiplab.engine.train.Recipe;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.TrainingSettings;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Every control of the next run's settings changes them, and shows them when they change.
@ExtendWith(ApplicationExtension.class)
class NextRunPanelTest {

    private final SimpleObjectProperty<TrainingSettings> settings =
            new SimpleObjectProperty<>(TrainingSettings.DEFAULT.withSeed(9));
    private NextRunPanel panel;

    @Start
    void start(Stage stage) {
        panel = new NextRunPanel((_, change) -> settings.set(change.apply(settings.get())));
        panel.show(settings.get());
        stage.setScene(new Scene(panel, 320, 400));
        stage.show();
    }

    @SuppressWarnings("unchecked") // the caller knows what the control offers
    private <T> ComboBox<T> combo(String name) {
        return (ComboBox<T>) named(name);
    }

    @SuppressWarnings("unchecked") // the caller knows what the control counts
    private <T> Spinner<T> spinner(String name) {
        return (Spinner<T>) named(name);
    }

    private Object named(String name) {
        return panel.getChildren().stream()
                .filter(n -> name.equals(n.getAccessibleText()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecipeSetsEverythingButTheSeed(FxRobot robot) {
        robot.interact(() -> combo("Recipe").setValue(Recipe.WRN));
        assertThat(settings.get()).isEqualTo(Recipe.WRN.settings().withSeed(9));
        robot.interact(() -> panel.show(settings.get()));
        assertThat(combo("Recipe").getValue()).isEqualTo(Recipe.WRN);
        assertThat(combo("Schedule").getValue()).isEqualTo(Recipe.WRN.settings().schedule());
        assertThat(spinner("Epochs").getValue()).isEqualTo(200);
        robot.interact(() -> this.<Integer>spinner("Epochs").getValueFactory().setValue(20));
        robot.interact(() -> panel.show(settings.get()));
        assertThat(combo("Recipe").getValue()).isNull();
    }

    @Test
    void everyControlChangesItsSetting(FxRobot robot) {
        robot.interact(() -> {
            combo("Optimiser").setValue(OptimiserRule.ADAMW);
            this.<Double>spinner("Warm-up").getValueFactory().setValue(3.0);
            combo("Schedule").setValue(Schedule.Steps.PAPER);
            this.<Double>spinner("Clip").getValueFactory().setValue(1.5);
            combo("Weights").setValue(Initialisation.Scheme.ORTHOGONAL);
            this.<Integer>spinner("Epochs").getValueFactory().setValue(7);
            this.<Integer>spinner("Seed").getValueFactory().setValue(11);
        });
        assertThat(settings.get())
                .isEqualTo(
                        TrainingSettings.DEFAULT
                                .withOptimiser(OptimiserRule.ADAMW.standard())
                                .withSchedule(
                                        new Schedule.WarmUp(3, 0.1, false, Schedule.Steps.PAPER))
                                .withClip(1.5)
                                .withInitialisation(Initialisation.Scheme.ORTHOGONAL)
                                .withEpochs(7)
                                .withSeed(11));
        robot.interact(() -> this.<Double>spinner("Warm-up").getValueFactory().setValue(0.0));
        assertThat(settings.get().schedule()).isEqualTo(Schedule.Steps.PAPER);
    }

    @Test
    void schedulesAreCalledWhatPeopleCallThem() {
        assertThat(RateSchedule.OFFERED.stream().map(RateSchedule::title))
                .isEqualTo(
                        List.of(
                                "constant",
                                "÷ 10 at 50 % and 75 %",
                                "÷ 5 at 30, 60 and 80 %",
                                "cosine to 0",
                                "one cycle"));
        assertThat(RateSchedule.title(new Schedule.Cosine(0.1))).isEqualTo("cosine:0.1");
    }

    @Test
    void whatIsNoNumberChangesNothing(FxRobot robot) {
        TrainingSettings before = settings.get();
        for (String name : List.of("Warm-up", "Clip", "Epochs", "Seed")) {
            for (String nonsense : List.of("abc", "", "1e999", "1.2.3")) {
                robot.interact(() -> {
                    Spinner<?> spinner = spinner(name);
                    spinner.getEditor().setText(nonsense);
                    spinner.commitValue();
                });
                assertThat(settings.get()).as("%s %s", name, nonsense).isEqualTo(before);
                assertThat(spinner(name).getEditor().getText()).isNotEqualTo(nonsense);
            }
        }
    }
}
