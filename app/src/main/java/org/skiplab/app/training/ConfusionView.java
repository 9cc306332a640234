package org.skiplab.app.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.insight.PixelRaster;
import org.skiplab.app.plot.HeatFigure;
import org.skiplab.app.plot.HeatFigure.Matrix;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.TilesFigure;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.train.Evaluation;

/// Which classes of test images are taken for which.
final class ConfusionView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Confusion",
                    "mdal-apps",
                    "Rows: what an image is. Columns: what the network says. Click a cell for its images.",
                    "C[t, a] = #(y = t, argmax z = a)",
                    "2008.05756");

    /// Images of a cell that are shown at the most.
    private static final int MOST = 100;

    private static final String WAITING =
            "Not tested yet\nThe network answers the test images after each epoch.";

    private static final String NOTHING_CHOSEN =
            "No cell chosen\nClick a cell to see its test images.";

    private final TrainingViewModel model;
    private final HeatFigure figure;
    private final PlotPane pane;
    private final Slider epoch = new Slider(0, 0, 0);
    private final Label at = new Label();
    private final Controls controls = new Controls(8, at, epoch);
    private final HBox node;
    private final TilesFigure gallery;
    private final PlotPane galleryPane;
    private List<Evaluation> evaluations = List.of();
    private List<Integer> images = List.of();
    private Optional<CompletableFuture<ImageSet>> asked = Optional.empty();
    private int shown = -1;
    private int truth = -1;
    private int answer = -1;

    ConfusionView(TrainingViewModel model, Plots plots) {
        this.model = model;
        figure =
                new HeatFigure(
                                new HeatFigure.Subject(
                                        "Confusion", "truth", "answer", Numbers::percent, WAITING),
                                this::reading,
                                true)
                        .table(this::countsCsv)
                        .onChoose(cell -> choose(cell.row(), cell.column()));
        gallery =
                new TilesFigure(
                        "Images of a cell",
                        NOTHING_CHOSEN,
                        (tile, _, _) ->
                                List.of(
                                        "test image " + Numbers.count(images.get(tile) + 1),
                                        model.className(truth)
                                                + " taken for "
                                                + model.className(answer)),
                        this::imagesCsv,
                        _ -> {});
        pane = plots.pane(figure);
        pane.setId("confusion");
        galleryPane = plots.pane(gallery);
        pane.setMinWidth(0);
        galleryPane.setMinWidth(0);
        node = new HBox(pane, galleryPane);
        pane.prefWidthProperty().bind(node.widthProperty().multiply(0.6));
        galleryPane.prefWidthProperty().bind(node.widthProperty().multiply(0.4));
        epoch.setBlockIncrement(1);
        epoch.setAccessibleText("Which test");
        epoch.valueProperty().subscribe(_ -> show());
        controls.setVisible(false);
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
        List<Evaluation> newest =
                model.telemetryProperty().get().stream()
                        .flatMap(t -> t.evaluations().stream())
                        .filter(e -> e.confusion().length > 0)
                        .toList();
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
            truth = -1;
            nothingChosen();
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
        if (truth >= 0 && Math.max(truth, answer) < classes) {
            // The same cell, at this test.
            choose(truth, answer);
        } else {
            truth = -1;
            nothingChosen();
        }
        figure.update(List.of(ConfusionMatrix.of(e, classNames(e))), 0, 1);
    }

    private List<String> classNames(Evaluation e) {
        return IntStream.range(0, e.confusion().length).mapToObj(model::className).toList();
    }

    private void countsCsv(Appendable out) throws IOException {
        Evaluation e = evaluations.get(shown);
        ConfusionMatrix.csv(e, classNames(e), out);
    }

    private void nothingChosen() {
        asked = Optional.empty();
        images = List.of();
        gallery.empty(NOTHING_CHOSEN);
        gallery.update(List.of(), "");
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

    /// Shows the test images of a cell.
    private void choose(int row, int column) {
        truth = row;
        answer = column;
        asked = model.ask(subject -> subject.data().test());
        if (asked.isEmpty()) {
            gallery.empty("No session\nTrain again to see the images.");
        }
    }

    private void answered() {
        if (asked.isEmpty() || !asked.get().isDone()) {
            return;
        }
        CompletableFuture<ImageSet> done = asked.get();
        asked = Optional.empty();
        if (done.isCompletedExceptionally() || shown < 0 || truth < 0) {
            return;
        }
        ImageSet set = done.join();
        images = cell(evaluations.get(shown), set, truth, answer);
        List<TilesFigure.Tile> tiles = new ArrayList<>();
        for (int image : images.subList(0, Math.min(MOST, images.size()))) {
            tiles.add(new TilesFigure.Tile(PixelRaster.image(set, image), "", null));
        }
        boolean kept = evaluations.get(shown).answers().length > 0;
        gallery.empty(kept ? "No such image" : "The answers of this test were not kept");
        String count = images.size() > MOST ? MOST + " of " + images.size() : "" + images.size();
        gallery.update(
                tiles,
                count
                        + (images.size() == 1 ? " image of " : " images of ")
                        + model.className(truth)
                        + " taken for "
                        + model.className(answer));
    }

    /// Test images of one class that were taken for another (or the same) one.
    static List<Integer> cell(Evaluation e, ImageSet test, int truth, int answer) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < Math.min(e.answers().length, test.size()); i++) {
            if (test.label(i) == truth && e.answers()[i] == answer) {
                found.add(i);
            }
        }
        return found;
    }

    private void imagesCsv(Appendable out) throws IOException {
        out.append("image,truth,answer\n");
        for (int image : images) {
            out.append(image + "," + truth + "," + answer + "\n");
        }
    }

    @Override
    public void refresh() {
        answered();
        galleryPane.refresh();
        pane.refresh();
    }
}
