package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.onFx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.application.Application;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.tour.Unattended;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Every view of the training half, painted by the real toolkit with a recorded run; the pictures
/// are left in `target/screens` to be looked at.
@ExtendWith(ApplicationExtension.class)
class TrainingScreensTest {

    private static final Path SCREENS = Path.of("target", "screens");

    private Stage stage;

    @Start
    void start(Stage first) {
        stage = first;
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 270, light, resnet-20, 0",
        "1000, 270, light, stochastic-resnet-110, 1",
        "1000, 270, light, densenet-40-12, 3",
        "1000, 270, dark, stochastic-resnet-110, 2",
        "1000, 270, dark, resnet-20, 6",
        "1600, 400, dark, resnet-20, 0",
        "1600, 400, dark, stochastic-resnet-110, 1",
        "1600, 400, dark, densenet-40-12, 3",
        "1600, 400, light, stochastic-resnet-110, 2",
        "1600, 400, light, resnet-20, 6"
    })
    void everyViewPaints(int width, int height, String theme, String design, int tab)
            throws Exception {
        onFx(() -> {
            try (Window window = new Window(design, width, height, theme)) {
                window.play(600);
                window.studio.select(tab);
                String name = design + "-" + tab + "-" + width + "-" + theme;
                assertThat(colours(window.shoot(name))).isGreaterThan(12);
            }
        });
    }

    @Test
    void noCaptionIsCutInANarrowWindow() throws Exception {
        onFx(() -> {
            try (Window window = new Window("stochastic-resnet-20", 1000, 330, "dark")) {
                window.play(40);
                for (int tab = 0; tab < 8; tab++) {
                    window.studio.select(tab);
                    window.shoot("narrow-" + tab);
                    for (Node node : stage.getScene().getRoot().lookupAll(".view-head .caption")) {
                        assertThat(((Label) node).getWidth())
                                .as(((Label) node).getText())
                                .isGreaterThanOrEqualTo(node.prefWidth(-1) - 1);
                    }
                }
            }
        });
    }

    @Test
    void everyInsightIsWithinReachInANarrowWindowAndOnlyTheOpenOneIsInTheScene() throws Exception {
        onFx(() -> {
            try (Window window = new Window("resnet-20", 1000, 330, "light")) {
                for (int tab = 0; tab < 8; tab++) {
                    window.studio.select(tab);
                    window.shoot("tabs-" + tab);
                    Parent root = stage.getScene().getRoot();
                    assertThat(root.lookup(".control-buttons-tab").isVisible()).isFalse();
                    List<Label> titled =
                            root.lookupAll(".tab-label").stream()
                                    .map(Label.class::cast)
                                    .filter(l -> l.getContentDisplay() == ContentDisplay.LEFT)
                                    .toList();
                    assertThat(titled)
                            .extracting(Label::getText)
                            .containsExactly(window.studio.titles().get(tab));
                    assertThat(root.lookupAll(".view-head")).hasSize(1);
                }
            }
        });
    }

    /// Between the two forms of the row: the one must not bring about the other.
    @ParameterizedTest
    @ValueSource(ints = {1150, 1180, 1210, 1240, 1270, 1300})
    void theRowOfTabsStaysAsItIs(int width) throws Exception {
        onFx(() -> {
            try (Window window = new Window("resnet-20", width, 330, "light")) {
                window.shoot("tabs-" + width);
                for (int tab : new int[] {0, 1, 0, 1, 0}) {
                    window.studio.select(tab);
                    window.shoot("tabs-" + width);
                    assertThat(
                                    stage.getScene()
                                            .getRoot()
                                            .lookup(".control-buttons-tab")
                                            .isVisible())
                            .isFalse();
                }
            }
        });
    }

    @Test
    void aWideWindowShowsAllTitles() throws Exception {
        onFx(() -> {
            try (Window window = new Window("resnet-20", 1900, 400, "light")) {
                window.shoot("tabs-wide");
                assertThat(stage.getScene().getRoot().lookupAll(".tab-label"))
                        .hasSize(8)
                        .allMatch(l -> ((Label) l).getContentDisplay() == ContentDisplay.LEFT);
            }
        });
    }

    @Test
    void emptyAndBadStatesAreWritten() throws Exception {
        onFx(() -> {
            try (Window window = new Window("resnet-20", 1000, 270, "light")) {
                for (int tab = 0; tab < 8; tab++) {
                    window.studio.select(tab);
                    assertThat(colours(window.shoot("empty-" + tab))).isGreaterThan(12);
                }
                window.play(300);
                window.fake()
                        .publish(
                                Phase.DIVERGED,
                                "the loss is not a number at step 301, first seen in stage1.block2");
                window.studio.select(0);
                window.shoot("diverged");
                assertThat(window.model.transport().readoutProperty().get().mood())
                        .isEqualTo(Readout.Mood.TROUBLE);
                window.fake()
                        .publish(
                                Phase.FAILED,
                                "the network needs 14 GB, this machine has 12 GB; choose a smaller batch");
                window.shoot("failed");
                window.network.set(window.network.get().withInput(new Shape(28, 28, 1)));
                window.shoot("blocked");
                assertThat(window.model.transport().readoutProperty().get().playable()).isFalse();
            }
        });
    }

    private static int colours(WritableImage image) {
        Set<Integer> seen = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x += 2) {
                seen.add(image.getPixelReader().getArgb(x, y));
            }
        }
        return seen.size();
    }

    private final class Window implements AutoCloseable {

        final SimpleObjectProperty<Network> network;
        final List<FakeTraining> fakes = new ArrayList<>();
        final TrainingViewModel model;
        final TrainingStudio studio;
        private long now = 1;

        Window(String design, int width, int height, String theme) {
            Application.setUserAgentStylesheet(
                    (theme.equals("dark") ? new PrimerDark() : new PrimerLight())
                            .getUserAgentStylesheet());
            Network preset = ((Presets.Lookup.Found) Presets.find(design)).preset().network();
            network = new SimpleObjectProperty<>(preset);
            model =
                    new TrainingViewModel(
                            network,
                            List.of(TrainingFixture.CIFAR_LIKE),
                            (plan, _) -> {
                                FakeTraining fake = new FakeTraining(plan);
                                fakes.add(fake);
                                return fake;
                            },
                            Runnable::run,
                            TrainingFixture.editing(network));
            studio = new TrainingStudio(model, new Unattended());
            BorderPane root = new BorderPane(studio.dock());
            root.setTop(studio.transport());
            stage.setScene(new Scene(root, width, height));
            stage.show();
            root.applyCss();
            root.layout();
        }

        FakeTraining fake() {
            return fakes.getLast();
        }

        void play(int steps) {
            model.transport().togglePlay();
            frame();
            fake().recording.steps(steps / 2);
            model.knobs().turn(new Knob.LearningRate(0.03));
            if (!network.get().survivalProbabilities().isEmpty()) {
                model.knobs().turn(new Knob.SurvivalSchedule(new Survival.Linear(0.6)));
            }
            frame();
            fake().recording.steps(steps - steps / 2);
            fake().publish(Phase.RUNNING, "");
            frame();
        }

        void frame() {
            now += 1_000_000_000;
            studio.frame(now, true);
        }

        WritableImage shoot(String name) {
            Parent root = stage.getScene().getRoot();
            frame();
            root.applyCss();
            root.layout();
            frame();
            WritableImage image = stage.getScene().snapshot(null);
            try {
                Files.createDirectories(SCREENS);
                FigureFile.writePng(image, SCREENS.resolve(name + ".png"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return image;
        }

        @Override
        public void close() {
            studio.close();
        }
    }
}
