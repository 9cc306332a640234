package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

class StridedPointwiseTest {

    @ParameterizedTest(name = "{0} images {1}×{2}, {3} to {4} channels, stride {5}, added {6}")
    @CsvSource({
        "3, 8, 8, 16, 32, 2, false",
        "3, 8, 8, 16, 32, 2, true",
        "2, 7, 5, 21, 9, 2, true",
        "2, 7, 5, 21, 9, 3, false",
        "1, 1, 1, 3, 5, 2, true",
    })
    void agreesWithOneDnnsOwn(int n, int h, int w, int in, int out, int stride, boolean adds) {
        Random random = new Random(3);
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            Tensor x = tensors.normal(random, n, h, w, in);
            Tensor dx = tensors.normal(random, n, h, w, in);
            int rows = (h - 1) / stride + 1;
            int columns = (w - 1) / stride + 1;
            Tensor y = tensors.normal(random, n, rows, columns, out);
            Tensor dy = tensors.normal(random, n, rows, columns, out);
            Tensor weight = tensors.normal(random, out, in, 1, 1);
            Tensor dw = tensors.normal(random, out, in, 1, 1);
            double[] before = dx.toDoubles();
            var layer = Primitive.Convolution.c1(out, stride);
            try (OneDnnKernels kernels = new OneDnnKernels()) {
                Operand input = new Operand(x, dx, adds);
                Operand filters = Operand.of(weight, dw);
                Operand output = Operand.of(y, dy);
                Operation own = kernels.convolution(layer, input, filters, null, output);
                assertThat(own).isInstanceOf(StridedPointwise.class);
                double[][] found = run(own, y, dx, dw);
                dx.set(before);
                double[][] expected =
                        run(
                                kernels.directConvolution(layer, input, filters, null, output),
                                y,
                                dx,
                                dw);
                for (int i = 0; i < found.length; i++) {
                    for (int k = 0; k < found[i].length; k++) {
                        assertThat(found[i][k]).isCloseTo(expected[i][k], within(1e-4));
                    }
                }
            }
        }
    }

    private static double[][] run(Operation operation, Tensor y, Tensor dx, Tensor dw) {
        operation.forward(true);
        operation.backward();
        return new double[][] {y.toDoubles(), dx.toDoubles(), dw.toDoubles()};
    }
}
