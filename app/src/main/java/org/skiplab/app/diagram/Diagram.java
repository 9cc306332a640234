package org.skiplab.app.diagram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.edit.Segment;

/// What the canvas shows of a network: its cards, with runs of identical blocks folded where
/// wanted, and its wires.
///
/// @param cards the image first, then in the order in which data flows
/// @param holders the card of each node and of the image
public record Diagram(List<Card> cards, List<Wire> wires, Map<String, Card> holders) {

    /// A run shorter than this is never folded by itself.
    private static final int SHORTEST_RUN = 3;

    /// Networks with fewer cards show every block unless asked otherwise.
    private static final int COMFORTABLE = 16;

    /// A wire between two cards.
    ///
    /// @param from id of the node (or the image) at which it starts
    /// @param to id of the node at which it ends
    /// @param port position among that node's inputs
    /// @param fromCard id of the card that holds `from`
    /// @param toCard id of the card that holds `to`
    public record Wire(String from, String to, int port, String fromCard, String toCard) {

        /// The wire of the network that it shows.
        public org.skiplab.engine.graph.Wire wire() {
            return new org.skiplab.engine.graph.Wire(from, to, port);
        }
    }

    public Diagram {
        cards = List.copyOf(cards);
        wires = List.copyOf(wires);
        holders = Collections.unmodifiableMap(holders);
    }

    /// @param folding whether the run that begins at a node is folded, where a person decided
    public static Diagram of(Analysis analysis, Map<String, Boolean> folding) {
        return of(analysis, folding, List.of());
    }

    /// @param folding whether the run or group that begins at a node is folded, where a person
    ///   decided
    /// @param groups ids of blocks that a person made one stage; what is no piece of a chain any
    ///   more falls apart
    public static Diagram of(
            Analysis analysis, Map<String, Boolean> folding, List<List<String>> groups) {
        Network network = analysis.network();
        List<Card> runs = runs(analysis, groups);
        boolean large = network.nodes().size() > COMFORTABLE;
        List<Card> cards = new ArrayList<>();
        cards.add(Card.IMAGE);
        for (Card run : runs) {
            boolean fold =
                    folding.getOrDefault(
                            run.id(),
                            grouped(groups, run) || large && run.nodes().size() >= SHORTEST_RUN);
            if (fold) {
                cards.add(run);
            } else {
                run.nodes().forEach(n -> cards.add(Card.of(n)));
            }
        }
        Map<String, Card> holders = new HashMap<>();
        for (Card card : cards) {
            holders.put(card.id(), card);
            card.ids().forEach(id -> holders.put(id, card));
        }
        return new Diagram(cards, wires(cards, holders), holders);
    }

    public Optional<Card> card(String id) {
        return Optional.ofNullable(holders.get(id)).filter(c -> c.id().equals(id));
    }

    /// The card that holds a node.
    public Optional<Card> cardOf(String node) {
        return Optional.ofNullable(holders.get(node));
    }

    /// The foldable run that a node belongs to, with all its nodes; absent when it stands alone.
    public static Optional<Card> runOf(Analysis analysis, List<List<String>> groups, String node) {
        return runs(analysis, groups).stream()
                .filter(c -> c.isRun() && c.ids().contains(node))
                .findFirst();
    }

    private static List<Wire> wires(List<Card> cards, Map<String, Card> holders) {
        List<Wire> wires = new ArrayList<>();
        for (Card card : cards) {
            if (card.isImage()) {
                continue;
            }
            Node first = card.nodes().getFirst();
            for (int port = 0; port < first.inputs().size(); port++) {
                String from = first.inputs().get(port);
                wires.add(
                        new Wire(
                                from,
                                first.id(),
                                port,
                                Optional.ofNullable(holders.get(from)).map(Card::id).orElse(from),
                                card.id()));
            }
        }
        return wires;
    }

    private static boolean grouped(List<List<String>> groups, Card run) {
        return groups.stream()
                .anyMatch(g -> g.size() == run.nodes().size() && g.containsAll(run.ids()));
    }

    /// The cards of those groups that are pieces of a chain, by each of their nodes.
    private static Map<String, Card> groups(Network network, List<List<String>> groups) {
        Map<String, Card> cards = new HashMap<>();
        for (List<String> ids : groups) {
            boolean whole =
                    ids.size() > 1
                            && ids.stream().allMatch(id -> network.find(id).isPresent())
                            && ids.stream().noneMatch(cards::containsKey)
                            && Segment.of(network, ids).isPresent();
            if (whole) {
                Set<String> inside = Set.copyOf(ids);
                Card card =
                        Card.of(
                                network.topological().stream()
                                        .filter(n -> inside.contains(n.id()))
                                        .toList());
                ids.forEach(id -> cards.put(id, card));
            }
        }
        return cards;
    }

    /// Splits the network into groups and, of the rest, maximal runs of equal blocks of equal input
    /// shape; most have one node.
    private static List<Card> runs(Analysis analysis, List<List<String>> wanted) {
        Network network = analysis.network();
        Map<String, Card> groups = groups(network, wanted);
        List<Node> order = network.topological();
        Map<String, Integer> readers = new HashMap<>();
        Map<String, Node> onlyReader = new LinkedHashMap<>();
        for (Node node : order) {
            for (String from : node.inputs()) {
                readers.merge(from, 1, Integer::sum);
                onlyReader.put(from, node);
            }
        }
        Set<String> done = new HashSet<>();
        List<Card> runs = new ArrayList<>();
        for (Node node : order) {
            if (done.contains(node.id())) {
                continue;
            }
            Card group = groups.get(node.id());
            if (group != null) {
                done.addAll(group.ids());
                runs.add(group);
                continue;
            }
            List<Node> run = new ArrayList<>(List.of(node));
            Node next = onlyReader.get(node.id());
            while (next != null
                    && readers.getOrDefault(run.getLast().id(), 0) == 1
                    && next.inputs().size() == 1
                    && !groups.containsKey(next.id())
                    && node.inputs().size() == 1
                    && next.block().equals(node.block())
                    && input(analysis, next).equals(input(analysis, node))) {
                run.add(next);
                next = onlyReader.get(next.id());
            }
            run.forEach(n -> done.add(n.id()));
            runs.add(new Card(node.id(), run, 1));
        }
        return runs;
    }

    private static Optional<Shape> input(Analysis analysis, Node node) {
        return analysis.shape(node.inputs().getFirst());
    }
}
