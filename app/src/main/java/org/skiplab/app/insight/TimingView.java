package org.skiplab.app.insight;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Timing;

/// Where the time of a training step goes, block by block, and what looking costs.
public final class TimingView implements InsightView {

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
    private final PlotPane pane;
    private final GridPane table = new GridPane();
    private final Map<Probing, CheckBox> switches = new EnumMap<>(Probing.class);
    private final Map<Probing, Label> costs = new EnumMap<>(Probing.class);
    private final Label overhead = new Label();
    private final HBox node;
    private List<TimingViewModel.Fact> shown = List.of();

    public TimingView(Experiment experiment, Function<Figure, PlotPane> panes) {
        model = new TimingViewModel(experiment);
        pane = panes.apply(figure);
        pane.setMinWidth(0);
        HBox.setHgrow(pane, Priority.ALWAYS);
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
        ScrollPane scroll = new ScrollPane(side);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinWidth(Region.USE_PREF_SIZE);
        scroll.getStyleClass().add("fact-scroll");
        node = new HBox(pane, scroll);
        node.setAlignment(Pos.TOP_LEFT);
    }

    @Override
    public String title() {
        return "Timing";
    }

    @Override
    public String icon() {
        return "mdmz-timer";
    }

    @Override
    public String caption() {
        return "Where the time of a step goes, measured around every operation.";
    }

    @Override
    public String formula() {
        return "mean of the last " + Timing.WINDOW + " steps";
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
        return new HBox();
    }

    @Override
    public void update() {
        model.timing()
                .ifPresent(t ->
                        figure.update(
                                t.blocks().stream().map(Timing.BlockTime::id).toList(),
                                floats(t, Timing.BlockTime::forward),
                                floats(t, Timing.BlockTime::backward),
                                Numbers.count(t.steps()) + " steps timed"));
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
    }
}
