package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skiplab.engine.graph.Primitive;

/// Operands that do not fit are refused when an operation is made, before anything reads memory
/// that is not there.
class OperandShapesTest {

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("org.skiplab.engine.kernel.LayerTest#everyLayer")
    void refusesEachOperandThatIsLongerThanTheOthersAllow(
            KernelsUnderTest implementation, Layer layer) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            int output = layer.inputs().size();
            for (int wrong = 0; wrong <= output; wrong++) {
                List<Operand> operands = new ArrayList<>();
                for (int i = 0; i <= output; i++) {
                    long[] shape =
                            (i == output ? layer.output() : layer.inputs().get(i).shape()).clone();
                    boolean parameter = i < output && layer.inputs().get(i).parameter();
                    if (i == wrong) {
                        shape[parameter ? shape.length - 1 : 0]++;
                    }
                    operands.add(Operand.of(tensors.dense(shape), tensors.dense(shape)));
                }
                assertThatIllegalArgumentException()
                        .as("operand %d", wrong)
                        .isThrownBy(() ->
                                layer.binder()
                                        .bind(
                                                kernels,
                                                tensors,
                                                operands.subList(0, output),
                                                operands.get(output)))
                        .withMessageContaining("must be");
            }
        }
    }

    /// One kernel implementation and the tensors of a 3×3 convolution from 4 to 8 channels.
    private static final class Bench implements AutoCloseable {
        final Kernels kernels;
        final Tensors tensors;
        final Operand x;
        final Operand weight;
        final Operand y;

        Bench(KernelsUnderTest implementation) {
            kernels = implementation.create();
            tensors = new Tensors(kernels.type());
            x = operand(2, 6, 5, 4);
            weight = operand(8, 4, 3, 3);
            y = operand(2, 6, 5, 8);
        }

        Operand operand(long... shape) {
            return Operand.of(tensors.dense(shape), tensors.dense(shape));
        }

        void refuses(String message, Runnable binding) {
            assertThatIllegalArgumentException().isThrownBy(binding::run).withMessage(message);
        }

        @Override
        public void close() {
            kernels.close();
            tensors.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void namesOperationOperandAndBothShapes(KernelsUnderTest implementation) {
        Primitive.Convolution layer = Primitive.Convolution.c3(8, 1);
        try (Bench b = new Bench(implementation)) {
            b.refuses(
                    "convolution: weight is [8, 5, 3, 3], but must be [8, 4, 3, 3]",
                    () -> b.kernels.convolution(layer, b.x, b.operand(8, 5, 3, 3), null, b.y));
            b.refuses(
                    "convolution: y is [2, 6, 4, 8], but must be [2, 6, 5, 8]",
                    () -> b.kernels.convolution(layer, b.x, b.weight, null, b.operand(2, 6, 4, 8)));
            b.refuses(
                    "convolution: x is [8], but must be [n, h, w, c]",
                    () -> b.kernels.convolution(layer, b.operand(8), b.weight, null, b.y));
            b.refuses(
                    "convolution: 2 arrays, but the layer has 1",
                    () -> b.kernels.convolution(layer, b.x, b.weight, b.operand(8), b.y));
            b.refuses(
                    "add: x2 is [2, 6, 5, 4], but must be [1, 6, 5, 4]",
                    () ->
                            b.kernels.add(
                                    List.of(b.operand(1, 6, 5, 4), b.x),
                                    Arrays.asList(null, null),
                                    b.x,
                                    true));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.skiplab.engine.kernel.KernelsUnderTest#all")
    void looksAtWhatComesBesideTheOperandsToo(KernelsUnderTest implementation) {
        try (Bench b = new Bench(implementation)) {
            Operand slim = Operand.of(b.x.value(), b.tensors.dense(2, 6, 5, 3));
            b.refuses(
                    "ReLU: gradient of x is [2, 6, 5, 3], but must be [2, 6, 5, 4]",
                    () -> b.kernels.relu(slim, b.x));
            b.refuses(
                    "dropout: mask is [2, 6, 5, 3], but must be [2, 6, 5, 4]",
                    () -> b.kernels.dropout(b.tensors.dense(2, 6, 5, 3), b.x, b.x));
            b.refuses(
                    "gate: factors is [3], but must be [2]",
                    () -> b.kernels.gate(new GateFactors(3), b.x, b.x));
            b.refuses(
                    "add: 1 gates for 2 inputs",
                    () -> b.kernels.add(List.of(b.x, b.x), List.of(new GateFactors(2)), b.x, true));
            Tensor four = b.tensors.dense(4);
            b.refuses(
                    "batch norm: running variance is [5], but must be [4]",
                    () ->
                            b.kernels.batchNorm(
                                    new BatchNormOperands(
                                            b.x,
                                            b.operand(4),
                                            b.operand(4),
                                            four,
                                            b.tensors.dense(5),
                                            b.x,
                                            true,
                                            false)));
        }
    }
}
