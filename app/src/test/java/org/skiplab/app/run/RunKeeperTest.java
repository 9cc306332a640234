package org.skiplab.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.FakeTraining;
import org.skiplab.app.training.TrainingPlan;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.train.TrainingSettings;

class RunKeeperTest {

    private static final TrainingPlan PLAN =
            new TrainingPlan(
                    Presets.get("resnet-8").network(),
                    new DataChoice("shapes", "Shapes", new Shape(32, 32, 3), List.of("0", "1")),
                    TrainingSettings.DEFAULT);

    /// What the disk has not come to yet.
    private final Deque<Runnable> disk = new ArrayDeque<>();

    private final List<KeptRun> kept = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final FakeTraining session = new FakeTraining(PLAN);
    private RunKeeper keeper;

    @BeforeEach
    void begin(@TempDir Path folder) {
        Background later =
                new Background() {
                    @Override
                    public <T> void run(
                            Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
                        disk.add(() -> INLINE.run(work, done, failed));
                    }
                };
        keeper =
                new RunKeeper(
                        new RunStore(folder), later, Clock.systemUTC(), kept::add, warnings::add);
        keeper.begun(PLAN, 0, Integer.MAX_VALUE);
    }

    private void step() {
        session.step();
        keeper.saw(session.telemetry(), session);
    }

    private void write() {
        disk.remove().run();
    }

    @Test
    void aSingleStepBelongsToTheRunAtOnce() {
        step();
        write();
        step();
        write();
        assertThat(kept).extracting(run -> run.outcome().steps()).containsExactly(1, 2);
        assertThat(disk).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void stepsThatComeWhileTheDiskWritesAreWrittenTogether() {
        step();
        step();
        step();
        assertThat(disk).hasSize(1);
        write();
        write();
        assertThat(kept).extracting(run -> run.outcome().steps()).containsExactly(1, 3);
        assertThat(disk).isEmpty();
    }

    @Test
    void aDeletedRunIsNotWrittenUntilItIsBack() {
        step();
        write();
        keeper.deleted(kept.getFirst().id());
        step();
        write();
        assertThat(kept).hasSize(1);
        keeper.restored(kept.getFirst().id());
        step();
        write();
        assertThat(kept.getLast().outcome().steps()).isEqualTo(3);
    }
}
