package org.skiplab.engine.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Primitive;

/// How fast this machine convolves at its best, to judge layers by.
public final class ConvolutionPeak {

    private static final int IMAGES = 16;
    private static final int EXTENT = 32;
    private static final int CHANNELS = 64;
    private static final int RUNS = 12;

    private ConvolutionPeak() {}

    /// Billions of floating-point operations a second of the best of some 3×3 convolutions of 64 to
    /// 64 channels in the direct form, one multiplication and one addition for each product. Takes
    /// some tenths of a second.
    public static double gigaflops(KernelPath path) {
        long image = (long) EXTENT * EXTENT * CHANNELS;
        long numbers = 2 * IMAGES * image + 9L * CHANNELS * CHANNELS;
        try (TensorMemory memory = new TensorMemory(DataType.FLOAT, numbers);
                Kernels kernels = path.open()) {
            Operand x = Operand.constant(memory.at(0, IMAGES, EXTENT, EXTENT, CHANNELS));
            Tensor out = memory.at(IMAGES * image, IMAGES, EXTENT, EXTENT, CHANNELS);
            Tensor filters = memory.at(2 * IMAGES * image, CHANNELS, CHANNELS, 3, 3);
            Primitive.Convolution layer = new Primitive.Convolution(CHANNELS, 3, 1, 1, false);
            Operand weight = Operand.of(filters, filters);
            Operand y = Operand.of(out, out);
            Operation convolution =
                    kernels instanceof OneDnnKernels fast
                            ? fast.directConvolution(layer, x, weight, null, y)
                            : kernels.convolution(layer, x, weight, null, y);
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                convolution.forward(true);
                best = Math.min(best, System.nanoTime() - start);
            }
            return 2 * 9.0 * IMAGES * image * CHANNELS / best;
        }
    }
}
