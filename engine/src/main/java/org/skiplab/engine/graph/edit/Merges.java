package org.skiplab.engine.graph.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Wire;

/// Edits that make two signals one: a wire led onto another wire becomes a shortcut that is added
/// to it or concatenated with it.
public final class Merges {

    /// Largest step by which a projection may go down in resolution.
    private static final int MOST_STRIDE = 32;

    private Merges() {}

    /// Adds a signal to what runs on a wire. Where channels or resolution differ, a 1×1 convolution
    /// makes them equal, as the projection shortcuts of the residual network do (1512.03385 §3.2).
    ///
    /// @param from the block (or the network's input) whose output is added
    public static Edit add(Network network, String from, Wire wire) {
        Optional<Edit> refusal = refusal(network, from, wire);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Analysis analysis = Analysis.of(network);
        Optional<Shape> added = analysis.shape(from);
        Optional<Shape> there = analysis.shape(wire.from());
        if (added.isEmpty() || there.isEmpty() || added.equals(there)) {
            return merged(
                    network,
                    from,
                    wire,
                    new Primitive.Add(),
                    List.of(),
                    "Add shortcut from " + from);
        }
        Shape a = added.get();
        Shape b = there.get();
        int stride = stride(a, b);
        if (a.isVector() || b.isVector() || stride == 0) {
            return Edit.refused(
                    "an addition needs tensors of one shape, and no projection makes "
                            + b
                            + " of "
                            + a,
                    "start the wire at a block with at least "
                            + b.height()
                            + "×"
                            + b.width()
                            + " positions");
        }
        return merged(
                network,
                from,
                wire,
                new Primitive.Add(),
                List.of(Primitive.Convolution.c1(b.channels(), stride)),
                "Add 1×1 projection: "
                        + a.channels()
                        + " → "
                        + b.channels()
                        + " channels"
                        + (stride > 1 ? ", stride " + stride : ""));
    }

    /// Puts a signal's channels beside those that run on a wire.
    ///
    /// @param from the block (or the network's input) whose output is taken along
    public static Edit concatenate(Network network, String from, Wire wire) {
        Optional<Edit> refusal = refusal(network, from, wire);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Analysis analysis = Analysis.of(network);
        Optional<Shape> taken = analysis.shape(from);
        Optional<Shape> there = analysis.shape(wire.from());
        if (taken.isPresent() && there.isPresent() && !taken.get().sameResolution(there.get())) {
            return Edit.refused(
                    "a concatenation needs one resolution, but "
                            + taken.get()
                            + " would meet "
                            + there.get(),
                    "start the wire at a block of the same stage");
        }
        return merged(
                network, from, wire, new Primitive.Concat(), List.of(), "Concatenate with " + from);
    }

    private static Optional<Edit> refusal(Network network, String from, Wire wire) {
        if (!from.equals(Network.INPUT) && network.find(from).isEmpty()) {
            return Optional.of(Edit.missing(from));
        }
        if (!network.wires().contains(wire)) {
            return Optional.of(
                    Edit.refused("there is no wire " + wire, "choose a wire of this network"));
        }
        if (wire.from().equals(from)) {
            return Optional.of(
                    Edit.refused(
                            "that wire carries the output of '" + from + "' already",
                            "choose a wire behind a later block"));
        }
        return Edits.circle(network, from, wire.to());
    }

    /// The stride of a 1×1 convolution that brings one resolution to another; 0 if none does.
    private static int stride(Shape from, Shape to) {
        for (int stride = 1; stride <= MOST_STRIDE; stride++) {
            if (Math.ceilDiv(from.height(), stride) == to.height()
                    && Math.ceilDiv(from.width(), stride) == to.width()) {
                return stride;
            }
        }
        return 0;
    }

    private static Edit merged(
            Network network,
            String from,
            Wire wire,
            Primitive merge,
            List<Primitive> projection,
            String what) {
        Draft draft = new Draft(network);
        List<Node> fresh = new ArrayList<>();
        String end = from;
        for (Primitive layer : projection) {
            String id = draft.fresh("projection");
            fresh.add(new Node(id, layer, end));
            end = id;
        }
        String id = draft.fresh(merge.kind().id());
        fresh.addFirst(new Node(id, merge, wire.from(), end));
        draft.setInput(wire.to(), wire.port(), id);
        draft.addAfter(wire.from(), fresh.reversed());
        return new Edit.Done(draft.build(), what, fresh.stream().map(Node::id).toList());
    }
}
