package org.skiplab.engine.graph;

import java.util.List;

/// A block that is defined as a circuit of primitives. Shape, parameters and cost follow from the
/// circuit.
public sealed interface Composite extends Block
        permits Stem, Residual, Wide, DenseBlock, Transition, Head {

    /// The primitives inside, for an input of the given shape. Ids are PyTorch-like (`conv1`,
    /// `shortcut.conv`).
    Circuit inside(Shape input);

    /// The output channels, given the input's.
    int outputChannels(int inputChannels);

    @Override
    default Inference infer(List<Shape> inputs) {
        return Measurement.of(this, inputs).inference();
    }

    @Override
    default long parameters(List<Shape> inputs) {
        return Measurement.of(this, inputs).parameters();
    }

    @Override
    default long macs(List<Shape> inputs) {
        return Measurement.of(this, inputs).macs();
    }
}
