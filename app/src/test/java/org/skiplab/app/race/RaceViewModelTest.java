package org.skiplab.app.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.NetworkEdits;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Normalisation;
import org.skiplab.engine.data.StoredImages;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Race;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.TrainingSession;

/// A race and a training session in one window, with the real engine on noise.
class RaceViewModelTest {

    private static final Shape SHAPE = new Shape(8, 8, 1);

    @TempDir Path folder;
    private TrainingViewModel training;
    private RaceViewModel race;

    private static DataSet noise() {
        Random random = new Random(1);
        StoredImages.Builder builder = new StoredImages.Builder(SHAPE, List.of("a", "b"));
        for (int i = 0; i < 2000; i++) {
            byte[] pixels = new byte[64];
            random.nextBytes(pixels);
            builder.add(pixels, 0, i % 2);
        }
        StoredImages images = builder.build();
        return new DataSet("noise", images, images, Normalisation.computed(images), "");
    }

    @BeforeEach
    void open() {
        Fixture fixture = new Fixture(folder);
        SimpleObjectProperty<Network> canvas =
                new SimpleObjectProperty<>(Presets.get("resnet-8").network(SHAPE, 2));
        training =
                new TrainingViewModel(
                        canvas,
                        List.of(new DataChoice("noise", "Noise", SHAPE, List.of("a", "b"))),
                        (plan, start) ->
                                new TrainingSession(
                                        plan.network(),
                                        RaceViewModelTest::noise,
                                        plan.settings().withEpochs(100),
                                        KernelPath.chosen(),
                                        start),
                        Runnable::run,
                        NetworkEdits.of(fixture.bench.document(), fixture.bench.messages()));
        race =
                new RaceViewModel(
                        canvas,
                        training,
                        (networks, plan) ->
                                new Race(
                                        networks,
                                        RaceViewModelTest::noise,
                                        plan.settings().withEpochs(100),
                                        KernelPath.chosen()),
                        Runnable::run);
    }

    @AfterEach
    void close() {
        race.close();
        training.close();
    }

    private void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 300_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            training.pulse(System.nanoTime(), true);
            race.pulse();
            Thread.sleep(2);
        }
    }

    private boolean trains() {
        return training.telemetryProperty()
                .get()
                .filter(t -> t.phase() == Phase.RUNNING)
                .isPresent();
    }

    private int steps() {
        return race.telemetryProperty().get().stream().mapToInt(Telemetry::step).max().orElse(0);
    }

    @Test
    void oneAtATimeTrainsWhateverIsPressed() throws Exception {
        training.transport().togglePlay();
        until(this::trains);
        race.start(race.pairsProperty().get().getFirst());
        until(() -> !trains() && race.running() && steps() > 1);
        training.transport().togglePlay();
        until(() -> trains() && !race.running());
        race.toggle();
        until(() -> !trains() && race.running());
    }

    @Test
    void anotherRaceTakesTheFirstOnesPlace() throws Exception {
        race.start(race.pairsProperty().get().getFirst());
        race.start(race.pairsProperty().get().get(1));
        until(() -> steps() > 1);
        assertThat(race.telemetryProperty().get())
                .hasSize(race.pairsProperty().get().get(1).entries().size());
        race.rewind();
        until(() -> steps() == 0 && !race.running());
        assertThat(race.troubleProperty().get()).isEmpty();
    }
}
