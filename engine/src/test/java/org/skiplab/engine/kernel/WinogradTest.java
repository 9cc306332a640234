package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

class WinogradTest {

    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest(name = "{0} images {1}×{2}, {3} to {4} channels, gap {5}, added {6}")
    @CsvSource({
        "8, 32, 32, 32, 32, 0, false",
        "5, 7, 9, 32, 48, 0, true",
        "9, 14, 14, 64, 32, 16, false",
        "32, 4, 4, 48, 64, 8, true",
        "17, 1, 3, 32, 32, 0, false",
        "6, 8, 8, 48, 12, 84, false",
        "6, 9, 5, 37, 21, 3, true",
        "4, 32, 32, 16, 16, 0, true",
    })
    void agreesWithTheDirectForm(
            int n, int h, int w, int in, int out, int gap, boolean accumulates) {
        Random random = new Random(1);
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            Tensor x = tensors.spaced(random, gap, n, h, w, in);
            Tensor dx = tensors.spaced(random, gap, n, h, w, in);
            Tensor y = tensors.spaced(random, gap, n, h, w, out);
            Tensor dy = tensors.spaced(random, gap, n, h, w, out);
            Tensor weight = tensors.normal(random, out, in, 3, 3);
            Tensor dw = tensors.normal(random, out, in, 3, 3);
            double[] before = dx.toDoubles();
            var layer = new Primitive.Convolution(out, 3, 1, 1, false);
            Operand input = new Operand(x, dx, accumulates);
            Operand filters = Operand.of(weight, dw);
            double[][] direct;
            try (Team team = Team.of(1);
                    OneDnn dnn = new OneDnn(false);
                    VectorElementwise elementwise = new VectorElementwise(team, false)) {
                direct =
                        run(
                                new OneDnnConvolution(
                                        dnn,
                                        elementwise,
                                        layer,
                                        input,
                                        filters,
                                        null,
                                        Operand.of(y, dy)),
                                y,
                                dx,
                                dw);
            }
            y.set(new double[(int) y.size()]);
            dw.set(new double[(int) dw.size()]);
            dx.set(before);
            assumeTrue(WinogradConvolution.takes(layer, x));
            try (OneDnnKernels kernels = new OneDnnKernels()) {
                double[][] winograd =
                        run(
                                kernels.convolution(layer, input, filters, null, Operand.of(y, dy)),
                                y,
                                dx,
                                dw);
                for (int i = 0; i < direct.length; i++) {
                    assertThat(Tensors.distance(winograd[i], direct[i])).isLessThan(TOLERANCE);
                }
            }
        }
    }

    @Test
    void takesWhatItIsFasterAt() {
        assumeTrue(OpenMp.found() && Winograd.L <= 16);
        assertThat(takes(32, 16, 16, 64, 64, 3, 1)).isTrue();
        assertThat(takes(32, 16, 16, 16, 16, 3, 1)).isTrue();
        assertThat(takes(32, 32, 32, 3, 16, 3, 1)).isFalse();
        assertThat(takes(32, 16, 16, 64, 60, 3, 1)).isTrue();
        assertThat(takes(32, 32, 32, 48, 12, 3, 1)).isTrue();
        assertThat(takes(32, 16, 16, 64, 64, 3, 2)).isFalse();
        assertThat(takes(32, 16, 16, 64, 64, 1, 1)).isFalse();
        assertThat(takes(1, 16, 16, 64, 64, 3, 1)).isFalse();
        assertThat(takes(16, 8, 8, 640, 640, 3, 1)).isFalse();
    }

    private static boolean takes(int n, int h, int w, int in, int out, int kernel, int stride) {
        var layer = new Primitive.Convolution(out, kernel, stride, kernel / 2, false);
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            return WinogradConvolution.takes(layer, tensors.dense(n, h, w, in));
        }
    }

    private static double[][] run(Operation operation, Tensor y, Tensor dx, Tensor dw) {
        operation.forward(true);
        operation.backward();
        return new double[][] {y.toDoubles(), dx.toDoubles(), dw.toDoubles()};
    }
}
