package org.skiplab.app.training;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.TrainingSettings;

/// The settings of the run. All but the last two act on the running network at its next step.
final class KnobPanel extends GridPane {

    /// The forms of survival schedule that the slider's end value can be put into.
    private enum Form {
        LINEAR("linear, 1 − l/L (1 − p)"),
        LINEAR_FIRST_KEPT("linear, first block kept"),
        UNIFORM("the same for all"),
        FIRST_TO_LAST("from first to last");

        private final String title;

        Form(String title) {
            this.title = title;
        }

        static Form of(Survival survival) {
            return switch (survival) {
                case Survival.Linear _ -> LINEAR;
                case Survival.LinearFirstKept _ -> LINEAR_FIRST_KEPT;
                case Survival.Uniform _ -> UNIFORM;
                case Survival.FirstToLast _ -> FIRST_TO_LAST;
            };
        }

        Survival with(Survival now) {
            return switch (this) {
                case LINEAR -> new Survival.Linear(now.last());
                case LINEAR_FIRST_KEPT -> new Survival.LinearFirstKept(now.last());
                case UNIFORM -> new Survival.Uniform(now.last());
                case FIRST_TO_LAST ->
                        now instanceof Survival.FirstToLast
                                ? now
                                : new Survival.FirstToLast(1, now.last());
            };
        }
    }

    private final TrainingViewModel model;
    private final Dial rate;
    private final Dial momentum;
    private final Dial decay;
    private final Dial survival;
    private final Dial dropout;
    private final Dial batch;
    private final Dial smoothing;
    private final ComboBox<Form> form = new ComboBox<>();
    private final Label ungated = new Label("Survival: no block has a drop path.");
    private final Label noDropout = new Label("Dropout: no block has any.");
    private final ComboBox<@Nullable RateSchedule> schedule = new ComboBox<>();
    private final Spinner<Integer> epochs = new Spinner<>(1, 1000, 10);
    private final Spinner<Integer> seed = new Spinner<>(0, Integer.MAX_VALUE, 1);
    private int row;
    private boolean showing;

    KnobPanel(TrainingViewModel model) {
        this.model = model;
        getStyleClass().add("knobs");
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        wide.setMinWidth(60);
        getColumnConstraints().addAll(new ColumnConstraints(), wide, new ColumnConstraints());
        heading("At the next step");
        rate =
                dial(
                        "Learning rate",
                        "Overrides the schedule from the next step on",
                        new Dial.Gauge(1e-5, 1, true, false, false),
                        false,
                        v -> model.turn(new Knob.LearningRate(v)));
        momentum =
                dial(
                        "Momentum",
                        "μ of SGD: how much of the last update goes on",
                        new Dial.Gauge(0, 0.99, false, false, false),
                        false,
                        v -> model.turn(new Knob.Momentum(v)));
        decay =
                dial(
                        "Weight decay",
                        "λ: shrinks every weight a little each step",
                        new Dial.Gauge(1e-6, 1e-2, true, true, false),
                        false,
                        v -> model.turn(new Knob.WeightDecay(v)));
        batch =
                dial(
                        "Batch size",
                        "Images per mini-batch",
                        new Dial.Gauge(8, 512, true, false, true),
                        true,
                        v -> model.turn(new Knob.BatchSize((int) v)));
        smoothing =
                dial(
                        "Smoothing",
                        "Label smoothing: share of the target that is spread over all classes",
                        new Dial.Gauge(0, 0.4, false, false, false),
                        false,
                        v -> model.turn(new Knob.LabelSmoothing(v)));
        survival =
                dial(
                        "Survival p",
                        "Probability that the last block's branch survives a mini-batch",
                        new Dial.Gauge(0.05, 1, false, false, false),
                        false,
                        v ->
                                model.turn(
                                        new Knob.SurvivalSchedule(
                                                model.network().survival().withLast(v))));
        form.getItems().setAll(List.of(Form.values()));
        form.setCellFactory(_ -> formCell());
        form.setButtonCell(formCell());
        form.setMaxWidth(Double.MAX_VALUE);
        form.setAccessibleText("Survival schedule");
        form.setTooltip(
                new Tooltip(
                        "How the survival probability changes from the first gated block to the last"));
        form.valueProperty()
                .subscribe(f -> {
                    if (f != null && !showing) {
                        model.turn(new Knob.SurvivalSchedule(f.with(model.network().survival())));
                    }
                });
        add(form, 1, row++, 2, 1);
        ungated.getStyleClass().add("knob-note");
        add(ungated, 0, row++, 3, 1);
        dropout =
                dial(
                        "Dropout",
                        "Probability of silencing a number between convolutions",
                        new Dial.Gauge(0, 0.9, false, false, false),
                        false,
                        v -> model.turn(new Knob.Dropout(v)));
        noDropout.getStyleClass().add("knob-note");
        add(noDropout, 0, row++, 3, 1);
        heading("For the next run");
        schedule.getItems().setAll(RateSchedule.values());
        schedule.setMaxWidth(Double.MAX_VALUE);
        schedule.setAccessibleText("Learning rate schedule");
        schedule.valueProperty()
                .subscribe(v -> {
                    if (v != null && !showing) {
                        model.settingsProperty()
                                .set(model.settingsProperty().get().withSchedule(v.schedule()));
                    }
                });
        Label scheduleName = new Label("Schedule");
        scheduleName.setLabelFor(schedule);
        scheduleName.setTooltip(
                new Tooltip(
                        "How the learning rate develops over the run, unless the knob overrides it"));
        add(scheduleName, 0, row);
        add(schedule, 1, row++, 2, 1);
        spinner("Epochs", "Passes over the training images", epochs);
        spinner("Seed", "The same seed gives the same run", seed);
        epochs.valueProperty()
                .subscribe((_, v) -> {
                    if (!showing) {
                        model.settingsProperty().set(model.settingsProperty().get().withEpochs(v));
                    }
                });
        seed.valueProperty()
                .subscribe((_, v) -> {
                    if (!showing) {
                        model.settingsProperty().set(model.settingsProperty().get().withSeed(v));
                    }
                });
        refresh();
    }

    /// Shows what is in effect; called a few times a second.
    void refresh() {
        showing = true;
        TrainingSettings s = model.settingsProperty().get();
        rate.show(model.learningRate());
        momentum.show(
                switch (s.optimiser()) {
                    case Optimiser.Sgd sgd -> sgd.momentum();
                    case Optimiser.Adam adam -> adam.beta1();
                });
        decay.show(s.optimiser().weightDecay());
        batch.show(s.batch());
        smoothing.show(s.labelSmoothing());
        Survival rule = model.network().survival();
        survival.show(rule.last());
        form.setValue(Form.of(rule));
        boolean gated = !model.network().survivalProbabilities().isEmpty();
        survival.offer(gated);
        offer(form, gated);
        offer(ungated, !gated);
        double strongest =
                model.network().nodes().stream().mapToDouble(KnobPanel::dropoutOf).max().orElse(0);
        dropout.offer(strongest > 0);
        offer(noDropout, strongest == 0);
        dropout.show(model.dropout().orElse(strongest));
        schedule.setValue(RateSchedule.of(s.schedule()).orElse(null));
        epochs.getValueFactory().setValue(s.epochs());
        seed.getValueFactory().setValue((int) s.seed());
        showing = false;
    }

    private static void offer(javafx.scene.Node node, boolean offered) {
        node.setVisible(offered);
        node.setManaged(offered);
    }

    private static double dropoutOf(Node node) {
        return switch (node.block()) {
            case Wide w -> w.dropout();
            case DenseBlock d -> d.dropout();
            case Transition t -> t.dropout();
            case Primitive.Dropout d -> d.p();
            default -> 0;
        };
    }

    private void heading(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("knobs-heading");
        add(label, 0, row++, 3, 1);
    }

    private Dial dial(
            String name,
            String tip,
            Dial.Gauge gauge,
            boolean onRelease,
            java.util.function.DoubleConsumer turned) {
        Dial dial = new Dial(name, tip, gauge, onRelease, turned, model::released);
        dial.name.setMinWidth(USE_PREF_SIZE);
        dial.slider.setMinWidth(50);
        dial.field.setMinWidth(56);
        dial.field.setPrefWidth(56);
        addRow(row++, dial.name, dial.slider, dial.field);
        return dial;
    }

    private void spinner(String name, String tip, Spinner<Integer> spinner) {
        Label label = new Label(name);
        label.setLabelFor(spinner);
        Tooltip tooltip = new Tooltip(tip);
        label.setTooltip(tooltip);
        spinner.setTooltip(tooltip);
        spinner.setEditable(true);
        spinner.setPrefWidth(110);
        spinner.setAccessibleText(name);
        add(label, 0, row);
        add(spinner, 1, row++, 2, 1);
        setHalignment(spinner, javafx.geometry.HPos.RIGHT);
    }

    private static ListCell<Form> formCell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable Form item, boolean empty) {
                super.updateItem(item, empty);
                setAlignment(Pos.CENTER_LEFT);
                setText(item == null || empty ? null : item.title);
            }
        };
    }
}
