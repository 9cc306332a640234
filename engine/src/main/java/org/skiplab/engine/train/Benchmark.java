package org.skiplab.engine.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.skiplab.engine.data.Batch;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.Plan;
import org.skiplab.engine.nn.PlanDropout;
import org.skiplab.engine.nn.PlanGate;
import org.skiplab.engine.nn.SoftmaxCrossEntropy;
import org.skiplab.engine.probe.Quartiles;

/// Times training steps of a network on random images: forward, backward, SGD with momentum and
/// weight decay. Gates and dropout masks are drawn anew each step, as in training.
public final class Benchmark implements AutoCloseable {

    private static final Optimiser OPTIMISER = new Optimiser.Sgd(0.1, 0.9, false, 5e-4, true);

    /// Milliseconds of the timed steps.
    public record Times(double medianMs, double minMs, double meanMs) {}

    /// What images from a feed cost.
    ///
    /// @param fixedMs of a step on a batch that is already there
    /// @param fedMs of a step whose batch a feed makes meanwhile
    public record Fed(double fixedMs, double fedMs) {

        /// Share of the speed on a fixed batch that is left, 1 if the feed costs nothing.
        public double speedKept() {
            return fixedMs / fedMs;
        }
    }

    /// What drop paths save.
    ///
    /// @param drawnMs of a step that draws which blocks run
    /// @param fullMs of a step in which every block runs
    /// @param ratio of the two
    public record Depth(double drawnMs, double fullMs, double ratio) {}

    /// Where one step's time went.
    ///
    /// @param layer name in the expanded network
    /// @param forwardMs mean per step
    /// @param backwardMs mean per step
    public record LayerTime(String layer, double forwardMs, double backwardMs) {}

    /// Where the time of some steps went.
    ///
    /// @param layers in the order in which they ran first
    /// @param stepsMs of each step, all its layers together
    public record Profile(List<LayerTime> layers, List<Double> stepsMs) {
        public Profile {
            layers = List.copyOf(layers);
            stepsMs = List.copyOf(stepsMs);
        }
    }

    private final Parameters parameters;
    private final Plan plan;
    private final Descent descent;
    private final SoftmaxCrossEntropy criterion;
    private final int[] labels;
    private final Seeds seeds = new Seeds(1);
    private final LongSupplier nanoTime;
    private int step;

    /// @throws DoesNotFit if there is not enough memory
    public Benchmark(Network network, int batch, KernelPath path) {
        this(network, batch, path, System::nanoTime);
    }

    /// @param nanoTime what steps are timed with
    Benchmark(Network network, int batch, KernelPath path, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        MemoryNeed.check(network, batch, OPTIMISER, path, 0);
        var kernels = path.open();
        parameters = Parameters.of(network, kernels.type());
        plan = Plan.compile(network, batch, parameters, kernels);
        descent = new Descent(parameters, OPTIMISER);
        criterion = new SoftmaxCrossEntropy(plan.logits());
        Initialisation.initialise(parameters, seeds);
        RandomGenerator random = Seeds.stream(seeds.of(Seeds.Purpose.DATA));
        MemorySegment images = plan.input().segment();
        for (long i = 0; i < plan.input().size(); i++) {
            images.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) random.nextGaussian());
        }
        labels = new int[batch];
        for (int i = 0; i < batch; i++) {
            labels[i] = random.nextInt(plan.logits().channels());
        }
    }

    /// Native bytes that the compiled network and its optimiser hold.
    public long bytes() {
        return plan.bytes() + parameters.bytes() + descent.bytes();
    }

    /// Runs steps of every kind that can be timed here until the virtual machine's compiler has
    /// come to rest, at most until `longest` has passed.
    public WarmUp warmUp(Duration longest) {
        WarmUp done =
                WarmUp.run(
                        i -> {
                            plan.observe(i % 2 == 0 ? null : (_, _, _) -> {});
                            step(labels, i % 4 > 1);
                        },
                        longest,
                        nanoTime,
                        WarmUp.compilation());
        plan.observe(null);
        return done;
    }

    /// Runs `warmUp` steps untimed, then `steps` timed ones.
    public Times run(int warmUp, int steps) {
        for (int i = 0; i < warmUp; i++) {
            step();
        }
        double[] ms = new double[steps];
        for (int i = 0; i < steps; i++) {
            long start = nanoTime.getAsLong();
            step();
            ms[i] = (nanoTime.getAsLong() - start) / 1e6;
        }
        DoubleSummaryStatistics all = Arrays.stream(ms).summaryStatistics();
        return new Times(Quartiles.median(ms), all.getMin(), all.getAverage());
    }

    /// Runs in turn `steps` steps on the fixed batch and `steps` on batches of a feed, `rounds`
    /// times over. Figures are medians over the rounds of the mean step.
    ///
    /// @throws IllegalArgumentException if the feed's batches have another size than the plan's
    public Fed fed(Feed feed, int rounds, int steps) throws InterruptedException {
        if (feed.batchSize() != labels.length) {
            throw new IllegalArgumentException(
                    "the feed has batches of "
                            + feed.batchSize()
                            + ", the plan of "
                            + labels.length);
        }
        double[] fixed = new double[rounds];
        double[] fed = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            fixed[round] = meanMs(steps, this::step);
            // What the feed made ahead during the fixed steps does not count.
            for (int i = 0; i <= Feed.AHEAD; i++) {
                step(feed);
            }
            fed[round] = meanMs(steps, () -> step(feed));
        }
        return new Fed(Quartiles.median(fixed), Quartiles.median(fed));
    }

    /// Runs steps with drawn gates and with open ones in turn, `pairs` of them. Figures are
    /// medians, of the ratio within each pair: what slows a machine down mostly slows both of a
    /// pair.
    public Depth depth(int pairs) {
        double[] drawn = new double[pairs];
        double[] full = new double[pairs];
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            long start = nanoTime.getAsLong();
            step();
            long middle = nanoTime.getAsLong();
            step(labels, true);
            drawn[i] = (middle - start) / 1e6;
            full[i] = (nanoTime.getAsLong() - middle) / 1e6;
            ratios[i] = drawn[i] / full[i];
        }
        return new Depth(Quartiles.median(drawn), Quartiles.median(full), Quartiles.median(ratios));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private double meanMs(int steps, Work step) throws InterruptedException {
        long start = nanoTime.getAsLong();
        for (int i = 0; i < steps; i++) {
            step.run();
        }
        return (nanoTime.getAsLong() - start) / 1e6 / steps;
    }

    private void step(Feed feed) throws InterruptedException {
        Batch batch = feed.take();
        plan.input().segment().copyFrom(batch.images());
        step(batch.labels());
    }

    /// Mean time per layer over some steps; timing itself costs under a microsecond a layer. An
    /// untimed step in front of each finds the processor as a step in training does, whatever was
    /// done before.
    ///
    /// @param around done before each step and after the last one, to measure the machine in the
    ///   same moments
    public Profile profile(int steps, Runnable around) {
        Map<String, long[]> nanos = new LinkedHashMap<>();
        long[] now = {0};
        List<Double> stepsMs = new ArrayList<>(steps);
        Plan.Clock timer =
                (layer, forward, t) -> {
                    nanos.computeIfAbsent(layer, _ -> new long[2])[forward ? 0 : 1] += t;
                    now[0] += t;
                };
        for (int i = 0; i < steps; i++) {
            around.run();
            plan.observe(null);
            step();
            plan.observe(timer);
            now[0] = 0;
            step();
            stepsMs.add(now[0] / 1e6);
        }
        around.run();
        plan.observe(null);
        List<LayerTime> layers =
                nanos.entrySet().stream()
                        .map(e ->
                                new LayerTime(
                                        e.getKey(),
                                        e.getValue()[0] / 1e6 / steps,
                                        e.getValue()[1] / 1e6 / steps))
                        .toList();
        return new Profile(layers, stepsMs);
    }

    /// The compiled network, whose gates are as the newest step drew them.
    Plan plan() {
        return plan;
    }

    private void step() {
        step(labels);
    }

    private void step(int[] labels) {
        step(labels, false);
    }

    private void step(int[] labels, boolean fullDepth) {
        RandomGenerator random = Seeds.stream(seeds.of(Seeds.Purpose.GATE, step));
        for (PlanGate gate : plan.gates()) {
            if (fullDepth) {
                gate.set(true);
            } else {
                gate.draw(random);
            }
        }
        int layer = 0;
        for (PlanDropout dropout : plan.dropouts()) {
            dropout.draw(seeds.of(Seeds.Purpose.DROPOUT, step, layer++));
        }
        plan.forward(true);
        criterion.loss(labels, labels.length, 0, plan.logitsGradient());
        plan.backward();
        descent.step(plan.kernels(), OPTIMISER, 1, 0);
        step++;
    }

    @Override
    public void close() {
        plan.close();
        descent.close();
        parameters.close();
    }
}
