package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// An addition that its branch makes on the way, and moments that a convolution takes on the way,
/// give what the operations give apart: whatever the gate does from step to step.
class JoinedSumTest {

    private static final double TOLERANCE = 2e-5;

    /// Open, closed, scaled, and open again: what one step leaves must not reach the next.
    private static final double[] FACTORS = {1, 0, 0.5, 1, 0, 1};

    /// What ends the branch.
    private enum End {
        CONVOLUTION,
        BATCH_NORM
    }

    @ParameterizedTest(name = "{0} at the end, {1} images {2}×{3}, {4} channels, ReLU {5}")
    @CsvSource({
        "CONVOLUTION, 8, 16, 16, 16, false",
        "CONVOLUTION, 5, 7, 9, 21, false",
        "CONVOLUTION, 6, 8, 8, 32, true",
        "BATCH_NORM, 8, 16, 16, 16, true",
        "BATCH_NORM, 5, 7, 9, 21, false",
    })
    void agreesWithTheOperationsApart(End end, int n, int h, int w, int channels, boolean relu) {
        try (Tensors tensors = new Tensors(DataType.FLOAT)) {
            Tensor x = tensors.dense(n, h, w, channels);
            assumeTrue(WinogradConvolution.takes(Primitive.Convolution.c3(channels, 1), x));
        }
        List<double[]> together = run(end, n, h, w, channels, relu, true);
        List<double[]> apart = run(end, n, h, w, channels, relu, false);
        for (int i = 0; i < apart.size(); i++) {
            assertThat(Tensors.distance(together.get(i), apart.get(i)))
                    .as("result %d", i)
                    .isLessThan(TOLERANCE);
        }
    }

    /// shortcut + gate · (convolution (, batch norm)), then a batch norm that reads the sum.
    private static List<double[]> run(
            End end, int n, int h, int w, int channels, boolean relu, boolean joined) {
        Random random = new Random(1);
        List<double[]> results = new ArrayList<>();
        try (Tensors tensors = new Tensors(DataType.FLOAT);
                OneDnnKernels kernels = new OneDnnKernels()) {
            Operand x = operand(tensors, random, n, h, w, channels);
            Operand shortcut = operand(tensors, random, n, h, w, channels);
            Operand convolved = operand(tensors, random, n, h, w, channels);
            Operand weight = operand(tensors, random, channels, channels, 3, 3);
            Operand sum = operand(tensors, random, n, h, w, channels);
            GateFactors gate = new GateFactors(n);

            Primitive.Convolution layer = Primitive.Convolution.c3(channels, 1);
            boolean addedNext = joined && end == End.CONVOLUTION;
            List<Operation> branch = new ArrayList<>();
            branch.add(
                    joined
                            ? kernels.convolution(layer, x, weight, null, convolved, addedNext)
                            : kernels.directConvolution(layer, x, weight, null, convolved));
            Norm inside = new Norm(tensors, random, convolved, n, h, w, channels);
            if (end == End.BATCH_NORM) {
                branch.add(kernels.batchNorm(inside.operands, joined ? new Primitive.Add() : null));
            }
            Operand added = end == End.BATCH_NORM ? inside.operands.y() : convolved;
            List<@Nullable GateFactors> gates = new ArrayList<>();
            gates.add(null);
            gates.add(gate);
            Operation add = kernels.add(List.of(shortcut, added), gates, sum, relu);
            // Adds its gradient to another's: its own alone sums up to nothing but rounding.
            Operand read = new Operand(sum.value(), sum.gradient(), true);
            Norm behind = new Norm(tensors, random, read, n, h, w, channels);
            Operation norm =
                    kernels.batchNorm(
                            behind.operands, joined ? Primitive.Convolution.c3(64, 1) : null);

            for (double factor : FACTORS) {
                gate.setAll(factor);
                for (boolean training : new boolean[] {false, true}) {
                    if (!gate.closed()) {
                        branch.forEach(o -> o.forward(training));
                    }
                    add.forward(training);
                    norm.forward(training);
                    results.add(sum.value().toDoubles());
                    norm.reveal();
                    results.add(behind.operands.y().value().toDoubles());
                    if (!gate.closed()) {
                        branch.forEach(Operation::reveal);
                        results.add(added.value().toDoubles());
                    }
                }
            }
            norm.backward();
            add.backward();
            branch.reversed().forEach(Operation::backward);
            for (Operand each : List.of(x, shortcut, weight)) {
                results.add(each.incoming().toDoubles());
            }
            results.addAll(inside.results());
            results.addAll(behind.results());
        }
        return results;
    }

    private static Operand operand(Tensors tensors, Random random, long... shape) {
        return Operand.of(tensors.normal(random, shape), tensors.normal(random, shape));
    }

    /// A batch norm's tensors.
    private record Norm(BatchNormOperands operands) {

        Norm(Tensors tensors, Random random, Operand x, int n, int h, int w, int channels) {
            this(
                    new BatchNormOperands(
                            x,
                            operand(tensors, random, channels),
                            operand(tensors, random, channels),
                            tensors.normal(random, channels),
                            positive(tensors.normal(random, channels)),
                            operand(tensors, random, n, h, w, channels),
                            false,
                            false));
        }

        private static Tensor positive(Tensor t) {
            for (long i = 0; i < t.size(); i++) {
                t.set(i, 1 + Math.abs(t.get(i)));
            }
            return t;
        }

        List<double[]> results() {
            return List.of(
                    operands.gamma().incoming().toDoubles(),
                    operands.beta().incoming().toDoubles(),
                    operands.runningMean().toDoubles(),
                    operands.runningVariance().toDoubles());
        }
    }
}
