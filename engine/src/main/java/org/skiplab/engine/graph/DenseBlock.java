package org.skiplab.engine.graph;

import org.skiplab.engine.graph.Primitive.BatchNorm;
import org.skiplab.engine.graph.Primitive.Concat;
import org.skiplab.engine.graph.Primitive.Convolution;
import org.skiplab.engine.graph.Primitive.Dropout;
import org.skiplab.engine.graph.Primitive.Relu;

/// `x_l = H_l([x_0, x_1, …, x_{l−1}])`: every layer reads all earlier feature maps of the block and
/// adds `growth` of its own (Huang et al. 2016, 1608.06993).
///
/// @param layers number of layers; the output has `input + layers · growth` channels
/// @param growth the growth rate k
/// @param bottleneck width of the 1×1 convolution before each 3×3, in multiples of `growth` (4 for
///   DenseNet-B), 0 for none
/// @param dropout probability of dropping after each convolution, in [0, 1)
public record DenseBlock(int layers, int growth, int bottleneck, double dropout)
        implements Composite {

    public DenseBlock {
        Checks.positive("layers", layers);
        Checks.positive("growth rate", growth);
        Checks.notNegative("bottleneck width", bottleneck);
        Checks.dropout(dropout);
    }

    @Override
    public int outputChannels(int inputChannels) {
        return inputChannels + layers * growth;
    }

    @Override
    public Circuit inside(Shape input) {
        Circuit.Builder c = new Circuit.Builder();
        String features = Network.INPUT;
        for (int l = 1; l <= layers; l++) {
            String layer = "layer" + l + ".";
            String x = c.add(layer + "norm1", BatchNorm.PLAIN, features);
            x = c.add(layer + "relu1", new Relu(), x);
            if (bottleneck > 0) {
                x = c.add(layer + "conv1", Convolution.c1(bottleneck * growth, 1), x);
                x = dropped(c, layer + "dropout1", x);
                x = c.add(layer + "norm2", BatchNorm.PLAIN, x);
                x = c.add(layer + "relu2", new Relu(), x);
                x = c.add(layer + "conv2", Convolution.c3(growth, 1), x);
                x = dropped(c, layer + "dropout2", x);
            } else {
                x = c.add(layer + "conv1", Convolution.c3(growth, 1), x);
                x = dropped(c, layer + "dropout1", x);
            }
            features = c.add(layer + "concat", new Concat(), features, x);
        }
        return c.build();
    }

    private String dropped(Circuit.Builder c, String id, String x) {
        return dropout > 0 ? c.add(id, new Dropout(dropout), x) : x;
    }
}
