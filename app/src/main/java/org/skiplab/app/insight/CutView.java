package org.skiplab.app.insight;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.engine.probe.Lesion;
import org.skiplab.engine.train.Telemetry;

/// Error on test images without each block, against depth; a click cuts a block off.
public final class CutView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Cut a block",
                    "mdal-content_cut",
                    "What the network loses without a block. Click a column, or drag over several.",
                    "cut block l: H_l = id(H_l−1)",
                    "1605.06431 §4.1");

    private static final String WAITING =
            "Nothing measured yet\nTrain for a while, then click a block's column to cut it off, or measure all of them.";
    private static final String PLAIN =
            "No block of this network has a shortcut around it\nCut a block of a residual or wide network; dense networks show whom they read under Feature reuse.";

    private final Experiment experiment;
    private final CutViewModel model;
    private final BarFigure figure;
    private final PlotPane pane;
    private final Button all = new Button("Measure every block");
    private final Button selected = new Button("Cut the selected");
    private final Button join = new Button("Join all");
    private final Label verdict = new Label();
    private final VBox node;
    private final Scrubber earlier = new Scrubber("Measured when", this::scrub);
    private final Controls controls = new Controls(6, earlier, selected, join, all);
    private long shown = -1;
    private boolean offered;

    public CutView(Experiment experiment, Function<Figure, PlotPane> panes) {
        this.experiment = experiment;
        model = new CutViewModel(experiment);
        figure =
                new BarFigure(
                                new BarFigure.Subject(
                                        "Test error without each block",
                                        Numbers::percent,
                                        "not measured: click to cut it off",
                                        WAITING))
                        .linear()
                        .onChoose(this::chosen);
        pane = panes.apply(figure);
        pane.setId("cut");
        VBox.setVgrow(pane, Priority.ALWAYS);
        verdict.setId("cut-verdict");
        verdict.getStyleClass().add("verdict");
        node = new VBox(verdict, pane);
        for (Button button : List.of(all, selected, join)) {
            button.getStyleClass().add("small");
        }
        all.setId("cut-all");
        selected.setId("cut-selected");
        join.setId("cut-join");
        all.setOnAction(_ -> measured(model::measureAll));
        all.setTooltip(
                new Tooltip("Leaves out one block after the other, between two training steps"));
        selected.setOnAction(_ -> model.cut(Set.copyOf(experiment.selectedProperty().getValue())));
        selected.setTooltip(new Tooltip("Cuts off the blocks that are selected on the canvas"));
        join.setOnAction(_ -> measured(() -> model.cut(Set.of())));
    }

    /// The keyboard goes to the columns: a button that is disabled would pass it on to any other.
    private void measured(Runnable how) {
        pane.requestFocus();
        how.run();
    }

    private void scrub() {
        List<Integer> steps = model.steps();
        int chosen = earlier.chosen();
        model.scrub(chosen >= 0 && chosen < steps.size() ? steps.get(chosen) : -1);
    }

    private void chosen(Set<String> blocks) {
        if (blocks.size() == 1) {
            model.toggle(blocks.iterator().next());
        } else {
            model.cut(blocks);
        }
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
        Optional<Telemetry> newest = experiment.telemetryProperty().getValue();
        boolean running = newest.isPresent();
        all.setDisable(!running || model.cuttable().isEmpty() || model.busy());
        boolean any =
                experiment.selectedProperty().getValue().stream()
                        .anyMatch(model.cuttable()::contains);
        selected.setDisable(!running || !any);
        join.setDisable(model.cut().isEmpty());
        boolean offers = newest.filter(t -> t.step() > 0).isPresent();
        if (model.revision() != shown || offers != offered) {
            shown = model.revision();
            offered = offers;
            show();
        }
    }

    private void show() {
        List<Integer> steps = model.steps();
        earlier.offer(
                steps.size() < 2 ? 0 : steps.size(), i -> "at step " + Numbers.count(steps.get(i)));
        verdict.setText(model.verdict());
        figure.empty(model.cuttable().isEmpty() ? PLAIN : WAITING);
        boolean known = model.whole().isPresent() || model.busy() || !model.cut().isEmpty();
        // Columns are there to be clicked before anything was measured.
        if (!known && !offered) {
            figure.update(List.of(), new float[0], "");
            return;
        }
        figure.reference(model.whole().map(Lesion::error).orElse(Double.NaN), "whole network");
        figure.chosen(model.cut());
        figure.update(
                model.cuttable(),
                model.errors(),
                !known
                        ? "click a column to cut its block off"
                        : model.stale()
                                ? "measured at different steps: measure again"
                                : "input → output");
    }

    @Override
    public void refresh() {
        model.pulse();
        update();
        pane.refresh();
    }
}
