package org.skiplab.app.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.Group;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.skiplab.app.Desktop;
import org.skiplab.app.Insights;
import org.skiplab.app.MainWindow;
import org.skiplab.app.Workbench;
import org.skiplab.app.command.Action;
import org.skiplab.app.compare.CompareView;
import org.skiplab.app.data.DataDialogs;
import org.skiplab.app.data.DataStudio;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.insight.Ghost;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.sheet.Sheet;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.theme.ThemeChoice;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.data.fetch.FetchResult;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

/// Opens the real window on JavaFX's headless platform, trains three networks in it and takes its
/// picture at each station.
public final class Tour {

    /// How much training a station waits for at the most; a slow machine shows fewer steps, not
    /// other ones.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int FRAMES_MS = 400;

    private final Path folder;
    private final Consumer<String> say;

    /// @param folder where the pictures go; made if it is not there
    /// @param say told in one line of each picture
    public Tour(Path folder, Consumer<String> say) {
        this.folder = folder;
        this.say = say;
    }

    /// @throws IOException if the folder cannot be written
    public void run() throws Exception {
        Files.createDirectories(folder);
        Path state = Files.createTempDirectory("skiplab-tour");
        Toolkit.startOffscreen();
        try (Stop stop = Toolkit.call(() -> new Stop(state))) {
            stop.digits();
            stop.runs();
            stop.race();
            stop.data();
            stop.survival();
            stop.reuse();
            stop.composing();
        } finally {
            remove(state);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// The window and what stands around it.
    private final class Stop implements AutoCloseable {
        private final ExecutorService opener = Executors.newSingleThreadExecutor();
        private final BackgroundThread files = new BackgroundThread("skiplab-tour-files");
        private final BackgroundThread saver = new BackgroundThread("skiplab-tour-saver");
        private final Workbench bench;
        private final TrainingViewModel training;
        private final TrainingStudio studio;
        private final DataStudio sets;
        private final Insights insights;
        private final Theme theme;
        private final MainWindow window;
        private final Parent root;

        /// On the JavaFX thread.
        Stop(Path state) {
            bench =
                    Workbench.of(
                            new AppDirs(state, state),
                            new NoDialogs(),
                            files,
                            saver,
                            Duration.ofMillis(500));
            DocumentViewModel document = bench.document();
            DataShelf shelf = new DataShelf();
            training =
                    new TrainingViewModel(
                            document.analysisProperty().map(Analysis::network),
                            DataChoice.BUILT_IN,
                            new EngineTraining(shelf),
                            opener,
                            NetworkEdits.of(document, bench.messages()));
            studio = new TrainingStudio(training, new NoSurroundings());
            bench.settings().theme().set(ThemeChoice.LIGHT);
            sets =
                    new DataStudio(
                            training,
                            shelf,
                            state.resolve("data"),
                            (_, _, _) -> new FetchResult.Cancelled(),
                            files,
                            files,
                            new NoDataDialogs(),
                            new NoSurroundings());
            studio.onBrowseData(sets::show);
            insights =
                    new Insights(
                            studio,
                            training,
                            bench,
                            new NoSurroundings(),
                            state.resolve("runs"),
                            files,
                            new EngineTraining(shelf)::race,
                            files);
            window = new MainWindow(bench, new NoDesktop(), Optional.of(studio), Optional.of(sets));
            root = window.root();
            theme = new Theme(bench.settings().theme(), bench.settings().textSize());
        }

        void digits() throws Exception {
            picture("canvas-resnet-8", 1600, 1000, ThemeChoice.LIGHT);
            train(t -> t.phase() == Phase.FINISHED);
            show("Loss", "loss");
            show("Confusion", "confusion");
            choose("Cut");
            until(() -> root.lookup("#cut-all") instanceof Button b && !b.isDisabled());
            press("#cut-all");
            until(() ->
                    root.lookup("#cut-verdict") instanceof Label said
                            && said.getText().startsWith("whole")
                            && root.lookup("#cut-all") instanceof Button b
                            && !b.isDisabled());
            show("Cut", "cut-a-block");
            show("Cut", "cut-a-block-dark-small", 1000, 700, ThemeChoice.DARK);
            show("sees", "what-it-sees");
            show("Timing", "timing");
            show("Loss", "loss-dark-small", 1000, 700, ThemeChoice.DARK);
        }

        /// The same network once more with another learning rate, over the first run.
        void runs() throws Exception {
            Toolkit.call(() -> {
                training.rewind();
                training.turn(new Knob.LearningRate(0.3));
                return null;
            });
            train(t -> t.step() >= 100);
            until(() -> insights.runs().runsProperty().get().size() == 2);
            Toolkit.call(() -> {
                insights.runs()
                        .runsProperty()
                        .get()
                        .forEach(run -> insights.runs().choose(run, true));
                return null;
            });
            until(() -> insights.runs().curvesProperty().get().size() == 2);
            show("Runs", "runs");
            show("Runs", "runs-dark-small", 1000, 700, ThemeChoice.DARK);
        }

        void race() throws Exception {
            Toolkit.call(() -> {
                insights.race().start(insights.race().pairsProperty().get().getFirst());
                return null;
            });
            until(() ->
                    insights.race().telemetryProperty().get().stream()
                                    .filter(t -> t.step() >= 60)
                                    .count()
                            == 2);
            Toolkit.call(() -> {
                insights.race().toggle();
                return null;
            });
            show("Race", "race");
            show("Race", "race-dark-small", 1000, 700, ThemeChoice.DARK);
            show("Symptoms", "symptoms");
        }

        void data() throws Exception {
            Toolkit.call(() -> {
                sets.show();
                sets.model().show(DataChoice.BUILT_IN.getLast());
                return null;
            });
            until(() -> sets.model().busyProperty().get().isEmpty());
            picture("data", 1600, 1000, ThemeChoice.LIGHT);
            Toolkit.call(() -> {
                sets.show(3);
                return null;
            });
            picture("data-batch-dark-small", 1000, 700, ThemeChoice.DARK);
            Toolkit.call(() -> {
                sets.hide();
                return null;
            });
        }

        void survival() throws Exception {
            open("stochastic-resnet-20", "shapes", 32);
            Toolkit.call(() -> {
                // Another seed, so that it begins with its own weights and not with earlier ones.
                training.settingsProperty().set(training.settingsProperty().get().withSeed(2));
                training.haunt(Optional.of(Ghost.WITHOUT_SHORTCUTS));
                return null;
            });
            train(t -> t.step() >= 100);
            until(() ->
                    training.ghostTelemetryProperty().get().map(Telemetry::step).orElse(0) > 90);
            show("Survival", "survival");
            show("Gradient", "gradient-with-ghost");
            show("Gradient", "gradient-with-ghost-dark-small", 1000, 700, ThemeChoice.DARK);
            Toolkit.call(() -> {
                training.haunt(Optional.empty());
                return null;
            });
        }

        void reuse() throws Exception {
            open("densenet-bc-40-12", "shapes", 16);
            picture("canvas-densenet-bc-40-12", 1600, 1000, ThemeChoice.LIGHT);
            train(t -> t.step() >= 60);
            show("reuse", "feature-reuse");
        }

        /// What is there to compose with: the inside of a block, gallery, comparison, help.
        void composing() throws Exception {
            open("resnet-20", "shapes", 32);
            Toolkit.call(() -> bench.canvas().enter("stage2_block1"));
            picture("inside-a-block", 1600, 1000, ThemeChoice.LIGHT);
            Toolkit.call(() -> {
                bench.canvas().leave();
                return null;
            });
            sheet("file.gallery", "gallery");
            sheet("view.compare", "compare");
            sheet("help.page.blocks", "help");
        }

        /// Opens what lies over the window, and closes it after its pictures.
        private void sheet(String command, String name) throws Exception {
            run(command);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline && Toolkit.call(this::comparing)) {
                Thread.sleep(20);
            }
            picture(name, 1600, 1000, ThemeChoice.LIGHT);
            picture(name + "-dark-small", 1000, 700, ThemeChoice.DARK);
            Toolkit.call(() -> {
                root.lookupAll(".sheet-scrim").stream()
                        .filter(Sheet.class::isInstance)
                        .map(Sheet.class::cast)
                        .filter(Sheet::isOpen)
                        .forEach(Sheet::close);
                return null;
            });
        }

        private boolean comparing() {
            return root.lookup("#compare-summary") instanceof Label summary
                    && summary.getText().equals(CompareView.COMPARING);
        }

        private void run(String command) throws Exception {
            Toolkit.call(() -> {
                window.run(command);
                return null;
            });
        }

        private void open(String preset, String data, int batch) throws Exception {
            Network network = Presets.get(preset).network();
            Toolkit.call(() -> {
                training.dataProperty()
                        .set(
                                training.choices().stream()
                                        .filter(c -> c.spec().startsWith(data))
                                        .findFirst()
                                        .orElseThrow());
                training.settingsProperty().set(training.settingsProperty().get().withBatch(batch));
                bench.document().start(network);
                return null;
            });
        }

        private void train(Predicate<Telemetry> enough) throws Exception {
            int before = Toolkit.call(this::steps);
            Toolkit.call(() -> {
                training.togglePlay();
                return null;
            });
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean fresh = before == 0;
            while (System.nanoTime() < deadline) {
                Optional<Telemetry> now = Toolkit.call(() -> training.telemetryProperty().get());
                if (now.isPresent() && now.get().phase() == Phase.FAILED) {
                    throw new IOException(now.get().message());
                }
                // Until the new session has replaced the one before, its predecessor still shows.
                fresh |= now.map(Telemetry::step).orElse(0) < before;
                if (fresh && now.filter(enough).isPresent()) {
                    break;
                }
                Thread.sleep(50);
            }
            Toolkit.call(() -> {
                Optional<Telemetry> now = training.telemetryProperty().get();
                if (now.isPresent() && now.get().phase() == Phase.RUNNING) {
                    training.togglePlay();
                }
                return null;
            });
        }

        /// Waits for something in the window, but not for ever.
        private void until(BooleanSupplier condition) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline && !Toolkit.call(condition::getAsBoolean)) {
                Thread.sleep(50);
            }
        }

        /// Presses a button, and gives what it starts some time.
        private void press(String id) throws Exception {
            Toolkit.call(() -> {
                if (root.lookup(id) instanceof Button button) {
                    button.fire();
                }
                return null;
            });
        }

        private int steps() {
            return training.telemetryProperty().get().map(Telemetry::step).orElse(0);
        }

        private void show(String tab, String name) throws Exception {
            show(tab, name, 1600, 1000, ThemeChoice.LIGHT);
        }

        private void show(String tab, String name, int width, int height, ThemeChoice choice)
                throws Exception {
            choose(tab);
            picture(name, width, height, choice);
        }

        /// Brings an insight to the front.
        private void choose(String tab) throws Exception {
            Action action =
                    studio.actions().stream()
                            .filter(a -> a.id().startsWith("train.show."))
                            .filter(a ->
                                    a.title()
                                            .get()
                                            .toLowerCase(Locale.ROOT)
                                            .contains(tab.toLowerCase(Locale.ROOT)))
                            .findFirst()
                            .orElseThrow();
            Toolkit.call(() -> {
                action.run();
                return null;
            });
        }

        /// Lays the window out, lets the plots follow for some frames, and writes it.
        private void picture(String name, int width, int height, ThemeChoice choice)
                throws Exception {
            Path file = folder.resolve(name + ".png");
            Scene scene =
                    Toolkit.call(() -> {
                        bench.settings().theme().set(choice);
                        Scene old = root.getScene();
                        if (old != null) {
                            old.setRoot(new Group());
                        }
                        Scene fresh = new Scene(root, width, height);
                        theme.install(fresh);
                        Pictures.willTake(fresh);
                        Pictures.of(fresh);
                        return fresh;
                    });
            Thread.sleep(FRAMES_MS);
            Toolkit.call(() -> {
                Pictures.writePng(Pictures.of(scene), file);
                return null;
            });
            say.accept(file.toString());
        }

        @Override
        public void close() throws IOException {
            try {
                shut();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("the window did not close", e);
            }
        }

        private void shut() throws Exception {
            Toolkit.call(() -> {
                sets.close();
                studio.close();
                insights.close();
                return null;
            });
            opener.shutdownNow();
            files.close();
            saver.close();
            bench.autosave().close();
        }
    }

    private static final class NoDialogs implements Dialogs {
        @Override
        public Optional<Path> chooseToOpen() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> chooseToSave(String suggestion) {
            return Optional.empty();
        }

        @Override
        public Unsaved askUnsaved(String name) {
            return Unsaved.DISCARD;
        }
    }

    private static final class NoDataDialogs implements DataDialogs {
        @Override
        public Optional<Path> chooseFile() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> chooseFolder() {
            return Optional.empty();
        }
    }

    private static final class NoDesktop implements Desktop {
        @Override
        public void browse(String address) {}

        @Override
        public void quit() {}
    }

    private static final class NoSurroundings implements Surroundings {
        @Override
        public Optional<Path> chooseFile(String name, FigureFile kind) {
            return Optional.empty();
        }

        @Override
        public void browse(String address) {}

        @Override
        public void tell(String message) {}

        @Override
        public void warn(String message) {}
    }
}
