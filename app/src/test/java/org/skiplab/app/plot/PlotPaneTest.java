package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.onFx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.engine.train.Series;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class PlotPaneTest {

    private final CountingFigure figure = new CountingFigure();
    private Stage stage;
    private PlotPane pane;
    private StackPane holder;

    @Start
    void start(Stage first) {
        stage = first;
        pane = new PlotPane(figure, (_, _) -> {});
        holder = new StackPane(pane);
        stage.setScene(new Scene(holder, 400, 200));
        stage.show();
    }

    @Test
    void drawsOnlyWhatChangedAndCanBeSeen() throws Exception {
        onFx(() -> {
            holder.applyCss();
            holder.layout();
            pane.refresh();
            int before = figure.painted;
            assertThat(before).isPositive();
            pane.refresh();
            assertThat(figure.painted).as("nothing new").isEqualTo(before);
            figure.revision++;
            holder.setVisible(false);
            pane.refresh();
            assertThat(figure.painted).as("hidden").isEqualTo(before);
            holder.setVisible(true);
            pane.refresh();
            assertThat(figure.painted).isEqualTo(before + 1);
        });
    }

    @Test
    void aClickedPlotKeepsTheKeyboardFromTheTabsAroundIt() throws Exception {
        onFx(() -> {
            holder.getChildren().clear();
            TabPane tabs = new TabPane(new Tab("plot", pane));
            holder.getChildren().setAll(tabs);
            holder.applyCss();
            holder.layout();
            tabs.requestFocus();
            pane.fireEvent(
                    new MouseEvent(
                            MouseEvent.MOUSE_PRESSED,
                            9,
                            9,
                            9,
                            9,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            true,
                            false,
                            false,
                            false,
                            false,
                            true,
                            null));

            assertThat(stage.getScene().getFocusOwner()).isSameAs(pane);
        });
    }

    @Test
    void theRingOfTheKeyboardLiesWithinThePlot() throws Exception {
        onFx(() -> {
            holder.applyCss();
            holder.layout();

            assertThat(
                            pane.getLayoutBounds()
                                    .contains(pane.lookup(".plot-ring").getBoundsInParent()))
                    .isTrue();
        });
    }

    @Test
    void coloursFollowTheTheme() throws Exception {
        onFx(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            holder.applyCss();
            Palette light = pane.palette();
            Application.setUserAgentStylesheet(new PrimerDark().getUserAgentStylesheet());
            holder.applyCss();
            Palette dark = pane.palette();

            assertThat(light.background().getBrightness()).isGreaterThan(0.9);
            assertThat(dark.background().getBrightness()).isLessThan(0.2);
            assertThat(dark.foreground().getBrightness()).isGreaterThan(0.8);
            assertThat(dark.train()).isNotEqualTo(light.train());
        });
    }

    @Test
    void theKeyboardMovesZoomsAndResets() throws Exception {
        onFx(() -> {
            for (KeyCode code : new KeyCode[] {KeyCode.RIGHT, KeyCode.PLUS, KeyCode.DIGIT0}) {
                pane.fireEvent(
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
            }

            assertThat(figure.calls.toString()).isEqualTo("move 1 0;zoom 1.5;reset;");
        });
    }

    @Test
    void aFigureBecomesPixelsShapesAndNumbers(@TempDir Path folder) throws Exception {
        onFx(() -> {
            Series series = new Series();
            for (int i = 0; i < 100; i++) {
                series.append(i % 7);
            }
            LineFigure line =
                    new LineFigure(
                            new LineFigure.Subject(
                                    "Loss", "train", "test", Numbers::plain, "", false),
                            Tone.TRAIN,
                            new Viewport(),
                            null);
            line.viewport().extent(1, 100);
            line.update(series.view());
            for (FigureFile kind : FigureFile.values()) {
                kind.write(
                        line, 300, 150, Palette.PAPER, folder.resolve("loss." + kind.extension()));
            }

            assertThat(ImageIO.read(folder.resolve("loss.png").toFile()).getWidth()).isEqualTo(600);
            assertThat(Files.readString(folder.resolve("loss.svg")))
                    .contains("<polyline", ">Loss<");
            assertThat(Files.readAllLines(folder.resolve("loss.csv")))
                    .hasSize(101)
                    .contains("7,6.0");
        });
    }

    private static final class CountingFigure implements Figure {
        int painted;
        long revision;
        final StringBuilder calls = new StringBuilder();

        @Override
        public boolean blank() {
            return false;
        }

        @Override
        public void paint(Surface surface, double width, double height, Palette palette) {
            painted++;
        }

        @Override
        public long revision() {
            return revision;
        }

        @Override
        public String title() {
            return "counting";
        }

        @Override
        public String summary() {
            return "";
        }

        @Override
        public void csv(Appendable out) throws IOException {}

        @Override
        public void move(int dx, int dy) {
            calls.append("move ").append(dx).append(' ').append(dy).append(';');
        }

        @Override
        public void zoom(double x, double y, double factor) {
            calls.append("zoom ").append(factor).append(';');
        }

        @Override
        public void reset() {
            calls.append("reset;");
        }
    }
}
