package org.skiplab.engine.graph;

import org.skiplab.engine.graph.Primitive.AvgPool;
import org.skiplab.engine.graph.Primitive.BatchNorm;
import org.skiplab.engine.graph.Primitive.Convolution;
import org.skiplab.engine.graph.Primitive.Dropout;
import org.skiplab.engine.graph.Primitive.Relu;

/// Between two dense blocks: batch norm, ReLU, 1×1 convolution to `⌊θ · channels⌋`, 2×2 average
/// pooling.
///
/// @param compression θ in (0, 1]; 0.5 in DenseNet-C and -BC, 1 in plain DenseNets
/// @param activated whether ReLU follows the batch norm (the authors' code does, some others do
///   not)
/// @param dropout probability of dropping after the convolution, in [0, 1)
public record Transition(double compression, boolean activated, double dropout)
        implements Composite {

    public Transition {
        Checks.compression(compression);
        Checks.dropout(dropout);
    }

    @Override
    public int outputChannels(int inputChannels) {
        return Math.max(1, (int) Math.floor(inputChannels * compression + 1e-9));
    }

    @Override
    public Circuit inside(Shape input) {
        Circuit.Builder c = new Circuit.Builder();
        String x = c.add("norm", BatchNorm.PLAIN, Network.INPUT);
        if (activated) {
            x = c.add("relu", new Relu(), x);
        }
        x = c.add("conv", Convolution.c1(outputChannels(input.channels()), 1), x);
        if (dropout > 0) {
            x = c.add("dropout", new Dropout(dropout), x);
        }
        c.add("pool", new AvgPool(2, 2), x);
        return c.build();
    }
}
