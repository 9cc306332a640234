package org.skiplab.app.tour;

import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.skiplab.app.Insights;
import org.skiplab.app.Workbench;
import org.skiplab.app.data.DataStudio;
import org.skiplab.app.insight.Ghost;
import org.skiplab.app.theme.ThemeChoice;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

/// The stations of the tour: what is shown, how much training each waits for, and its pictures.
final class Stops {

    private final TourWindow window;
    private final Workbench bench;
    private final TrainingViewModel training;
    private final DataStudio sets;
    private final Insights insights;

    Stops(TourWindow window) {
        this.window = window;
        bench = window.bench();
        training = window.training();
        sets = window.sets();
        insights = window.insights();
    }

    void all() throws Exception {
        digits();
        runs();
        race();
        data();
        survival();
        reuse();
        composing();
    }

    private void digits() throws Exception {
        window.picture("canvas-resnet-8", 1600, 1000, ThemeChoice.LIGHT);
        window.train(t -> t.phase() == Phase.FINISHED);
        window.show("Loss", "loss");
        window.show("Confusion", "confusion");
        window.choose("Cut");
        window.until(() ->
                window.find("#cut-all", Button.class).filter(b -> !b.isDisabled()).isPresent());
        window.press("#cut-all");
        window.until(() ->
                window.find("#cut-verdict", Label.class)
                                .filter(said -> said.getText().startsWith("whole"))
                                .isPresent()
                        && window.find("#cut-all", Button.class)
                                .filter(b -> !b.isDisabled())
                                .isPresent());
        window.show("Cut", "cut-a-block");
        window.show("Cut", "cut-a-block-dark-small", 1000, 700, ThemeChoice.DARK);
        window.show("sees", "what-it-sees");
        window.show("Timing", "timing");
        window.show("Loss", "loss-dark-small", 1000, 700, ThemeChoice.DARK);
    }

    /// The same network once more with another learning rate, over the first run.
    private void runs() throws Exception {
        window.does(() -> {
            training.transport().rewind();
            training.knobs().turn(new Knob.LearningRate(0.3));
        });
        window.train(t -> t.step() >= 100);
        window.until(() -> insights.runs().runsProperty().get().size() == 2);
        window.does(() -> {
            insights.runs().runsProperty().get().forEach(run -> insights.runs().choose(run, true));
        });
        window.until(() -> insights.runs().curvesProperty().get().size() == 2);
        window.show("Runs", "runs");
        window.show("Runs", "runs-dark-small", 1000, 700, ThemeChoice.DARK);
    }

    private void race() throws Exception {
        window.does(() -> insights.race().start(insights.race().pairsProperty().get().getFirst()));
        window.until(() ->
                insights.race().telemetryProperty().get().stream()
                                .filter(t -> t.step() >= 60)
                                .count()
                        == 2);
        window.does(() -> insights.race().toggle());
        window.show("Race", "race");
        window.show("Race", "race-dark-small", 1000, 700, ThemeChoice.DARK);
        window.show("Symptoms", "symptoms");
    }

    private void data() throws Exception {
        window.does(() -> {
            sets.show();
            sets.model().show(DataChoice.BUILT_IN.getLast());
        });
        window.until(() -> sets.model().busyProperty().get().isEmpty());
        window.picture("data", 1600, 1000, ThemeChoice.LIGHT);
        window.does(() -> sets.show(3));
        window.picture("data-batch-dark-small", 1000, 700, ThemeChoice.DARK);
        window.does(() -> sets.hide());
    }

    private void survival() throws Exception {
        window.open("stochastic-resnet-20", "shapes", 32);
        window.does(() -> {
            // Another seed, so that it begins with its own weights and not with earlier ones.
            training.knobs()
                    .settingsProperty()
                    .set(training.knobs().settingsProperty().get().withSeed(2));
            training.ghosts().choose(Optional.of(Ghost.WITHOUT_SHORTCUTS));
        });
        window.train(t -> t.step() >= 100);
        window.until(() ->
                training.ghosts().telemetryProperty().get().map(Telemetry::step).orElse(0) > 90);
        window.show("Survival", "survival");
        window.show("Gradient", "gradient-with-ghost");
        window.show("Gradient", "gradient-with-ghost-dark-small", 1000, 700, ThemeChoice.DARK);
        window.does(() -> training.ghosts().choose(Optional.empty()));
    }

    private void reuse() throws Exception {
        window.open("densenet-bc-40-12", "shapes", 16);
        window.picture("canvas-densenet-bc-40-12", 1600, 1000, ThemeChoice.LIGHT);
        window.train(t -> t.step() >= 60);
        window.show("reuse", "feature-reuse");
    }

    /// What is there to compose with: the inside of a block, gallery, comparison, help.
    private void composing() throws Exception {
        window.open("resnet-20", "shapes", 32);
        window.until(() -> bench.canvas().enter("stage2_block1"));
        window.picture("inside-a-block", 1600, 1000, ThemeChoice.LIGHT);
        window.does(() -> bench.canvas().leave());
        window.sheet("file.gallery", "gallery", () -> {});
        window.sheet("view.compare", "compare", () -> window.pick("#compare-with", "plain-20"));
        window.sheet("help.page.blocks", "help", () -> {});
    }
}
