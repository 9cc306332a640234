package org.skiplab.engine.graph;

import java.util.List;

/// One box on the canvas: a value that knows how it transforms shapes, what it learns and what it
/// costs.
///
/// A block is either a [Primitive] (one layer: convolution, batch norm, addition, …) or a
/// [Composite] (stem, residual block, dense block, …), which is *defined* as a small [Circuit] of
/// primitives. That one definition is what the canvas opens, what "break apart" leaves behind, what
/// the engine compiles and what is exported.
public sealed interface Block permits Primitive, Composite {

    /// The shape of one image after this block.
    ///
    /// @param inputs one shape per input port, in port order
    Inference infer(List<Shape> inputs);

    /// How many wires may enter.
    default Arity arity() {
        return Arity.ONE;
    }

    /// Trainable numbers, given the shapes that enter.
    long parameters(List<Shape> inputs);

    /// Multiply-accumulates of one image's forward pass in convolutions and linear layers, the
    /// count that papers print as "FLOPs".
    long macs(List<Shape> inputs);

    /// The kind's name and lesson, for palette, inspector and file form.
    default BlockKind kind() {
        return BlockKind.of(this);
    }
}
