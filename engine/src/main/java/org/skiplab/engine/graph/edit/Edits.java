package org.skiplab.engine.graph.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skiplab.engine.graph.Arity;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Wire;

/// Edits of the wiring: what comes in, goes out and reads from what. See [BlockEdits] for edits of
/// the blocks themselves.
public final class Edits {
    private Edits() {}

    /// Puts a block on a wire.
    public static Edit insert(Network network, Wire wire, Block block) {
        if (!network.wires().contains(wire)) {
            return noWire(wire);
        }
        Draft draft = new Draft(network);
        String id = draft.fresh(block.kind().id());
        draft.addAfter(wire.from(), List.of(new Node(id, block, wire.from())));
        draft.setInput(wire.to(), wire.port(), id);
        return Edit.done(draft.build(), "Insert " + block.kind().title(), id);
    }

    /// Puts a block behind another (or behind the network's input): whatever read that one reads
    /// the new block instead.
    public static Edit append(Network network, String after, Block block) {
        if (!after.equals(Network.INPUT) && network.find(after).isEmpty()) {
            return Edit.missing(after);
        }
        Draft draft = new Draft(network);
        String id = draft.fresh(block.kind().id());
        draft.rewire(after, id, Set.of());
        draft.addAfter(after, List.of(new Node(id, block, after)));
        return Edit.done(draft.build(), "Insert " + block.kind().title(), id);
    }

    /// Puts a block where a network grows: in front of the head that ends it, or else behind its
    /// last block.
    public static Edit append(Network network, Block block) {
        return append(network, end(network), block);
    }

    /// The block behind which [#append(Network, Block)] puts the next one.
    public static String end(Network network) {
        if (network.nodes().isEmpty()) {
            return Network.INPUT;
        }
        Node last = network.topological().getLast();
        return last.block() instanceof Head && last.inputs().size() == 1
                ? last.inputs().getFirst()
                : last.id();
    }

    /// Places a block without wires.
    public static Edit add(Network network, Block block) {
        Draft draft = new Draft(network);
        String id = draft.fresh(block.kind().id());
        draft.addAll(List.of(new Node(id, block)));
        return Edit.done(draft.build(), "Add " + block.kind().title(), id);
    }

    /// Takes blocks away. Where a block has one source, whatever read the block reads that source
    /// instead; otherwise its wires go with it.
    public static Edit remove(Network network, Collection<String> ids) {
        if (ids.isEmpty()) {
            return nothingSelected();
        }
        Draft draft = new Draft(network);
        for (String id : new LinkedHashSet<>(ids)) {
            if (network.find(id).isEmpty()) {
                return Edit.missing(id);
            }
            heal(draft, id);
            draft.delete(id);
        }
        return Edit.done(draft.build(), "Remove " + Edit.naming(ids));
    }

    private static void heal(Draft draft, String id) {
        Set<String> sources = new HashSet<>(draft.node(id).inputs());
        if (sources.size() == 1) {
            draft.rewire(id, sources.iterator().next(), Set.of());
        } else {
            draft.cut(id);
        }
    }

    /// Leads a wire from a block (or the network's input) to a port. A wire that was there is
    /// replaced; a port number beyond the last adds a wire where the block takes more.
    public static Edit connect(Network network, String from, String to, int port) {
        if (!from.equals(Network.INPUT) && network.find(from).isEmpty()) {
            return Edit.missing(from);
        }
        Optional<Node> target = network.find(to);
        if (target.isEmpty()) {
            return Edit.missing(to);
        }
        if (port < 0) {
            return Edit.refused("ports are counted from 0", "choose port 0");
        }
        Optional<Edit> circle = circle(network, from, to);
        if (circle.isPresent()) {
            return circle.get();
        }
        List<String> inputs = target.get().inputs();
        Arity arity = target.get().block().arity();
        int slot = arity == Arity.ONE ? 0 : Math.min(port, inputs.size());
        if (slot >= arity.most()) {
            return Edit.refused(
                    "'" + to + "' takes no more than " + arity.most() + " wires",
                    "drop it on a port that is taken to replace that wire");
        }
        if (slot < inputs.size() && inputs.get(slot).equals(from)) {
            return Edit.refused(
                    "'" + from + "' already leads there", "drop it on another port or block");
        }
        Draft draft = new Draft(network);
        draft.setInput(to, slot, from);
        return Edit.done(draft.build(), "Connect " + from + " to " + to, to);
    }

    /// The refusal of a wire that would close a circle.
    static Optional<Edit> circle(Network network, String from, String to) {
        List<String> circle = path(network, to, from);
        return circle.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Edit.refused(
                                "the signal would go in a circle: "
                                        + from
                                        + " → "
                                        + shortened(circle),
                                "wire from an earlier block to a later one"));
    }

    /// Takes a wire away.
    public static Edit disconnect(Network network, Wire wire) {
        if (!network.wires().contains(wire)) {
            return noWire(wire);
        }
        Draft draft = new Draft(network);
        Node node = draft.node(wire.to());
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.remove(wire.port());
        draft.set(node.withInputs(inputs));
        return Edit.done(
                draft.build(), "Disconnect " + wire.from() + " from " + wire.to(), wire.to());
    }

    /// Takes a block out of its place, healing it, and puts it on a wire.
    public static Edit move(Network network, String id, Wire wire) {
        Optional<Node> node = network.find(id);
        if (node.isEmpty()) {
            return Edit.missing(id);
        }
        if (!network.wires().contains(wire)) {
            return noWire(wire);
        }
        if (node.get().inputs().size() > 1) {
            return Edit.refused(
                    "'" + id + "' joins several wires and has no place in a chain",
                    "move the blocks that lead to it");
        }
        if (wire.from().equals(id) || wire.to().equals(id)) {
            return Edit.refused("'" + id + "' is already there", "drop it on another wire");
        }
        Draft draft = new Draft(network);
        heal(draft, id);
        draft.delete(id);
        draft.addAfter(wire.from(), List.of(new Node(id, node.get().block(), wire.from())));
        List<String> ports = draft.node(wire.to()).inputs();
        boolean kept = wire.port() < ports.size() && ports.get(wire.port()).equals(wire.from());
        draft.setInput(wire.to(), kept ? wire.port() : ports.indexOf(wire.from()), id);
        return Edit.done(draft.build(), "Move " + id, id);
    }

    /// Copies blocks. Blocks that form a piece of a chain are continued by their copy; others get a
    /// copy that reads what they read.
    public static Edit duplicate(Network network, Collection<String> ids) {
        if (ids.isEmpty()) {
            return nothingSelected();
        }
        for (String id : ids) {
            if (network.find(id).isEmpty()) {
                return Edit.missing(id);
            }
        }
        String what = "Duplicate " + Edit.naming(ids);
        List<Node> originals = copy(network, ids);
        Optional<Segment> segment =
                Segment.of(network, ids).filter(s -> !network.consumers(s.exit().id()).isEmpty());
        return segment.isPresent()
                ? chained(network, originals, segment.get().exit().id(), Optional.empty(), what)
                : pasted(network, originals, true, what);
    }

    /// The blocks as they stand in the network, for the clipboard.
    public static List<Node> copy(Network network, Collection<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        return network.nodes().stream().filter(n -> wanted.contains(n.id())).toList();
    }

    /// Places copied blocks with the wires between them; wires from elsewhere are left behind.
    public static Edit paste(Network network, List<Node> clipboard) {
        return clipboard.isEmpty()
                ? Edit.refused("the clipboard is empty", "copy some blocks first")
                : pasted(network, clipboard, false, pasting(clipboard));
    }

    /// Puts copied blocks on a wire, if they have one way in and one way out.
    public static Edit paste(Network network, List<Node> clipboard, Wire wire) {
        if (clipboard.isEmpty()) {
            return Edit.refused("the clipboard is empty", "copy some blocks first");
        }
        if (!network.wires().contains(wire)) {
            return noWire(wire);
        }
        Set<String> inside = new HashSet<>();
        clipboard.forEach(n -> inside.add(n.id()));
        Set<String> read = new HashSet<>();
        Set<String> outside = new HashSet<>();
        for (Node node : clipboard) {
            (node.inputs().isEmpty() ? Set.of("") : node.inputs())
                    .forEach(i -> (inside.contains(i) ? read : outside).add(i));
        }
        if (outside.size() != 1 || read.size() != clipboard.size() - 1) {
            return Edit.refused(
                    "the copied blocks have no single way in and out",
                    "paste them beside the network and wire them by hand");
        }
        return chained(network, clipboard, wire.from(), Optional.of(wire), pasting(clipboard));
    }

    private static String pasting(List<Node> clipboard) {
        return "Paste " + Edit.naming(clipboard.stream().map(Node::id).toList());
    }

    private static Edit pasted(
            Network network, List<Node> originals, boolean keepSources, String what) {
        Draft draft = new Draft(network);
        Map<String, String> names = draft.freshNames(originals);
        List<Node> copies = new ArrayList<>();
        for (Node node : originals) {
            copies.add(
                    new Node(
                            name(names, node.id()),
                            node.block(),
                            node.inputs().stream()
                                    .filter(i -> keepSources || names.containsKey(i))
                                    .map(i -> names.getOrDefault(i, i))
                                    .toList()));
        }
        draft.addAll(copies);
        return new Edit.Done(draft.build(), what, copies.stream().map(Node::id).toList());
    }

    /// Copies that read `from` wherever their originals read something outside, and feed `onto`, or
    /// else everything that `from` fed.
    private static Edit chained(
            Network network, List<Node> originals, String from, Optional<Wire> onto, String what) {
        Draft draft = new Draft(network);
        Map<String, String> names = draft.freshNames(originals);
        Set<String> read = new HashSet<>();
        List<Node> copies = new ArrayList<>();
        for (Node node : originals) {
            List<String> inputs =
                    node.inputs().isEmpty()
                            ? List.of(from)
                            : node.inputs().stream().map(i -> names.getOrDefault(i, from)).toList();
            read.addAll(inputs);
            copies.add(new Node(name(names, node.id()), node.block(), inputs));
        }
        String exit =
                copies.stream()
                        .map(Node::id)
                        .filter(id -> !read.contains(id))
                        .findFirst()
                        .orElseThrow();
        if (onto.isPresent()) {
            draft.setInput(onto.get().to(), onto.get().port(), exit);
        } else {
            Set<String> keeping = new HashSet<>();
            originals.forEach(n -> keeping.add(n.id()));
            draft.rewire(from, exit, keeping);
        }
        draft.addAfter(from, copies);
        return new Edit.Done(draft.build(), what, copies.stream().map(Node::id).toList());
    }

    private static String name(Map<String, String> names, String id) {
        return names.getOrDefault(id, id);
    }

    /// The blocks from `start` to `end` along wires, both included, or empty if no wires lead
    /// there.
    private static List<String> path(Network network, String start, String end) {
        Map<String, List<String>> readers = network.readers();
        Map<String, String> before = new HashMap<>();
        List<String> reached = new ArrayList<>(List.of(start));
        for (int i = 0; i < reached.size(); i++) {
            String at = reached.get(i);
            if (at.equals(end)) {
                List<String> path = new ArrayList<>(List.of(at));
                while (before.containsKey(path.getFirst())) {
                    path.addFirst(before.get(path.getFirst()));
                }
                return path;
            }
            for (String next : readers.getOrDefault(at, List.of())) {
                if (!next.equals(start) && before.putIfAbsent(next, at) == null) {
                    reached.add(next);
                }
            }
        }
        return List.of();
    }

    private static String shortened(List<String> path) {
        return path.size() <= 4
                ? String.join(" → ", path)
                : path.getFirst() + " → … → " + path.getLast();
    }

    private static Edit noWire(Wire wire) {
        return Edit.refused("there is no wire " + wire, "choose a wire of this network");
    }

    private static Edit nothingSelected() {
        return Edit.refused("no block is selected", "select one first");
    }
}
