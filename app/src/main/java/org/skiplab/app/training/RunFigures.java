package org.skiplab.app.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.HeatFigure;
import org.skiplab.app.plot.LineFigure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.Smoothed;
import org.skiplab.app.plot.Tone;
import org.skiplab.app.plot.Viewport;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.FeatureReuse;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// The figures of a run that is over, as files show them: what the insights show, without anything
/// to turn.
public final class RunFigures {
    private RunFigures() {}

    private static final int SPAN = 20;
    private static final String NOTHING = "Nothing was measured";

    /// Figures by file name; only those that the run has something for.
    ///
    /// @param network as it was when the run began
    /// @param batch images per mini-batch
    public static Map<String, Figure> of(
            Telemetry t, Network network, int batch, List<String> classNames) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("loss", loss(t));
        figures.put("accuracy", accuracy(t));
        figures.put("learning-rate", line(t, "Learning rate", t.learningRate(), Tone.SETTING));
        if (!t.gates().ids().isEmpty() && t.gates().steps() > 0) {
            SurvivalFigure survival = new SurvivalFigure(_ -> {});
            survival.update(
                    t.gates(), SurvivalStatistics.of(t.gates(), network, t.knobs(), batch), -1);
            figures.put("survival", survival);
        }
        t.gradients()
                .ifPresent(g -> {
                    String note = "step " + Numbers.count(g.step()) + ", input → output";
                    figures.put(
                            "gradient-by-depth",
                            bars("Mean |gradient| by depth", g.ids(), g.meanAbsolute(), note));
                    figures.put(
                            "update-by-depth",
                            bars("Update ÷ weights by depth", g.ids(), g.updateRatio(), note)
                                    .reference(1e-3, "10⁻³: a healthy step"));
                });
        if (t.firstGradient().size() > 1) {
            LineFigure first =
                    line(t, "First block's mean |gradient|", t.firstGradient(), Tone.TRAIN);
            first.log(true);
            figures.put("first-gradient", first);
        }
        if (!t.reuse().isEmpty()) {
            figures.put("feature-reuse", reuse(t.reuse()));
        }
        t.lastEvaluation()
                .filter(e -> e.confusion().length > 0)
                .ifPresent(e -> figures.put("confusion", confusion(e, classNames)));
        return figures;
    }

    private static LineFigure loss(Telemetry t) {
        LineFigure figure = figure("Loss (nats)", v -> Numbers.significant(v, 3), Tone.TRAIN, t);
        figure.update(t.loss());
        figure.dots(steps(t), t.evaluations().stream().mapToDouble(Evaluation::loss).toArray());
        return figure;
    }

    private static LineFigure accuracy(Telemetry t) {
        LineFigure figure = figure("Accuracy", Numbers::percent, Tone.TRAIN, t).upTo(1);
        figure.update(t.accuracy());
        figure.dots(steps(t), t.evaluations().stream().mapToDouble(Evaluation::accuracy).toArray());
        return figure;
    }

    private static int[] steps(Telemetry t) {
        return t.evaluations().stream().mapToInt(Evaluation::step).toArray();
    }

    private static LineFigure line(Telemetry t, String title, Series.View values, Tone tone) {
        LineFigure figure = figure(title, Numbers::plain, tone, t);
        figure.span(1);
        figure.update(values);
        return figure;
    }

    private static LineFigure figure(
            String title,
            java.util.function.DoubleFunction<String> format,
            Tone tone,
            Telemetry t) {
        Viewport steps = new Viewport();
        steps.extent(1, Math.max(2, t.loss().size()));
        LineFigure figure =
                new LineFigure(
                        new LineFigure.Subject(title, "train", "test", format, NOTHING, false),
                        tone,
                        steps,
                        new Smoothed(SPAN));
        figure.marks(LossView.marks(t.knobs()), t.stepsPerEpoch());
        return figure;
    }

    private static BarFigure bars(String title, List<String> names, float[] values, String note) {
        BarFigure figure =
                new BarFigure(
                        new BarFigure.Subject(
                                title, Numbers::plain, "did not run in that mini-batch", NOTHING));
        figure.update(names, values, note);
        return figure;
    }

    private static HeatFigure reuse(List<FeatureReuse> blocks) {
        ReuseMatrices reuse = ReuseMatrices.of(blocks, ReuseScale.MEAN);
        HeatFigure figure =
                new HeatFigure(
                        new HeatFigure.Subject(
                                "Feature reuse: " + ReuseScale.MEAN.formula(),
                                "source",
                                "target",
                                v -> Numbers.significant(v, 3),
                                NOTHING),
                        (matrix, row, column) ->
                                List.of(Numbers.significant(matrix.value()[row][column], 3)),
                        false);
        figure.update(reuse.matrices(), 0, reuse.most());
        return figure;
    }

    private static HeatFigure confusion(Evaluation e, List<String> classNames) {
        HeatFigure figure =
                new HeatFigure(
                        new HeatFigure.Subject(
                                "Confusion", "truth", "answer", Numbers::percent, NOTHING),
                        (_, row, column) -> List.of(Numbers.count(e.confusion()[row][column])),
                        true);
        figure.update(List.of(ConfusionMatrix.of(e, classNames)), 0, 1);
        return figure;
    }
}
