package org.skiplab.engine.graph;

import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Primitive.Add;
import org.skiplab.engine.graph.Primitive.AvgPool;
import org.skiplab.engine.graph.Primitive.BatchNorm;
import org.skiplab.engine.graph.Primitive.Convolution;
import org.skiplab.engine.graph.Primitive.DropPath;
import org.skiplab.engine.graph.Primitive.Dropout;
import org.skiplab.engine.graph.Primitive.Multiply;
import org.skiplab.engine.graph.Primitive.PadChannels;
import org.skiplab.engine.graph.Primitive.Relu;
import org.skiplab.engine.graph.Primitive.Scale;
import org.skiplab.engine.graph.Primitive.Sigmoid;

/// Draws the inside of residual and wide blocks: branch first, then shortcut, gate and addition.
record ResidualCircuit(
        boolean bottleneck,
        int width,
        int channels,
        int stride,
        ActivationOrder order,
        Shortcut shortcut,
        boolean rawProjection,
        boolean zeroGamma,
        double dropout,
        @Nullable Gate gate) {

    private boolean activatesFirst() {
        return order == ActivationOrder.FULL_PRE_ACTIVATION
                || order == ActivationOrder.RELU_ONLY_PRE_ACTIVATION;
    }

    Circuit build(Shape input) {
        Circuit.Builder c = new Circuit.Builder();
        String entry = entry(c);
        String branch = branch(c, entry);
        if (shortcut == Shortcut.NONE) {
            branch = gated(c, branch);
        } else {
            boolean fromRaw = rawProjection || order != ActivationOrder.FULL_PRE_ACTIVATION;
            String around = shortcut(c, input, entry, fromRaw);
            if (shortcut == Shortcut.GATED) {
                around = exclusiveGate(c, around);
                branch = c.add("weighed", new Multiply(), branch, "gate.sigmoid");
            }
            branch = c.add("add", new Add(), around, gated(c, branch));
        }
        switch (order) {
            case ORIGINAL -> c.add("relu_out", new Relu(), branch);
            case BN_AFTER_ADDITION ->
                    c.add("relu_out", new Relu(), c.add("bn_out", BatchNorm.PLAIN, branch));
            case RELU_BEFORE_ADDITION, RELU_ONLY_PRE_ACTIVATION, FULL_PRE_ACTIVATION -> {}
        }
        return c.build();
    }

    /// What precedes the first convolution; for v2 its output is what a projection reads.
    private String entry(Circuit.Builder c) {
        return switch (order) {
            case FULL_PRE_ACTIVATION ->
                    c.add("relu1", new Relu(), c.add("bn1", BatchNorm.PLAIN, Network.INPUT));
            case RELU_ONLY_PRE_ACTIVATION -> c.add("relu1", new Relu(), Network.INPUT);
            case ORIGINAL, BN_AFTER_ADDITION, RELU_BEFORE_ADDITION -> Network.INPUT;
        };
    }

    private String branch(Circuit.Builder c, String entry) {
        int convolutions = bottleneck ? 3 : 2;
        String x = entry;
        for (int i = 1; i <= convolutions; i++) {
            x = c.add("conv" + i, convolution(i), x);
            boolean last = i == convolutions;
            if (order == ActivationOrder.FULL_PRE_ACTIVATION) {
                if (!last) {
                    x = c.add("bn" + (i + 1), BatchNorm.PLAIN, x);
                    x = c.add("relu" + (i + 1), new Relu(), x);
                    x = dropped(c, i, x);
                }
            } else {
                boolean normalised = !last || order != ActivationOrder.BN_AFTER_ADDITION;
                boolean activated = !last || order == ActivationOrder.RELU_BEFORE_ADDITION;
                if (normalised) {
                    x = c.add("bn" + i, new BatchNorm(last && zeroGamma), x);
                }
                if (activated) {
                    x = c.add("relu" + (activatesFirst() ? i + 1 : i), new Relu(), x);
                }
            }
        }
        return x;
    }

    private String dropped(Circuit.Builder c, int i, String x) {
        return dropout > 0 ? c.add("dropout" + i, new Dropout(dropout), x) : x;
    }

    private Convolution convolution(int i) {
        if (!bottleneck) {
            return Convolution.c3(channels, i == 1 ? stride : 1);
        }
        return switch (i) {
            case 1 -> Convolution.c1(width, 1);
            case 2 -> Convolution.c3(width, stride);
            default -> Convolution.c1(channels, 1);
        };
    }

    private String shortcut(Circuit.Builder c, Shape input, String entry, boolean fromRaw) {
        boolean changes = stride != 1 || input.channels() != channels;
        return switch (shortcut) {
            case PROJECTION -> changes ? projection(c, entry, fromRaw) : Network.INPUT;
            case PROJECTION_ALWAYS -> projection(c, entry, fromRaw);
            case ZERO_PAD -> padded(c, input, 1);
            case AVG_POOL_PAD -> padded(c, input, stride);
            case SCALED -> c.add("shortcut.scale", new Scale(0.5), padded(c, input, 1));
            case DROPOUT -> c.add("shortcut.dropout", new Dropout(0.5), padded(c, input, 1));
            case GATED -> padded(c, input, 1);
            case NONE -> throw new IllegalStateException("a plain block has no shortcut");
        };
    }

    private String projection(Circuit.Builder c, String entry, boolean fromRaw) {
        if (!fromRaw) {
            return c.add("shortcut.conv", Convolution.c1(channels, stride), entry);
        }
        String x = c.add("shortcut.conv", Convolution.c1(channels, stride), Network.INPUT);
        return c.add("shortcut.bn", BatchNorm.PLAIN, x);
    }

    /// Subsampling (`window` 1) or average pooling (`window` = stride), then channels of zeros.
    private String padded(Circuit.Builder c, Shape input, int window) {
        String x = Network.INPUT;
        if (stride != 1) {
            x = c.add("shortcut.pool", new AvgPool(window, stride), x);
        }
        if (input.channels() != channels) {
            x = c.add("shortcut.pad", new PadChannels(channels), x);
        }
        return x;
    }

    /// `(1 − g) · x` with `g = σ(z)`, written as `σ(−z) · x`.
    private String exclusiveGate(Circuit.Builder c, String around) {
        String z = c.add("gate.conv", new Convolution(channels, 1, 1, 0, true), around);
        c.add("gate.sigmoid", new Sigmoid(), z);
        String rest = c.add("gate.rest", new Sigmoid(), c.add("gate.negate", new Scale(-1), z));
        return c.add("shortcut.weighed", new Multiply(), around, rest);
    }

    private String gated(Circuit.Builder c, String branch) {
        return gate == null ? branch : c.add("drop_path", new DropPath(gate), branch);
    }
}
