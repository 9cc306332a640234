package org.skiplab.engine.graph;

import java.util.List;
import java.util.regex.Pattern;

/// A block placed in a network: its name and the nodes whose outputs enter it, in port order.
///
/// @param id unique in the network; 1 to 100 letters, digits, `-` and `_` (dots part a layer's name
///   from its block's inside blocks and in expanded networks)
/// @param inputs ids of the feeding nodes, [Network#INPUT] for the image itself; empty while not
///   yet wired
public record Node(String id, Block block, List<String> inputs) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern ID = Pattern.compile(NAME + "(\\." + NAME + ")*");

    /// @throws IllegalArgumentException if `id` is no such name, or that of the network's input
    public Node {
        if (!ID.matcher(id).matches()) {
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

    /// Whether people may give a block this name.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.equals(Network.INPUT);
    }

    public Node withBlock(Block other) {
        return new Node(id, other, inputs);
    }

    public Node withInputs(List<String> others) {
        return new Node(id, block, others);
    }
}
