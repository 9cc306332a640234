package org.skiplab.app.diagram;

import java.util.List;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;

/// One box on the canvas: the image, a block, or a run of identical blocks folded into one.
///
/// @param id the first node's id, [Network#INPUT] for the image
/// @param nodes the nodes it stands for, in chain order; none for the image
public record Card(String id, List<Node> nodes) {

    public static final Card IMAGE = new Card(Network.INPUT, List.of());

    public Card {
        nodes = List.copyOf(nodes);
    }

    static Card of(Node node) {
        return new Card(node.id(), List.of(node));
    }

    public boolean isImage() {
        return nodes.isEmpty();
    }

    public boolean isRun() {
        return nodes.size() > 1;
    }

    /// The block, or each block of the run.
    ///
    /// @throws IllegalStateException for the image
    public Block block() {
        if (isImage()) {
            throw new IllegalStateException("the image is not a block");
        }
        return nodes.getFirst().block();
    }

    public List<String> ids() {
        return nodes.stream().map(Node::id).toList();
    }

    /// The id whose output leaves the card.
    public String last() {
        return isImage() ? id : nodes.getLast().id();
    }

    /// For screen readers and tests: `stem`, `block2 … block18`.
    public String name() {
        return isRun() ? id + " … " + last() : id;
    }
}
