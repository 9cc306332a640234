package org.skiplab.app.diagram;

import java.util.List;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;

/// One box on the canvas: the image, a block, or a run of identical blocks folded into one.
///
/// @param id the first node's id, [Network#INPUT] for the image
/// @param nodes the nodes it stands for, in the order in which data flows; none for the image
/// @param period after how many nodes they repeat: 1 for equal blocks
public record Card(String id, List<Node> nodes, int period) {

    public static final Card IMAGE = new Card(Network.INPUT, List.of(), 1);

    public Card {
        nodes = List.copyOf(nodes);
    }

    static Card of(Node node) {
        return new Card(node.id(), List.of(node), 1);
    }

    public boolean isImage() {
        return nodes.isEmpty();
    }

    /// Whether it stands for several nodes.
    public boolean isRun() {
        return nodes.size() > 1;
    }

    /// Whether they differ, so that it is no block N times.
    public boolean isMixed() {
        return period > 1;
    }

    /// How often what it shows is there.
    public int count() {
        return isImage() ? 1 : nodes.size() / period;
    }

    /// A card for several nodes, whose period is the shortest after which their blocks repeat.
    static Card of(List<Node> nodes) {
        int period = 1;
        while (period < nodes.size() && !repeats(nodes, period)) {
            period++;
        }
        return new Card(nodes.getFirst().id(), nodes, period);
    }

    private static boolean repeats(List<Node> nodes, int period) {
        if (nodes.size() % period != 0) {
            return false;
        }
        for (int i = period; i < nodes.size(); i++) {
            if (!nodes.get(i).block().equals(nodes.get(i - period).block())) {
                return false;
            }
        }
        return true;
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
