package org.skiplab.app.training;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.event.Event;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.TrainingSettings;

/// The settings of the run: those that act on the running network at its next step, and below them
/// those of the next run.
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

    private static final List<Augmentation> AUGMENTATIONS =
            List.of(
                    Augmentation.NONE,
                    new Augmentation(2, false, 0),
                    new Augmentation(4, false, 0),
                    Augmentation.CIFAR,
                    Augmentation.REFLECTED,
                    new Augmentation(4, true, 8));

    private final TrainingViewModel model;
    private final LiveKnobs knobs;
    private final Consumer<String> refused;
    private final Dial rate;
    private final Dial momentum;
    private final Dial decay;
    private final Dial survival;
    private final Dial dropout;
    private final Dial batch;
    private final Dial smoothing;
    private final ComboBox<Form> form = new ComboBox<>();
    private final ComboBox<@Nullable GateMode> mode;
    private final Label ungated = new Label("Survival: no block has a drop path.");
    private final Label noDropout = new Label("Dropout: no block has any.");
    private final ComboBox<@Nullable Augmentation> augmentation;
    private final NextRunPanel nextRun;
    private int row;
    private boolean showing;
    private @Nullable Shown shown;

    /// What the panel follows.
    private record Shown(
            TrainingSettings settings, Network network, double rate, OptionalDouble dropout) {

        /// Whether both would look alike; networks are values that are replaced, not changed.
        boolean like(@Nullable Shown other) {
            return other != null
                    && network == other.network
                    && rate == other.rate
                    && dropout.equals(other.dropout)
                    && settings.equals(other.settings);
        }
    }

    /// @param refused told in one line why what was typed cannot be had
    KnobPanel(TrainingViewModel model, Consumer<String> refused) {
        this.model = model;
        this.refused = refused;
        knobs = model.knobs();
        nextRun = new NextRunPanel(knobs::change);
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
                        new Dial.Gauge(1e-5, 1, true, false, false).typed(1e-9, 100),
                        false,
                        v -> knobs.turn(new Knob.LearningRate(v)));
        momentum =
                dial(
                        "Momentum",
                        "μ of SGD: how much of the last update goes on",
                        new Dial.Gauge(0, 0.99, false, false, false).typed(0, 0.9999),
                        false,
                        v -> knobs.turn(new Knob.Momentum(v)));
        decay =
                dial(
                        "Weight decay",
                        "λ: shrinks every weight a little each step",
                        new Dial.Gauge(1e-6, 1e-2, true, true, false).typed(0, 1),
                        false,
                        v -> knobs.turn(new Knob.WeightDecay(v)));
        batch =
                dial(
                        "Batch size",
                        "Images per mini-batch",
                        new Dial.Gauge(8, 512, true, false, true).typed(1, 4096),
                        true,
                        v -> knobs.turn(new Knob.BatchSize((int) v)));
        smoothing =
                dial(
                        "Label smoothing",
                        "Share of the target that is spread over all classes",
                        new Dial.Gauge(0, 0.4, false, false, false).typed(0, 0.99),
                        false,
                        v -> knobs.turn(new Knob.LabelSmoothing(v)));
        survival =
                dial(
                        "Survival p",
                        "Probability that the last block's branch survives a mini-batch",
                        new Dial.Gauge(0.05, 1, false, false, false).typed(0.01, 1),
                        false,
                        v ->
                                knobs.turn(
                                        new Knob.SurvivalSchedule(
                                                model.plan().network().survival().withLast(v))));
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
                        knobs.turn(
                                new Knob.SurvivalSchedule(
                                        f.with(model.plan().network().survival())));
                        knobs.released();
                    }
                });
        add(form, 0, row++, 3, 1);
        mode = combo("Meaning of drop paths", List.of(GateMode.values()), GateMode::title);
        mode.setButtonCell(cell(KnobPanel::brief, "differs from block to block"));
        mode.setPromptText("differs from block to block");
        mode.setTooltip(
                new Tooltip(
                        "What one draw decides, and where p is divided out; acts at the next step."
                                + " Only a draw per mini-batch saves computation."));
        mode.valueProperty()
                .subscribe(m -> {
                    if (m != null && !showing) {
                        knobs.turn(new Knob.DropPaths(m));
                        knobs.released();
                    }
                });
        add(mode, 0, row++, 3, 1);
        ungated.getStyleClass().add("knob-note");
        add(ungated, 0, row++, 3, 1);
        dropout =
                dial(
                        "Dropout",
                        "Probability of silencing a number between convolutions",
                        new Dial.Gauge(0, 0.9, false, false, false).typed(0, 0.99),
                        false,
                        v -> knobs.turn(new Knob.Dropout(v)));
        noDropout.getStyleClass().add("knob-note");
        add(noDropout, 0, row++, 3, 1);
        augmentation = combo("Augmentation", AUGMENTATIONS, KnobPanel::text);
        augmentation.setButtonCell(cell(KnobPanel::brief, ""));
        augmentation.setTooltip(
                new Tooltip("Random changes to training images, from the next mini-batch on"));
        augmentation
                .valueProperty()
                .subscribe(v -> {
                    if (v != null && !showing) {
                        knobs.turn(new Knob.Augment(v));
                        knobs.released();
                    }
                });
        add(label("Augment", augmentation), 0, row);
        add(augmentation, 1, row++, 2, 1);
        add(nextRun, 0, row++, 3, 1);
        addEventFilter(Event.ANY, _ -> forget());
        refresh();
    }

    /// Shows what is in effect; called a few times a second.
    void refresh() {
        Shown now =
                new Shown(
                        knobs.settingsProperty().get(),
                        model.plan().network(),
                        model.session().learningRate(),
                        knobs.dropout());
        if (now.like(shown)) {
            return;
        }
        boolean rateOnly =
                shown != null
                        && now.like(
                                new Shown(
                                        shown.settings(),
                                        shown.network(),
                                        now.rate(),
                                        shown.dropout()));
        shown = now;
        showing = true;
        rate.show(now.rate());
        if (!rateOnly) {
            showAll(now.settings());
        }
        showing = false;
    }

    /// Shows everything again at the next [#refresh]: a hand was here, whose turn may be refused.
    private void forget() {
        shown = null;
    }

    private void showAll(TrainingSettings s) {
        momentum.show(LiveKnobs.momentum(s.optimiser()));
        decay.show(s.optimiser().weightDecay());
        batch.show(s.batch());
        smoothing.show(s.labelSmoothing());
        Survival rule = model.plan().network().survival();
        survival.show(rule.last());
        form.setValue(Form.of(rule));
        boolean gated = !model.plan().network().survivalProbabilities().isEmpty();
        survival.offer(gated);
        offer(form, gated);
        mode.setValue(model.plan().network().gateMode().orElse(null));
        offer(mode, gated);
        offer(ungated, !gated);
        double strongest =
                model.plan().network().nodes().stream()
                        .mapToDouble(KnobPanel::dropoutOf)
                        .max()
                        .orElse(0);
        dropout.offer(strongest > 0);
        offer(noDropout, strongest == 0);
        dropout.show(knobs.dropout().orElse(strongest));
        augmentation.setValue(s.augmentation());
        nextRun.show(s);
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
        Dial dial = new Dial(name, tip, gauge, onRelease, turned, knobs::released, refused);
        dial.name.setMinWidth(USE_PREF_SIZE);
        dial.slider.setMinWidth(50);
        dial.field.setMinWidth(USE_PREF_SIZE);
        addRow(row++, dial.name, dial.slider, dial.field);
        return dial;
    }

    private static Label label(String text, Control control) {
        Label label = new Label(text);
        label.setLabelFor(control);
        label.setTooltip(control.getTooltip());
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    /// A choice whose items are shown by `text`, also one that is not on the list.
    static <T> ComboBox<@Nullable T> combo(String name, List<T> items, Function<T, String> text) {
        ComboBox<@Nullable T> combo = new ComboBox<>();
        combo.getItems().setAll(items);
        combo.setMaxWidth(Double.MAX_VALUE);
        combo.setAccessibleText(name);
        combo.setCellFactory(_ -> cell(text, ""));
        combo.setButtonCell(cell(text, ""));
        return combo;
    }

    /// @param none what a cell without an item says
    static <T> ListCell<@Nullable T> cell(Function<T, String> text, String none) {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable T item, boolean empty) {
                super.updateItem(item, empty);
                setText(item == null || empty ? none : text.apply(item));
            }
        };
    }

    /// What has room in the closed box.
    private static String brief(GateMode mode) {
        return switch (mode) {
            case BATCH -> "per mini-batch, × p in test";
            case BATCH_SCALED -> "per mini-batch, ÷ p in train";
            case SAMPLE -> "per image, × p in test";
            case SAMPLE_SCALED -> "per image, ÷ p in train";
        };
    }

    /// What has room in the closed box: `crop 4, flip`.
    private static String brief(Augmentation a) {
        return a.text().replace(":reflect", "r").replace(":", " ").replace(",", ", ");
    }

    private static String text(Augmentation a) {
        return switch (a.text()) {
            case "none" -> "none";
            case "crop:4,flip" -> "crop 4 px, flip (CIFAR)";
            case "crop:4:reflect,flip" -> "crop 4 px reflected, flip (WRN)";
            default -> a.text().replace(":", " ").replace(",", ", ");
        };
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
