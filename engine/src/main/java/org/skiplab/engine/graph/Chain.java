package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.List;

/// Collects blocks that follow one another to a network with the paper's survival schedule.
final class Chain {
    private final List<Node> nodes = new ArrayList<>();
    private String last = Network.INPUT;

    Chain add(String id, Block block) {
        nodes.add(new Node(id, block, last));
        last = id;
        return this;
    }

    Network build(String name, Shape input) {
        return new Network(name, input, nodes, Survival.PAPER);
    }
}
