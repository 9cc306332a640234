package org.skiplab.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.fx.TypedNumbers;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.train.Knob;

/// A button that opens what a branch begins with: a state of a run, and one setting that is to be
/// different from there on.
final class BranchForm {

    /// Settings that a branch can change.
    enum Changed {
        NOTHING("nothing changed", ""),
        LEARNING_RATE("learning rate", "0.01"),
        MOMENTUM("momentum", "0.9"),
        WEIGHT_DECAY("weight decay", "1e-4"),
        LABEL_SMOOTHING("label smoothing", "0.1"),
        BATCH_SIZE("batch size", "64"),
        SURVIVAL("survival", "linear:0.8"),
        DROPOUT("dropout", "0.2"),
        AUGMENTATION("augmentation", "crop:4,flip");

        private final String title;
        private final String example;

        Changed(String title, String example) {
            this.title = title;
            this.example = example;
        }

        /// @return null for [#NOTHING]
        /// @throws IllegalArgumentException with one line if the run cannot have that value
        @Nullable Knob knob(String text, KeptRun run) {
            Knob knob =
                    switch (this) {
                        case NOTHING -> null;
                        case LEARNING_RATE -> new Knob.LearningRate(number(text));
                        case MOMENTUM -> new Knob.Momentum(number(text));
                        case WEIGHT_DECAY -> new Knob.WeightDecay(number(text));
                        case LABEL_SMOOTHING -> new Knob.LabelSmoothing(number(text));
                        case BATCH_SIZE -> new Knob.BatchSize(images(text));
                        case SURVIVAL -> new Knob.SurvivalSchedule(Survival.parse(text));
                        case DROPOUT -> new Knob.Dropout(share(text));
                        case AUGMENTATION -> new Knob.Augment(Augmentation.parse(text));
                    };
            if (knob instanceof Knob.SurvivalSchedule
                    && run.network().survivalProbabilities().isEmpty()) {
                throw new IllegalArgumentException("no block of this run has a drop path");
            }
            if (knob != null) {
                var _ = run.settings().turned(knob);
            }
            return knob;
        }

        private double share(String text) {
            double p = number(text);
            if (!(p >= 0 && p < 1)) {
                throw new IllegalArgumentException("dropout must be in [0, 1): " + text);
            }
            return p;
        }

        private int images(String text) {
            double number = number(text);
            if (number != (int) number) {
                throw new IllegalArgumentException("a batch is a whole number of images: " + text);
            }
            return (int) number;
        }

        private double number(String text) {
            return TypedNumbers.of(text)
                    .orElseThrow(
                            () -> new IllegalArgumentException("type a number for the " + title));
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /// Where a branch can begin.
    ///
    /// @param step null for the end
    record From(String title, @Nullable Integer step) {
        @Override
        public String toString() {
            return title;
        }
    }

    private final RunsViewModel model;
    private final Supplier<@Nullable KeptRun> selected;
    private final ComboBox<From> from = new ComboBox<>();
    private final ComboBox<Changed> changed = new ComboBox<>();
    private final TextField value = new TextField();
    private final Label trouble = new Label();
    private final MenuButton button = new MenuButton("Branch", new FontIcon("mdal-call_split"));

    /// @param selected the run to branch from
    BranchForm(RunsViewModel model, Supplier<@Nullable KeptRun> selected) {
        this.model = model;
        this.selected = selected;
        from.setId("branch-from");
        from.setAccessibleText("Branch from");
        from.setMaxWidth(Double.MAX_VALUE);
        changed.getItems().setAll(Changed.values());
        changed.setValue(Changed.LEARNING_RATE);
        changed.setAccessibleText("Setting to change");
        value.setPrefColumnCount(8);
        value.setAccessibleText("New value");
        changed.valueProperty()
                .subscribe(c -> {
                    value.setText(c.example);
                    value.setDisable(c == Changed.NOTHING);
                    trouble.setText("");
                });
        Button go = new Button("Go on from there");
        go.setId("run-branch");
        go.setOnAction(_ -> go());
        value.setOnAction(_ -> go.fire());
        trouble.getStyleClass().add("trouble");
        trouble.setWrapText(true);
        trouble.setMaxWidth(360);
        GridPane form = new GridPane(6, 6);
        form.addRow(0, new Label("From"), from, go);
        form.addRow(1, new Label("with"), changed, value);
        GridPane.setColumnSpan(trouble, 3);
        form.add(trouble, 0, 2);
        form.setAlignment(Pos.CENTER_LEFT);
        button.getItems().add(new CustomMenuItem(form, false));
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setTooltip(new Tooltip("Go on from a state of this run with one setting changed"));
        button.setOnShowing(_ -> offer());
    }

    MenuButton node() {
        return button;
    }

    private void go() {
        KeptRun run = selected.get();
        From start = from.getValue();
        if (run == null) {
            return;
        }
        try {
            Knob knob = changed.getValue().knob(value.getText().strip(), run);
            trouble.setText("");
            button.hide();
            model.branch(run, start == null ? null : start.step(), knob);
        } catch (IllegalArgumentException e) {
            trouble.setText(String.valueOf(e.getMessage()));
        }
    }

    private void offer() {
        KeptRun run = selected.get();
        from.getItems().setAll(run == null ? List.of() : starts(run));
        if (!from.getItems().isEmpty()) {
            from.setValue(from.getItems().getFirst());
        }
        trouble.setText("");
    }

    /// The end, and the states before it, newest first.
    static List<From> starts(KeptRun run) {
        List<From> starts = new ArrayList<>();
        starts.add(new From("its end", null));
        int perEpoch = run.outcome().stepsPerEpoch();
        for (int step : run.states().reversed()) {
            if (step == run.outcome().steps()) {
                continue;
            }
            boolean end = perEpoch > 0 && step % perEpoch == 0;
            String at = "step " + Numbers.count(step);
            starts.add(
                    new From(
                            step == 0
                                    ? "initial weights"
                                    : end ? "epoch " + step / perEpoch + ", " + at : at,
                            step));
        }
        return starts;
    }
}
