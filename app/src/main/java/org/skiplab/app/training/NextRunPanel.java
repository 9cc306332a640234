package org.skiplab.app.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.TypedNumbers;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.train.OptimiserRule;
import org.skiplab.engine.train.Recipe;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.TrainingSettings;

/// The settings that a run begins with: a paper's recipe, and what is to be different from it.
final class NextRunPanel extends GridPane {

    /// Changes the settings.
    @FunctionalInterface
    interface Changing {
        /// @param what the setting, as the menu shall name it
        void change(String what, UnaryOperator<TrainingSettings> change);
    }

    private final Changing changing;
    private final ComboBox<@Nullable Recipe> recipe;
    private final ComboBox<@Nullable OptimiserRule> optimiser;
    private final ComboBox<@Nullable Schedule> schedule;
    private final ComboBox<Initialisation.@Nullable Scheme> initialisation;
    private final Spinner<Double> warmUp = TypedNumbers.real(0, 100, 0, 1);
    private final Spinner<Double> clip = TypedNumbers.real(0, 1000, 0, 0.5);
    private final Spinner<Integer> epochs = TypedNumbers.whole(1, 1000, 10);
    private final Spinner<Integer> seed = TypedNumbers.whole(0, Integer.MAX_VALUE, 1);
    private int row;
    private boolean showing;

    NextRunPanel(Changing changing) {
        this.changing = changing;
        getStyleClass().add("next-run");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        getColumnConstraints().addAll(new ColumnConstraints(), wide);
        Label heading = new Label("For the next run");
        heading.getStyleClass().add("knobs-heading");
        add(heading, 0, row++, 2, 1);

        recipe = KnobPanel.combo("Recipe", Arrays.asList(Recipe.values()), Recipe::title);
        // A box without a choice shows the one or the other.
        recipe.setButtonCell(KnobPanel.cell(r -> r.title(), "own settings"));
        recipe.setPromptText("own settings");
        line("Recipe", "How a paper trained; sets everything here and above", recipe);
        recipe.valueProperty()
                .subscribe(r -> {
                    if (r != null) {
                        recipe.setTooltip(new Tooltip(about(r)));
                        set("recipe", s -> r.settings().withSeed(s.seed()));
                    }
                });
        optimiser =
                KnobPanel.combo(
                        "Optimiser", Arrays.asList(OptimiserRule.values()), OptimiserRule::title);
        optimiser.setButtonCell(
                KnobPanel.cell(
                        rule -> rule == OptimiserRule.NESTEROV ? "SGD, Nesterov" : rule.title(),
                        ""));
        line("Optimiser", "The rule by which gradients move weights", optimiser);
        optimiser
                .valueProperty()
                .subscribe(r -> {
                    if (r != null) {
                        set("optimiser", s -> s.withOptimiser(r.insteadOf(s.optimiser())));
                    }
                });
        schedule = KnobPanel.combo("Schedule", RateSchedule.OFFERED, RateSchedule::title);
        line(
                "Schedule",
                "How the learning rate develops over the run, unless the knob overrides it",
                schedule);
        schedule.valueProperty()
                .subscribe(v -> {
                    if (v != null) {
                        set(
                                "schedule",
                                s -> s.withSchedule(warmed(v, s.schedule(), length(s.schedule()))));
                    }
                });
        line("Warm-up", "Epochs at a smaller learning rate before the schedule", warmUp);
        warmUp.valueProperty()
                .subscribe((_, v) ->
                        set(
                                "warm-up",
                                s -> s.withSchedule(warmed(s.schedule().warm(), s.schedule(), v))));
        line("Clip", "Largest norm of all gradients together; 0 for none", clip);
        clip.valueProperty().subscribe((_, v) -> set("clipping", s -> s.withClip(v)));
        initialisation =
                KnobPanel.combo(
                        "Initial weights",
                        List.of(Initialisation.Scheme.values()),
                        Initialisation.Scheme::title);
        line("Weights", "How the kernels of convolutions begin", initialisation);
        initialisation
                .valueProperty()
                .subscribe(v -> {
                    if (v != null) {
                        set("initial weights", s -> s.withInitialisation(v));
                    }
                });
        line("Epochs", "Passes over the training images", epochs);
        epochs.valueProperty().subscribe((_, v) -> set("epochs", s -> s.withEpochs(v)));
        line("Seed", "The same seed gives the same run", seed);
        seed.valueProperty().subscribe((_, v) -> set("seed", s -> s.withSeed(v)));
        List.of(warmUp, clip, epochs, seed).forEach(spinner -> spinner.setPrefWidth(110));
    }

    private void line(String name, String tip, Control control) {
        Label label = new Label(name);
        label.setLabelFor(control);
        Tooltip tooltip = new Tooltip(tip);
        label.setTooltip(tooltip);
        label.setMinWidth(USE_PREF_SIZE);
        control.setTooltip(tooltip);
        control.setAccessibleText(name);
        control.setMaxWidth(Double.MAX_VALUE);
        addRow(row++, new Node[] {label, control});
    }

    private void set(String what, UnaryOperator<TrainingSettings> change) {
        if (!showing) {
            changing.change(what, change);
        }
    }

    private static double length(Schedule schedule) {
        return schedule instanceof Schedule.WarmUp w ? w.length() : 0;
    }

    /// `inner` behind a warm-up like that of `old`, if it has one.
    private static Schedule warmed(Schedule inner, Schedule old, double length) {
        if (length == 0) {
            return inner;
        }
        return old instanceof Schedule.WarmUp w
                ? new Schedule.WarmUp(length, w.start(), w.flat(), inner)
                : new Schedule.WarmUp(length, 0.1, false, inner);
    }

    private static String about(Recipe recipe) {
        String source = recipe.paper().isEmpty() ? "" : recipe.paper() + "\n";
        return source + recipe.note();
    }

    /// The recipe that is followed; of two equal ones, the one that was chosen.
    private @Nullable Recipe recipe(TrainingSettings s) {
        List<Recipe> followed =
                Arrays.stream(Recipe.values())
                        .filter(r -> r.settings().withSeed(s.seed()).equals(s))
                        .toList();
        Recipe chosen = recipe.getValue();
        if (chosen != null && followed.contains(chosen)) {
            return chosen;
        }
        return followed.isEmpty() ? null : followed.getFirst();
    }

    /// Shows what the next run will begin with.
    void show(TrainingSettings s) {
        showing = true;
        recipe.setValue(recipe(s));
        optimiser.setValue(OptimiserRule.of(s.optimiser()));
        schedule.setValue(s.schedule().warm());
        warmUp.getValueFactory().setValue(length(s.schedule()));
        clip.getValueFactory().setValue(s.clip());
        initialisation.setValue(s.initialisation());
        epochs.getValueFactory().setValue(s.epochs());
        seed.getValueFactory().setValue((int) s.seed());
        showing = false;
    }
}
