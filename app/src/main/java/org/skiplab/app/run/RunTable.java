package org.skiplab.app.run;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.cell.TextFieldTableCell;
import javafx.scene.layout.HBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;

/// The kept runs as a table: a tick puts a run into the chart, a double-click renames it, and what
/// tells it from the other ticked ones is set apart.
final class RunTable {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH)
                    .withZone(ZoneId.systemDefault());

    /// What a table needs to show network and data too, in sizes of its text, as all that follow.
    private static final double WIDE = 72;

    /// What it needs to show epochs.
    private static final double NARROW = 37;

    /// What it needs to show dates.
    private static final double MEDIUM = 48;

    private static final double TICK = 4;
    private static final double NUMBER = 5.6;
    private static final double DAY = 9;

    private final RunsViewModel model;
    private final IntFunction<Color> colour;
    private final TableView<KeptRun> table = new TableView<>();

    /// @param colour of a curve in the chart
    RunTable(RunsViewModel model, IntFunction<Color> colour) {
        this.model = model;
        this.colour = colour;
        columns();
        table.setMinWidth(0);
    }

    TableView<KeptRun> node() {
        return table;
    }

    @Nullable KeptRun selected() {
        return table.getSelectionModel().getSelectedItem();
    }

    /// Lets a person type the selected run's name.
    void rename() {
        table.edit(table.getSelectionModel().getSelectedIndex(), table.getColumns().get(1));
    }

    private void columns() {
        table.setId("runs");
        table.getStyleClass().addAll("dense", "runs");
        table.setEditable(true);
        table.setMinHeight(0);
        Label none =
                new Label("No run yet: every run that makes a step is kept here, across restarts.");
        none.setWrapText(true);
        none.getStyleClass().add("no-runs");
        table.setPlaceholder(none);
        table.getSelectionModel().setSelectionMode(SelectionMode.SINGLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<KeptRun, KeptRun> over = new TableColumn<>("");
        over.setCellValueFactory(c -> new ReadOnlyObjectWrapper<>(c.getValue()));
        over.setCellFactory(_ -> new OverCell());
        Label ruler = new Label();
        over.setGraphic(ruler);
        over.setSortable(false);
        TableColumn<KeptRun, String> name = text("Name", KeptRun::name, 130);
        name.setCellFactory(TextFieldTableCell.forTableColumn());
        name.setOnEditCommit(e -> model.rename(e.getRowValue(), e.getNewValue()));
        table.getColumns().add(over);
        table.getColumns().add(name);
        TableColumn<KeptRun, String> network = text("Network", r -> r.network().name(), 110);
        TableColumn<KeptRun, String> date = text("Date", r -> DATE.format(r.begun()), 96);
        TableColumn<KeptRun, String> data = text("Data", r -> r.source().title(), 90);
        TableColumn<KeptRun, String> test = text("Test", RunTable::accuracy, 70);
        TableColumn<KeptRun, String> epochs = text("Epochs", RunTable::epochs, 70);
        Runnable arrange =
                () -> {
                    double em = ruler.getFont().getSize();
                    fix(over, TICK * em);
                    fix(test, NUMBER * em);
                    fix(epochs, NUMBER * em);
                    fix(date, DAY * em);
                    date.setVisible(table.getWidth() > MEDIUM * em);
                    epochs.setVisible(table.getWidth() > NARROW * em);
                    network.setVisible(table.getWidth() > WIDE * em);
                    data.setVisible(table.getWidth() > WIDE * em);
                };
        table.widthProperty().subscribe(arrange);
        ruler.fontProperty().subscribe(arrange);
        arrange.run();
        table.getColumns().add(network);
        table.getColumns().add(data);
        table.getColumns().add(test);
        table.getColumns().add(epochs);
        table.getColumns().add(date);
        TableColumn<KeptRun, KeptRun> differs = new TableColumn<>("Differs in");
        differs.setCellValueFactory(c -> new ReadOnlyObjectWrapper<>(c.getValue()));
        differs.setCellFactory(_ -> new DiffersCell());
        differs.setPrefWidth(220);
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
                curve.ifPresent(c -> swatch.setFill(colour.apply(c.colour())));
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
        private final Text words = new Text();

        DiffersCell() {
            words.getStyleClass().add("differs-words");
            words.wrappingWidthProperty().bind(widthProperty().subtract(16));
            setGraphic(words);
        }

        @Override
        protected void updateItem(@Nullable KeptRun run, boolean empty) {
            super.updateItem(run, empty);
            getStyleClass().remove("differs");
            words.setText("");
            setTooltip(null);
            if (run == null || empty) {
                return;
            }
            Map<String, String> own = curve(run).isPresent() ? model.differences(run) : Map.of();
            if (!own.isEmpty()) {
                String text =
                        own.entrySet().stream()
                                .map(e ->
                                        e.getKey().equals(RunSettings.KNOBS)
                                                        && !e.getValue().equals(RunSettings.NONE)
                                                ? e.getValue()
                                                : e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining(" · "));
                words.setText(text);
                setTooltip(new Tooltip(text.replace(" · ", "\n")));
                getStyleClass().add("differs");
            } else if (run.parent() != null) {
                words.setText("branched at step " + Numbers.count(run.parent().step()));
            } else if (!run.outcome().divergence().isEmpty()) {
                words.setText("diverged");
                setTooltip(new Tooltip(run.outcome().divergence()));
            }
        }
    }

    /// Shows these runs, and keeps the selection.
    void list(List<KeptRun> runs) {
        KeptRun selected = table.getSelectionModel().getSelectedItem();
        table.getItems().setAll(runs);
        if (selected != null) {
            runs.stream()
                    .filter(r -> r.id().equals(selected.id()))
                    .findFirst()
                    .ifPresent(table.getSelectionModel()::select);
        }
    }
}
