package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/// A network: blocks and the wires between them, from one image to one vector of logits.
///
/// The value is immutable and always well formed: names are unique, every wire starts at a block
/// that exists, and there is no cycle. It need not be runnable: [Analysis] says what keeps it from
/// running.
///
/// @param name what the title bar and reports call it
/// @param input shape of one image
/// @param nodes in the order in which they were placed; wires are the nodes' inputs
/// @param survival the rule that gives gated blocks without an own value their survival probability
public record Network(String name, Shape input, List<Node> nodes, Survival survival) {

    /// The id that stands for the image.
    public static final String INPUT = "input";

    /// @throws IllegalArgumentException if a name occurs twice, a wire starts nowhere, or the wires
    ///   form a cycle
    public Network {
        nodes = List.copyOf(nodes);
        Set<String> ids = new HashSet<>();
        ids.add(INPUT);
        for (Node node : nodes) {
            if (!ids.add(node.id())) {
                throw new IllegalArgumentException("two blocks are called '" + node.id() + "'");
            }
        }
        for (Node node : nodes) {
            for (String from : node.inputs()) {
                if (!ids.contains(from)) {
                    throw new IllegalArgumentException(
                            "'" + node.id() + "' reads from '" + from + "', which does not exist");
                }
            }
        }
        sorted(nodes);
    }

    public Network withNodes(List<Node> others) {
        return new Network(name, input, others, survival);
    }

    public Network withSurvival(Survival other) {
        return new Network(name, input, nodes, other);
    }

    public Network withInput(Shape other) {
        return new Network(name, other, nodes, survival);
    }

    public Network withName(String other) {
        return new Network(other, input, nodes, survival);
    }

    public Optional<Node> find(String id) {
        return nodes.stream().filter(n -> n.id().equals(id)).findFirst();
    }

    /// @throws IllegalArgumentException if there is no such block
    public Node node(String id) {
        return find(id).orElseThrow(() ->
                new IllegalArgumentException("there is no block called '" + id + "'"));
    }

    /// The ids of the nodes that read `id`'s output, in placement order; a node that reads it twice
    /// occurs once.
    public List<String> consumers(String id) {
        return nodes.stream().filter(n -> n.inputs().contains(id)).map(Node::id).toList();
    }

    /// [#consumers] of every node and of [#INPUT], computed at once.
    public Map<String, List<String>> readers() {
        Map<String, List<String>> readers = new HashMap<>();
        readers.put(INPUT, new ArrayList<>());
        nodes.forEach(n -> readers.put(n.id(), new ArrayList<>()));
        for (Node node : nodes) {
            new LinkedHashSet<>(node.inputs())
                    .forEach(from -> require(readers, from).add(node.id()));
        }
        return readers;
    }

    /// All wires, by the block they enter, in port order.
    public List<Wire> wires() {
        List<Wire> wires = new ArrayList<>();
        for (Node node : nodes) {
            for (int port = 0; port < node.inputs().size(); port++) {
                wires.add(new Wire(node.inputs().get(port), node.id(), port));
            }
        }
        return wires;
    }

    /// The nodes so that each comes after everything it reads; placement order where that leaves a
    /// choice.
    public List<Node> topological() {
        return sorted(nodes);
    }

    /// Survival probability of each gated node, by id, from the input to the output.
    public Map<String, Double> survivalProbabilities() {
        List<Node> gated =
                topological().stream().filter(n -> gateOf(n.block()).isPresent()).toList();
        Map<String, Double> p = new LinkedHashMap<>();
        for (int l = 1; l <= gated.size(); l++) {
            Node node = gated.get(l - 1);
            Double own = gateOf(node.block()).orElseThrow().own();
            p.put(node.id(), own != null ? own : survival.probability(l, gated.size()));
        }
        return p;
    }

    /// The block's drop path, if it has one.
    public static Optional<Gate> gateOf(Block block) {
        return switch (block) {
            case Residual r -> Optional.ofNullable(r.gate());
            case Wide w -> Optional.ofNullable(w.gate());
            case Primitive.DropPath d -> Optional.of(d.gate());
            default -> Optional.empty();
        };
    }

    /// The same network with drop paths that all have the same meaning; which blocks have one, and
    /// with which probability, stays.
    public Network withGateMode(GateMode mode) {
        return withNodes(
                nodes.stream()
                        .map(n -> new Node(n.id(), withGateMode(n.block(), mode), n.inputs()))
                        .toList());
    }

    private static Block withGateMode(Block block, GateMode mode) {
        return switch (block) {
            case Residual r when r.gate() != null -> r.withGate(r.gate().with(mode));
            case Wide w when w.gate() != null -> w.withGate(w.gate().with(mode));
            case Primitive.DropPath(Gate gate) -> new Primitive.DropPath(gate.with(mode));
            default -> block;
        };
    }

    /// What the drop paths mean, if there are any and all mean the same.
    public Optional<GateMode> gateMode() {
        List<GateMode> modes =
                nodes.stream()
                        .flatMap(n -> gateOf(n.block()).stream())
                        .map(Gate::mode)
                        .distinct()
                        .toList();
        return modes.size() == 1 ? Optional.of(modes.getFirst()) : Optional.empty();
    }

    /// The same network in primitives only. A node `b` that holds a composite becomes nodes
    /// `b.conv1`, `b.bn1`, …; gates carry their resolved survival probability.
    ///
    /// @throws IllegalStateException if the network cannot run; see [Analysis#problems]
    public Network expanded() {
        return Expansion.of(this);
    }

    static <V> V require(Map<String, V> map, String id) {
        V value = map.get(id);
        if (value == null) {
            throw new IllegalStateException("nothing known about '" + id + "'");
        }
        return value;
    }

    private static List<Node> sorted(List<Node> nodes) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            index.put(nodes.get(i).id(), i);
        }
        int[] missing = new int[nodes.size()];
        List<List<Integer>> readers = new ArrayList<>();
        nodes.forEach(_ -> readers.add(new ArrayList<>()));
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String from : new HashSet<>(nodes.get(i).inputs())) {
                if (!from.equals(INPUT)) {
                    missing[i]++;
                    readers.get(require(index, from)).add(i);
                }
            }
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<Node> order = new ArrayList<>(nodes.size());
        while (!ready.isEmpty()) {
            int next = ready.poll();
            order.add(nodes.get(next));
            for (int reader : readers.get(next)) {
                if (--missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] > 0) {
                throw new IllegalArgumentException(
                        "the wires through '" + nodes.get(i).id() + "' form a circle");
            }
        }
        return order;
    }
}
