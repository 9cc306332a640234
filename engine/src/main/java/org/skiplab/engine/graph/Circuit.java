package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.List;

/// The inside of a composite block: primitives in topological order. [Network#INPUT] stands for the
/// tensor that enters the block; the last node's output leaves it.
public record Circuit(List<Node> nodes) {

    public Circuit {
        nodes = List.copyOf(nodes);
    }

    /// Collects the primitives of a circuit in the order in which PyTorch would construct them.
    static final class Builder {
        private final List<Node> nodes = new ArrayList<>();

        /// Appends a primitive and returns its id, for wiring.
        String add(String id, Primitive primitive, String... inputs) {
            nodes.add(new Node(id, primitive, inputs));
            return id;
        }

        Circuit build() {
            return new Circuit(nodes);
        }
    }
}
