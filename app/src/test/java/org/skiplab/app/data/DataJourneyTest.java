package org.skiplab.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.onFx;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.MainWindow;
import org.skiplab.app.fx.Background;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.tour.Unattended;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Shape;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Data in the real window: looked at with keys only, opened from a file, and fitted to.
@ExtendWith(ApplicationExtension.class)
class DataJourneyTest {

    @TempDir Path folder;
    private Fixture fixture;
    private TrainingStudio training;
    private DataStudio data;
    private Stage stage;

    @Start
    void start(Stage first) {
        stage = first;
        fixture = new Fixture(folder);
        var shelf = new DataShelf();
        training =
                TrainingStudio.of(
                        fixture.bench.document().analysisProperty().map(Analysis::network),
                        NetworkEdits.of(fixture.bench.document(), fixture.bench.messages()),
                        new Unattended(),
                        shelf);
        data =
                new DataStudio(
                        training.model().plan(),
                        training.rhythm(),
                        shelf,
                        folder.resolve("fetched"),
                        (_, _, _) -> {
                            throw new AssertionError("nobody asked to fetch");
                        },
                        Background.INLINE,
                        Background.INLINE,
                        new OneFile(),
                        new Unattended());
        training.onBrowseData(data::show);
        var theme =
                new Theme(fixture.bench.settings().theme(), fixture.bench.settings().textSize());
        var window =
                new MainWindow(
                        fixture.bench, new Unattended(), Optional.of(training), Optional.of(data));
        var scene = new Scene(window.root(), 1000, 700);
        theme.install(scene);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void stop() throws Exception {
        onFx(() -> {
            data.close();
            training.close();
            return true;
        });
    }

    @Test
    void thePageOpensFromTheTransportBarAndKeysLeadThroughIt() throws Exception {
        onFx(() -> {
            find("#browse-data", Button.class).fire();
            return true;
        });
        settle();
        Node images = onFx(() -> find("#data-images", Node.class));
        assertThat(onFx(() -> find("#data-choices", Node.class).isFocused())).isTrue();
        String before = onFx(() -> closeUp());
        onFx(() -> {
            images.requestFocus();
            return press(images, KeyCode.DOWN) && press(images, KeyCode.RIGHT);
        });
        assertThat(onFx(() -> closeUp())).isNotEqualTo(before);
        for (int tab = 0; tab < 4; tab++) {
            int shown = tab;
            onFx(() -> {
                data.show(shown);
                return true;
            });
            settle();
        }
        ImageView batch = onFx(() -> find("#data-batch", ImageView.class));
        assertThat(onFx(() -> batch.getImage() != null)).isTrue();
        assertThat(onFx(() -> batch.getAccessibleText())).contains("32 images");
        onFx(() -> press(find("#data-batch", Node.class), KeyCode.ESCAPE));
        assertThat(onFx(() -> find("#data-page", Node.class).isVisible())).isFalse();
    }

    @Test
    void aChosenFileFitsTheNetworkInOneUndoableAnnouncedEdit() throws Exception {
        Network before = onFx(() -> fixture.bench.document().network());
        onFx(() -> {
            data.show();
            return true;
        });
        settle();
        onFx(() -> {
            find("#data-open-file", Button.class).fire();
            find("#data-use", Button.class).fire();
            return true;
        });
        Network fitted = onFx(() -> fixture.bench.document().network());
        assertThat(fitted.input()).isEqualTo(new Shape(2, 2, 1));
        assertThat(Analysis.of(fitted).classes()).hasValue(3);
        assertThat(onFx(() -> fixture.bench.messages().newest().orElseThrow().text()))
                .contains("2×2×1", "3 classes", "undo");
        onFx(() -> {
            fixture.bench.document().undo();
            return true;
        });
        assertThat(onFx(() -> fixture.bench.document().network())).isEqualTo(before);
    }

    @Test
    void troubleIsALineOnThePage() throws Exception {
        onFx(() -> {
            data.open(folder.resolve("gone.csv"));
            return true;
        });
        settle();
        Label problem = onFx(() -> find("#data-problem", Label.class));
        assertThat(onFx(() -> problem.isVisible())).isTrue();
        assertThat(problem.getText()).contains("gone.csv", "there is no such file");
    }

    private String closeUp() {
        return ((Label) Objects.requireNonNull(stage.getScene().lookup(".data-close-up .muted")))
                .getText();
    }

    private <T extends Node> T find(String id, Class<T> type) {
        return type.cast(Objects.requireNonNull(stage.getScene().lookup(id), id));
    }

    private static boolean press(Node node, KeyCode code) {
        node.fireEvent(
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
        return true;
    }

    private void settle() throws Exception {
        onFx(() -> {
            stage.getScene().getRoot().applyCss();
            stage.getScene().getRoot().layout();
            return true;
        });
    }

    private final class OneFile implements DataDialogs {
        @Override
        public Optional<Path> chooseFile() {
            return Optional.of(Sets.csv(folder));
        }

        @Override
        public Optional<Path> chooseFolder() {
            return Optional.empty();
        }
    }
}
