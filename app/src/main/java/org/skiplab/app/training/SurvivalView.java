package org.skiplab.app.training;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.engine.train.Telemetry;

/// Which gated blocks ran, against the probability with which they should have.
final class SurvivalView implements InsightView {

    private static final String WAITING =
            "No mini-batch yet\nPress Space: every mini-batch adds a column that shows which blocks ran.";
    private static final String UNGATED =
            "No block of this network can be dropped\nDrop a drop path onto a residual block, or open stochastic-resnet-50.";

    private final TrainingViewModel model;
    private final SurvivalFigure figure;
    private final PlotPane pane;
    private final Button newest = new Button("Back to the newest");
    private final HBox controls = new HBox(newest);

    SurvivalView(TrainingViewModel model, Plots plots) {
        this.model = model;
        figure = new SurvivalFigure(model::scrub);
        figure.empty(WAITING);
        pane = plots.pane(figure);
        pane.setId("survival");
        newest.getStyleClass().add("small");
        newest.setOnAction(_ -> model.scrub(-1));
        newest.visibleProperty().bind(model.scrubbedProperty().map(s -> s >= 0));
        model.scrubbedProperty().subscribe(_ -> update());
    }

    @Override
    public String title() {
        return "Survival";
    }

    @Override
    public String icon() {
        return "mdmz-view_week";
    }

    @Override
    public String caption() {
        return "Each mini-batch trains a part of the network. Click one to see it on the canvas.";
    }

    @Override
    public String formula() {
        return "p_l = 1 − l/L · (1 − p_L)";
    }

    @Override
    public String source() {
        return "1603.09382 §3";
    }

    @Override
    public Node node() {
        return pane;
    }

    @Override
    public Node controls() {
        return controls;
    }

    @Override
    public void update() {
        Optional<Telemetry> newest = model.telemetryProperty().get();
        if (newest.isEmpty() || newest.get().gates().ids().isEmpty()) {
            boolean gated = !model.network().survivalProbabilities().isEmpty();
            figure.empty(gated ? WAITING : UNGATED);
            return;
        }
        Telemetry t = newest.get();
        figure.update(
                t.gates(),
                SurvivalStatistics.of(t.gates(), model.opened(), t.knobs(), model.openedBatch()),
                model.scrubbedProperty().get());
    }

    @Override
    public void refresh() {
        pane.refresh();
    }
}
