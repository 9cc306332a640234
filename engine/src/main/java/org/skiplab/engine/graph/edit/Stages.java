package org.skiplab.engine.graph.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Wire;

/// Edits of pieces of a chain as a whole: a stage repeated N times, several blocks moved together.
public final class Stages {

    /// Repetitions that an edit makes at the most.
    public static final int MOST = 500;

    private Stages() {}

    /// Repeats a piece of a chain, so that it stands there `times` times in all. Of a run of equal
    /// blocks the last ones are taken away when there are more. The repetitions keep the
    /// resolution: only the first may have a stride.
    public static Edit repeat(Network network, Collection<String> ids, int times) {
        if (times < 1 || times > MOST) {
            return Edit.refused(
                    "a stage is repeated 1 to " + MOST + " times", "choose another number");
        }
        Optional<Segment> segment = Segment.of(network, ids);
        if (segment.isEmpty()) {
            return noPiece();
        }
        List<Node> nodes = ordered(network, segment.get());
        boolean run = isRun(nodes, segment.get().entry());
        int have = run ? nodes.size() : 1;
        if (times == have) {
            return Edit.refused("it is there " + times + " times already", "choose another number");
        }
        if (times < have) {
            Edit edit =
                    Edits.remove(
                            network, nodes.subList(times, have).stream().map(Node::id).toList());
            return edit instanceof Edit.Done(Network after, _, _)
                    ? new Edit.Done(
                            after,
                            what(ids, times),
                            nodes.subList(0, times).stream().map(Node::id).toList())
                    : edit;
        }
        Draft draft = new Draft(network);
        List<Node> pattern = run ? List.of(nodes.getLast()) : nodes;
        String entry = run ? pattern.getFirst().inputs().getFirst() : segment.get().entry();
        List<Node> copies = new ArrayList<>();
        String end = segment.get().exit().id();
        for (int i = have; i < times; i++) {
            Map<String, String> names = draft.freshNames(pattern);
            List<Node> copy = new ArrayList<>();
            for (Node node : pattern) {
                String from = end;
                copy.add(
                        new Node(
                                names.getOrDefault(node.id(), node.id()),
                                unstrided(node.block()),
                                node.inputs().stream()
                                        .map(in ->
                                                in.equals(entry)
                                                        ? from
                                                        : names.getOrDefault(in, in))
                                        .toList()));
            }
            String exit = run ? pattern.getFirst().id() : segment.get().exit().id();
            String last = names.getOrDefault(exit, exit);
            draft.addAfter(end, copy);
            end = last;
            copies.addAll(copy);
        }
        List<String> all = Stream.concat(nodes.stream(), copies.stream()).map(Node::id).toList();
        // The stage's own nodes go on reading the first repetition's end.
        draft.rewire(segment.get().exit().id(), end, Set.copyOf(all));
        return new Edit.Done(draft.build(), what(ids, times), all);
    }

    private static String what(Collection<String> ids, int times) {
        return "Repeat " + Edit.naming(ids) + " ×" + times;
    }

    /// Takes a piece of a chain out of its place, healing it, and puts it on a wire.
    public static Edit move(Network network, Collection<String> ids, Wire wire) {
        if (ids.size() == 1) {
            return Edits.move(network, ids.iterator().next(), wire);
        }
        Optional<Segment> segment = Segment.of(network, ids);
        if (segment.isEmpty()) {
            return noPiece();
        }
        if (!network.wires().contains(wire)) {
            return Edit.refused("there is no wire " + wire, "choose a wire of this network");
        }
        Set<String> inside = Set.copyOf(ids);
        if (inside.contains(wire.from()) || inside.contains(wire.to())) {
            return Edit.refused("these blocks are already there", "drop them on another wire");
        }
        String entry = segment.get().entry();
        String exit = segment.get().exit().id();
        Draft draft = new Draft(network);
        draft.rewire(exit, entry, inside);
        List<Node> moved = new ArrayList<>();
        for (Node node : segment.get().nodes()) {
            moved.add(
                    node.withInputs(
                            node.inputs().stream()
                                    .map(i -> i.equals(entry) ? wire.from() : i)
                                    .toList()));
            draft.delete(node.id());
        }
        draft.setInput(wire.to(), wire.port(), exit);
        draft.addAfter(wire.from(), moved);
        return new Edit.Done(draft.build(), "Move " + Edit.naming(ids), List.copyOf(ids));
    }

    private static List<Node> ordered(Network network, Segment segment) {
        Set<Node> inside = Set.copyOf(segment.nodes());
        return network.topological().stream().filter(inside::contains).toList();
    }

    /// Whether these are equal blocks in a row. The first one may differ by its stride.
    private static boolean isRun(List<Node> nodes, String entry) {
        String before = entry;
        for (Node node : nodes) {
            if (!node.inputs().equals(List.of(before))
                    || !unstrided(node.block()).equals(unstrided(nodes.getFirst().block()))) {
                return false;
            }
            before = node.id();
        }
        return true;
    }

    private static Block unstrided(Block block) {
        boolean strided = Settings.of(block).stream().map(Setting::name).anyMatch("stride"::equals);
        return strided ? Settings.with(block, "stride", 1) : block;
    }

    private static Edit noPiece() {
        return Edit.refused(
                "these blocks are no piece of a chain with one way in and one way out",
                "select neighbours, with everything between them");
    }
}
