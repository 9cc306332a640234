package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Architecture;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.kernel.KernelPath;

/// How fast this machine trains, measured on small networks, and what that makes of others: a
/// step's time per image is taken to be proportional to the multiply-accumulates, to the numbers
/// kept for the backward pass (those of dense blocks, whose layers read ever wider inputs, on their
/// own), and to the number of parameters over the batch. An estimate: networks differ from it by
/// some tens of percent.
///
/// @param secondsPerMac per multiply-accumulate of one image's forward pass; the backward pass is
///   in it
/// @param secondsPerActivation per number kept of one image outside dense blocks
/// @param secondsPerDenseActivation per number kept of one image inside dense blocks
/// @param secondsPerParameter per trainable number and step
public record Pace(
        double secondsPerMac,
        double secondsPerActivation,
        double secondsPerDenseActivation,
        double secondsPerParameter) {

    /// Images per step of the measurement, as a run has by default.
    public static final int BATCH = TrainingSettings.DEFAULT.batch();

    private static final Shape IMAGE = new Shape(28, 28, 1);
    private static final int CLASSES = 10;
    private static final int WARM_UP = 1;
    private static final int STEPS = 3;
    private static final int RATES = 4;

    /// Few numbers per multiplication, many of them, dense blocks, and many parameters.
    private static final List<Architecture> SAMPLES =
            List.of(
                    Presets.get("resnet-8").architecture(),
                    Presets.get("wrn-10-4").architecture(),
                    Presets.get("preact-resnet-20-bottleneck").architecture(),
                    Presets.get("densenet-22-12").architecture(),
                    new Architecture.ImageNetResNet(
                            List.of(1, 1, 1, 1),
                            Residual.Form.BASIC,
                            ActivationOrder.ORIGINAL,
                            false,
                            false,
                            false,
                            null));

    /// @throws IllegalArgumentException if a rate is negative or not finite
    public Pace {
        for (double rate :
                List.of(
                        secondsPerMac,
                        secondsPerActivation,
                        secondsPerDenseActivation,
                        secondsPerParameter)) {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("no rate of a machine: " + rate);
            }
        }
    }

    /// One network's measurement.
    ///
    /// @param load what the network asks for
    /// @param seconds of a step, per image
    public record Sample(Load load, double seconds) {}

    /// What one image of a training step asks for, on average over its gates.
    public record Load(
            double macs, double activations, double denseActivations, double parametersPerImage) {

        /// @param batch images per step
        public static Load of(Analysis analysis, int batch) {
            Map<String, Double> survival = analysis.network().survivalProbabilities();
            double macs = 0;
            double activations = 0;
            double dense = 0;
            for (Node node : analysis.network().nodes()) {
                double p = survival.getOrDefault(node.id(), 1.0);
                macs += p * analysis.facts(node.id()).map(Analysis.Facts::macs).orElse(0L);
                double kept =
                        p * analysis.facts(node.id()).map(Analysis.Facts::activations).orElse(0L);
                if (node.block() instanceof DenseBlock) {
                    dense += kept;
                } else {
                    activations += kept;
                }
            }
            return new Load(macs, activations, dense, (double) analysis.parameters() / batch);
        }

        private double[] values() {
            return new double[] {macs, activations, denseActivations, parametersPerImage};
        }
    }

    /// Trains some small networks for a few steps each, which takes a second or two.
    ///
    /// @param stop asked between networks; the measurement ends early when it says so
    /// @throws InterruptedException if it was stopped
    public static Pace measure(KernelPath path, BooleanSupplier stop) throws InterruptedException {
        List<Sample> samples = new ArrayList<>();
        for (Architecture architecture : SAMPLES) {
            if (stop.getAsBoolean()) {
                throw new InterruptedException("the measurement was stopped");
            }
            Network network = architecture.network("sample", IMAGE, CLASSES);
            try (Benchmark benchmark = new Benchmark(network, BATCH, path)) {
                double ms = benchmark.run(WARM_UP, STEPS).medianMs();
                samples.add(new Sample(Load.of(Analysis.of(network), BATCH), ms / 1000 / BATCH));
            }
        }
        return fitted(samples);
    }

    /// The rates that come closest to all samples, measured by the relative error, none of them
    /// negative.
    public static Pace fitted(List<Sample> samples) {
        double[] rates = new double[RATES];
        double best = Double.POSITIVE_INFINITY;
        // With so few unknowns every choice of those that may differ from zero can be tried.
        for (int used = 1; used < 1 << RATES; used++) {
            double[] tried = solve(samples, used);
            boolean possible = true;
            for (double rate : tried) {
                possible &= rate >= 0 && Double.isFinite(rate);
            }
            double error = possible ? error(samples, tried) : Double.POSITIVE_INFINITY;
            if (error < best) {
                best = error;
                rates = tried;
            }
        }
        return new Pace(rates[0], rates[1], rates[2], rates[3]);
    }

    /// Seconds that one image of a training step takes, about.
    public double secondsPerImage(Load load) {
        return load.macs() * secondsPerMac
                + load.activations() * secondsPerActivation
                + load.denseActivations() * secondsPerDenseActivation
                + load.parametersPerImage() * secondsPerParameter;
    }

    /// Least squares of the relative errors over the rates whose bits are set; the others are 0.
    private static double[] solve(List<Sample> samples, int used) {
        double[][] normal = new double[RATES][RATES + 1];
        for (Sample sample : samples) {
            double[] values = sample.load().values();
            for (int i = 0; i < RATES; i++) {
                values[i] = (used >> i & 1) == 1 ? values[i] / sample.seconds() : 0;
            }
            for (int i = 0; i < RATES; i++) {
                for (int j = 0; j < RATES; j++) {
                    normal[i][j] += values[i] * values[j];
                }
                normal[i][RATES] += values[i];
            }
        }
        for (int i = 0; i < RATES; i++) {
            if ((used >> i & 1) == 0) {
                normal[i][i] = 1;
            }
        }
        for (int column = 0; column < RATES; column++) {
            int pivot = column;
            for (int row = column + 1; row < RATES; row++) {
                if (Math.abs(normal[row][column]) > Math.abs(normal[pivot][column])) {
                    pivot = row;
                }
            }
            double[] swap = normal[column];
            normal[column] = normal[pivot];
            normal[pivot] = swap;
            for (int row = 0; row < RATES; row++) {
                if (row != column) {
                    double factor = normal[row][column] / normal[column][column];
                    for (int i = column; i <= RATES; i++) {
                        normal[row][i] -= factor * normal[column][i];
                    }
                }
            }
        }
        double[] rates = new double[RATES];
        for (int i = 0; i < RATES; i++) {
            rates[i] = normal[i][RATES] / normal[i][i];
        }
        return rates;
    }

    private static double error(List<Sample> samples, double[] rates) {
        double error = 0;
        for (Sample sample : samples) {
            double[] values = sample.load().values();
            double seconds = 0;
            for (int i = 0; i < RATES; i++) {
                seconds += rates[i] * values[i];
            }
            error += Math.pow(seconds / sample.seconds() - 1, 2);
        }
        return error;
    }
}
