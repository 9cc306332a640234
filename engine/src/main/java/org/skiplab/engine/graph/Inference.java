package org.skiplab.engine.graph;

/// What a block makes of its input shapes: an output shape, or the reason why it cannot take them.
public sealed interface Inference {

    /// The block accepts its inputs and yields `shape`.
    record Yields(Shape shape) implements Inference {}

    /// The block cannot take its inputs. `why` names the conflict, `fix` what would resolve it.
    record Rejects(String why, String fix) implements Inference {}

    static Inference yields(Shape shape) {
        return new Yields(shape);
    }

    static Inference rejects(String why, String fix) {
        return new Rejects(why, fix);
    }
}
