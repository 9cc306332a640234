package org.skiplab.engine.graph.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;

/// A network's nodes while an edit changes them.
final class Draft {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]{1,6})");

    /// Leaves room for a number in a name.
    private static final int LONGEST_BASE = 90;

    private final Network network;
    private final List<Node> nodes;

    Draft(Network network) {
        this.network = network;
        this.nodes = new ArrayList<>(network.nodes());
    }

    Network build() {
        return network.withNodes(nodes);
    }

    Node node(String id) {
        return nodes.get(index(id));
    }

    private int index(String id) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no block called '" + id + "'");
    }

    void set(Node node) {
        nodes.set(index(node.id()), node);
    }

    /// Places nodes in the list right behind `id`, or first behind the network's input.
    void addAfter(String id, List<Node> more) {
        nodes.addAll(id.equals(Network.INPUT) ? 0 : index(id) + 1, more);
    }

    void addAll(List<Node> more) {
        nodes.addAll(more);
    }

    void delete(String id) {
        nodes.remove(index(id));
    }

    /// Replaces a node by others, in its place in the list.
    void replace(String id, List<Node> others) {
        int at = index(id);
        nodes.remove(at);
        nodes.addAll(at, others);
    }

    /// Lets every wire that starts at `from` start at `to`, except in the nodes of `keeping`.
    void rewire(String from, String to, Set<String> keeping) {
        mapInputs(keeping, inputs -> inputs.stream().map(i -> i.equals(from) ? to : i).toList());
    }

    /// Removes every wire that starts at `from`.
    void cut(String from) {
        mapInputs(Set.of(), inputs -> inputs.stream().filter(i -> !i.equals(from)).toList());
    }

    void setInput(String id, int port, String from) {
        Node node = node(id);
        List<String> inputs = new ArrayList<>(node.inputs());
        if (port < inputs.size()) {
            inputs.set(port, from);
        } else {
            inputs.add(from);
        }
        set(node.withInputs(inputs));
    }

    private void mapInputs(Set<String> keeping, UnaryOperator<List<String>> change) {
        nodes.replaceAll(
                n -> keeping.contains(n.id()) ? n : n.withInputs(change.apply(n.inputs())));
    }

    /// A name that no block has: `base`, or its next free number.
    String fresh(String base) {
        return fresh(base, Set.of());
    }

    private String fresh(String wish, Set<String> taken) {
        String base = wish.substring(0, Math.min(wish.length(), LONGEST_BASE));
        Set<String> ids = new HashSet<>(taken);
        ids.add(Network.INPUT);
        nodes.forEach(n -> ids.add(n.id()));
        if (!ids.contains(base)) {
            return base;
        }
        Matcher numbered = NUMBERED.matcher(base);
        String stem = numbered.matches() ? numbered.group(1) : base;
        int number = numbered.matches() ? Integer.parseInt(numbered.group(2)) + 1 : 2;
        while (ids.contains(stem + number)) {
            number++;
        }
        return stem + number;
    }

    /// New names for all of these nodes, by old name.
    Map<String, String> freshNames(List<Node> copied) {
        Map<String, String> names = new HashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        for (Node node : copied) {
            String name = fresh(node.id(), taken);
            taken.add(name);
            names.put(node.id(), name);
        }
        return names;
    }
}
