package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.List;

/// Collects nodes that follow one another.
final class Chain {
    private final List<Node> nodes = new ArrayList<>();
    private String last = Network.INPUT;

    Chain add(String id, Block block) {
        nodes.add(new Node(id, block, last));
        last = id;
        return this;
    }

    Network build(String name, Shape input, Survival survival) {
        return new Network(name, input, nodes, survival);
    }
}
