package org.skiplab.engine.graph.edit;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;

/// A set of nodes that a signal enters at one place and leaves at one place, like a block.
///
/// @param nodes in placement order
/// @param entry id of the node outside (or of the network's input) that feeds it
/// @param exit the node inside whose output others read
public record Segment(List<Node> nodes, String entry, Node exit) {

    /// The segment that these blocks form, if they do.
    public static Optional<Segment> of(Network network, Collection<String> ids) {
        Set<String> inside = new HashSet<>(ids);
        List<Node> nodes = network.nodes().stream().filter(n -> inside.contains(n.id())).toList();
        Set<String> entries =
                nodes.stream()
                        .flatMap(n -> n.inputs().stream())
                        .filter(i -> !inside.contains(i))
                        .collect(Collectors.toSet());
        Set<String> readInside =
                nodes.stream().flatMap(n -> n.inputs().stream()).collect(Collectors.toSet());
        Set<String> readOutside =
                network.nodes().stream()
                        .filter(n -> !inside.contains(n.id()))
                        .flatMap(n -> n.inputs().stream())
                        .collect(Collectors.toSet());
        List<Node> exits =
                nodes.stream()
                        .filter(n -> readOutside.contains(n.id()) || !readInside.contains(n.id()))
                        .toList();
        boolean wired = nodes.stream().noneMatch(n -> n.inputs().isEmpty());
        return entries.size() == 1 && exits.size() == 1 && wired
                ? Optional.of(new Segment(nodes, entries.iterator().next(), exits.getFirst()))
                : Optional.empty();
    }
}
