package org.skiplab.app.training;

import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.OverlayFigure;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.Viewport;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// Loss or accuracy of several runs over one another, and the switch between the two.
public final class ComparedCurves {

    /// What the curves show.
    public static final String FORMULA = "L = −1/N Σ log softmax(z)[y]";

    /// Where networks are compared by such curves.
    public static final String SOURCE = "1512.03385 Figure 6";

    /// One run.
    ///
    /// @param name in the legend
    /// @param colour which of [OverlayFigure#colour]
    public record Curve(String name, int colour, Telemetry telemetry) {}

    private final OverlayFigure loss;
    private final OverlayFigure accuracy;
    private final PlotPane lossPane;
    private final PlotPane accuracyPane;
    private final StackPane node;
    private final HBox choice;

    /// @param empty what to say while there is nothing to compare
    public ComparedCurves(Plots plots, String empty) {
        Viewport steps = new Viewport();
        loss =
                new OverlayFigure(
                        "Loss (nats)", v -> Numbers.significant(v, 3), Double.NaN, empty, steps);
        accuracy = new OverlayFigure("Accuracy, test as dots", Numbers::percent, 1, empty, steps);
        lossPane = plots.pane(loss);
        accuracyPane = plots.pane(accuracy);
        lossPane.setMinSize(0, 0);
        accuracyPane.setMinSize(0, 0);
        node = new StackPane(lossPane, accuracyPane);
        node.setMinSize(0, 0);
        ToggleButton ofLoss = new ToggleButton("Loss");
        ToggleButton ofAccuracy = new ToggleButton("Accuracy");
        ofLoss.getStyleClass().addAll("small", "left-pill");
        ofAccuracy.getStyleClass().addAll("small", "right-pill");
        ToggleGroup group = new ToggleGroup();
        group.getToggles().addAll(ofLoss, ofAccuracy);
        ofLoss.setSelected(true);
        group.selectedToggleProperty()
                .subscribe((was, now) -> {
                    if (now == null) {
                        group.selectToggle(was);
                    }
                });
        lossPane.visibleProperty().bind(ofLoss.selectedProperty());
        accuracyPane.visibleProperty().bind(ofAccuracy.selectedProperty());
        choice = new HBox(ofLoss, ofAccuracy);
    }

    public StackPane node() {
        return node;
    }

    /// Switches between loss and accuracy.
    public HBox choice() {
        return choice;
    }

    public void show(List<Curve> curves) {
        loss.show(
                curves.stream().map(c -> line(c, c.telemetry().loss(), Evaluation::loss)).toList());
        accuracy.show(
                curves.stream()
                        .map(c -> line(c, c.telemetry().accuracy(), Evaluation::accuracy))
                        .toList());
    }

    private static OverlayFigure.Line line(
            Curve curve, Series.View values, ToDoubleFunction<Evaluation> value) {
        List<Evaluation> tests = curve.telemetry().evaluations();
        return new OverlayFigure.Line(
                curve.name(),
                curve.colour(),
                values,
                tests.stream().mapToInt(Evaluation::step).toArray(),
                tests.stream().mapToDouble(value).toArray());
    }

    /// The colour of a curve in the present theme.
    public Color colour(int index) {
        return OverlayFigure.colour(index, lossPane.palette().background());
    }

    /// Redraws what changed; once a frame.
    public void refresh() {
        lossPane.refresh();
        accuracyPane.refresh();
    }
}
