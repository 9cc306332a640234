package org.skiplab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.skiplab.app.canvas.CanvasViewModel;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.tour.Unattended;
import org.skiplab.app.training.TrainingPanel;
import org.skiplab.engine.graph.edit.Catalogue;
import org.testfx.api.FxToolkit;

/// A journey through the real window, without its training half unless it asks for it: the window,
/// a hand for it, and where things are on the canvas.
@SuppressWarnings("NullAway.Init")
abstract class WindowJourney {

    /// A loaded machine may take long to start the toolkit.
    private static final int PATIENCE = 180_000;

    private final int height;

    Fixture fixture;
    DocumentViewModel document;
    CanvasViewModel canvas;
    MainWindow window;
    Path folder;
    Scene scene;
    Hand hand;

    WindowJourney(int height) {
        this.height = height;
    }

    @BeforeAll
    static void takeTime() {
        FxToolkit.toolkitContext().setLaunchTimeoutInMillis(PATIENCE);
        FxToolkit.toolkitContext().setSetupTimeoutInMillis(PATIENCE);
    }

    @BeforeEach
    @SuppressWarnings("NullAway")
    void open() throws IOException, TimeoutException {
        folder = Files.createTempDirectory("journey");
        FxToolkit.registerPrimaryStage();
        FxToolkit.setupStage(this::start);
        hand = new Hand(scene);
    }

    private void start(Stage stage) {
        fixture = new Fixture(folder);
        document = fixture.bench.document();
        canvas = fixture.bench.canvas();
        Theme theme =
                new Theme(fixture.bench.settings().theme(), fixture.bench.settings().textSize());
        window = new MainWindow(fixture.bench, new Unattended(), training(fixture.bench));
        scene = new Scene(window.root(), 1000, height);
        theme.install(scene);
        stage.setScene(scene);
        stage.show();
        window.focusCanvas();
    }

    /// What hangs below the canvas: nothing, unless a journey goes there.
    Optional<TrainingPanel> training(Workbench bench) {
        return Optional.empty();
    }

    @AfterEach
    void close() throws TimeoutException {
        hand.release();
        FxToolkit.cleanupStages();
        fixture.bench.autosave().close();
    }

    /// What the drag's hint says.
    String hint() {
        return ((Label) hand.get("#drag-hint")).getText();
    }

    Point2D item(Catalogue entry) {
        return hand.middle(window.palette().item(entry));
    }

    Point2D card(String id) {
        return hand.middle(hand.get("#card-" + id).lookup(".card-frame"));
    }

    Point2D wire(String from, String to) {
        return hand.middle(hand.get("#wire-" + from + "-" + to).lookup(".wire-line"));
    }
}
