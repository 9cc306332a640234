package org.skiplab.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.data.DataFolder;
import org.skiplab.app.data.DataStudio;
import org.skiplab.app.data.Fetching;
import org.skiplab.app.data.SystemDataDialogs;
import org.skiplab.app.document.Autosave;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.document.FileDialogs;
import org.skiplab.app.document.Recovery;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.app.theme.SystemText;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingPanel;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.engine.graph.Analysis;

/// The window as a program: builds it, opens what it was asked to open, and ends it in order.
public final class SkipLab extends Application {

    private static final Duration BETWEEN_AUTOSAVES = Duration.ofMillis(500);
    private static final double LEAST_WIDTH = 860;
    private static final double LEAST_HEIGHT = 560;

    private final BackgroundThread files = new BackgroundThread("skiplab-files");
    private final BackgroundThread saver = new BackgroundThread("skiplab-autosave");
    private final BackgroundThread layouts = new BackgroundThread("skiplab-layout");
    private final BackgroundThread keeper = new BackgroundThread("skiplab-runs");
    private final BackgroundThread racer = new BackgroundThread("skiplab-races");
    private final BackgroundThread reader = new BackgroundThread("skiplab-data");
    private final BackgroundThread fetches = new BackgroundThread("skiplab-fetch");
    private @Nullable Autosave autosave;
    private @Nullable DataStudio data;
    private @Nullable TrainingPanel training;
    private @Nullable Insights insights;

    @Override
    public void start(Stage stage) {
        AppDirs dirs = AppDirs.ofSystem();
        Workbench bench =
                Workbench.of(
                        dirs, new FileDialogs(stage), files, saver, layouts, BETWEEN_AUTOSAVES);
        autosave = bench.autosave();
        Theme theme = new Theme(bench.settings().theme(), bench.settings().textSize());
        Desktop desktop = desktop();
        Surroundings surroundings = new WindowSurroundings(stage, desktop, bench.messages());
        DataShelf shelf = new DataShelf();
        TrainingStudio panel = training(bench, surroundings, shelf);
        training = panel;
        DataStudio sets =
                new DataStudio(
                        panel.model().plan(),
                        panel.rhythm(),
                        shelf,
                        DataFolder.ofSystem(),
                        Fetching.OVER_HTTP,
                        reader,
                        fetches,
                        new SystemDataDialogs(stage),
                        surroundings);
        panel.onBrowseData(sets::show);
        data = sets;
        insights =
                new Insights(
                        panel,
                        panel.model(),
                        bench,
                        surroundings,
                        dirs.runs(),
                        keeper,
                        new EngineTraining(shelf)::race,
                        racer);
        MainWindow window = new MainWindow(bench, desktop, Optional.of(panel), Optional.of(sets));
        // Without a size a scene first takes what its content would like, and panels are shared
        // out.
        Scene scene =
                new Scene(
                        window.root(),
                        bench.settings().windowWidth().get(),
                        bench.settings().windowHeight().get());
        theme.install(scene);
        stage.setScene(scene);
        stage.titleProperty().bind(bench.document().titleProperty().map(t -> t + " — SkipLab"));
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        place(stage, bench.settings());
        stage.setOnCloseRequest(e -> {
            e.consume();
            bench.document().whenSafe(desktop::quit);
        });
        stage.show();
        window.focusCanvas();
        Recovery recovery = new Recovery(bench.document(), bench.autosave(), bench.messages());
        getParameters().getUnnamed().stream()
                .findFirst()
                .map(Path::of)
                .ifPresentOrElse(
                        file -> bench.document().open(file, recovery::offer), recovery::offer);
        files.run(
                () ->
                        SystemText.percent(
                                System.getProperty("os.name"), Font.getDefault().getSize()),
                bench.settings().systemText()::set,
                _ -> {});
    }

    @Override
    public void stop() {
        if (training != null) {
            training.close();
        }
        if (insights != null) {
            insights.close();
        }
        racer.close();
        keeper.close();
        if (data != null) {
            data.close();
        }
        fetches.close();
        reader.close();
        files.close();
        saver.close();
        layouts.close();
        if (autosave != null) {
            autosave.close();
        }
    }

    private static TrainingStudio training(
            Workbench bench, Surroundings surroundings, DataShelf shelf) {
        DocumentViewModel document = bench.document();
        return TrainingStudio.of(
                document.analysisProperty().map(Analysis::network),
                NetworkEdits.of(document, bench.messages()),
                surroundings,
                shelf);
    }

    private Desktop desktop() {
        return new Desktop() {
            @Override
            public void browse(String address) {
                getHostServices().showDocument(address);
            }

            @Override
            public void quit() {
                Platform.exit();
            }
        };
    }

    /// The window's size of last time, as far as the screen has it.
    private static void place(Stage stage, AppSettings settings) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setWidth(Math.min(settings.windowWidth().get(), screen.getWidth()));
        stage.setHeight(Math.min(settings.windowHeight().get(), screen.getHeight()));
        stage.setMaximized(settings.windowMaximised().get());
        stage.setOnHiding(_ -> {
            settings.windowMaximised().set(stage.isMaximized());
            if (!stage.isMaximized()) {
                settings.windowWidth().set(stage.getWidth());
                settings.windowHeight().set(stage.getHeight());
            }
        });
    }
}
