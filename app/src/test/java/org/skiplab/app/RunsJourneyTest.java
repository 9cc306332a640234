package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.await;
import static org.skiplab.app.Journey.onFx;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.command.Action;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.fx.Pictures;
import org.skiplab.app.run.KeptRun;
import org.skiplab.app.run.RunStore;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.theme.ThemeChoice;
import org.skiplab.app.tour.Unattended;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.Told;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Telemetry;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Kept runs, branches and races through the real window with the real engine on the bundled
/// digits. Pictures are left in `target/screens`.
@ExtendWith(ApplicationExtension.class)
class RunsJourneyTest {

    private static final Path SCREENS = Path.of("target", "screens");

    @TempDir Path folder;
    private Fixture fixture;
    private TrainingStudio studio;
    private Insights insights;
    private BackgroundThread files;
    private BackgroundThread opener;
    private Stage stage;
    private final Told told = new Told();

    @Start
    void start(Stage first) {
        stage = first;
        fixture = new Fixture(folder);
        Workbench bench = fixture.bench;
        files = new BackgroundThread("runs");
        opener = new BackgroundThread("races");
        studio =
                TrainingStudio.of(
                        bench.document().analysisProperty().map(Analysis::network),
                        NetworkEdits.of(bench.document(), bench.messages()),
                        told);
        insights =
                new Insights(
                        studio,
                        studio.model(),
                        bench,
                        told,
                        folder.resolve("runs"),
                        files,
                        new EngineTraining()::race,
                        opener);
        Theme theme = new Theme(bench.settings().theme(), bench.settings().textSize());
        MainWindow window = new MainWindow(bench, new Unattended(), Optional.of(studio));
        Scene scene = new Scene(window.root(), 1000, 700);
        theme.install(scene);
        stage.setScene(scene);
        stage.show();
        window.focusCanvas();
    }

    @AfterEach
    void stop() throws Exception {
        onFx(() -> {
            studio.close();
            insights.close();
            return true;
        });
        files.close();
        opener.close();
        assertThat(told.said()).noneMatch(line -> line.startsWith("!"));
    }

    @Test
    void racesV1AgainstV2InTwoClicks() throws Exception {
        show("Race");
        await(() -> stage.getScene().lookup("#race-activation") != null);
        onFx(() -> press("#race-activation"));
        await(() -> steps(0) >= 6 && steps(1) >= 6);
        onFx(() -> {
            insights.race().toggle();
            return true;
        });
        await(() -> !insights.race().running());
        List<Telemetry> lanes = onFx(() -> insights.race().telemetryProperty().get());
        assertThat(lanes.get(0).step()).isEqualTo(lanes.get(1).step());
        assertThat(lanes.get(0).loss().get(0)).isNotEqualTo(lanes.get(1).loss().get(0));
        await(() -> text("#lane-0").equals("v1") && text("#lane-1").equals("v2"));
        await(() -> text("#lane-step-1").equals(Integer.toString(lanes.get(1).step())));
        shoot("window-race");
        onFx(() -> {
            fixture.bench.settings().theme().set(ThemeChoice.DARK);
            return true;
        });
        shoot("window-race-dark");
    }

    @Test
    void everyRunIsKeptComparedAndBranchedAcrossRestarts(FxRobot robot) throws Exception {
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> step() >= 12);
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> text("#transport-state").equals("Paused") && runs().size() == 1);
        KeptRun first = onFx(() -> runs().getFirst());
        int reached = onFx(this::step);
        assertThat(first.outcome().steps()).isEqualTo(reached);
        RunStore again = new RunStore(folder.resolve("runs"));
        assertThat(again.read().runs()).containsExactly(first);
        Milestone end = again.end(first);
        assertThat(end.then().loss().get(reached - 1))
                .isEqualTo(onFx(() -> telemetry().loss().get(reached - 1)));

        onFx(() -> {
            insights.runs().branch(first, null, new Knob.LearningRate(0.003));
            return true;
        });
        await(() -> step() == reached && telemetry().knobs().size() == 1);
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> step() >= reached + 8);
        robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
        await(() -> runs().size() == 2);
        KeptRun branch = onFx(() -> runs().getFirst());
        assertThat(branch.parent()).isEqualTo(new KeptRun.Parent(first.id(), reached));
        assertThat(branch.knobs()).hasSize(1);
        Telemetry t = onFx(this::telemetry);
        for (int i = 0; i < reached; i++) {
            assertThat(t.loss().get(i)).isEqualTo(end.then().loss().get(i));
        }
        assertThat(t.learningRate().get(t.step() - 1)).isEqualTo(0.003f);

        show("Runs");
        onFx(() -> {
            runs().forEach(r -> insights.runs().choose(r, true));
            return true;
        });
        await(() -> insights.runs().curvesProperty().get().size() == 2);
        assertThat(onFx(() -> insights.runs().differences(branch))).containsOnlyKeys("knobs");
        shoot("window-runs");
        onFx(() -> {
            insights.runs().rename(branch, "slower");
            return true;
        });
        await(() -> runs().getFirst().name().equals("slower"));
        onFx(() -> {
            insights.runs().delete(first);
            return true;
        });
        await(() -> runs().size() == 1);
        assertThat(again.read().runs()).extracting(KeptRun::name).containsExactly("slower");
        show("Symptoms");
        shoot("window-symptoms");
    }

    private List<KeptRun> runs() {
        return insights.runs().runsProperty().get();
    }

    private Telemetry telemetry() {
        return studio.model().telemetryProperty().get().orElseThrow();
    }

    private int step() {
        return studio.model().telemetryProperty().get().map(Telemetry::step).orElse(-1);
    }

    private int steps(int lane) {
        List<Telemetry> lanes = insights.race().telemetryProperty().get();
        return lanes.size() > lane ? lanes.get(lane).step() : 0;
    }

    private void show(String insight) throws Exception {
        onFx(() -> {
            Action action =
                    studio.actions().stream()
                            .filter(a -> a.title().get().equals("Show " + insight))
                            .findFirst()
                            .orElseThrow();
            action.run();
            return true;
        });
    }

    private boolean press(String id) {
        ButtonBase button = (ButtonBase) Objects.requireNonNull(stage.getScene().lookup(id), id);
        button.fire();
        return true;
    }

    private String text(String id) {
        return stage.getScene().lookup(id) instanceof Label label ? label.getText() : "";
    }

    private void shoot(String name) throws Exception {
        onFx(() -> {
            Pictures.writePng(Pictures.of(stage.getScene()), SCREENS.resolve(name + ".png"));
            return true;
        });
    }
}
