package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;

/// How long a network's convolutions take with nothing around them: each in the library's direct
/// form, forward, for its filters' gradient and for its inputs', on dense NHWC tensors of its own.
/// What [ConvolutionPeak] says of one good size, this says of the network's own sizes, narrow ones
/// and 1×1 among them. As with that, measure it close to what it is compared with. Belongs to one
/// thread.
public final class ConvolutionsAlone implements AutoCloseable {

    private static final int RUNS = 2;

    /// The bits of 0.0115: numbers like a network's, in memory that is really there.
    private static final byte FILL = 0x3c;

    /// A convolution of a size, and how often the network has it.
    private record Repeated(Operation operation, int times) {}

    /// @param first whether it reads the images, whose gradient nobody asks for
    private record Size(Primitive.Convolution layer, Shape in, Shape out, boolean first) {
        long filters() {
            return (long) layer.channels() * in.channels() * layer.kernel() * layer.kernel();
        }
    }

    private final TensorMemory memory;
    private final Kernels kernels;
    private final List<Repeated> convolutions = new ArrayList<>();

    /// @param analysis of a network of primitives
    /// @param batch images in a mini-batch
    public ConvolutionsAlone(KernelPath path, Analysis analysis, int batch) {
        Map<Size, Integer> sizes = sizes(analysis);
        long in = most(sizes, batch, Size::in);
        long out = most(sizes, batch, Size::out);
        long filters =
                TensorMemory.aligned(
                        DataType.FLOAT,
                        sizes.keySet().stream().mapToLong(Size::filters).max().orElse(1));
        memory = new TensorMemory(DataType.FLOAT, 2 * (in + out + filters));
        memory.at(0, 2 * (in + out + filters)).segment().fill(FILL);
        kernels = path.open();
        sizes.forEach((size, times) -> {
            Tensor x = images(0, batch, size.in());
            Operand weight = filters(2 * (in + out), filters, size);
            Operation operation =
                    direct(
                            kernels,
                            size.layer(),
                            size.first()
                                    ? Operand.constant(x)
                                    : Operand.of(x, images(in, batch, size.in())),
                            weight,
                            Operand.of(
                                    images(2 * in, batch, size.out()),
                                    images(2 * in + out, batch, size.out())));
            convolutions.add(new Repeated(operation, times));
        });
        ms();
    }

    private static Map<Size, Integer> sizes(Analysis analysis) {
        Map<Size, Integer> sizes = new LinkedHashMap<>();
        for (Node node : analysis.network().nodes()) {
            if (node.block() instanceof Primitive.Convolution layer) {
                String from = node.inputs().getFirst();
                Size size =
                        new Size(
                                new Primitive.Convolution(
                                        layer.channels(),
                                        layer.kernel(),
                                        layer.stride(),
                                        layer.padding(),
                                        false),
                                analysis.shape(from).orElseThrow(),
                                analysis.shape(node.id()).orElseThrow(),
                                from.equals(Network.INPUT));
                sizes.merge(size, 1, Integer::sum);
            }
        }
        return sizes;
    }

    private interface Side {
        Shape of(Size size);
    }

    /// Numbers that the largest tensor takes.
    private static long most(Map<Size, Integer> sizes, int batch, Side side) {
        return TensorMemory.aligned(
                DataType.FLOAT,
                sizes.keySet().stream().mapToLong(s -> batch * side.of(s).size()).max().orElse(1));
    }

    private Tensor images(long offset, int batch, Shape shape) {
        return memory.at(offset, batch, shape.height(), shape.width(), shape.channels());
    }

    private Operand filters(long offset, long numbers, Size size) {
        long[] shape = {
            size.layer().channels(),
            size.in().channels(),
            size.layer().kernel(),
            size.layer().kernel()
        };
        return Operand.of(memory.at(offset, shape), memory.at(offset + numbers, shape));
    }

    /// A convolution as the library has it, whatever this engine would do instead.
    static Operation direct(
            Kernels kernels, Primitive.Convolution layer, Operand x, Operand weight, Operand y) {
        return kernels instanceof OneDnnKernels fast
                ? fast.directConvolution(layer, x, weight, null, y)
                : kernels.convolution(layer, x, weight, null, y);
    }

    /// Milliseconds of all of the network's convolutions together; of each size the better of two
    /// runs. Takes less than twice as long.
    public double ms() {
        double nanos = 0;
        for (Repeated convolution : convolutions) {
            nanos += convolution.times() * best(convolution.operation());
        }
        return nanos / 1e6;
    }

    private static double best(Operation convolution) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            convolution.forward(true);
            convolution.backward();
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
