package org.skiplab.engine.graph;

import java.util.List;

/// A block placed in a network: its name and the nodes whose outputs enter it, in port order.
///
/// @param id unique in the network; letters, digits, `-` and `_` (dots appear only in expanded
///   networks)
/// @param inputs ids of the feeding nodes, [Network#INPUT] for the image itself; empty while not
///   yet wired
public record Node(String id, Block block, List<String> inputs) {

    public Node {
        if (!id.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
            throw new IllegalArgumentException(
                    "a block's name may hold letters, digits, '-' and '_': '" + id + "'");
        }
        if (id.equals(Network.INPUT)) {
            throw new IllegalArgumentException("'" + id + "' is the name of the network's input");
        }
        inputs = List.copyOf(inputs);
    }

    public Node(String id, Block block, String... inputs) {
        this(id, block, List.of(inputs));
    }

    public Node withBlock(Block other) {
        return new Node(id, other, inputs);
    }

    public Node withInputs(List<String> others) {
        return new Node(id, block, others);
    }
}
