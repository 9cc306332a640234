package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What [LayerTest] cannot see of batch norm: its running statistics, and its numerical health.
class BatchNormTest {

    /// One bound batch norm over `[4, 5, 3, channels]`.
    private static final class Bench implements AutoCloseable {
        final KernelsUnderTest implementation;
        final Kernels kernels;
        final Tensors tensors;
        final int channels;
        final Tensor x;
        final Tensor y;
        final Tensor mean;
        final Tensor variance;
        final Operation operation;

        Bench(KernelsUnderTest implementation, int channels, boolean pitched, boolean relu) {
            this.implementation = implementation;
            this.channels = channels;
            kernels = implementation.create();
            tensors = new Tensors(kernels.type());
            long[] shape = {4, 5, 3, channels};
            x = pitched ? tensors.pitched(shape) : tensors.dense(shape);
            y = tensors.dense(shape);
            mean = tensors.dense(PointLayers.running(channels, 0.25), channels);
            variance = tensors.dense(PointLayers.running(channels, 1.5), channels);
            double[] ones = new double[channels];
            Arrays.fill(ones, 1);
            operation =
                    kernels.batchNorm(
                            new BatchNormOperands(
                                    Operand.of(x, tensors.dense(shape)),
                                    Operand.of(
                                            tensors.dense(ones, channels), tensors.dense(channels)),
                                    Operand.of(tensors.dense(channels), tensors.dense(channels)),
                                    mean,
                                    variance,
                                    Operand.of(y, tensors.dense(shape)),
                                    relu,
                                    false));
        }

        @Override
        public void close() {
            kernels.close();
            tensors.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void trainingMovesTheRunningStatistics(KernelsUnderTest implementation) {
        for (int channels : new int[] {1, 5, 16, 24}) {
            for (boolean pitched : new boolean[] {false, true}) {
                try (Bench bench = new Bench(implementation, channels, pitched, true)) {
                    movesAsPyTorchDoes(bench);
                }
            }
        }
    }

    private static void movesAsPyTorchDoes(Bench bench) {
        int count = 4 * 5 * 3;
        double[] mean = bench.mean.toDoubles();
        double[] variance = bench.variance.toDoubles();
        for (int step = 0; step < 3; step++) {
            bench.x.set(Tensors.random(step, Layer.size(bench.x.shape())));
            bench.operation.forward(true);

            double[] x = bench.x.toDoubles();
            double[] batchMean = PointLayers.mean(x, bench.channels);
            double[] batchVariance = PointLayers.variance(x, batchMean);
            for (int c = 0; c < bench.channels; c++) {
                mean[c] = 0.9 * mean[c] + 0.1 * batchMean[c];
                variance[c] = 0.9 * variance[c] + 0.1 * batchVariance[c] * count / (count - 1.0);
            }
        }
        double tolerance = bench.implementation.tolerance();
        Tensors.assertClose("running mean", bench.mean.toDoubles(), mean, tolerance);
        Tensors.assertClose("running variance", bench.variance.toDoubles(), variance, tolerance);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void evaluationAndBackwardLeaveThemAlone(KernelsUnderTest implementation) {
        try (Bench bench = new Bench(implementation, 16, false, false)) {
            bench.x.set(Tensors.random(1, Layer.size(bench.x.shape())));
            bench.operation.forward(true);
            double[] mean = bench.mean.toDoubles();
            double[] variance = bench.variance.toDoubles();

            bench.operation.backward();
            bench.operation.forward(false);

            assertThat(bench.mean.toDoubles()).isEqualTo(mean);
            assertThat(bench.variance.toDoubles()).isEqualTo(variance);
        }
    }

    /// A variance computed as E[x²] − E[x]² would have no correct digit here.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void survivesAMeanFarFromZero(KernelsUnderTest implementation) {
        for (boolean pitched : new boolean[] {false, true}) {
            try (Bench bench = new Bench(implementation, 16, pitched, false)) {
                double[] values = Tensors.random(1, Layer.size(bench.x.shape()));
                Arrays.setAll(values, i -> 5000 + values[i]);
                bench.x.set(values);
                bench.operation.forward(true);

                double[] x = bench.x.toDoubles();
                double[] mean = PointLayers.mean(x, 16);
                double[] variance = PointLayers.variance(x, mean);
                double[] expected = new double[x.length];
                Arrays.setAll(
                        expected, i -> (x[i] - mean[i % 16]) / Math.sqrt(variance[i % 16] + 1e-5));
                Tensors.assertClose("y", bench.y.toDoubles(), expected, 2e-3);
            }
        }
    }

    /// A diverged network must show, not turn into zeros.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void reluDoesNotHideNaN(KernelsUnderTest implementation) {
        for (boolean pitched : new boolean[] {false, true}) {
            try (Bench bench = new Bench(implementation, 16, pitched, true)) {
                double[] values = Tensors.random(1, Layer.size(bench.x.shape()));
                values[5] = Double.NaN;
                bench.x.set(values);
                bench.operation.forward(true);
                assertThat(bench.y.toDoubles()).as("y").contains(Double.NaN);
            }
        }
    }
}
