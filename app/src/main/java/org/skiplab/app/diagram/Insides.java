package org.skiplab.app.diagram;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skiplab.app.fx.Background;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Inference;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;

/// The pictures inside blocks, remembered as long as they are of use.
public final class Insides {

    private static final int MOST = 64;

    private record Key(Block block, Shape input, double survival) {}

    private final Background background;
    private final Set<Key> asked = new HashSet<>();
    private final Map<Key, Scenery> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Scenery> eldest) {
                    return size() > MOST;
                }
            };
    private Runnable onArrival = () -> {};

    /// Insides that are there when they are asked for.
    public Insides() {
        this(Background.INLINE);
    }

    /// @param background where insides are laid out; until one is there its block shows none
    public Insides(Background background) {
        this.background = background;
    }

    /// @param listener called when an inside that was asked for is there
    public void onArrival(Runnable listener) {
        onArrival = listener;
    }

    /// The wiring inside a card's block, unless it is a single layer or its input is unknown.
    Optional<Scenery> of(Card card, Analysis analysis) {
        return card.isImage() || card.isMixed()
                ? Optional.empty()
                : of(card.nodes().getFirst(), analysis);
    }

    private Optional<Scenery> of(Node node, Analysis analysis) {
        Optional<Shape> input = input(node, analysis);
        if (input.isEmpty() || !(node.block() instanceof Composite)) {
            return Optional.empty();
        }
        double p =
                Network.gateOf(node.block()).isEmpty()
                        ? 1
                        : analysis.network().survivalProbabilities().getOrDefault(node.id(), 1.0);
        Key key = new Key(node.block(), input.get(), p);
        if (!known.containsKey(key) && asked.add(key)) {
            background.run(
                    () ->
                            network(node, analysis)
                                    .map(n -> Scenery.inside(Analysis.of(n), Map.of())),
                    found -> {
                        asked.remove(key);
                        found.ifPresent(scenery -> known.put(key, scenery));
                        onArrival.run();
                    },
                    e -> {
                        throw new IllegalStateException(node.id() + " could not be laid out", e);
                    });
        }
        return Optional.ofNullable(known.get(key));
    }

    /// What a composite block is made of, as a network of layers whose image is what enters the
    /// block; absent for single layers and while the input's shape is unknown. Its drop path has
    /// the block's own survival probability.
    public static Optional<Network> network(Node node, Analysis analysis) {
        Optional<Shape> input = input(node, analysis);
        if (input.isEmpty()
                || !(node.block() instanceof Composite composite)
                || !(composite.infer(List.of(input.get())) instanceof Inference.Yields)) {
            return Optional.empty();
        }
        double p = analysis.network().survivalProbabilities().getOrDefault(node.id(), 1.0);
        List<Node> layers =
                composite.inside(input.get()).nodes().stream()
                        .map(n ->
                                n.block() instanceof Primitive.DropPath d
                                        ? n.withBlock(
                                                new Primitive.DropPath(
                                                        new Gate(d.gate().mode(), p)))
                                        : n)
                        .toList();
        return Optional.of(new Network(node.id(), input.get(), layers, Survival.PAPER));
    }

    private static Optional<Shape> input(Node node, Analysis analysis) {
        return node.inputs().size() == 1
                ? analysis.shape(node.inputs().getFirst())
                : Optional.empty();
    }
}
