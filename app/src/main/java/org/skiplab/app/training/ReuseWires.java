package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import org.skiplab.app.diagram.Spotlight;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.probe.FeatureReuse;

/// By which wires a layer of a dense block reads an earlier one.
final class ReuseWires {
    private ReuseWires() {}

    /// The wiring inside a dense block is the same whatever enters it.
    private static final Shape ANY = new Shape(8, 8, 8);

    /// Between the blocks: where the source enters the dense block, or the target follows it.
    /// Inside it: where the source joins the features, and where the target takes them.
    ///
    /// @param network that the reading is of
    /// @param source row of the reading
    /// @param target column of the reading
    static Spotlight of(Network network, FeatureReuse reuse, int source, int target) {
        String block = reuse.block();
        String reader = reuse.targets().get(target);
        List<Wire> outer =
                network.wires().stream()
                        .filter(w ->
                                w.to().equals(reader)
                                        ? w.from().equals(block)
                                        : source == 0 && w.to().equals(block))
                        .toList();
        return network.find(block).map(Node::block).orElse(null) instanceof DenseBlock dense
                ? new Spotlight(outer, block, inside(dense, source, target))
                : new Spotlight(outer, "", List.of());
    }

    private static List<Wire> inside(DenseBlock dense, int source, int target) {
        List<Wire> wires = new ArrayList<>();
        String join = "layer" + Math.max(1, source) + ".concat";
        int port = source == 0 ? 0 : 1;
        boolean passedOn = source > 0 || target > 0;
        for (Node node : dense.inside(ANY).nodes()) {
            if (node.id().equals(join) && passedOn) {
                wires.add(new Wire(node.inputs().get(port), node.id(), port));
            }
            if (node.id().equals("layer" + (target + 1) + ".norm1")) {
                wires.add(new Wire(node.inputs().getFirst(), node.id(), 0));
            }
        }
        return wires;
    }
}
