package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.HeatFigure.Matrix;
import org.skiplab.app.plot.HeatFigure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Telemetry;

/// Which classes of test images are taken for which.
final class ConfusionView implements InsightView {

    private static final String WAITING =
            "Not tested yet\nThe network answers the test images after each epoch.";

    private final TrainingViewModel model;
    private final HeatFigure figure;
    private final PlotPane pane;
    private final Slider epoch = new Slider(0, 0, 0);
    private final Label at = new Label();
    private final HBox controls = new HBox(8, at, epoch);
    private List<Evaluation> evaluations = List.of();
    private int shown = -1;

    ConfusionView(TrainingViewModel model, Plots plots) {
        this.model = model;
        figure =
                new HeatFigure(
                        new HeatFigure.Subject(
                                "Confusion", "truth", "answer", Numbers::percent, WAITING),
                        this::reading,
                        true);
        pane = plots.pane(figure);
        controls.setAlignment(Pos.CENTER_RIGHT);
        epoch.setBlockIncrement(1);
        epoch.setAccessibleText("Which test");
        epoch.valueProperty().subscribe(_ -> show());
        controls.setVisible(false);
    }

    @Override
    public String title() {
        return "Confusion";
    }

    @Override
    public String icon() {
        return "mdal-apps";
    }

    @Override
    public String caption() {
        return "Rows: what an image is. Columns: what the network says. Colour: share of the row.";
    }

    @Override
    public String formula() {
        return "";
    }

    @Override
    public String source() {
        return "";
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
        List<Evaluation> newest =
                model.telemetryProperty().get().map(Telemetry::evaluations).orElse(List.of());
        if (newest.equals(evaluations)) {
            return;
        }
        boolean atEnd = epoch.getValue() >= epoch.getMax();
        evaluations = newest;
        shown = -1;
        controls.setVisible(evaluations.size() > 1);
        epoch.setMax(Math.max(0, evaluations.size() - 1));
        if (atEnd) {
            epoch.setValue(epoch.getMax());
        }
        show();
    }

    private void show() {
        if (evaluations.isEmpty()) {
            figure.update(List.of(), 0, 1);
            shown = -1;
            return;
        }
        int index = Math.clamp(Math.round(epoch.getValue()), 0, evaluations.size() - 1);
        if (index == shown) {
            return;
        }
        shown = index;
        Evaluation e = evaluations.get(index);
        at.setText("after epoch " + e.epoch());
        int classes = e.confusion().length;
        float[][] share = new float[classes][classes];
        for (int truth = 0; truth < classes; truth++) {
            int images = IntStream.of(e.confusion()[truth]).sum();
            for (int answer = 0; answer < classes; answer++) {
                share[truth][answer] =
                        images == 0 ? Float.NaN : (float) e.confusion()[truth][answer] / images;
            }
        }
        List<String> names = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            names.add(model.className(c));
        }
        figure.update(
                List.of(
                        new Matrix(
                                "Test images after epoch "
                                        + e.epoch()
                                        + ": "
                                        + Numbers.percent(e.accuracy())
                                        + " right",
                                names,
                                names,
                                share,
                                0)),
                0,
                1);
    }

    private List<String> reading(Matrix matrix, int row, int column) {
        if (shown < 0) {
            return List.of();
        }
        int[][] confusion = evaluations.get(shown).confusion();
        int count = confusion[row][column];
        return List.of(
                Numbers.count(count),
                row == column
                        ? matrix.rows().get(row) + " recognised"
                        : matrix.rows().get(row) + " taken for " + matrix.columns().get(column),
                Numbers.percent(matrix.value()[row][column])
                        + " of "
                        + Numbers.count(IntStream.of(confusion[row]).sum())
                        + " images of "
                        + matrix.rows().get(row));
    }

    @Override
    public void refresh() {
        pane.refresh();
    }
}
