package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.probe.ActivationProbe;
import org.skiplab.engine.probe.ActivationsByDepth;
import org.skiplab.engine.probe.BlockClock;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.DepthRecorder;
import org.skiplab.engine.probe.FeatureReuse;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.probe.GradientProbe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Readings;
import org.skiplab.engine.probe.ReuseProbe;
import org.skiplab.engine.probe.ReuseReading;
import org.skiplab.engine.probe.Timing;

/// The probes of a session at work: which of them look, how often, and what that costs. Gradient,
/// activations and reuse are read every few steps, so seldom that they take less than 1 % of the
/// time.
final class Watch {

    /// Steps between two readings at the least.
    private static final int OFTEN = 5;

    private static final int SELDOM = 500;

    /// Epochs whose feature reuse is kept.
    private static final int KEPT = 64;

    private static final double SHARE = 0.01;

    private final Trainer trainer;
    private final GradientProbe gradientProbe;
    private final ReuseProbe reuseProbe;
    private final ActivationProbe activationProbe = new ActivationProbe();
    private final Map<Probing, Double> cost = new EnumMap<>(Probing.class);
    private Set<Probing> watched = EnumSet.allOf(Probing.class);
    private BlockClock clock;
    private double tickNanos;
    private DepthRecorder depths;
    private DepthHistory forward;
    private DepthHistory backward;
    private Series firstGradient = new Series();
    private @Nullable GradientByDepth gradients;
    private @Nullable ActivationsByDepth activations;
    private List<FeatureReuse> reuse;
    private List<ReuseReading> reuseHistory = List.of();
    private boolean reading;
    private long before;
    private double data;
    private double loss;
    private double update;
    private int every = OFTEN;
    private int since;

    Watch(Trainer trainer) {
        this.trainer = trainer;
        gradientProbe = new GradientProbe(trainer.network(), trainer.parameters());
        reuseProbe = new ReuseProbe(trainer.network(), trainer.parameters());
        reuse = reuseProbe.read();
        clock = new BlockClock(trainer.plan());
        depths = depths();
        forward = times();
        backward = times();
        tickNanos = clock.tickNanos();
        trainer.observe(clock);
    }

    /// Forgets everything: the network is back at its initial weights.
    void restart() {
        firstGradient = new Series();
        depths = depths();
        forward = times();
        backward = times();
        gradients = null;
        activations = null;
        reuseHistory = List.of();
        reuse = reuseProbe.read();
        since = 0;
        time(watched.contains(Probing.TIME));
    }

    /// Goes on behind what had been read by then.
    void resume(Telemetry then) {
        restart();
        firstGradient = new Series(then.firstGradient());
        for (int i = then.firstGradient().size(); i < then.step(); i++) {
            firstGradient.append(Float.NaN);
        }
        gradients = then.gradients().orElse(null);
        activations = then.readings().activations().orElse(null);
        reuseHistory = then.readings().reuseHistory();
        depths.append(then.readings().course());
        forward.append(then.readings().times().forward());
        backward.append(then.readings().times().backward());
    }

    private DepthRecorder depths() {
        return new DepthRecorder(gradientProbe.ids(), blocks());
    }

    private DepthHistory times() {
        return new DepthHistory(blocks());
    }

    private List<String> blocks() {
        return clock.blocks().stream().map(Timing.BlockTime::id).toList();
    }

    /// Keeps where the time of the last steps went.
    private void keepTimes() {
        List<Timing.BlockTime> blocks = clock.blocks();
        float[] there = new float[blocks.size()];
        float[] back = new float[blocks.size()];
        for (int b = 0; b < there.length; b++) {
            there[b] = (float) blocks.get(b).forward();
            back[b] = (float) blocks.get(b).backward();
        }
        forward.append(trainer.steps(), there);
        backward.append(trainer.steps(), back);
    }

    private void time(boolean on) {
        clock = new BlockClock(trainer.plan());
        trainer.observe(on ? clock : null);
    }

    /// Switches probes on and off. Those that are off keep what they read before.
    void watch(Set<Probing> probes) {
        boolean timed = watched.contains(Probing.TIME);
        watched = probes.isEmpty() ? EnumSet.noneOf(Probing.class) : EnumSet.copyOf(probes);
        cost.keySet().retainAll(watched);
        if (timed != watched.contains(Probing.TIME)) {
            time(!timed);
        }
    }

    /// One step of training, watched.
    Trainer.StepResult step() throws InterruptedException {
        reading = since == 0;
        since = (since + 1) % every;
        clock.discard();
        Trainer.StepResult result =
                trainer.step(watched.contains(Probing.GRADIENT) ? observer : null);
        if (result.divergence().isEmpty()) {
            if (!watched.contains(Probing.GRADIENT)) {
                firstGradient.append(Float.NaN);
            }
            time();
            if (reading) {
                readActivations();
                readReuse();
                pace();
            }
        }
        return result;
    }

    private void time() {
        if (watched.contains(Probing.TIME)) {
            Trainer.Spent spent = trainer.spent();
            clock.step(trainer.plan().gates(), spent.total());
            cost.put(Probing.TIME, clock.ticksPerStep() * tickNanos / 1e6);
            double count = Math.min(clock.steps(), Timing.WINDOW);
            data += (spent.data() / 1e6 - data) / count;
            loss += (spent.loss() / 1e6 - loss) / count;
            update += (spent.update() / 1e6 - update) / count;
            if (reading) {
                keepTimes();
            }
        }
    }

    private final Trainer.Observer observer =
            new Trainer.Observer() {
                @Override
                public void beforeUpdate() {
                    long start = System.nanoTime();
                    firstGradient.append(gradientProbe.firstConvolution());
                    if (reading) {
                        gradientProbe.beforeStep();
                    }
                    before = System.nanoTime() - start;
                }

                @Override
                public void afterUpdate() {
                    if (reading) {
                        long start = System.nanoTime();
                        GradientByDepth newest = gradientProbe.afterStep(trainer.steps() + 1);
                        gradients = newest;
                        depths.append(newest);
                        charge(Probing.GRADIENT, start - before);
                    }
                }
            };

    private void readActivations() {
        if (watched.contains(Probing.ACTIVATION)) {
            long start = System.nanoTime();
            ActivationsByDepth newest = activationProbe.read(trainer.plan(), trainer.steps());
            activations = newest;
            depths.append(newest);
            charge(Probing.ACTIVATION, start);
        }
    }

    private void readReuse() {
        if (watched.contains(Probing.REUSE) && !reuse.isEmpty()) {
            long start = System.nanoTime();
            reuse = reuseProbe.read();
            charge(Probing.REUSE, start);
        }
    }

    private void charge(Probing probe, long start) {
        cost.put(probe, (System.nanoTime() - start) / 1e6);
    }

    /// Reads as often as the cost allows.
    private void pace() {
        double readings = 0;
        for (Map.Entry<Probing, Double> e : cost.entrySet()) {
            readings += e.getKey() == Probing.TIME ? 0 : e.getValue();
        }
        double step = trainer.spent().total() / 1e6;
        every =
                (int)
                        Math.clamp(
                                Math.ceil(readings / (SHARE * Math.max(1e-6, step))),
                                OFTEN,
                                SELDOM);
    }

    /// Keeps what has to be seen again later.
    void epochEnded() {
        if (!watched.contains(Probing.REUSE) || reuse.isEmpty()) {
            return;
        }
        List<ReuseReading> longer = new ArrayList<>(reuseHistory);
        longer.add(new ReuseReading(trainer.steps(), reuse));
        if (longer.size() > KEPT) {
            List<ReuseReading> half = new ArrayList<>();
            for (int i = 0; i < longer.size(); i += 2) {
                half.add(longer.get(i));
            }
            longer = half;
        }
        reuseHistory = List.copyOf(longer);
    }

    Telemetry.Sights sights(GateStrip.View gates) {
        return new Telemetry.Sights(
                gates, Optional.ofNullable(gradients), firstGradient.view(), reuse, readings());
    }

    Readings readings() {
        return new Readings(
                watched,
                Optional.ofNullable(activations),
                depths.course(),
                reuseHistory,
                Optional.ofNullable(timing()),
                new Timing.Course(forward.view(), backward.view()));
    }

    private @Nullable Timing timing() {
        if (!watched.contains(Probing.TIME) || clock.steps() == 0) {
            return null;
        }
        return new Timing(
                clock.steps(),
                clock.blocks(),
                data,
                loss,
                update,
                clock.step(),
                cost,
                every,
                clock.fullDepth(),
                clock.saved(),
                trainer.arrayBytes(),
                trainer.plan().bytes());
    }
}
