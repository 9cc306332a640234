package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The libraries the kernels stand on, at the versions the build pins: ND4J holds the tensors,
/// oneDNN computes on the very same memory, and the Vector API is switched on.
class NativeStackTest {
    private static final int BATCH = 2;
    private static final int IN = 3;
    private static final int OUT = 4;
    private static final int SIZE = 5;

    @Test
    void oneDnnConvolvesInPlaceOnNd4jMemory() {
        try (INDArray x = ramp(BATCH, SIZE, SIZE, IN);
                INDArray w = ramp(OUT, IN, 3, 3);
                INDArray y = Nd4j.zeros(DataType.FLOAT, BATCH, SIZE, SIZE, OUT)) {
            convolve(x, w, y);

            for (int n = 0; n < BATCH; n++) {
                for (int i = 0; i < SIZE; i++) {
                    for (int j = 0; j < SIZE; j++) {
                        for (int o = 0; o < OUT; o++) {
                            assertThat(y.getDouble(n, i, j, o))
                                    .isCloseTo(expected(x, w, n, i, j, o), within(1e-5));
                        }
                    }
                }
            }
        }
    }

    @Test
    void vectorApiIsSwitchedOn() {
        float[] a = {1, 2, 3, 4};
        assertThat(
                        FloatVector.fromArray(FloatVector.SPECIES_128, a, 0)
                                .reduceLanes(VectorOperators.ADD))
                .isEqualTo(10f);
    }

    @Test
    void javaCppsOwnMemoryLimitsAreOff() {
        assertThat(Pointer.maxPhysicalBytes()).as("0 switches the check off").isZero();
        assertThat(Pointer.maxBytes()).as("what fits is for us to judge").isZero();
    }

    /// Values in [-0.5, 0.5) that differ from each neighbour.
    private static INDArray ramp(long... shape) {
        INDArray a = Nd4j.create(DataType.FLOAT, shape, 'c');
        for (long i = 0; i < a.length(); i++) {
            a.data().put(i, (i * 7 % 100) / 100f - 0.5f);
        }
        return a;
    }

    private static void convolve(INDArray x, INDArray w, INDArray y) {
        try (var _ = new PointerScope()) {
            var cpu = new engine(engine.kind.cpu, 0);
            var queue = new stream(cpu);
            var src = desc(memory.format_tag.nhwc, BATCH, IN, SIZE, SIZE);
            var weights = desc(memory.format_tag.oihw, OUT, IN, 3, 3);
            var dst = desc(memory.format_tag.nhwc, BATCH, OUT, SIZE, SIZE);
            var primitive =
                    new convolution_forward.primitive_desc(
                            cpu,
                            dnnl.prop_kind.forward_training,
                            dnnl.algorithm.convolution_direct,
                            src,
                            weights,
                            dst,
                            new long[] {1, 1},
                            new long[] {1, 1},
                            new long[] {1, 1});
            var arguments = new IntMemoryMap();
            arguments.put(DNNL_ARG_SRC, new memory(src, cpu, x.data().addressPointer()));
            arguments.put(DNNL_ARG_WEIGHTS, new memory(weights, cpu, w.data().addressPointer()));
            arguments.put(DNNL_ARG_DST, new memory(dst, cpu, y.data().addressPointer()));
            new convolution_forward(primitive).execute(queue, arguments);
            queue._wait();
        }
    }

    private static memory.desc desc(memory.format_tag tag, long... dims) {
        return new memory.desc(dims, memory.data_type.f32, tag);
    }

    private static double expected(INDArray x, INDArray w, int n, int i, int j, int o) {
        double sum = 0;
        for (int c = 0; c < IN; c++) {
            for (int p = 0; p < 3; p++) {
                for (int q = 0; q < 3; q++) {
                    int row = i + p - 1;
                    int column = j + q - 1;
                    if (row >= 0 && row < SIZE && column >= 0 && column < SIZE) {
                        sum += x.getDouble(n, row, column, c) * w.getDouble(o, c, p, q);
                    }
                }
            }
        }
        return sum;
    }
}
