package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.probe.FeatureReuse;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.probe.Readings;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// A made-up run for tests: plausible curves, deterministic by seed, as long as one likes.
final class Recording {

    static final int STEPS_PER_EPOCH = 141;
    static final int EPOCHS = 10;

    private final Network network;
    private final Random random = new Random(7);
    private final Series loss = new Series();
    private final Series accuracy = new Series();
    private final Series rate = new Series();
    private final Series first = new Series();
    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<KnobChange> knobs = new ArrayList<>();
    private final List<String> gated;
    private double[] p;
    private final GateStrip strip;
    private double learningRate = 0.1;
    private int steps;
    private long revision;

    Recording(Network network) {
        this.network = network;
        gated = List.copyOf(network.survivalProbabilities().keySet());
        p = network.survivalProbabilities().values().stream().mapToDouble(d -> d).toArray();
        strip = new GateStrip(gated);
    }

    /// Steps recorded.
    int count() {
        return steps;
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            double progress = steps / (steps + 120.0);
            double level = 2.3 * Math.exp(-4 * progress) + 0.03;
            loss.append((float) (level * Math.exp(0.35 * random.nextGaussian())));
            accuracy.append(
                    (float)
                                    Math.round(
                                            64
                                                    * Math.clamp(
                                                            1
                                                                    - 0.42 * level
                                                                    + 0.04 * random.nextGaussian(),
                                                            0.05,
                                                            1))
                            / 64);
            rate.append((float) learningRate);
            first.append(
                    (float) (0.01 * (1 - 0.6 * progress) * Math.exp(0.4 * random.nextGaussian())));
            if (!gated.isEmpty()) {
                float[] survived = new float[gated.size()];
                for (int b = 0; b < survived.length; b++) {
                    survived[b] = random.nextDouble() < p[b] ? 1 : 0;
                }
                strip.append(survived);
            }
            steps++;
            if (steps % STEPS_PER_EPOCH == 0) {
                evaluate(1.1 * level);
            }
        }
    }

    void turn(Knob knob) {
        knobs.add(new KnobChange(steps, knob));
        switch (knob) {
            case Knob.LearningRate k -> learningRate = k.value();
            case Knob.FollowSchedule k -> learningRate = k.rate();
            case Knob.SurvivalSchedule k ->
                    p =
                            network
                                    .withSurvival(k.value())
                                    .survivalProbabilities()
                                    .values()
                                    .stream()
                                    .mapToDouble(d -> d)
                                    .toArray();
            default -> {}
        }
    }

    private void evaluate(double level) {
        int[][] confusion = new int[10][10];
        double wrong = Math.clamp(0.4 * level, 0.01, 0.9);
        int right = 0;
        for (int i = 0; i < 1000; i++) {
            int truth = i % 10;
            boolean miss = random.nextDouble() < wrong;
            int answer = miss ? (truth * 3 + random.nextInt(3)) % 10 : truth;
            confusion[truth][answer]++;
            right += truth == answer ? 1 : 0;
        }
        evaluations.add(
                new Evaluation(steps / STEPS_PER_EPOCH, steps, level, right / 1000.0, confusion));
    }

    Telemetry telemetry(Phase phase, String message) {
        return new Telemetry(
                ++revision,
                phase,
                message,
                new Telemetry.Progress(
                        EPOCHS,
                        steps / STEPS_PER_EPOCH,
                        steps,
                        STEPS_PER_EPOCH,
                        steps == 0 ? 0 : 2345,
                        steps == 0 ? Double.NaN : (EPOCHS * STEPS_PER_EPOCH - steps) * 64 / 2345.0),
                new Telemetry.Curves(loss.view(), accuracy.view(), rate.view()),
                new Telemetry.Sights(
                        strip.view(p),
                        steps == 0 ? Optional.empty() : Optional.of(gradients()),
                        first.view(),
                        reuse(),
                        Readings.NONE),
                new Telemetry.Log(evaluations, knobs, List.of()),
                Optional.empty());
    }

    private GradientByDepth gradients() {
        List<String> ids = network.nodes().stream().map(Node::id).toList();
        float[] gradient = new float[ids.size()];
        float[] ratio = new float[ids.size()];
        for (int i = 0; i < ids.size(); i++) {
            int gate = gated.indexOf(ids.get(i));
            boolean ran = gate < 0 || strip.view(p).survived(gate, steps - 1) > 0;
            gradient[i] =
                    ran
                            ? (float) (2e-3 * Math.exp(0.3 * Math.sin(i)) * (1 + 3.0 / (1 + i)))
                            : Float.NaN;
            ratio[i] = ran ? (float) (8e-4 * Math.exp(0.5 * Math.cos(2.0 * i))) : Float.NaN;
        }
        return new GradientByDepth(steps, ids, gradient, ratio);
    }

    private List<FeatureReuse> reuse() {
        if (steps == 0) {
            return List.of();
        }
        List<FeatureReuse> result = new ArrayList<>();
        List<Node> nodes = network.nodes();
        for (int n = 0; n < nodes.size(); n++) {
            if (nodes.get(n).block() instanceof DenseBlock dense) {
                String reader = n + 1 < nodes.size() ? nodes.get(n + 1).id() : "output";
                result.add(reuse(nodes.get(n).id(), dense, reader));
            }
        }
        return result;
    }

    private static FeatureReuse reuse(String id, DenseBlock dense, String reader) {
        int layers = dense.layers();
        List<String> sources = new ArrayList<>(List.of("input"));
        List<String> targets = new ArrayList<>();
        for (int l = 1; l <= layers; l++) {
            sources.add("layer" + l);
            targets.add("layer" + l);
        }
        targets.add(reader);
        float[][] mean = new float[layers + 1][layers + 1];
        int[][] weights = new int[layers + 1][layers + 1];
        for (int s = 0; s <= layers; s++) {
            for (int t = 0; t <= layers; t++) {
                boolean reads = s <= t;
                mean[s][t] =
                        reads
                                ? (float)
                                        (0.02
                                                + 0.08 * Math.exp(-(t - s) / 3.0)
                                                + (s == 0 ? 0.015 : 0))
                                : Float.NaN;
                weights[s][t] = reads ? (s == 0 ? 24 : dense.growth()) * 9 * dense.growth() : 0;
            }
        }
        int[] channels = new int[layers + 2];
        for (int c = 0; c <= layers; c++) {
            channels[c + 1] = 24 + c * dense.growth();
        }
        return new FeatureReuse(id, sources, targets, channels, mean, weights);
    }
}
