package org.skiplab.app.run;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.control.cell.TextFieldTableCell;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.OverlayFigure;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.Viewport;
import org.skiplab.app.training.Plots;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// The kept runs as a table, the chosen ones over one another in a chart, and what can be done with
/// the selected one.
public final class RunsView implements InsightView {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH)
                    .withZone(ZoneId.systemDefault());

    /// What a table needs to show network and data too.
    private static final double WIDE = 560;

    private static final String WAITING =
            "Nothing to compare yet\nTick runs in the table: their curves lie over one another here.";

    /// Settings that a branch can change.
    private enum Changed {
        NOTHING("nothing", "", _ -> null),
        LEARNING_RATE("learning rate", "0.01", v -> new Knob.LearningRate(v)),
        MOMENTUM("momentum", "0.9", v -> new Knob.Momentum(v)),
        WEIGHT_DECAY("weight decay", "1e-4", v -> new Knob.WeightDecay(v)),
        LABEL_SMOOTHING("label smoothing", "0.1", v -> new Knob.LabelSmoothing(v)),
        BATCH_SIZE("batch size", "64", v -> new Knob.BatchSize((int) v.doubleValue()));

        private final String title;
        private final String example;
        private final Function<Double, @Nullable Knob> knob;

        Changed(String title, String example, Function<Double, @Nullable Knob> knob) {
            this.title = title;
            this.example = example;
            this.knob = knob;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /// Where a branch can begin.
    private record From(String title, @Nullable Milestone milestone) {
        @Override
        public String toString() {
            return title;
        }
    }

    private final RunsViewModel model;
    private final TableView<KeptRun> table = new TableView<>();
    private final OverlayFigure loss;
    private final OverlayFigure accuracy;
    private final PlotPane lossPane;
    private final PlotPane accuracyPane;
    private final BorderPane node = new BorderPane();
    private final HBox controls = new HBox(6);
    private final ComboBox<From> from = new ComboBox<>();
    private final ComboBox<Changed> changed = new ComboBox<>();
    private final TextField value = new TextField();
    private final Label trouble = new Label();

    public RunsView(RunsViewModel model, Plots plots) {
        this.model = model;
        Viewport steps = new Viewport();
        loss =
                new OverlayFigure(
                        "Loss (nats)", v -> Numbers.significant(v, 3), Double.NaN, WAITING, steps);
        accuracy = new OverlayFigure("Accuracy, test as dots", Numbers::percent, 1, WAITING, steps);
        lossPane = plots.pane(loss);
        accuracyPane = plots.pane(accuracy);
        columns();
        table.setMinWidth(0);
        StackPane charts = new StackPane(lossPane, accuracyPane);
        charts.setMinWidth(0);
        HBox both = new HBox(table, charts);
        both.setMinHeight(0);
        table.prefWidthProperty().bind(both.widthProperty().multiply(0.58));
        charts.prefWidthProperty().bind(both.widthProperty().multiply(0.42));
        node.setCenter(both);
        node.setMinHeight(0);
        controls.getChildren().addAll(actions());
        controls.getChildren().add(trouble);
        choice();
        model.runsProperty().subscribe(this::list);
        model.curvesProperty().subscribe(this::draw);
        offerStarts();
    }

    private void choice() {
        ToggleGroup group = new ToggleGroup();
        ToggleButton ofLoss = new ToggleButton("Loss");
        ToggleButton ofAccuracy = new ToggleButton("Accuracy");
        List.of(ofLoss, ofAccuracy)
                .forEach(b -> {
                    b.setToggleGroup(group);
                    b.getStyleClass().add("small");
                });
        ofLoss.getStyleClass().add("left-pill");
        ofAccuracy.getStyleClass().add("right-pill");
        ofLoss.setSelected(true);
        group.selectedToggleProperty()
                .subscribe((was, now) -> {
                    if (now == null) {
                        group.selectToggle(was);
                    }
                });
        lossPane.visibleProperty().bind(ofLoss.selectedProperty());
        accuracyPane.visibleProperty().bind(ofAccuracy.selectedProperty());
        controls.getChildren().addAll(ofLoss, ofAccuracy);
        controls.setAlignment(Pos.CENTER_RIGHT);
    }

    private void columns() {
        table.setId("runs");
        table.getStyleClass().addAll("dense", "runs");
        table.setEditable(true);
        table.setMinHeight(0);
        table.setPlaceholder(
                new Label(
                        "No run yet: every run that makes a step is kept here, across restarts."));
        table.getSelectionModel().setSelectionMode(SelectionMode.SINGLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<KeptRun, KeptRun> over = new TableColumn<>("");
        over.setCellValueFactory(c -> new ReadOnlyObjectWrapper<>(c.getValue()));
        over.setCellFactory(_ -> new OverCell());
        fix(over, 50);
        over.setSortable(false);
        TableColumn<KeptRun, String> name = text("Name", KeptRun::name, 130);
        name.setCellFactory(TextFieldTableCell.forTableColumn());
        name.setOnEditCommit(e -> model.rename(e.getRowValue(), e.getNewValue()));
        table.getColumns().add(over);
        table.getColumns().add(name);
        TableColumn<KeptRun, String> network = text("Network", r -> r.network().name(), 110);
        TableColumn<KeptRun, String> data = text("Data", KeptRun::dataTitle, 90);
        table.widthProperty()
                .subscribe(width -> {
                    network.setVisible(width.doubleValue() > WIDE);
                    data.setVisible(width.doubleValue() > WIDE);
                });
        table.getColumns().add(network);
        table.getColumns().add(data);
        table.getColumns().add(text("Test", RunsView::accuracy, 62));
        table.getColumns().add(text("Epochs", RunsView::epochs, 60));
        table.getColumns().add(text("Date", r -> DATE.format(r.begun()), 88));
        TableColumn<KeptRun, KeptRun> differs = new TableColumn<>("Differs in");
        differs.setCellValueFactory(c -> new ReadOnlyObjectWrapper<>(c.getValue()));
        differs.setCellFactory(_ -> new DiffersCell());
        differs.setPrefWidth(160);
        table.getColumns().add(differs);
    }

    private static String accuracy(KeptRun run) {
        return run.outcome().last().map(t -> Numbers.percent(t.accuracy())).orElse("–");
    }

    private static String epochs(KeptRun run) {
        KeptRun.Outcome o = run.outcome();
        return o.epochs() > 0 || o.stepsPerEpoch() == 0
                ? Integer.toString(o.epochs())
                : Numbers.significant((double) o.steps() / o.stepsPerEpoch(), 2);
    }

    private static TableColumn<KeptRun, String> text(
            String title, Function<KeptRun, String> value, double width) {
        TableColumn<KeptRun, String> column = new TableColumn<>(title);
        column.setCellValueFactory(c -> new ReadOnlyStringWrapper(value.apply(c.getValue())));
        column.setPrefWidth(width);
        return column;
    }

    private static void fix(TableColumn<?, ?> column, double width) {
        column.setMinWidth(width);
        column.setPrefWidth(width);
        column.setMaxWidth(width);
    }

    /// Ticks a run into the chart, and shows the colour of its line.
    private final class OverCell extends TableCell<KeptRun, KeptRun> {
        private final CheckBox tick = new CheckBox();
        private final Rectangle swatch = new Rectangle(12, 4);
        private final HBox both = new HBox(4, tick, swatch);

        OverCell() {
            both.setAlignment(Pos.CENTER_LEFT);
            tick.setAccessibleText("Show in the chart");
            tick.setOnAction(_ -> {
                KeptRun run = getItem();
                if (run != null) {
                    model.choose(run, tick.isSelected());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable KeptRun run, boolean empty) {
            super.updateItem(run, empty);
            setGraphic(empty || run == null ? null : both);
            if (run != null) {
                tick.setSelected(model.chosen(run));
                Optional<RunsViewModel.Curve> curve = curve(run);
                swatch.setVisible(curve.isPresent());
                curve.ifPresent(c ->
                        swatch.setFill(
                                OverlayFigure.colour(c.colour(), lossPane.palette().background())));
            }
        }
    }

    private Optional<RunsViewModel.Curve> curve(KeptRun run) {
        return model.curvesProperty().get().stream()
                .filter(c -> c.run().id().equals(run.id()))
                .findFirst();
    }

    /// The settings in which the compared runs differ.
    private final class DiffersCell extends TableCell<KeptRun, KeptRun> {
        @Override
        protected void updateItem(@Nullable KeptRun run, boolean empty) {
            super.updateItem(run, empty);
            getStyleClass().remove("differs");
            setText(null);
            setTooltip(null);
            if (run == null || empty) {
                return;
            }
            Map<String, String> own = curve(run).isPresent() ? model.differences(run) : Map.of();
            if (!own.isEmpty()) {
                String text =
                        own.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining(" · "));
                setText(text);
                setTooltip(new Tooltip(text.replace(" · ", "\n")));
                getStyleClass().add("differs");
            } else if (run.parent() != null) {
                setText("branched at step " + Numbers.count(run.parent().step()));
            } else if (!run.outcome().divergence().isEmpty()) {
                setText("diverged");
                setTooltip(new Tooltip(run.outcome().divergence()));
            }
        }
    }

    private List<Node> actions() {
        Button open =
                button(
                        "open",
                        "mdal-folder_open",
                        "Put its network on the canvas with the weights it learned",
                        model::open);
        Button rename =
                button(
                        "rename",
                        "mdal-border_color",
                        "Give it another name (or double-click the name)",
                        _ -> {
                            int row = table.getSelectionModel().getSelectedIndex();
                            table.edit(row, table.getColumns().get(1));
                        });
        Button export =
                button(
                        "export",
                        "mdal-get_app",
                        "Write metrics.csv, weights.npz, run.json and the design into a folder",
                        model::export);
        Button delete =
                button(
                        "delete",
                        "mdal-delete_outline",
                        "Delete it; it can be brought back",
                        model::delete);
        return List.of(open, rename, export, delete, branching());
    }

    /// A button that opens what a branch can begin with.
    private MenuButton branching() {
        from.setAccessibleText("Branch from");
        from.setPrefWidth(120);
        changed.getItems().setAll(Changed.values());
        changed.setValue(Changed.LEARNING_RATE);
        changed.setAccessibleText("Setting to change");
        changed.setPrefWidth(130);
        value.setPrefColumnCount(5);
        value.setAccessibleText("New value");
        changed.valueProperty()
                .subscribe(c -> {
                    value.setText(c.example);
                    value.setDisable(c == Changed.NOTHING);
                });
        Button go = new Button("Go on from there");
        go.setId("run-branch");
        MenuButton branch = new MenuButton("Branch", new FontIcon("mdal-call_split"));
        go.setOnAction(_ -> {
            KeptRun run = table.getSelectionModel().getSelectedItem();
            if (run != null) {
                branch.hide();
                branch(run);
            }
        });
        value.setOnAction(_ -> go.fire());
        trouble.getStyleClass().add("trouble");
        CustomMenuItem form =
                new CustomMenuItem(
                        together(new Label("From"), from, new Label("with"), changed, value, go),
                        false);
        branch.getItems().add(form);
        branch.getStyleClass().add("small");
        branch.setMinWidth(Region.USE_PREF_SIZE);
        branch.setTooltip(new Tooltip("Go on from a state of this run with one setting changed"));
        branch.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
        branch.setOnShowing(_ -> offerStarts());
        return branch;
    }

    private static HBox together(Node... nodes) {
        HBox box = new HBox(6, nodes);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private Button button(
            String title, String icon, String tip, java.util.function.Consumer<KeptRun> action) {
        Button button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll("flat", "small");
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(tip);
        button.setId("run-" + title);
        button.disableProperty().bind(table.getSelectionModel().selectedItemProperty().isNull());
        button.setOnAction(_ -> {
            KeptRun run = table.getSelectionModel().getSelectedItem();
            if (run != null) {
                action.accept(run);
            }
        });
        return button;
    }

    private void branch(KeptRun run) {
        From start = from.getValue();
        Changed what = changed.getValue();
        trouble.setText("");
        Knob knob = null;
        if (what != Changed.NOTHING) {
            try {
                knob = what.knob.apply(Double.parseDouble(value.getText().strip()));
            } catch (NumberFormatException e) {
                trouble.setText("type a number for the " + what.title);
                return;
            }
        }
        model.branch(run, start == null ? null : start.milestone(), knob);
    }

    private void offerStarts() {
        KeptRun run = table.getSelectionModel().getSelectedItem();
        List<From> starts = new ArrayList<>();
        starts.add(new From("its end", null));
        if (run != null) {
            for (Milestone m : model.milestones(run).reversed()) {
                int epoch = m.state().place().epoch();
                starts.add(new From(epoch == 0 ? "initial weights" : "epoch " + epoch, m));
            }
        }
        from.getItems().setAll(starts);
        from.setValue(starts.getFirst());
    }

    private void list(List<KeptRun> runs) {
        KeptRun selected = table.getSelectionModel().getSelectedItem();
        table.getItems().setAll(runs);
        if (selected != null) {
            runs.stream()
                    .filter(r -> r.id().equals(selected.id()))
                    .findFirst()
                    .ifPresent(table.getSelectionModel()::select);
        }
    }

    private void draw(List<RunsViewModel.Curve> curves) {
        List<OverlayFigure.Line> losses = new ArrayList<>();
        List<OverlayFigure.Line> accuracies = new ArrayList<>();
        for (RunsViewModel.Curve c : curves) {
            Telemetry t = c.history();
            losses.add(line(c, t.loss(), t, Evaluation::loss));
            accuracies.add(line(c, t.accuracy(), t, Evaluation::accuracy));
        }
        loss.show(losses);
        accuracy.show(accuracies);
        table.refresh();
    }

    private static OverlayFigure.Line line(
            RunsViewModel.Curve curve,
            Series.View values,
            Telemetry t,
            java.util.function.ToDoubleFunction<Evaluation> value) {
        return new OverlayFigure.Line(
                curve.run().name(),
                curve.colour(),
                values,
                t.evaluations().stream().mapToInt(Evaluation::step).toArray(),
                t.evaluations().stream().mapToDouble(value).toArray());
    }

    @Override
    public String title() {
        return "Runs";
    }

    @Override
    public String icon() {
        return "mdal-history";
    }

    @Override
    public String caption() {
        return "Every run is kept. Tick runs to compare them; open or branch one to go on from it.";
    }

    @Override
    public String formula() {
        return "";
    }

    @Override
    public String source() {
        return "";
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node controls() {
        return controls;
    }

    @Override
    public void update() {}

    @Override
    public void refresh() {
        lossPane.refresh();
        accuracyPane.refresh();
    }
}
