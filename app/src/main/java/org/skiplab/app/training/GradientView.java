package org.skiplab.app.training;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.skiplab.app.insight.HistoryFigure;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.LineFigure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.Smoothed;
import org.skiplab.app.plot.Tone;
import org.skiplab.app.plot.Viewport;
import org.skiplab.engine.probe.ActivationsByDepth;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.train.Telemetry;

/// The state of every depth, on the left now, on the right over the run: gradients, updates, ReLUs
/// and activations.
final class GradientView implements InsightView {

    private static final String WAITING =
            "No reading yet\nPress Space: gradients are read while the network trains.";
    private static final double GOOD_RATIO = 1e-3;
    private static final String IDLE = "did not run in that mini-batch";

    private final TrainingViewModel model;
    private final BarFigure gradient = bars("Mean |gradient| by depth", IDLE);
    private final BarFigure ratio =
            bars("Update ÷ weights by depth", IDLE).reference(GOOD_RATIO, "10⁻³: a healthy step");
    private final BarFigure dead =
            new BarFigure(
                            new BarFigure.Subject(
                                    "Dead ReLU channels by depth",
                                    Numbers::percent,
                                    "has no ReLU that ran",
                                    WAITING))
                    .linear();
    private final BarFigure activation =
            bars("Output by depth", IDLE).linear().dotted("standard deviation", "mean");
    private final Viewport readings = new Viewport();
    private final LineFigure first =
            new LineFigure(
                    new LineFigure.Subject(
                            "First block's mean |gradient|",
                            "gradient",
                            "",
                            Numbers::plain,
                            WAITING,
                            false),
                    Tone.TRAIN,
                    readings,
                    new Smoothed(20));
    private final HistoryFigure history =
            new HistoryFigure("Mean |gradient| of every block over the run", WAITING, this::scrub);
    private final List<PlotPane> panes;
    private final HBox node;
    private final HBox controls;
    private int scrubbed = -1;

    GradientView(TrainingViewModel model, Plots plots) {
        this.model = model;
        first.log(true);
        List<PlotPane> now =
                List.of(
                        plots.pane(gradient),
                        plots.pane(ratio),
                        plots.pane(dead),
                        plots.pane(activation));
        List<PlotPane> course = List.of(plots.pane(first), plots.pane(history));
        panes = List.of(now, course).stream().flatMap(List::stream).toList();
        StackPane left = new StackPane(now.toArray(PlotPane[]::new));
        StackPane right = new StackPane(course.toArray(PlotPane[]::new));
        left.setMinWidth(0);
        right.setMinWidth(0);
        node = new HBox(left, right);
        left.prefWidthProperty().bind(node.widthProperty().multiply(0.56));
        right.prefWidthProperty().bind(node.widthProperty().multiply(0.44));
        controls =
                new HBox(
                        8,
                        choice(List.of("Gradient", "Update", "Dead", "Output"), now),
                        choice(List.of("First", "All"), course));
        controls.setAlignment(Pos.CENTER_RIGHT);
    }

    private static BarFigure bars(String title, String missing) {
        return new BarFigure(new BarFigure.Subject(title, Numbers::plain, missing, WAITING));
    }

    /// Buttons that decide which of some panes shows.
    private static HBox choice(List<String> titles, List<PlotPane> shown) {
        ToggleGroup group = new ToggleGroup();
        HBox box = new HBox();
        for (int i = 0; i < titles.size(); i++) {
            ToggleButton button = new ToggleButton(titles.get(i));
            button.setToggleGroup(group);
            button.getStyleClass().add("small");
            button.getStyleClass()
                    .add(
                            i == 0
                                    ? "left-pill"
                                    : i == titles.size() - 1 ? "right-pill" : "center-pill");
            button.setSelected(i == 0);
            shown.get(i).visibleProperty().bind(button.selectedProperty());
            box.getChildren().add(button);
        }
        group.selectedToggleProperty()
                .subscribe((was, now) -> {
                    if (now == null) {
                        group.selectToggle(was);
                    }
                });
        return box;
    }

    private void scrub(int column) {
        scrubbed = column;
        history.chosen(column);
        update();
    }

    @Override
    public String title() {
        return "Gradient";
    }

    @Override
    public String icon() {
        return "mdal-bar_chart";
    }

    @Override
    public String caption() {
        return "How much of the learning signal reaches each block, and what comes out of it.";
    }

    @Override
    public String formula() {
        return "mean |∂L/∂w| of each block's convolutions";
    }

    @Override
    public String source() {
        return "1603.09382 Figure 7";
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
        Optional<Telemetry> newest = model.telemetryProperty().get();
        if (newest.isEmpty()) {
            return;
        }
        Telemetry t = newest.get();
        DepthHistory.View course = t.readings().gradientHistory();
        history.update(course);
        if (scrubbed >= course.size()) {
            scrubbed = -1;
            history.chosen(-1);
        }
        t.gradients().ifPresent(g -> gradients(g, course));
        t.readings().activations().ifPresent(this::activations);
        readings.extent(1, Math.max(2, t.firstGradient().size()));
        first.update(t.firstGradient());
        first.marks(LossView.marks(t.knobs()), t.stepsPerEpoch());
    }

    private void gradients(GradientByDepth g, DepthHistory.View course) {
        String note = at(g.step()) + ", input → output";
        if (scrubbed >= 0) {
            String then = at(course.steps()[scrubbed]) + ", chosen in the course of the run";
            gradient.update(course.ids(), course.columns()[scrubbed], then);
        } else {
            gradient.update(g.ids(), g.meanAbsolute(), note);
        }
        ratio.update(g.ids(), g.updateRatio(), note);
    }

    private void activations(ActivationsByDepth a) {
        dead.update(a.ids(), a.dead(), at(a.step()) + ", 0 for every image of the mini-batch");
        activation.dots(a.mean());
        activation.update(
                a.ids(), a.deviation(), at(a.step()) + ", over " + a.images() + " images");
    }

    private static String at(int step) {
        return "step " + Numbers.count(step);
    }

    @Override
    public void refresh() {
        panes.forEach(PlotPane::refresh);
    }
}
