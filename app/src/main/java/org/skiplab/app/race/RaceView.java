package org.skiplab.app.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.text.Quantity;
import org.skiplab.app.training.ComparedCurves;
import org.skiplab.app.training.Plots;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// Sets races up, and shows them: loss and accuracy of all competitors over one another, and how
/// each stands.
public final class RaceView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Race",
                    "mdmz-sports",
                    "Networks in turn on the same mini-batches from the same seed: what differs is the network.",
                    ComparedCurves.FORMULA,
                    ComparedCurves.SOURCE);

    private static final String WAITING =
            "No race yet\nChoose one above: it begins at once, on the data and settings chosen.";

    private final RaceViewModel model;
    private final ComparedCurves curves;

    /// In less than this the chart beside the standings has room only if they are short.
    private static final double NARROW = 900;

    /// What can be left out there: weights, training accuracy, time of a step.
    private static final Set<Integer> LONG = Set.of(2, 5, 7);

    private final BorderPane node = new BorderPane();
    private final HBox body = new HBox();
    private final FlowPane starters = new FlowPane(6, 6);
    private final GridPane standings = new GridPane();
    private final Label trouble = new Label();
    private final Controls controls;
    private final Button toggle = new Button();
    private final Button rewind = new Button(null, new FontIcon("mdmz-replay"));
    private List<Telemetry> shown = List.of();
    private boolean pausing;
    private boolean narrow;
    private Color tinted = Color.TRANSPARENT;

    public RaceView(RaceViewModel model, Plots plots) {
        this.model = model;
        curves = new ComparedCurves(plots, WAITING);
        HBox.setHgrow(curves.node(), Priority.ALWAYS);
        body.getChildren().setAll(curves.node(), standings);
        body.setMinHeight(0);
        body.widthProperty()
                .subscribe(width -> {
                    if (narrow != width.doubleValue() < NARROW) {
                        narrow = !narrow;
                        show();
                    }
                });
        starters.setId("race-starters");
        starters.getStyleClass().add("race-starters");
        starters.setAlignment(Pos.CENTER_LEFT);
        standings.getStyleClass().add("race-standings");
        standings.setHgap(10);
        standings.setVgap(2);
        trouble.getStyleClass().addAll("trouble", "race-trouble");
        trouble.setWrapText(true);
        trouble.managedProperty().bind(trouble.textProperty().isNotEmpty());
        node.setTop(new VBox(starters, trouble));
        node.setCenter(body);
        toggle.getStyleClass().addAll("flat", "small");
        toggle.setOnAction(_ -> model.toggle());
        rewind.getStyleClass().addAll("flat", "small");
        rewind.setTooltip(new Tooltip("All back to their initial weights"));
        rewind.setAccessibleText("All back to their initial weights");
        rewind.setOnAction(_ -> model.rewind());
        controls = new Controls(6, rewind, toggle, curves.choice());
        model.pairsProperty().subscribe(this::offer);
        model.troubleProperty().subscribe(_ -> offer(model.pairsProperty().get()));
        show();
    }

    private void offer(List<Pair> pairs) {
        starters.getChildren().clear();
        Label say =
                new Label(
                        pairs.isEmpty()
                                ? "No ready-made race fits this network: it needs residual or dense blocks and must be able to run."
                                : "Race");
        say.getStyleClass().add("caption");
        starters.getChildren().add(say);
        for (Pair pair : pairs) {
            Button button = new Button(pair.title());
            button.setId("race-" + pair.id());
            button.getStyleClass().add("small");
            button.setTooltip(new Tooltip(pair.question() + "\n" + pair.source()));
            button.setOnAction(_ -> model.start(pair));
            starters.getChildren().add(button);
        }
        trouble.setText(model.troubleProperty().get());
    }

    @Override
    public InsightHead head() {
        return model.pairProperty()
                .get()
                .map(pair -> HEAD.with(pair.formula(), pair.source()))
                .orElse(HEAD);
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
        if (!shown.equals(model.telemetryProperty().get()) || pausing != model.running()) {
            show();
        }
    }

    private void show() {
        shown = model.telemetryProperty().get();
        pausing = model.running();
        toggle.setGraphic(new FontIcon(pausing ? "mdmz-pause" : "mdmz-play_arrow"));
        toggle.setText(pausing ? "Pause race" : "Go on");
        toggle.setDisable(!model.open());
        rewind.setDisable(!model.open());
        Optional<Pair> pair = model.pairProperty().get();
        List<ComparedCurves.Curve> lines = new ArrayList<>();
        for (int i = 0; i < shown.size() && pair.isPresent(); i++) {
            String name = pair.get().entries().get(i).title();
            lines.add(new ComparedCurves.Curve(name, i, shown.get(i)));
        }
        curves.show(lines);
        stand(pair);
    }

    private void stand(Optional<Pair> pair) {
        standings.getChildren().clear();
        if (pair.isEmpty() || shown.isEmpty()) {
            return;
        }
        List<String> heads =
                List.of("", "", "Weights", "Step", "Loss", "Train", "Test", "ms / step", "");
        for (int c = 0; c < heads.size(); c++) {
            cell(heads.get(c), c, 0, "figure-name");
        }
        for (int i = 0; i < shown.size(); i++) {
            Telemetry t = shown.get(i);
            Pair.Entry entry = pair.get().entries().get(i);
            int row = i + 1;
            Rectangle swatch = new Rectangle(14, 4);
            swatch.setFill(curves.colour(i));
            standings.add(new StackPane(swatch), 0, row);
            cell(entry.title(), 1, row, "standing-name").setId("lane-" + i);
            cell(Quantity.brief(Analysis.of(entry.network()).parameters()), 2, row, "standing");
            cell(Numbers.count(t.step()), 3, row, "standing").setId("lane-step-" + i);
            cell(recent(t.loss(), v -> Numbers.significant(v, 3)), 4, row, "standing");
            cell(recent(t.accuracy(), Numbers::percent), 5, row, "standing");
            cell(
                    t.lastEvaluation().map(e -> Numbers.percent(e.accuracy())).orElse("–"),
                    6,
                    row,
                    "standing");
            int batch = model.plan().map(p -> p.settings().batch()).orElse(0);
            cell(
                    t.imagesPerSecond() > 0
                            ? Numbers.significant(1000 * batch / t.imagesPerSecond(), 3)
                            : "–",
                    7,
                    row,
                    "standing");
            Label state = cell(state(t), 8, row, "standing-state");
            if (t.phase() == Phase.DIVERGED || t.phase() == Phase.FAILED) {
                state.setTooltip(new Tooltip(t.message()));
                state.getStyleClass().add("trouble");
            }
        }
    }

    private static String state(Telemetry t) {
        return switch (t.phase()) {
            case PREPARING -> "preparing";
            case RUNNING -> "training";
            case EVALUATING -> "testing";
            case PAUSED -> t.step() == 0 ? "ready" : "paused";
            case FINISHED -> "finished";
            case DIVERGED, FAILED -> t.message();
            case CLOSED -> "";
        };
    }

    private static String recent(
            Series.View series, java.util.function.DoubleFunction<String> format) {
        int from = Math.max(0, series.size() - 20);
        double sum = 0;
        for (int i = from; i < series.size(); i++) {
            sum += series.get(i);
        }
        return series.size() == 0 ? "–" : format.apply(sum / (series.size() - from));
    }

    private Label cell(String text, int column, int row, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setMinWidth(column == 8 ? 0 : Region.USE_PREF_SIZE);
        if (!narrow || !LONG.contains(column)) {
            standings.add(label, column, row);
        }
        return label;
    }

    @Override
    public void refresh() {
        curves.refresh();
        if (!curves.colour(0).equals(tinted)) {
            tinted = curves.colour(0);
            show();
        }
    }
}
