package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.LineFigure;
import org.skiplab.app.plot.Mark;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.Smoothed;
import org.skiplab.app.plot.Tone;
import org.skiplab.app.plot.Viewport;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Telemetry;

/// Loss and accuracy: per step on training images, per epoch on test images, and the learning rate
/// below.
final class LossView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Loss & accuracy",
                    "mdmz-show_chart",
                    "Error on training mini-batches and on test images.",
                    ComparedCurves.FORMULA,
                    ComparedCurves.SOURCE);

    private static final int SPAN = 20;
    private static final String WAITING = "No step yet\nPress Space to train.";

    private static final Telemetry NOTHING = Telemetry.preparing("");

    private final TrainingViewModel model;
    private final LineFigure loss;
    private final LineFigure accuracy;
    private final LineFigure rate;
    private final List<PlotPane> panes;
    private final HBox node;
    private final Controls controls;

    LossView(TrainingViewModel model, Plots plots) {
        this.model = model;
        Viewport steps = new Viewport();
        loss =
                new LineFigure(
                        new LineFigure.Subject(
                                "Loss (nats)",
                                "train",
                                "test",
                                v -> Numbers.significant(v, 3),
                                WAITING,
                                false),
                        Tone.TRAIN,
                        steps,
                        new Smoothed(SPAN));
        accuracy =
                new LineFigure(
                                new LineFigure.Subject(
                                        "Accuracy",
                                        "train",
                                        "test",
                                        Numbers::percent,
                                        WAITING,
                                        false),
                                Tone.TRAIN,
                                steps,
                                new Smoothed(SPAN))
                        .upTo(1);
        rate =
                new LineFigure(
                        new LineFigure.Subject(
                                "Learning rate",
                                "learning rate",
                                "",
                                v -> Numbers.significant(v, 3),
                                "",
                                true),
                        Tone.SETTING,
                        steps,
                        null);
        rate.log(true);
        PlotPane lossPane = plots.pane(loss);
        PlotPane ratePane = plots.pane(rate);
        PlotPane accuracyPane = plots.pane(accuracy);
        panes = List.of(lossPane, ratePane, accuracyPane);
        VBox.setVgrow(lossPane, Priority.ALWAYS);
        ratePane.setMinHeight(46);
        ratePane.setPrefHeight(46);
        ratePane.setMaxHeight(46);
        VBox left = new VBox(lossPane, ratePane);
        left.setMinWidth(0);
        accuracyPane.setMinWidth(0);
        node = new HBox(left, accuracyPane);
        left.prefWidthProperty().bind(node.widthProperty().multiply(0.56));
        accuracyPane.prefWidthProperty().bind(node.widthProperty().multiply(0.44));
        controls = controls(steps);
    }

    private Controls controls(Viewport steps) {
        Slider smoothing = new Slider(0, 3, Math.log10(SPAN));
        smoothing.setPrefWidth(80);
        smoothing.setAccessibleText("Smoothing");
        Label span = new Label();
        span.setMinWidth(58);
        smoothing
                .valueProperty()
                .subscribe(v -> {
                    double looked = Math.round(Math.pow(10, v.doubleValue()));
                    loss.span(looked);
                    accuracy.span(looked);
                    span.setText(looked <= 1 ? "off" : Numbers.count((long) looked) + " steps");
                });
        Label name = new Label("Smoothing");
        Tooltip.install(
                smoothing,
                new Tooltip(
                        "The strong line is an exponential moving average that looks back about this many steps"));
        CheckBox logLoss = new CheckBox("log loss");
        logLoss.selectedProperty().subscribe(on -> loss.log(on));
        CheckBox logSteps = new CheckBox("log steps");
        logSteps.selectedProperty().subscribe(on -> steps.log(on));
        return new Controls(8, name, smoothing, span, logLoss, logSteps);
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
        Telemetry t = model.telemetryProperty().get().orElse(NOTHING);
        loss.viewport().extent(1, Math.max(2, t.loss().size()));
        loss.update(t.loss());
        accuracy.update(t.accuracy());
        rate.update(t.learningRate());
        int n = t.evaluations().size();
        int[] at = new int[n];
        double[] losses = new double[n];
        double[] accuracies = new double[n];
        for (int i = 0; i < n; i++) {
            Evaluation e = t.evaluations().get(i);
            at[i] = e.step();
            losses[i] = e.loss();
            accuracies[i] = e.accuracy();
        }
        loss.dots(at, losses);
        accuracy.dots(at, accuracies);
        List<Mark> marks = marks(t.knobs());
        loss.marks(marks, t.stepsPerEpoch());
        accuracy.marks(marks, t.stepsPerEpoch());
        rate.marks(List.of(), t.stepsPerEpoch());
    }

    /// Turned knobs as marks.
    static List<Mark> marks(List<KnobChange> knobs) {
        List<Mark> marks = new ArrayList<>(knobs.size());
        for (KnobChange change : knobs) {
            marks.add(
                    new Mark(
                            change.step() + 1, change.knob().title() + " " + change.knob().text()));
        }
        return marks;
    }

    @Override
    public void refresh() {
        panes.forEach(PlotPane::refresh);
    }
}
