package org.skiplab.app.tour;

import java.io.IOException;
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
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import org.skiplab.app.Insights;
import org.skiplab.app.MainWindow;
import org.skiplab.app.Workbench;
import org.skiplab.app.command.Action;
import org.skiplab.app.compare.CompareView;
import org.skiplab.app.data.DataStudio;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.sheet.Sheet;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.theme.ThemeChoice;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.data.fetch.FetchResult;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

/// The real window on JavaFX's headless platform, driven without anybody: shows what it is told to,
/// waits for it, and takes its picture.
final class TourWindow implements AutoCloseable {

    /// How much a station waits for at the most; a slow machine shows fewer steps, not other ones.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int FRAMES_MS = 400;

    private final Path folder;
    private final Consumer<String> say;
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
    ///
    /// @param state where the window keeps what it has to remember
    /// @param folder where the pictures go
    /// @param say told in one line of each picture
    TourWindow(Path state, Path folder, Consumer<String> say) {
        this.folder = folder;
        this.say = say;
        Unattended nobody = new Unattended();
        bench =
                Workbench.of(
                        new AppDirs(state, state), nobody, files, saver, Duration.ofMillis(500));
        DocumentViewModel document = bench.document();
        DataShelf shelf = new DataShelf();
        training =
                new TrainingViewModel(
                        document.analysisProperty().map(Analysis::network),
                        DataChoice.BUILT_IN,
                        new EngineTraining(shelf),
                        opener,
                        NetworkEdits.of(document, bench.messages()));
        studio = new TrainingStudio(training, nobody);
        bench.settings().theme().set(ThemeChoice.LIGHT);
        sets =
                new DataStudio(
                        training.plan(),
                        studio.rhythm(),
                        shelf,
                        state.resolve("data"),
                        (_, _, _) -> new FetchResult.Cancelled(),
                        files,
                        files,
                        nobody,
                        nobody);
        studio.onBrowseData(sets::show);
        insights =
                new Insights(
                        studio,
                        training,
                        bench,
                        nobody,
                        state.resolve("runs"),
                        files,
                        new EngineTraining(shelf)::race,
                        files);
        window = new MainWindow(bench, nobody, Optional.of(studio), Optional.of(sets));
        root = window.root();
        theme = new Theme(bench.settings().theme(), bench.settings().textSize());
    }

    Workbench bench() {
        return bench;
    }

    TrainingViewModel training() {
        return training;
    }

    DataStudio sets() {
        return sets;
    }

    Insights insights() {
        return insights;
    }

    /// A node by its id, if it is there and of that kind.
    <T extends Node> Optional<T> find(String id, Class<T> kind) {
        return Optional.ofNullable(root.lookup(id)).filter(kind::isInstance).map(kind::cast);
    }

    /// Does something on the JavaFX thread.
    void does(Runnable what) throws Exception {
        Toolkit.call(() -> {
            what.run();
            return null;
        });
    }

    /// Picks an item of a combo box by its words.
    void pick(String id, String words) {
        if (root.lookup(id) instanceof ComboBox<?> box) {
            pick(box, words);
        }
    }

    private static <T> void pick(ComboBox<T> box, String words) {
        box.getItems().stream()
                .filter(item -> item.toString().equals(words))
                .findFirst()
                .ifPresent(box::setValue);
    }

    /// Opens what lies over the window, and closes it after its pictures.
    ///
    /// @param then what is done to it before
    void sheet(String command, String name, Runnable then) throws Exception {
        run(command);
        does(then);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && Toolkit.call(this::comparing)) {
            Thread.sleep(20);
        }
        picture(name, 1600, 1000, ThemeChoice.LIGHT);
        picture(name + "-dark-small", 1000, 700, ThemeChoice.DARK);
        does(() -> {
            root.lookupAll(".sheet-scrim").stream()
                    .filter(Sheet.class::isInstance)
                    .map(Sheet.class::cast)
                    .filter(Sheet::isOpen)
                    .forEach(Sheet::close);
        });
    }

    private boolean comparing() {
        return root.lookup("#compare-summary") instanceof Label summary
                && summary.getText().equals(CompareView.COMPARING);
    }

    private void run(String command) throws Exception {
        does(() -> window.run(command));
    }

    void open(String preset, String data, int batch) throws Exception {
        Network network = Presets.get(preset).network();
        does(() -> {
            training.plan()
                    .dataProperty()
                    .set(
                            training.plan().choices().stream()
                                    .filter(c -> c.spec().startsWith(data))
                                    .findFirst()
                                    .orElseThrow());
            training.knobs()
                    .settingsProperty()
                    .set(training.knobs().settingsProperty().get().withBatch(batch));
            bench.document().start(network);
        });
    }

    void train(Predicate<Telemetry> enough) throws Exception {
        int before = Toolkit.call(this::steps);
        does(training.transport()::togglePlay);
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
        does(() -> {
            Optional<Telemetry> now = training.telemetryProperty().get();
            if (now.isPresent() && now.get().phase() == Phase.RUNNING) {
                training.transport().togglePlay();
            }
        });
    }

    /// Waits for something in the window, but not for ever.
    void until(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !Toolkit.call(condition::getAsBoolean)) {
            Thread.sleep(50);
        }
    }

    /// Presses a button, and gives what it starts some time.
    void press(String id) throws Exception {
        does(() -> find(id, Button.class).ifPresent(Button::fire));
    }

    private int steps() {
        return training.telemetryProperty().get().map(Telemetry::step).orElse(0);
    }

    void show(String tab, String name) throws Exception {
        show(tab, name, 1600, 1000, ThemeChoice.LIGHT);
    }

    void show(String tab, String name, int width, int height, ThemeChoice choice) throws Exception {
        choose(tab);
        picture(name, width, height, choice);
    }

    /// Brings an insight to the front.
    void choose(String tab) throws Exception {
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
        does(() -> {
            action.run();
            // What a scroll pane holds is not found before the pane has its skin.
            root.applyCss();
        });
    }

    /// Lays the window out, lets the plots follow for some frames, and writes it.
    void picture(String name, int width, int height, ThemeChoice choice) throws Exception {
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
        does(() -> Pictures.writePng(Pictures.of(scene), file));
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
        does(() -> {
            sets.close();
            studio.close();
            insights.close();
        });
        opener.shutdownNow();
        files.close();
        saver.close();
        bench.autosave().close();
    }
}
