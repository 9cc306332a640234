package org.skiplab.app.training;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.Timing;
import org.skiplab.engine.train.Telemetry;

/// Which gated blocks ran, against the probability with which they should have.
final class SurvivalView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Survival",
                    "mdmz-view_week",
                    "Each mini-batch trains a part of the network. Click one to see it on the canvas.",
                    "",
                    "1603.09382 §3");

    private static final String WAITING =
            "No mini-batch yet\nPress Space: every mini-batch adds a column that shows which blocks ran.";
    private static final String UNGATED =
            "No block of this network can be dropped\nDrop a drop path onto a residual block, or open stochastic-resnet-50.";

    /// Half the gated blocks of the network that the paper gains with on CIFAR.
    private static final int DEEP = 27;

    private static final double GENTLE = 0.75;

    private final TrainingViewModel model;
    private final SurvivalFigure figure;
    private final PlotPane pane;
    private final Button newest = new Button("Back to the newest");
    private final Label shallow = new Label();
    private final Controls controls = new Controls(8, shallow, newest);

    SurvivalView(TrainingViewModel model, Plots plots) {
        this.model = model;
        figure = new SurvivalFigure(model.pointing()::scrub);
        figure.empty(WAITING);
        pane = plots.pane(figure);
        pane.setId("survival");
        newest.getStyleClass().add("small");
        newest.setOnAction(_ -> model.pointing().scrub(-1));
        newest.visibleProperty().bind(model.pointing().scrubbedProperty().map(s -> s >= 0));
        newest.managedProperty().bind(newest.visibleProperty());
        shallow.getStyleClass().add("warning-note");
        shallow.setGraphic(new FontIcon("mdal-info"));
        shallow.setTooltip(
                new Tooltip(
                        "The paper gains with 54 blocks (CIFAR) and not on ImageNet (21.98 % against "
                                + "21.78 %); its Figure 8 shows that shallow networks want p_L near 1."));
        shallow.managedProperty().bind(shallow.visibleProperty());
        model.pointing().scrubbedProperty().subscribe(_ -> update());
        // Behind another tab nothing would say that the canvas shows an old mini-batch.
        pane.sceneProperty()
                .subscribe((_, now) -> {
                    if (now == null) {
                        model.pointing().scrub(-1);
                    }
                });
    }

    @Override
    public InsightHead head() {
        return HEAD.with(formula(inForce()), HEAD.source());
    }

    /// The schedule that gives blocks their p, as far as they have none of their own.
    static String formula(Network network) {
        List<Gate> gates =
                network.nodes().stream().flatMap(n -> Network.gateOf(n.block()).stream()).toList();
        long own = gates.stream().filter(g -> g.own() != null).count();
        String rule = gates.isEmpty() ? "" : network.survival().formula();
        return own == 0
                ? rule
                : own == gates.size()
                        ? "p_l set by hand, block by block"
                        : rule + "; by hand in " + own + " of " + gates.size() + " blocks";
    }

    private Network inForce() {
        return model.session().running().map(TrainingPlan::network).orElseGet(model::opened);
    }

    @Override
    public Node node() {
        return pane;
    }

    @Override
    public Node controls() {
        return controls;
    }

    /// Says so where the paper gives no reason to expect a gain: few blocks, or a strong cut in a
    /// shallow network (Figure 8 there).
    static String caution(int blocks, double last) {
        if (blocks == 0 || blocks >= DEEP) {
            return "";
        }
        String few = blocks + (blocks == 1 ? " gated block" : " gated blocks");
        return last < GENTLE
                ? few + ": expect no gain this shallow; try p_L near 0.8"
                : few + ": expect little or no gain this shallow";
    }

    private void caution() {
        Network network = inForce();
        int blocks = network.survivalProbabilities().size();
        String text = caution(blocks, network.survival().last());
        shallow.setText(text);
        shallow.setVisible(!text.isEmpty());
    }

    @Override
    public void update() {
        caution();
        Optional<Telemetry> newest = model.telemetryProperty().get();
        if (newest.isEmpty() || newest.get().gates().ids().isEmpty()) {
            boolean gated = !model.plan().network().survivalProbabilities().isEmpty();
            figure.empty(gated ? WAITING : UNGATED);
            return;
        }
        Telemetry t = newest.get();
        figure.saved(t.readings().timing().map(Timing::saved).orElse(Double.NaN));
        figure.update(
                t.gates(),
                SurvivalStatistics.of(
                        t.gates(), model.opened(), t.knobs(), model.session().openedBatch()),
                model.pointing().scrubbedProperty().get());
    }

    @Override
    public void refresh() {
        pane.refresh();
    }
}
