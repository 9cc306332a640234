package org.skiplab.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.Pulses;
import org.skiplab.app.training.Told;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.TrainingSession;
import org.skiplab.engine.train.TrainingSettings;

/// Runs of one start of the program, branched and compared in the next.
class BranchAcrossStartsTest {

    private static final Shape SHAPE = new Shape(8, 8, 1);
    private static final DataChoice DATA =
            new DataChoice("noise", "Noise", SHAPE, List.of("a", "b")).withLimit(64);
    private static final TrainingSettings SETTINGS =
            TrainingSettings.DEFAULT.withBatch(16).withEpochs(3);

    @TempDir Path folder;
    private final Told window = new Told();

    private static StoredImages images(int count, long seed) {
        Random random = new Random(seed);
        StoredImages.Builder builder = new StoredImages.Builder(SHAPE, List.of("a", "b"));
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[64];
            random.nextBytes(pixels);
            builder.add(pixels, 0, i % 2);
        }
        return builder.build();
    }

    /// One start of the program on the same folder.
    private final class App implements AutoCloseable {
        final SimpleObjectProperty<Network> canvas =
                new SimpleObjectProperty<>(Presets.get("resnet-8").network(SHAPE, 2));
        final TrainingViewModel training;
        final RunsViewModel runs;

        App() {
            Fixture fixture = new Fixture(folder.resolve("state"));
            RunStore store = new RunStore(folder.resolve("runs"));
            List<KeptRun> kept = new ArrayList<>();
            RunKeeper keeper =
                    new RunKeeper(
                            store, Background.INLINE, Clock.systemUTC(), kept::add, window::warn);
            training =
                    new TrainingViewModel(
                            canvas,
                            List.of(DATA.withLimit(0)),
                            (plan, start) -> {
                                assertThat(plan.data().limit()).isEqualTo(64);
                                StoredImages train = images(64, 1);
                                return new TrainingSession(
                                        plan.network(),
                                        () ->
                                                new DataSet(
                                                        "noise",
                                                        train,
                                                        images(20, 2),
                                                        Normalisation.computed(train),
                                                        ""),
                                        plan.settings(),
                                        KernelPath.chosen(),
                                        start);
                            },
                            Runnable::run,
                            NetworkEdits.of(fixture.bench.document(), fixture.bench.messages()));
            training.session().follow(keeper);
            runs =
                    new RunsViewModel(
                            store, keeper, Background.INLINE, training, canvas::set, window);
        }

        void until(BooleanSupplier condition) throws InterruptedException {
            Pulses.until(training, condition);
        }

        Telemetry now() {
            return training.telemetryProperty().get().orElse(Telemetry.preparing(""));
        }

        @Override
        public void close() {
            training.close();
        }
    }

    @Test
    void anyStateOfAnEarlierStartIsBranchedFromWithOneSettingChanged() throws Exception {
        List<Float> losses = new ArrayList<>();
        try (App first = new App()) {
            first.training.plan().choose(DATA);
            first.training.knobs().settingsProperty().set(SETTINGS);
            first.training.transport().togglePlay();
            first.until(() -> first.now().phase() == Phase.FINISHED);
            for (int i = 0; i < 12; i++) {
                losses.add(first.now().loss().get(i));
            }
        }
        try (App second = new App()) {
            KeptRun run = second.runs.runsProperty().get().getFirst();
            assertThat(run.states()).containsExactly(0, 4, 8, 12);
            assertThat(BranchForm.starts(run))
                    .extracting(BranchForm.From::title)
                    .containsExactly(
                            "its end", "epoch 2, step 8", "epoch 1, step 4", "initial weights");
            second.canvas.set(Presets.get("plain-20").network(SHAPE, 2));
            second.runs.branch(run, 4, new Knob.LearningRate(0.01));
            second.until(() -> second.now().step() == 4 && second.now().knobs().size() == 1);
            assertThat(second.canvas.get()).isEqualTo(run.network());
            assertThat(second.now().knobs().getFirst().step()).isEqualTo(4);
            second.training.transport().togglePlay();
            second.until(() -> second.now().phase() == Phase.FINISHED);
            Telemetry end = second.now();
            for (int i = 0; i < 12; i++) {
                if (i < 5) {
                    assertThat(end.loss().get(i)).as("step " + i).isEqualTo(losses.get(i));
                    assertThat(end.learningRate().get(i)).isNotEqualTo(i < 4 ? 0.01f : 0.1f);
                }
            }
            assertThat(end.loss().get(11)).isNotEqualTo(losses.get(11));
            second.runs.branch(run, 8, null);
            second.until(() -> second.now().step() == 8 && second.now().knobs().isEmpty());
            second.training.transport().togglePlay();
            second.until(() -> second.now().phase() == Phase.FINISHED);
            for (int i = 0; i < 12; i++) {
                assertThat(second.now().loss().get(i)).isEqualTo(losses.get(i));
            }
        }
        try (App third = new App()) {
            List<KeptRun> all = third.runs.runsProperty().get();
            assertThat(all).hasSize(3);
            KeptRun branch =
                    all.stream().filter(r -> !r.knobs().isEmpty()).findFirst().orElseThrow();
            KeptRun origin = all.stream().filter(r -> r.parent() == null).findFirst().orElseThrow();
            assertThat(branch.parent()).isEqualTo(new KeptRun.Parent(origin.id(), 4));
            third.runs.choose(origin, true);
            third.runs.choose(branch, true);
            assertThat(third.runs.curvesProperty().get()).hasSize(2);
            assertThat(third.runs.differences(branch))
                    .isEqualTo(Map.of("knobs", "learning rate 0.01 from step 5"));
            assertThat(third.runs.differences(origin)).isEqualTo(Map.of("knobs", "none turned"));
        }
        assertThat(window.said()).noneMatch(line -> line.startsWith("!"));
    }

    @Test
    void aRunDeletedWhileItTrainsIsGoneUntilItIsBroughtBack() throws Exception {
        RunStore store = new RunStore(folder.resolve("runs"));
        try (App app = new App()) {
            app.training.plan().choose(DATA);
            app.training.knobs().settingsProperty().set(SETTINGS);
            app.training.transport().togglePlay();
            app.until(() -> app.now().step() >= 4 && !store.read().runs().isEmpty());
            app.runs.delete(store.read().runs().getFirst());
            app.until(() -> app.now().phase() == Phase.FINISHED);
            app.training.transport().togglePlay();
            app.until(() -> app.now().step() >= 14);
            app.training.transport().togglePlay();
            app.until(() -> app.now().phase() == Phase.PAUSED);
            // Not read from the store, which would empty its bin.
            assertThat(Files.list(folder.resolve("runs")).filter(f -> !f.endsWith(".deleted")))
                    .isEmpty();
            window.takeUp();
            assertThat(store.read().runs()).hasSize(1);
            int paused = app.now().step();
            app.training.transport().togglePlay();
            app.until(() -> app.now().step() > paused);
        }
        assertThat(store.read().runs()).hasSize(1);
        assertThat(store.read().runs().getFirst().outcome().steps()).isGreaterThan(14);
        assertThat(window.said()).noneMatch(line -> line.startsWith("!"));
    }

    @Test
    void whatARunCannotHaveIsRefusedInOneLine() {
        KeptRun run =
                new KeptRun(
                        "a",
                        "a",
                        Instant.EPOCH,
                        Presets.get("resnet-20").network(),
                        KeptRun.Source.of(DATA),
                        SETTINGS,
                        null,
                        List.of(),
                        new KeptRun.Outcome(0, 0, 0, 1, List.of(), ""),
                        List.of());
        assertThat(BranchForm.Changed.NOTHING.knob("", run)).isNull();
        assertThat(BranchForm.Changed.MOMENTUM.knob("0.5", run)).isEqualTo(new Knob.Momentum(0.5));
        assertThatThrownBy(() -> BranchForm.Changed.MOMENTUM.knob("1.5", run))
                .hasMessageContaining("momentum");
        assertThatThrownBy(() -> BranchForm.Changed.BATCH_SIZE.knob("many", run))
                .hasMessage("type a number for the batch size");
        assertThatThrownBy(() -> BranchForm.Changed.BATCH_SIZE.knob("1.5", run))
                .hasMessage("a batch is a whole number of images: 1.5");
        assertThat(BranchForm.Changed.LEARNING_RATE.knob("0,02", run))
                .isEqualTo(new Knob.LearningRate(0.02));
        assertThatThrownBy(() -> BranchForm.Changed.SURVIVAL.knob("linear:0.5", run))
                .hasMessageContaining("no block");
        assertThatThrownBy(() -> BranchForm.Changed.DROPOUT.knob("1", run))
                .hasMessageContaining("dropout");
    }
}
