package org.skiplab.app.training;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.LineFigure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.Smoothed;
import org.skiplab.app.plot.Tone;
import org.skiplab.app.plot.Viewport;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.train.Telemetry;

/// How strong the learning signal is at every depth, and how it developed where it has come
/// furthest.
final class GradientView implements InsightView {

    private static final String WAITING =
            "No reading yet\nPress Space: gradients are read while the network trains.";
    private static final double GOOD_RATIO = 1e-3;

    private final TrainingViewModel model;
    private final BarFigure gradient =
            new BarFigure(
                    new BarFigure.Subject(
                            "Mean |gradient| by depth",
                            Numbers::plain,
                            "did not run in that mini-batch",
                            WAITING));
    private final BarFigure ratio =
            new BarFigure(
                            new BarFigure.Subject(
                                    "Update ÷ weights by depth",
                                    Numbers::plain,
                                    "did not run in that mini-batch",
                                    WAITING))
                    .reference(GOOD_RATIO, "10⁻³: a healthy step");
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
    private final PlotPane gradientPane;
    private final PlotPane ratioPane;
    private final PlotPane firstPane;
    private final HBox node;
    private final HBox controls;

    GradientView(TrainingViewModel model, Plots plots) {
        this.model = model;
        first.log(true);
        gradientPane = plots.pane(gradient);
        ratioPane = plots.pane(ratio);
        firstPane = plots.pane(first);
        StackPane bars = new StackPane(gradientPane, ratioPane);
        bars.setMinWidth(0);
        firstPane.setMinWidth(0);
        node = new HBox(bars, firstPane);
        bars.prefWidthProperty().bind(node.widthProperty().multiply(0.56));
        firstPane.prefWidthProperty().bind(node.widthProperty().multiply(0.44));
        ToggleGroup group = new ToggleGroup();
        ToggleButton showGradient = choice("Gradient", group);
        ToggleButton showRatio = choice("Update ÷ weights", group);
        showGradient.setSelected(true);
        group.selectedToggleProperty()
                .subscribe((was, now) -> {
                    if (now == null) {
                        group.selectToggle(was);
                    }
                });
        gradientPane.visibleProperty().bind(showGradient.selectedProperty());
        ratioPane.visibleProperty().bind(showRatio.selectedProperty());
        showGradient.getStyleClass().add("left-pill");
        showRatio.getStyleClass().add("right-pill");
        controls = new HBox(showGradient, showRatio);
    }

    private static ToggleButton choice(String title, ToggleGroup group) {
        ToggleButton button = new ToggleButton(title);
        button.setToggleGroup(group);
        button.getStyleClass().add("small");
        return button;
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
        return "How much of the learning signal reaches each block.";
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
        if (t.gradients().isPresent()) {
            GradientByDepth g = t.gradients().get();
            String note = "step " + Numbers.count(g.step()) + ", input → output";
            gradient.update(g.ids(), g.meanAbsolute(), note);
            ratio.update(g.ids(), g.updateRatio(), note);
        }
        readings.extent(1, Math.max(2, t.firstGradient().size()));
        first.update(t.firstGradient());
        first.marks(LossView.marks(t.knobs()), t.stepsPerEpoch());
    }

    @Override
    public void refresh() {
        gradientPane.refresh();
        ratioPane.refresh();
        firstPane.refresh();
    }
}
