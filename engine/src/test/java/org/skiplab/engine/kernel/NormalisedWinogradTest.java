package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// A batch norm that its convolution normalises on its way gives what the two give apart.
class NormalisedWinogradTest {

    private static final double TOLERANCE = 2e-5;

    @ParameterizedTest(name = "{0} images {1}×{2}, {3} to {4} channels, ReLU {5}, added {6}")
    @CsvSource({
        "8, 16, 16, 16, 16, true, false",
        "5, 7, 9, 32, 48, true, true",
        "9, 14, 14, 21, 32, false, true",
        "6, 9, 5, 37, 21, true, false",
    })
    void agreesWithTheTwoApart(int n, int h, int w, int in, int out, boolean relu, boolean adds) {
        Primitive.Convolution layer = Primitive.Convolution.c3(out, 1);
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            assumeTrue(WinogradConvolution.takes(layer, tensors.dense(n, h, w, in)));
        }
        List<double[]> together = run(n, h, w, in, layer, relu, adds, layer);
        List<double[]> apart = run(n, h, w, in, layer, relu, adds, null);
        for (int i = 0; i < apart.size(); i++) {
            assertThat(Tensors.distance(together.get(i), apart.get(i)))
                    .as("result %d", i)
                    .isLessThan(TOLERANCE);
        }
    }

    private static List<double[]> run(
            int n,
            int h,
            int w,
            int in,
            Primitive.Convolution layer,
            boolean relu,
            boolean adds,
            Primitive.@Nullable Convolution reader) {
        Random random = new Random(1);
        int out = layer.channels();
        List<double[]> results = new ArrayList<>();
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            Tensor x = tensors.normal(random, n, h, w, in);
            Tensor dx = tensors.normal(random, n, h, w, in);
            Tensor hidden = tensors.dense(n, h, w, in);
            Tensor dHidden = tensors.normal(random, n, h, w, in);
            Tensor y = tensors.normal(random, n, h, w, out);
            Tensor dy = tensors.normal(random, n, h, w, out);
            Operand weight =
                    Operand.of(
                            tensors.normal(random, out, in, 3, 3),
                            tensors.normal(random, out, in, 3, 3));
            Operand gamma = Operand.of(tensors.normal(random, in), tensors.normal(random, in));
            Operand beta = Operand.of(tensors.normal(random, in), tensors.normal(random, in));
            Tensor mean = tensors.normal(random, in);
            Tensor variance = tensors.normal(random, in);
            for (int c = 0; c < in; c++) {
                variance.set(c, 1 + Math.abs(variance.get(c)));
            }
            Operand between = Operand.of(hidden, dHidden);
            try (OneDnnKernels kernels = new OneDnnKernels()) {
                Operand input = new Operand(x, dx, adds);
                Operation norm =
                        kernels.batchNorm(
                                new BatchNormOperands(
                                        input, gamma, beta, mean, variance, between, relu, false),
                                reader);
                Operation convolution =
                        kernels.convolution(layer, between, weight, null, Operand.of(y, dy));
                for (boolean training : new boolean[] {false, true}) {
                    norm.forward(training);
                    if (!training) {
                        boolean leftOut = Arrays.stream(hidden.toDoubles()).allMatch(v -> v == 0);
                        assertThat(leftOut).isEqualTo(reader != null);
                    }
                    convolution.forward(training);
                    norm.reveal();
                    results.add(hidden.toDoubles());
                    results.add(y.toDoubles());
                }
                convolution.backward();
                norm.backward();
            }
            for (Tensor each :
                    List.of(
                            dx,
                            weight.incoming(),
                            gamma.incoming(),
                            beta.incoming(),
                            mean,
                            variance)) {
                results.add(each.toDoubles());
            }
        }
        return results;
    }
}
