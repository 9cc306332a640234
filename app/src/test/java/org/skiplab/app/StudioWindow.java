package org.skiplab.app;

import static org.skiplab.app.Journey.await;
import static org.skiplab.app.Journey.onFx;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.tour.Unattended;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;

/// The real window with its training half and the real engine on the bundled digits, for journeys
/// through it. Pictures are left in `target/screens`.
final class StudioWindow {

    static final Shape DIGITS = new Shape(28, 28, 1);

    private static final Path SCREENS = Path.of("target", "screens");

    final Fixture fixture;
    final TrainingStudio studio;
    private final Scene scene;

    /// On the JavaFX thread; shows itself.
    StudioWindow(Path folder, Stage stage) {
        fixture = new Fixture(folder);
        Workbench bench = fixture.bench;
        studio = studio(bench);
        Theme theme = new Theme(bench.settings().theme(), bench.settings().textSize());
        MainWindow window = new MainWindow(bench, new Unattended(), Optional.of(studio));
        scene = new Scene(window.root(), 1000, 700);
        theme.install(scene);
        stage.setScene(scene);
        stage.show();
        window.focusCanvas();
    }

    /// The training half as the program has it.
    static TrainingStudio studio(Workbench bench) {
        return TrainingStudio.of(
                bench.document().analysisProperty().map(Analysis::network),
                NetworkEdits.of(bench.document(), bench.messages()),
                new Unattended());
    }

    Workbench bench() {
        return fixture.bench;
    }

    Scene scene() {
        return scene;
    }

    void close() throws Exception {
        onFx(() -> {
            studio.close();
            return true;
        });
    }

    /// Brings an insight to the front, laid out.
    void show(String insight) throws Exception {
        onFx(() -> {
            studio.actions().stream()
                    .filter(a -> a.title().get().startsWith("Show " + insight))
                    .findFirst()
                    .orElseThrow()
                    .run();
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            return true;
        });
    }

    /// Waits for a node.
    Node find(String id) throws Exception {
        await(() -> scene.lookup(id) != null);
        return onFx(() -> Objects.requireNonNull(scene.lookup(id)));
    }

    /// What a label says; nothing if it is not there. On the JavaFX thread.
    String text(String id) {
        return scene.lookup(id) instanceof Label label ? label.getText() : "";
    }

    void shoot(String name) throws Exception {
        onFx(() -> {
            Pictures.writePng(Pictures.of(scene), SCREENS.resolve(name + ".png"));
            return true;
        });
    }

    /// A click as the toolkit delivers it; the headless robot loses its window under load.
    ///
    /// @param across share of the node's width
    /// @param down share of its height
    static boolean click(Node node, double across, double down) {
        double x = node.getBoundsInLocal().getWidth() * across;
        double y = node.getBoundsInLocal().getHeight() * down;
        for (EventType<MouseEvent> type :
                List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            boolean pressed = type == MouseEvent.MOUSE_PRESSED;
            node.fireEvent(
                    new MouseEvent(
                            type,
                            x,
                            y,
                            x,
                            y,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            pressed,
                            false,
                            false,
                            false,
                            false,
                            true,
                            null));
        }
        return true;
    }

    /// The smallest preset with a drop path on each residual block.
    static Network gated() {
        Network network = Presets.get("resnet-8").network(DIGITS, 10);
        return network.withNodes(
                network.nodes().stream()
                        .map(n ->
                                n.block() instanceof Residual r
                                        ? new org.skiplab.engine.graph.Node(
                                                n.id(), r.withGate(Gate.SCHEDULED), n.inputs())
                                        : n)
                        .toList());
    }
}
