package org.skiplab.engine.graph.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;

/// Which block of a network corresponds to which of another.
final class Correspondence {

    /// Alignments of more pairs than this would take noticeable time and memory; they are left out,
    /// and blocks without a namesake count as removed and added.
    private static final long MOST_PAIRS = 4_000_000;

    private final Map<String, Node> before = new HashMap<>();
    private final Map<String, Node> after = new HashMap<>();
    private final Map<String, String> toBefore = new HashMap<>();
    private final Map<String, String> toAfter = new HashMap<>();

    private Correspondence(Network first, Network second) {
        first.nodes().forEach(n -> before.put(n.id(), n));
        second.nodes().forEach(n -> after.put(n.id(), n));
    }

    static Correspondence of(Network first, Network second) {
        Correspondence match = new Correspondence(first, second);
        List<Node> a = first.topological();
        List<Node> b = second.topological();
        match.named(b, true);
        match.align(match.open(a, match.toAfter), match.open(b, match.toBefore));
        match.named(b, false);
        return match;
    }

    Optional<String> before(String id) {
        return Optional.ofNullable(toBefore.get(id));
    }

    Optional<String> after(String id) {
        return Optional.ofNullable(toAfter.get(id));
    }

    Map<String, String> partners() {
        return toBefore;
    }

    /// Whether a block reads from elsewhere, looking through blocks that were put on its wires or
    /// taken off them.
    boolean rewired(Node first, Node second) {
        List<String> was = first.inputs().stream().map(i -> source(i, before, toAfter)).toList();
        List<String> is =
                second.inputs().stream()
                        .map(i -> source(i, after, toBefore))
                        .map(i -> toBefore.getOrDefault(i, i))
                        .toList();
        return !was.equals(is);
    }

    /// The next block upstream that corresponds to one of the other network.
    private static String source(String id, Map<String, Node> nodes, Map<String, String> partners) {
        String at = id;
        Node node = nodes.get(at);
        while (node != null && !partners.containsKey(at) && node.inputs().size() == 1) {
            at = node.inputs().getFirst();
            node = nodes.get(at);
        }
        return at;
    }

    private void named(List<Node> second, boolean ofOneKind) {
        for (Node node : second) {
            Node namesake = before.get(node.id());
            if (namesake != null
                    && !toAfter.containsKey(namesake.id())
                    && !toBefore.containsKey(node.id())
                    && (!ofOneKind || namesake.block().kind() == node.block().kind())) {
                pair(namesake, node);
            }
        }
    }

    private List<Node> open(List<Node> nodes, Map<String, String> paired) {
        return nodes.stream().filter(n -> !paired.containsKey(n.id())).toList();
    }

    /// Pairs blocks without crossing: as many equal ones as possible, then of the same kind.
    private void align(List<Node> a, List<Node> b) {
        if ((long) a.size() * b.size() > MOST_PAIRS) {
            return;
        }
        for (int[] pair : longest(a, b, Correspondence::likeness)) {
            pair(a.get(pair[0]), b.get(pair[1]));
        }
    }

    private void pair(Node first, Node second) {
        toAfter.put(first.id(), second.id());
        toBefore.put(second.id(), first.id());
    }

    private static int likeness(Node a, Node b) {
        if (a.block().equals(b.block())) {
            return 3;
        }
        return a.block().kind() == b.block().kind() ? 1 : 0;
    }

    /// The common subsequence of the greatest total likeness.
    private static List<int[]> longest(
            List<Node> a, List<Node> b, ToIntBiFunction<Node, Node> likeness) {
        int[][] best = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                int like = likeness.applyAsInt(a.get(i), b.get(j));
                int pass = Math.max(best[i + 1][j], best[i][j + 1]);
                best[i][j] = like > 0 ? Math.max(pass, best[i + 1][j + 1] + like) : pass;
            }
        }
        List<int[]> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            int like = likeness.applyAsInt(a.get(i), b.get(j));
            if (like > 0 && best[i][j] == best[i + 1][j + 1] + like) {
                pairs.add(new int[] {i++, j++});
            } else if (best[i][j] == best[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }
}
