package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Plan;
import org.skiplab.engine.nn.PlanGate;
import org.skiplab.engine.probe.ActivationsByDepth;
import org.skiplab.engine.probe.BlockClock;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Timing;

class WatchTest {

    private static final TrainingSettings SETTINGS = Patterns.SETTINGS.withBatch(20).withEpochs(3);
    private static final Offset<Float> CLOSE = within(1e-5f);

    private final Trainer trainer =
            new Trainer(
                    Patterns.network(new Survival.Uniform(1)),
                    Patterns.data(200, 40),
                    SETTINGS,
                    KernelPath.ONEDNN);
    private final Watch watch = new Watch(trainer);

    @AfterEach
    void close() {
        trainer.close();
    }

    private static Telemetry.Sights seen(Watch watch) {
        return watch.sights(new GateStrip(List.of()).view(new double[0]));
    }

    @Test
    void gradientsAndUpdatesAreTheArraysOwn() throws InterruptedException {
        Map<String, float[]> before = new HashMap<>();
        for (Parameter p : trainer.parameters().all()) {
            before.put(p.name(), p.value().toFloats());
        }
        watch.step();
        GradientByDepth read = seen(watch).gradients().orElseThrow();

        assertThat(read.step()).isEqualTo(1);
        for (int b = 0; b < read.ids().size(); b++) {
            double sum = 0;
            long count = 0;
            double moved = 0;
            double size = 0;
            for (Parameter p : trainer.parameters().all()) {
                if (p.block().equals(read.ids().get(b))
                        && p.spec().role() == ParameterSpec.Role.WEIGHT
                        && p.gradient() != null) {
                    float[] old = Objects.requireNonNull(before.get(p.name()));
                    float[] now = p.value().toFloats();
                    for (double g : p.gradient().toDoubles()) {
                        sum += Math.abs(g);
                        count++;
                    }
                    for (int i = 0; i < now.length; i++) {
                        moved += Math.pow((double) now[i] - old[i], 2);
                        size += (double) old[i] * old[i];
                    }
                }
            }
            assertThat(read.meanAbsolute()[b]).isCloseTo((float) (sum / count), CLOSE);
            assertThat(read.updateRatio()[b]).isCloseTo((float) Math.sqrt(moved / size), CLOSE);
        }
        Parameter first = trainer.parameters().get("first.conv1.weight");
        double sum = 0;
        for (double g : Objects.requireNonNull(first.gradient()).toDoubles()) {
            sum += Math.abs(g) / first.value().size();
        }
        assertThat(seen(watch).firstGradient().get(0)).isCloseTo((float) sum, CLOSE);
    }

    @Test
    void activationsAreWhatTheLayersGaveOut() throws InterruptedException {
        watch.step();
        ActivationsByDepth read = watch.readings().activations().orElseThrow();

        assertThat(read.ids()).containsExactly("stem", "first", "second", "third", "head");
        assertThat(read.images()).isEqualTo(16);
        Map<String, List<Plan.Activation>> blocks = new LinkedHashMap<>();
        trainer.plan()
                .activations()
                .forEach(a -> blocks.computeIfAbsent(a.block(), _ -> new ArrayList<>()).add(a));
        for (int b = 0; b < read.ids().size(); b++) {
            List<Plan.Activation> block = Objects.requireNonNull(blocks.get(read.ids().get(b)));
            double[] all = block.getLast().output().toDoubles();
            int seen = all.length / 20 * 16;
            double mean = 0;
            for (int i = 0; i < seen; i++) {
                mean += all[i] / seen;
            }
            double variance = 0;
            for (int i = 0; i < seen; i++) {
                variance += (all[i] - mean) * (all[i] - mean) / seen;
            }
            assertThat(read.mean()[b]).isCloseTo((float) mean, CLOSE);
            assertThat(read.deviation()[b]).isCloseTo((float) Math.sqrt(variance), CLOSE);
        }
    }

    @Test
    void channelsThatNeverFireAreDead() throws InterruptedException {
        Parameter shift = trainer.parameters().get("first.bn1.bias");
        for (int c = 0; c < 3; c++) {
            shift.value().set(c, -1000);
        }
        watch.step();
        ActivationsByDepth read = watch.readings().activations().orElseThrow();

        // 3 of the 8 channels behind bn1, and 16 channels have a ReLU in the block.
        assertThat(read.dead()[read.ids().indexOf("first")]).isBetween(3 / 16f, 4 / 16f);
        assertThat(read.dead()[read.ids().indexOf("head")]).isNaN();
    }

    @Test
    void featureReuseIsKeptAtTheEndsOfEpochsInBoundedMemory() throws InterruptedException {
        Network dense = Presets.get("densenet-bc-40-12").network(Patterns.SHAPE, 4);
        try (Trainer reader =
                new Trainer(dense, Patterns.data(40, 20), SETTINGS, KernelPath.ONEDNN)) {
            Watch reading = new Watch(reader);
            reading.step();
            reading.epochEnded();
            assertThat(reading.readings().reuseHistory()).hasSize(1);
            assertThat(reading.readings().reuseHistory().getFirst().step()).isEqualTo(1);
            assertThat(reading.readings().reuseHistory().getFirst().maps())
                    .isEqualTo(seen(reading).reuse());
            for (int i = 0; i < 200; i++) {
                reading.epochEnded();
            }
            assertThat(reading.readings().reuseHistory()).hasSizeBetween(32, 64);
        }
    }

    @Test
    void whatIsSwitchedOffIsNotRead() throws InterruptedException {
        watch.watch(EnumSet.of(Probing.ACTIVATION));
        watch.step();

        assertThat(seen(watch).gradients()).isEmpty();
        assertThat(seen(watch).firstGradient().size()).isEqualTo(1);
        assertThat(seen(watch).firstGradient().get(0)).isNaN();
        assertThat(watch.readings().timing()).isEmpty();
        assertThat(watch.readings().activations()).isPresent();
        watch.watch(Set.of());
        watch.step();
        assertThat(watch.readings().watched()).isEmpty();
        watch.watch(EnumSet.of(Probing.GRADIENT));
        watch.step();
        assertThat(seen(watch).firstGradient().size()).isEqualTo(3);
        assertThat(seen(watch).firstGradient().get(2)).as("at its own step").isPositive();
    }

    @Test
    void watchingChangesNoNumber() throws InterruptedException {
        try (Trainer alone =
                new Trainer(
                        Patterns.network(new Survival.Uniform(1)),
                        Patterns.data(200, 40),
                        SETTINGS,
                        KernelPath.ONEDNN)) {
            for (int i = 0; i < 12; i++) {
                assertThat(watch.step().loss()).isEqualTo(alone.step().loss());
            }
        }
    }

    @Test
    void timesEveryBlockAndNothingTwice() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            watch.step();
        }
        Timing timing = watch.readings().timing().orElseThrow();

        assertThat(timing.steps()).isEqualTo(4);
        assertThat(timing.blocks())
                .extracting(Timing.BlockTime::id)
                .containsExactly("stem", "first", "second", "third", "head");
        double inside = timing.data() + timing.loss() + timing.update();
        for (Timing.BlockTime block : timing.blocks()) {
            assertThat(block.forward()).isPositive();
            assertThat(block.backward()).isPositive();
            inside += block.total();
        }
        assertThat(inside).isLessThanOrEqualTo(timing.step());
        assertThat(timing.probes())
                .containsOnlyKeys(Probing.GRADIENT, Probing.ACTIVATION, Probing.TIME);
        assertThat(timing.activationBytes()).isEqualTo(trainer.plan().bytes());
    }

    @Test
    void savedTimeIsThatOfClosedBlocks() {
        Plan plan = trainer.plan();
        BlockClock clock = new BlockClock(plan);
        List<PlanGate> gates = plan.gates();
        gates.forEach(g -> g.set(true));
        step(clock, 10_000_000, 40_000_000);
        gates.getLast().set(false);
        step(clock, 0, 30_000_000);
        step(clock, 0, 30_000_000);

        assertThat(clock.fullDepth()).isCloseTo(40, within(1e-9));
        assertThat(clock.step()).isCloseTo(100 / 3.0, within(1e-9));
        assertThat(clock.saved()).isCloseTo(20 / 120.0, within(1e-9));
        assertThat(clock.blocks().get(3).open()).isCloseTo(10, within(1e-9));
        assertThat(clock.blocks().get(3).total()).isCloseTo(10 / 3.0, within(1e-9));
    }

    @Test
    void slowFirstStepsSaveNothingLater() {
        Plan plan = trainer.plan();
        BlockClock clock = new BlockClock(plan);
        List<PlanGate> gates = plan.gates();
        gates.forEach(g -> g.set(true));
        step(clock, 900_000_000, 2_000_000_000);
        for (int i = 0; i < Timing.WINDOW; i++) {
            gates.getLast().set(i % 2 == 0);
            step(clock, i % 2 == 0 ? 10_000_000 : 0, i % 2 == 0 ? 40_000_000 : 30_000_000);
        }
        assertThat(clock.fullDepth()).isCloseTo(40, within(1e-9));
        assertThat(clock.step()).isCloseTo(35, within(1e-9));
        assertThat(clock.saved()).isCloseTo(5 / 40.0, within(1e-9));
    }

    @Test
    void savedTimeIsUnknownWhileABlockWasNeverOpen() {
        BlockClock clock = new BlockClock(trainer.plan());
        trainer.plan().gates().forEach(g -> g.set(true));
        trainer.plan().gates().getLast().set(false);
        step(clock, 0, 30_000_000);
        assertThat(clock.fullDepth()).isNaN();
        assertThat(clock.saved()).isNaN();
    }

    private void step(BlockClock clock, long third, long whole) {
        clock.tick("third.conv1", true, third / 2);
        clock.tick("third.conv1", false, third / 2);
        clock.step(trainer.plan().gates(), whole);
    }

    @Test
    void timesAreKeptOverTheRunInBoundedMemory() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            watch.step();
        }
        Timing.Course times = watch.readings().times();
        assertThat(times.forward().ids())
                .containsExactly("stem", "first", "second", "third", "head");
        assertThat(times.forward().size()).isBetween(1, DepthHistory.CAPACITY);
        assertThat(times.backward().size()).isEqualTo(times.forward().size());
        assertThat(times.forward().columns()[0][0]).isPositive();
        watch.restart();
        assertThat(watch.readings().times().forward().size()).isZero();
    }
}
