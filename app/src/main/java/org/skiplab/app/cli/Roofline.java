package org.skiplab.app.cli;

import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;

/// The least time that a machine needs for the layers of a training step, each on its own: to
/// compute its products, or to move its tensors once (Williams, Waterman and Patterson 2009).
///
/// Layers that are computed together, or find their tensors in a cache, can do better than this.
///
/// @param analysis of a network of primitives
/// @param batch images in a mini-batch
/// @param gigaflops billions of operations a second that convolutions reach
/// @param gigabytes billions of bytes a second, read and written together
record Roofline(Analysis analysis, int batch, double gigaflops, double gigabytes) {

    /// What a layer has to do in a step, forward and backward.
    ///
    /// @param gigaflop billions of operations, two for each product; only convolutions count
    /// @param gigabyte billions of bytes to move
    record Work(double gigaflop, double gigabyte) {
        static final Work NONE = new Work(0, 0);

        Work plus(Work other) {
            return new Work(gigaflop + other.gigaflop, gigabyte + other.gigabyte);
        }
    }

    /// Forward: a layer's inputs and its output, once. Backward: the gradient that comes in, the
    /// inputs, and the gradients that go out. Weights are read in both, and their gradients
    /// written. Concatenated tensors lie where the concatenation does, a closed drop path is
    /// nowhere, and an addition hands its gradient on as it is.
    Work work(String layer) {
        Node node = analysis.network().node(layer);
        Analysis.Facts facts = analysis.facts(layer).orElseThrow();
        long out = facts.output().size();
        long in =
                node.inputs().stream().mapToLong(i -> analysis.shape(i).orElseThrow().size()).sum();
        // The gradient of the images themselves is nobody's business.
        boolean first = node.inputs().stream().allMatch(Network.INPUT::equals);
        long gradients = out + (first ? 0 : in);
        Block block = node.block();
        long moved =
                switch (block) {
                    case Primitive.Concat _, Primitive.DropPath _ -> 0;
                    case Primitive.Add _ -> in + out;
                    case Primitive.AvgPool _,
                            Primitive.GlobalAvgPool _,
                            Primitive.PadChannels _,
                            Primitive.Scale _ ->
                            in + out + gradients;
                    default -> in + out + gradients + in;
                };
        // Forward, the gradient of the filters, and that of the inputs.
        int products = first ? 2 : 3;
        double flop =
                block instanceof Primitive.Convolution ? 2.0 * products * facts.macs() * batch : 0;
        double bytes = Float.BYTES * ((double) batch * moved + 3.0 * facts.parameters());
        return new Work(flop / 1e9, bytes / 1e9);
    }

    /// Milliseconds that the products take.
    double computeMs(Work work) {
        return work.gigaflop() / gigaflops * 1e3;
    }

    /// Milliseconds that the longer of computing and moving takes.
    double floorMs(Work work) {
        return Math.max(computeMs(work), work.gigabyte() / gigabytes * 1e3);
    }
}
