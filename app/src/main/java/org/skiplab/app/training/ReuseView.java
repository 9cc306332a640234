package org.skiplab.app.training;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.diagram.Spotlight;
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.insight.ReuseFindings;
import org.skiplab.app.insight.ReuseFindings.Finding;
import org.skiplab.app.insight.Scrubber;
import org.skiplab.app.plot.HeatFigure;
import org.skiplab.app.plot.HeatFigure.Matrix;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.probe.FeatureReuse;
import org.skiplab.engine.probe.ReuseReading;
import org.skiplab.engine.train.Telemetry;

/// How strongly each layer of a dense block reads each layer before it.
final class ReuseView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Feature reuse",
                    "mdal-grid_on",
                    "Which earlier layers each layer reads, from the live weights.",
                    "",
                    "1608.06993 Figure 5");

    /// Width from which the observations have room beside the maps.
    private static final double ROOMY = 800;

    private static final String WAITING =
            "No reading yet\nPress Space: the weights are read from the running network.";
    private static final String NOT_DENSE =
            "This network has no dense block\nOnly there does every layer choose among all earlier ones. Add one, or open densenet-bc-40-12.";

    private final TrainingViewModel model;
    private final HeatFigure figure;
    private final PlotPane pane;
    private final ComboBox<ReuseScale> scale = new ComboBox<>();
    private final Scrubber epoch = new Scrubber("Which epoch", this::update);
    private final Controls controls;
    private final GridPane findings = new GridPane();
    private final ToggleButton observations = new ToggleButton("Observations");
    private final HBox node;
    private HeatFigure.@Nullable Cell lit;
    private List<FeatureReuse> shown = List.of();

    ReuseView(TrainingViewModel model, Plots plots) {
        this.model = model;
        figure =
                new HeatFigure(
                        new HeatFigure.Subject(
                                "Feature reuse", "source s", "target t", Numbers::plain, NOT_DENSE),
                        this::reading,
                        false);
        pane = plots.pane(figure);
        pane.setId("reuse");
        // The tab may be left by a key while a cell is pointed at.
        pane.focusedProperty().subscribe(_ -> light());
        pane.hoverProperty().subscribe(_ -> light());
        pane.setMinWidth(0);
        HBox.setHgrow(pane, Priority.ALWAYS);
        findings.getStyleClass().addAll("fact-table", "fact-side");
        ScrollPane side = new ScrollPane(findings);
        side.setFitToWidth(true);
        side.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        side.getStyleClass().add("fact-scroll");
        side.setMinWidth(Region.USE_PREF_SIZE);
        node = new HBox(pane, side);
        HBox.setHgrow(side, Priority.ALWAYS);
        BooleanBinding known = Bindings.isNotEmpty(findings.getChildren());
        BooleanBinding wide = node.widthProperty().greaterThan(ROOMY);
        side.visibleProperty().bind(known.and(wide.or(observations.selectedProperty())));
        side.managedProperty().bind(side.visibleProperty());
        side.maxWidthProperty()
                .bind(Bindings.when(wide).then(Region.USE_PREF_SIZE).otherwise(Double.MAX_VALUE));
        pane.visibleProperty().bind(wide.or(side.visibleProperty().not()));
        pane.managedProperty().bind(pane.visibleProperty());
        observations.getStyleClass().add("small");
        observations.visibleProperty().bind(known.and(wide.not()));
        observations.managedProperty().bind(observations.visibleProperty());
        scale.getItems().setAll(ReuseScale.values());
        scale.setValue(ReuseScale.MEAN);
        scale.setAccessibleText("Normalisation");
        scale.setCellFactory(_ -> cell());
        scale.setButtonCell(cell());
        scale.valueProperty()
                .subscribe(s -> {
                    figure.note(s.formula() + "; " + s.meaning());
                    show();
                });
        controls = new Controls(8, epoch, observations, scale);
    }

    private static ListCell<ReuseScale> cell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable ReuseScale item, boolean empty) {
                super.updateItem(item, empty);
                setText(item == null || empty ? null : item.title());
            }
        };
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
        List<FeatureReuse> newest = wanted();
        if (newest.isEmpty()) {
            boolean dense =
                    model.plan().network().nodes().stream()
                            .anyMatch(n -> n.block() instanceof DenseBlock);
            figure.empty(dense ? WAITING : NOT_DENSE);
        }
        if (!newest.equals(shown)) {
            shown = newest;
            show();
        }
    }

    /// The newest reading, or the one at the end of an epoch that a person went back to.
    private List<FeatureReuse> wanted() {
        Optional<Telemetry> telemetry = model.telemetryProperty().get();
        List<ReuseReading> kept = telemetry.map(t -> t.readings().reuseHistory()).orElse(List.of());
        epoch.offer(kept.size(), i -> "after step " + Numbers.count(kept.get(i).step()));
        if (epoch.chosen() >= 0) {
            return kept.get(epoch.chosen()).maps();
        }
        return telemetry.map(Telemetry::reuse).orElse(List.of());
    }

    private void show() {
        ReuseMatrices reuse = ReuseMatrices.of(shown, scale.getValue());
        figure.update(reuse.matrices(), 0, reuse.most());
        showFindings();
    }

    /// The paper's observations, one below the other.
    private void showFindings() {
        findings.getChildren().clear();
        if (shown.isEmpty()) {
            return;
        }
        Label heading = new Label("The paper's observations, in this run");
        heading.getStyleClass().add("fact-heading");
        findings.add(heading, 0, 0, 2, 1);
        int row = 1;
        for (Finding finding : ReuseFindings.of(shown, model.opened())) {
            String verdict =
                    finding.holds().map(h -> h ? "holds" : "does not hold").orElse("cannot tell");
            Label claim = new Label(finding.claim() + ": " + verdict);
            claim.setWrapText(true);
            claim.setGraphic(
                    new FontIcon(
                            finding.holds()
                                    .map(h -> h ? "mdal-check" : "mdal-close")
                                    .orElse("mdmz-remove")));
            Tooltip.install(claim, new Tooltip("Decided by: " + finding.rule()));
            Label numbers = new Label(finding.numbers());
            numbers.getStyleClass().add("fact-value");
            numbers.setWrapText(true);
            findings.add(claim, 0, row++);
            findings.add(numbers, 0, row++);
        }
    }

    /// `layer12` is `12` where space is short.
    private List<String> reading(Matrix matrix, int row, int column) {
        Optional<FeatureReuse> found =
                shown.stream().filter(r -> r.block().equals(matrix.title())).findFirst();
        if (found.isEmpty()) {
            return List.of();
        }
        FeatureReuse reuse = found.get();
        return List.of(
                Numbers.significant(matrix.value()[row][column], 3),
                reuse.targets().get(column)
                        + " reads "
                        + reuse.sources().get(row)
                        + " in "
                        + reuse.block(),
                "mean |w| "
                        + Numbers.significant(reuse.mean()[row][column], 3)
                        + " of "
                        + Numbers.count(reuse.weights()[row][column])
                        + " weights",
                "w[:, "
                        + reuse.channels()[row]
                        + " … "
                        + (reuse.channels()[row + 1] - 1)
                        + ", :, :] of "
                        + reuse.targets().get(column));
    }

    /// Lights the wires on the canvas that the hovered cell is about.
    private void light() {
        HeatFigure.Cell cell = figure.hovered();
        if (!Objects.equals(cell, lit)) {
            lit = cell;
            model.pointing()
                    .light(
                            cell == null || cell.matrix() >= shown.size()
                                    ? Spotlight.NONE
                                    : ReuseWires.of(
                                            model.opened(),
                                            shown.get(cell.matrix()),
                                            cell.row(),
                                            cell.column()));
        }
    }

    @Override
    public void refresh() {
        light();
        pane.refresh();
    }
}
