package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.scene.Node;
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
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.Ghost;
import org.skiplab.app.insight.HistoryFigure;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.insight.Scrubber;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.LineFigure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.skiplab.app.plot.Smoothed;
import org.skiplab.app.plot.Tone;
import org.skiplab.app.plot.Viewport;
import org.skiplab.engine.probe.ActivationsByDepth;
import org.skiplab.engine.probe.DepthCourse;
import org.skiplab.engine.probe.DepthHistory;
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
                    "",
                    "1603.09382 Figure 7");

    /// What can be seen of every depth.
    private enum Quantity {
        GRADIENT("Gradient", "mean |∂L/∂w|", "Mean |gradient|", DepthCourse::gradient),
        UPDATE("Update", "‖Δw‖ ÷ ‖w‖", "Update ÷ weights", DepthCourse::update),
        DEAD("Dead", "relu(z) ≡ 0", "Dead ReLU channels", DepthCourse::dead),
        OUTPUT("Output", "mean and σ of H_l", "σ of the output", DepthCourse::deviation);

        private final String title;
        private final String formula;
        private final String name;
        private final Function<DepthCourse, DepthHistory.View> course;

        Quantity(
                String title,
                String formula,
                String name,
                Function<DepthCourse, DepthHistory.View> course) {
            this.title = title;
            this.formula = formula;
            this.name = name;
            this.course = course;
        }

        static List<String> titles() {
            return Stream.of(values()).map(q -> q.title).toList();
        }
    }

    private static final String WAITING =
            "No reading yet\nPress Space: gradients are read while the network trains.";
    private static final double GHOST_WIDTH = 130;
    private static final double GOOD_RATIO = 1e-3;
    private static final DepthReading NOTHING = DepthReading.at(DepthCourse.NONE, -1);
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
            new HistoryFigure("Mean |gradient| over the run", WAITING, this::scrub);
    private final List<PlotPane> now;
    private final List<PlotPane> panes;
    private final VBox node;
    private final Controls controls;
    private final ComboBox<@Nullable Optional<Ghost>> ghost = new ComboBox<>();
    private final Label state = new Label();
    private boolean offering;
    private final Scrubber earlier = new Scrubber("Which reading", this::slid);

    /// The step that a person went back to, −1 for the newest. Not its column: a long history
    /// halves its columns.
    private int scrubbed = -1;

    GradientView(TrainingViewModel model, Plots plots) {
        this.model = model;
        first.log(true);
        now =
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
        controls =
                new Controls(
                        8,
                        earlier,
                        haunting(),
                        choice(Quantity.titles(), now),
                        choice(List.of("First", "All"), course));
        now.forEach(pane -> pane.visibleProperty().subscribe((_, _) -> update()));
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
        scrubbed = column < 0 ? -1 : timeline().steps()[column];
        update();
    }

    private void slid() {
        if (!offering) {
            scrub(earlier.chosen());
        }
    }

    private Quantity quantity() {
        int shown = 0;
        while (shown < now.size() - 1 && !now.get(shown).isVisible()) {
            shown++;
        }
        return Quantity.values()[shown];
    }

    private DepthCourse course() {
        return course(model.telemetryProperty().get());
    }

    private static DepthCourse course(Optional<Telemetry> telemetry) {
        return telemetry.map(t -> t.readings().course()).orElse(DepthCourse.NONE);
    }

    /// The readings that can be gone back to: those of what shows.
    private DepthHistory.View timeline() {
        return quantity().course.apply(course());
    }

    @Override
    public InsightHead head() {
        return HEAD.with(quantity().formula, HEAD.source());
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
        Optional<Telemetry> own = model.telemetryProperty().get();
        DepthHistory.View timeline = timeline();
        int column = timeline.at(scrubbed);
        scrubbed = column < 0 ? -1 : scrubbed;
        Optional<Telemetry> seen = model.ghosts().telemetryProperty().get();
        offerGhosts(own.flatMap(_ -> seen), own.map(Telemetry::step).orElse(0));
        offerPast(timeline, column);
        boolean dead = quantity() == Quantity.DEAD;
        history.about(
                quantity().name + " over the run", dead, dead ? Numbers::percent : Numbers::plain);
        history.update(timeline);
        history.chosen(column);
        bars(
                scrubbed >= 0
                        ? DepthReading.at(course(), scrubbed)
                        : own.map(DepthReading::newest).orElse(NOTHING),
                own.flatMap(t -> t.readings().activations()));
        String name =
                seen.isEmpty()
                        ? ""
                        : model.ghosts().chosenProperty().get().map(Ghost::title).orElse("");
        haunt(name, seen);
        Series.View firsts = own.map(Telemetry::firstGradient).orElse(Series.View.EMPTY);
        readings.extent(1, Math.max(2, firsts.size()));
        first.update(firsts);
        first.ghost(name, seen.map(Telemetry::firstGradient).orElse(Series.View.EMPTY));
        own.ifPresent(t -> first.marks(LossView.marks(t.knobs()), t.stepsPerEpoch()));
    }

    private void offerPast(DepthHistory.View timeline, int column) {
        offering = true;
        earlier.offer(timeline.size(), c -> at(timeline.steps()[c]));
        earlier.choose(column);
        offering = false;
    }

    private void bars(DepthReading r, Optional<ActivationsByDepth> newest) {
        show(gradient, r.gradient(), ", input → output");
        show(ratio, r.update(), ", input → output");
        show(dead, r.dead(), ", 0 for every image of the mini-batch");
        activation.dots(r.mean().of());
        show(
                activation,
                r.deviation(),
                newest.map(a -> ", over " + a.images() + " images").orElse(""));
    }

    private void show(BarFigure bars, DepthReading.Values values, String note) {
        String when = scrubbed < 0 ? "" : ", chosen in the course of the run";
        bars.update(
                values.ids(),
                values.of(),
                values.none() ? "" : at(values.step()) + (when.isEmpty() ? note : when));
    }

    /// Draws the ghost's bars behind the own ones: of its newest readings, or of those nearest to
    /// the step that was chosen.
    private void haunt(String name, Optional<Telemetry> seen) {
        DepthReading theirs =
                name.isEmpty() || seen.isEmpty()
                        ? NOTHING
                        : scrubbed >= 0
                                ? DepthReading.near(course(seen), scrubbed)
                                : DepthReading.newest(seen.get());
        haunt(gradient, name, theirs.gradient());
        haunt(ratio, name, theirs.update());
        haunt(dead, name, theirs.dead());
        haunt(activation, name, theirs.deviation());
    }

    private static void haunt(BarFigure bars, String name, DepthReading.Values theirs) {
        bars.ghost(theirs.none() ? "" : name, theirs.ids(), theirs.of());
    }

    private static String at(int step) {
        return "step " + Numbers.count(step);
    }

    @Override
    public void refresh() {
        panes.forEach(PlotPane::refresh);
    }
}
