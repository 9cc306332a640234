package org.skiplab.app.insight;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.skiplab.app.fx.Enclosure;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Timing;

/// Where the time of a training step goes, block by block, and what looking costs.
public final class TimingView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Timing",
                    "mdmz-timer",
                    "Where the time of a step goes, measured around every operation.",
                    "saved = 1 − t ÷ t of full depth",
                    "1603.09382 §3");

    private static final String WAITING =
            "Nothing timed yet\nPress Space: every operation is timed while the network trains.";

    private final TimingViewModel model;
    private final BarFigure figure =
            new BarFigure(
                            new BarFigure.Subject(
                                    "Milliseconds of a step by block",
                                    TimingViewModel::ms,
                                    "did not run",
                                    WAITING))
                    .linear()
                    .stacked("forward", "backward");
    private final HistoryFigure course =
            new HistoryFigure("Milliseconds of every block over the run", WAITING, this::scrub);
    private final PlotPane pane;
    private final PlotPane coursePane;
    private final ToggleButton blocks = new ToggleButton("Blocks");
    private final ToggleButton run = new ToggleButton("Over the run");
    private final Button newest = new Button("Back to the newest");
    private final Controls controls = new Controls(6);

    /// The step that a person went back to, −1 for the newest. Not its column: a long history
    /// halves its columns.
    private int scrubbed = -1;

    private final GridPane table = new GridPane();
    private final Map<Probing, CheckBox> switches = new EnumMap<>(Probing.class);
    private final Map<Probing, Label> costs = new EnumMap<>(Probing.class);
    private final Label overhead = new Label();
    private final HBox node;
    private List<TimingViewModel.Fact> shown = List.of();

    public TimingView(Experiment experiment, Function<Figure, PlotPane> panes) {
        model = new TimingViewModel(experiment);
        pane = panes.apply(figure);
        coursePane = panes.apply(course);
        pane.setMinWidth(0);
        coursePane.setMinWidth(0);
        choose();
        StackPane charts = new StackPane(pane, coursePane);
        charts.setMinWidth(0);
        HBox.setHgrow(charts, Priority.ALWAYS);
        table.getStyleClass().add("fact-table");
        GridPane probes = new GridPane();
        probes.getStyleClass().add("fact-table");
        overhead.getStyleClass().add("fact-heading");
        probes.add(overhead, 0, 0, 2, 1);
        for (Probing probe : Probing.values()) {
            CheckBox box = new CheckBox(probe.title());
            box.setSelected(true);
            box.setId("probe-" + probe.name().toLowerCase(java.util.Locale.ROOT));
            box.setTooltip(new Tooltip("Read this while the network trains"));
            box.setOnAction(_ -> model.watch(probe, box.isSelected()));
            Label cost = new Label();
            cost.getStyleClass().add("fact-value");
            switches.put(probe, box);
            costs.put(probe, cost);
            probes.addRow(probe.ordinal() + 1, box, cost);
        }
        VBox side = new VBox(6, probes, table);
        side.getStyleClass().add("fact-side");
        ScrollPane scroll = new ScrollPane(new Enclosure(side));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinWidth(Region.USE_PREF_SIZE);
        scroll.getStyleClass().add("fact-scroll");
        node = new HBox(charts, scroll);
        node.setAlignment(Pos.TOP_LEFT);
    }

    private void choose() {
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(blocks, run);
        blocks.getStyleClass().addAll("small", "left-pill");
        run.getStyleClass().addAll("small", "right-pill");
        run.setTooltip(new Tooltip("Click a column there to see its step block by block"));
        blocks.setSelected(true);
        group.selectedToggleProperty()
                .subscribe((was, now) -> {
                    if (now == null) {
                        group.selectToggle(was);
                    }
                });
        pane.visibleProperty().bind(blocks.selectedProperty());
        coursePane.visibleProperty().bind(run.selectedProperty());
        newest.getStyleClass().add("small");
        newest.setOnAction(_ -> scrub(-1));
        newest.setVisible(false);
        newest.managedProperty().bind(newest.visibleProperty());
        controls.getChildren().setAll(newest, new HBox(blocks, run));
    }

    private void scrub(int column) {
        scrubbed = column < 0 ? -1 : model.course().steps()[column];
        if (column >= 0) {
            blocks.setSelected(true);
        }
        update();
    }

    @Override
    public InsightHead head() {
        return HEAD;
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
    public void update() {
        DepthHistory.View history = model.course();
        int column = history.at(scrubbed);
        scrubbed = column < 0 ? -1 : scrubbed;
        course.update(history);
        course.chosen(column);
        newest.setVisible(column >= 0);
        Optional<TimingViewModel.Then> then = model.then(column);
        Optional<Timing> now = model.timing();
        if (then.isPresent()) {
            TimingViewModel.Then t = then.get();
            figure.update(
                    t.ids(),
                    t.forward(),
                    t.backward(),
                    "step " + Numbers.count(t.step()) + ", chosen in the course of the run");
        } else if (now.isPresent()) {
            Timing t = now.get();
            figure.update(
                    t.blocks().stream().map(Timing.BlockTime::id).toList(),
                    floats(t, Timing.BlockTime::forward),
                    floats(t, Timing.BlockTime::backward),
                    Numbers.count(t.steps()) + " steps timed, mean of the last " + Timing.WINDOW);
        } else {
            figure.update(List.of(), new float[0], new float[0], "");
        }
        overhead.setText(model.overhead());
        for (Probing probe : Probing.values()) {
            CheckBox box = switches.get(probe);
            Label cost = costs.get(probe);
            if (box != null && cost != null) {
                box.setSelected(model.watched(probe));
                cost.setText(model.cost(probe));
            }
        }
        List<TimingViewModel.Fact> facts = model.facts();
        if (!facts.equals(shown)) {
            show(facts);
        }
    }

    private void show(List<TimingViewModel.Fact> facts) {
        boolean same =
                facts.stream()
                        .map(TimingViewModel.Fact::name)
                        .toList()
                        .equals(shown.stream().map(TimingViewModel.Fact::name).toList());
        shown = facts;
        if (!same) {
            table.getChildren().clear();
            for (int row = 0; row < facts.size(); row++) {
                Label value = new Label();
                value.getStyleClass().add("fact-value");
                table.addRow(row, new Label(facts.get(row).name()), value);
            }
        }
        for (int row = 0; row < facts.size(); row++) {
            TimingViewModel.Fact fact = facts.get(row);
            String share =
                    Double.isNaN(fact.share()) || fact.share() == 1
                            ? ""
                            : "  " + Numbers.percent(fact.share());
            ((Label) table.getChildren().get(2 * row + 1)).setText(fact.value() + share);
        }
    }

    private static float[] floats(Timing t, Function<Timing.BlockTime, Double> part) {
        float[] values = new float[t.blocks().size()];
        for (int b = 0; b < values.length; b++) {
            values[b] = part.apply(t.blocks().get(b)).floatValue();
        }
        return values;
    }

    @Override
    public void refresh() {
        pane.refresh();
        coursePane.refresh();
    }
}
