package org.skiplab.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.command.Action;
import org.skiplab.app.document.Autosave;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.document.FileDialogs;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.message.Message;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingPanel;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.engine.graph.Analysis;

/// The window as a program: builds it, opens what it was asked to open, and ends it in order.
public final class SkipLab extends Application {

    private static final Duration BETWEEN_AUTOSAVES = Duration.ofMillis(500);
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 860;
    private static final double LEAST_HEIGHT = 560;

    private final BackgroundThread files = new BackgroundThread("skiplab-files");
    private final BackgroundThread saver = new BackgroundThread("skiplab-autosave");
    private @Nullable Autosave autosave;
    private @Nullable TrainingPanel training;

    @Override
    public void start(Stage stage) {
        Workbench bench =
                Workbench.of(
                        AppDirs.ofSystem(),
                        new FileDialogs(stage),
                        files,
                        saver,
                        BETWEEN_AUTOSAVES);
        autosave = bench.autosave();
        Theme theme = new Theme(bench.settings().theme(), bench.settings().textSize());
        Desktop desktop = desktop();
        TrainingPanel panel =
                training(bench, new WindowSurroundings(stage, desktop, bench.messages()));
        training = panel;
        MainWindow window = new MainWindow(bench, desktop, Optional.of(panel));
        Scene scene = new Scene(window.root(), width(), height());
        theme.install(scene);
        stage.setScene(scene);
        stage.titleProperty().bind(bench.document().titleProperty().map(t -> t + " — SkipLab"));
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setOnCloseRequest(e -> {
            e.consume();
            bench.document().whenSafe(Platform::exit);
        });
        stage.show();
        window.focusCanvas();
        List<String> arguments = getParameters().getUnnamed();
        if (arguments.isEmpty()) {
            offerRecovery(bench);
        } else {
            bench.document().open(Path.of(arguments.getFirst()));
        }
    }

    @Override
    public void stop() {
        if (training != null) {
            training.close();
        }
        files.close();
        saver.close();
        if (autosave != null) {
            autosave.close();
        }
    }

    private static TrainingPanel training(Workbench bench, Surroundings surroundings) {
        DocumentViewModel document = bench.document();
        return TrainingStudio.of(
                document.analysisProperty().map(Analysis::network),
                NetworkEdits.of(document, bench.messages()),
                surroundings);
    }

    private static void offerRecovery(Workbench bench) {
        List<Autosave.Leftover> leftovers = bench.autosave().leftovers();
        if (!leftovers.isEmpty()) {
            Autosave.Leftover newest = leftovers.getFirst();
            String name = newest.design().network().name();
            bench.messages()
                    .show(
                            Message.offer(
                                    "SkipLab ended unexpectedly with unsaved changes to "
                                            + name
                                            + ".",
                                    Action.of(
                                            "file.recover",
                                            "Recover",
                                            null,
                                            null,
                                            () -> bench.document().recover(newest))));
        }
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

    private static double width() {
        return Math.min(WIDTH, Screen.getPrimary().getVisualBounds().getWidth());
    }

    private static double height() {
        return Math.min(HEIGHT, Screen.getPrimary().getVisualBounds().getHeight());
    }
}
