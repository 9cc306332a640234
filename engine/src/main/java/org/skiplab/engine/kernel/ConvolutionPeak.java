package org.skiplab.engine.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// How fast this machine convolves at its best, to judge layers by. Measure it more than once and
/// close to what it is compared with: many machines are faster in one second than in the next.
/// Belongs to one thread.
public final class ConvolutionPeak implements AutoCloseable {

    private static final int IMAGES = 16;
    private static final int EXTENT = 32;
    private static final int CHANNELS = 64;
    private static final int RUNS = 4;
    private static final int FIRST_RUNS = 8;

    private final TensorMemory memory;
    private final Kernels kernels;
    private final Operation convolution;

    public ConvolutionPeak(KernelPath path) {
        long numbers = 2 * numbers() + 9L * CHANNELS * CHANNELS;
        memory = new TensorMemory(DataType.FLOAT, numbers);
        kernels = path.open();
        Operand x = Operand.constant(memory.at(0, IMAGES, EXTENT, EXTENT, CHANNELS));
        Tensor out = memory.at(numbers(), IMAGES, EXTENT, EXTENT, CHANNELS);
        Tensor filters = memory.at(2 * numbers(), CHANNELS, CHANNELS, 3, 3);
        Primitive.Convolution layer = new Primitive.Convolution(CHANNELS, 3, 1, 1, false);
        Operand weight = Operand.of(filters, filters);
        Operand y = Operand.of(out, out);
        convolution = ConvolutionsAlone.direct(kernels, layer, x, weight, y);
        best(FIRST_RUNS);
    }

    /// Of the input, and of the output.
    private static long numbers() {
        return (long) IMAGES * EXTENT * EXTENT * CHANNELS;
    }

    /// Billions of floating-point operations a second of the best of some 3×3 convolutions of 64 to
    /// 64 channels in the direct form, one multiplication and one addition for each product. Takes
    /// some hundredths of a second.
    public double gigaflops() {
        return 2 * 9.0 * numbers() * CHANNELS / best(RUNS);
    }

    /// Nanoseconds of the fastest.
    private double best(int runs) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            convolution.forward(true);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Override
    public void close() {
        kernels.close();
        memory.close();
    }
}
