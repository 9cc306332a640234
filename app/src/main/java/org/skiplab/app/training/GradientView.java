package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.insight.Ghost;
import org.skiplab.app.insight.HistoryFigure;
import org.skiplab.app.insight.InsightHead;
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
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// The state of every depth, on the left now, on the right over the run: gradients, updates, ReLUs
/// and activations.
final class GradientView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Gradient",
                    "mdal-bar_chart",
                    "How much of the learning signal reaches each block, and what comes out of it.",
                    "mean |∂L/∂w|",
                    "1603.09382 Figure 7");

    private static final String WAITING =
            "No reading yet\nPress Space: gradients are read while the network trains.";
    private static final double GHOST_WIDTH = 150;
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
    private final VBox node;
    private final HBox controls;
    private final List<BarFigure> barsOfNow = List.of(gradient, ratio, dead, activation);
    private final ComboBox<@Nullable Optional<Ghost>> ghost = new ComboBox<>();
    private final Label state = new Label();
    private boolean offering;
    private final Button newest = new Button("Back to the newest");
    private int shownStep;

    /// The step that a person went back to, −1 for the newest. Not its column: a long history
    /// halves its columns.
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
        HBox charts = new HBox(left, right);
        charts.setMinSize(0, 0);
        VBox.setVgrow(charts, Priority.ALWAYS);
        node = new VBox(state, charts);
        left.prefWidthProperty().bind(node.widthProperty().multiply(0.56));
        right.prefWidthProperty().bind(node.widthProperty().multiply(0.44));
        newest.getStyleClass().add("small");
        newest.setOnAction(_ -> scrub(-1));
        newest.setVisible(false);
        newest.managedProperty().bind(newest.visibleProperty());
        controls =
                new HBox(
                        8,
                        newest,
                        haunting(),
                        choice(List.of("Gradient", "Update", "Dead", "Output"), now),
                        choice(List.of("First", "All"), course));
        controls.setAlignment(Pos.CENTER_RIGHT);
    }

    /// Chooses the network to compare with; it trains in turn with this one.
    private ComboBox<?> haunting() {
        ghost.setId("ghost");
        ghost.setAccessibleText("Ghost run");
        ghost.setTooltip(
                new Tooltip(
                        "Trains a second network in turn with this one, from the same seed on the"
                                + " same mini-batches: it takes its share of the time and memory"));
        ghost.setCellFactory(_ -> KnobPanel.cell(GradientView::named, "no ghost"));
        ghost.setButtonCell(KnobPanel.cell(GradientView::named, "no ghost"));
        ghost.valueProperty()
                .subscribe(choice -> {
                    if (!offering) {
                        model.ghosts().choose(choice == null ? Optional.empty() : choice);
                        update();
                    }
                });
        ghost.setPrefWidth(GHOST_WIDTH);
        state.setId("ghost-state");
        state.getStyleClass().add("verdict");
        state.setMinWidth(0);
        state.managedProperty().bind(state.textProperty().isNotEmpty());
        return ghost;
    }

    private static String named(Optional<Ghost> choice) {
        return choice.map(Ghost::title).orElse("no ghost");
    }

    /// Shows which ghosts there are and how the chosen one does.
    private void offerGhosts(Optional<Telemetry> seen, int step) {
        List<Optional<Ghost>> offered = new ArrayList<>();
        offered.add(Optional.empty());
        model.ghosts().of(model.opened()).forEach(g -> offered.add(Optional.of(g)));
        offering = true;
        if (!ghost.getItems().equals(offered)) {
            ghost.getItems().setAll(offered);
        }
        Optional<Ghost> chosen = model.ghosts().chosenProperty().get();
        ghost.setValue(offered.contains(chosen) ? chosen : Optional.empty());
        ghost.setDisable(offered.size() == 1);
        offering = false;
        state.setText(seen.map(g -> said(g, step)).orElse(""));
    }

    /// What a person has to know of the ghost: nothing while it keeps up.
    static String said(Telemetry ghost, int step) {
        return switch (ghost.phase()) {
            case FAILED, DIVERGED -> ghost.message();
            case PREPARING -> "the ghost is being prepared";
            case RUNNING, EVALUATING, PAUSED, FINISHED, CLOSED ->
                    ghost.step() < step
                            ? "the ghost is at step " + Numbers.count(ghost.step())
                            : "";
        };
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
        scrubbed = column < 0 ? -1 : course().steps()[column];
        update();
    }

    private DepthHistory.View course() {
        return model.telemetryProperty()
                .get()
                .map(t -> t.readings().gradientHistory())
                .orElse(DepthHistory.View.EMPTY);
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
        Optional<Telemetry> now = model.telemetryProperty().get();
        DepthHistory.View course = course();
        int column = course.at(scrubbed);
        scrubbed = column < 0 ? -1 : scrubbed;
        newest.setVisible(column >= 0);
        history.update(course);
        history.chosen(column);
        Optional<Telemetry> seen = model.ghosts().telemetryProperty().get();
        offerGhosts(now.flatMap(_ -> seen), now.map(Telemetry::step).orElse(0));
        now.flatMap(Telemetry::gradients)
                .ifPresentOrElse(
                        g -> gradients(g, course, column), () -> clear(List.of(gradient, ratio)));
        now.flatMap(t -> t.readings().activations())
                .ifPresentOrElse(this::activations, () -> clear(List.of(dead, activation)));
        String name =
                seen.isEmpty()
                        ? ""
                        : model.ghosts().chosenProperty().get().map(Ghost::title).orElse("");
        haunt(name, seen);
        Series.View firsts = now.map(Telemetry::firstGradient).orElse(Series.View.EMPTY);
        readings.extent(1, Math.max(2, firsts.size()));
        first.update(firsts);
        first.ghost(name, seen.map(Telemetry::firstGradient).orElse(Series.View.EMPTY));
        now.ifPresent(t -> first.marks(LossView.marks(t.knobs()), t.stepsPerEpoch()));
    }

    /// Nothing was read of this run yet.
    private static void clear(List<BarFigure> bars) {
        bars.forEach(f -> {
            f.dots(new float[0]);
            f.update(List.of(), new float[0], "");
        });
    }

    /// Draws the ghost's bars behind the own ones: of its newest readings, or of the one nearest to
    /// the column that was chosen.
    private void haunt(String name, Optional<Telemetry> seen) {
        Optional<GradientByDepth> read = seen.flatMap(Telemetry::gradients);
        Optional<ActivationsByDepth> out = seen.flatMap(t -> t.readings().activations());
        if (name.isEmpty() || read.isEmpty()) {
            barsOfNow.forEach(f -> f.ghost("", List.of(), new float[0]));
            return;
        }
        GradientByDepth g = read.get();
        DepthHistory.View course = seen.orElseThrow().readings().gradientHistory();
        if (scrubbed >= 0 && course.size() > 0) {
            int column = course.nearest(shownStep);
            gradient.ghost(name, course.ids(), course.columns()[column]);
        } else {
            gradient.ghost(name, g.ids(), g.meanAbsolute());
        }
        ratio.ghost(name, g.ids(), g.updateRatio());
        out.ifPresent(a -> {
            dead.ghost(name, a.ids(), a.dead());
            activation.ghost(name, a.ids(), a.deviation());
        });
    }

    private void gradients(GradientByDepth g, DepthHistory.View course, int column) {
        String note = at(g.step()) + ", input → output";
        if (column >= 0) {
            shownStep = course.steps()[column];
            String then = at(shownStep) + ", chosen in the course of the run";
            gradient.update(course.ids(), course.columns()[column], then);
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
