package org.skiplab.app.race;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.insight.Ghost;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Wide;

/// The races that a network suggests. A pair is offered only if all its networks can run.
public final class Pairs {
    private Pairs() {}

    /// All that apply to a network, the most telling first.
    public static List<Pair> of(Network network) {
        List<Pair> pairs = new ArrayList<>();
        shortcuts(network).ifPresent(pairs::add);
        constantDepth(network).ifPresent(pairs::add);
        activation(network).ifPresent(pairs::add);
        size(network).ifPresent(pairs::add);
        return List.copyOf(pairs);
    }

    /// With and without shortcuts.
    public static Optional<Pair> shortcuts(Network network) {
        Network with = withShortcuts(network);
        return Ghost.WITHOUT_SHORTCUTS
                .of(with)
                .flatMap(without ->
                        pair(
                                "shortcuts",
                                "with / without shortcuts",
                                "Does the signal reach the first blocks without shortcuts?",
                                "x + F(x) against F(x)",
                                "1512.03385 §4.1",
                                new Pair.Entry("with shortcuts", with),
                                new Pair.Entry("without", without.withName(with.name()))));
    }

    /// Every block always there against blocks that survive with the paper's linear decay to 0.5.
    public static Optional<Pair> constantDepth(Network network) {
        Network gated = gated(network);
        return pair(
                "depth",
                "p = 1 / p = 0.5",
                "What does stochastic depth cost, save and gain? Shallow networks may gain nothing.",
                "p_l = 1 against " + Survival.PAPER.formula(),
                "1603.09382 §4",
                new Pair.Entry("p = 1", gated.withSurvival(new Survival.Uniform(1))),
                new Pair.Entry("p = 0.5", gated.withSurvival(Survival.PAPER)));
    }

    /// Post-activation against full pre-activation.
    public static Optional<Pair> activation(Network network) {
        boolean applies =
                network.nodes().stream()
                        .allMatch(n ->
                                switch (n.block()) {
                                    case Residual r ->
                                            r.order() == ActivationOrder.ORIGINAL
                                                    || r.order()
                                                            == ActivationOrder.FULL_PRE_ACTIVATION;
                                    case Stem _, Head _ -> true;
                                    default -> false;
                                });
        return applies
                ? pair(
                        "activation",
                        "v1 / v2",
                        "Does batch norm and ReLU before the convolutions train better?",
                        "relu(x + F(x)) against x + F(relu(bn(x)))",
                        "1603.05027 §4",
                        new Pair.Entry("v1", ordered(network, ActivationOrder.ORIGINAL)),
                        new Pair.Entry("v2", ordered(network, ActivationOrder.FULL_PRE_ACTIVATION)))
                : Optional.empty();
    }

    /// The network against one twice as deep and one twice as wide.
    public static Optional<Pair> size(Network network) {
        return pair(
                "size",
                "as is / deeper / wider",
                "Is depth or width the better use of more parameters?",
                "blocks × 2 against channels × 2",
                "1605.07146 §3",
                new Pair.Entry("as is", network),
                new Pair.Entry("twice as deep", deeper(network)),
                new Pair.Entry("twice as wide", wider(network)));
    }

    private static Optional<Pair> pair(
            String id,
            String title,
            String question,
            String formula,
            String source,
            Pair.Entry... entries) {
        List<Pair.Entry> list = new ArrayList<>();
        for (Pair.Entry e : entries) {
            boolean seen =
                    list.stream()
                            .anyMatch(o ->
                                    o.network().nodes().equals(e.network().nodes())
                                            && o.network()
                                                    .survival()
                                                    .equals(e.network().survival()));
            if (seen || !Analysis.of(e.network()).runnable()) {
                return Optional.empty();
            }
            list.add(
                    new Pair.Entry(
                            e.title(),
                            e.network().withName(e.network().name() + ", " + e.title())));
        }
        // Gates that differ only in p differ in nothing where there are none.
        boolean idle =
                id.equals("depth") && list.getFirst().network().survivalProbabilities().isEmpty();
        return idle
                ? Optional.empty()
                : Optional.of(new Pair(id, title, question, formula, source, list));
    }

    /// Of constant depth, as the network without shortcuts has to be.
    private static Network withShortcuts(Network network) {
        return changed(
                network,
                block ->
                        switch (block) {
                            case Residual r when r.shortcut() == Shortcut.NONE ->
                                    r.with(Shortcut.PROJECTION).withGate(null);
                            case Residual r -> r.withGate(null);
                            case Wide w -> w.withGate(null);
                            default -> block;
                        });
    }

    /// A drop path on every block that has a shortcut to survive without it.
    private static Network gated(Network network) {
        return changed(
                network,
                block ->
                        switch (block) {
                            case Residual r when r.shortcut() != Shortcut.NONE ->
                                    r.withGate(scheduled(r.gate()));
                            case Wide w -> w.withGate(scheduled(w.gate()));
                            default -> block;
                        });
    }

    private static Gate scheduled(@Nullable Gate gate) {
        return gate == null ? Gate.SCHEDULED : new Gate(gate.mode(), null);
    }

    private static Network ordered(Network network, ActivationOrder order) {
        boolean first = order == ActivationOrder.FULL_PRE_ACTIVATION;
        return changed(
                network,
                block ->
                        switch (block) {
                            case Residual r ->
                                    r.order() == order
                                            ? r
                                            : new Residual(
                                                    r.form(),
                                                    r.width(),
                                                    r.stride(),
                                                    order,
                                                    r.shortcut(),
                                                    false,
                                                    false,
                                                    r.gate());
                            case Stem s when s.form() == Stem.Form.CIFAR ->
                                    new Stem(s.form(), s.channels(), !first);
                            case Head h -> new Head(h.classes(), first, h.classifier());
                            default -> block;
                        });
    }

    private static Network wider(Network network) {
        return changed(
                network,
                block ->
                        switch (block) {
                            case Residual r ->
                                    new Residual(
                                            r.form(),
                                            2 * r.width(),
                                            r.stride(),
                                            r.order(),
                                            r.shortcut(),
                                            r.rawProjection(),
                                            r.zeroGamma(),
                                            r.gate());
                            case Wide w ->
                                    new Wide(
                                            w.base(),
                                            2 * w.widening(),
                                            w.stride(),
                                            w.dropout(),
                                            w.gate());
                            case DenseBlock d ->
                                    new DenseBlock(
                                            d.layers(),
                                            2 * d.growth(),
                                            d.bottleneck(),
                                            d.dropout());
                            default -> block;
                        });
    }

    /// Every residual block followed by a copy that keeps the shape, every dense block with twice
    /// the layers.
    private static Network deeper(Network network) {
        List<Node> nodes = new ArrayList<>();
        Map<String, String> end = new HashMap<>();
        for (Node node : network.topological()) {
            List<String> inputs = node.inputs().stream().map(i -> end.getOrDefault(i, i)).toList();
            Block block =
                    node.block() instanceof DenseBlock d
                            ? new DenseBlock(
                                    2 * d.layers(), d.growth(), d.bottleneck(), d.dropout())
                            : node.block();
            nodes.add(new Node(node.id(), block, inputs));
            twin(node.block())
                    .ifPresent(copy -> {
                        String id = node.id() + "_twin";
                        nodes.add(new Node(id, copy, node.id()));
                        end.put(node.id(), id);
                    });
        }
        return network.withNodes(nodes);
    }

    private static Optional<Block> twin(Block block) {
        return switch (block) {
            case Residual r ->
                    Optional.of(
                            new Residual(
                                    r.form(),
                                    r.width(),
                                    1,
                                    r.order(),
                                    r.shortcut(),
                                    r.rawProjection(),
                                    r.zeroGamma(),
                                    r.gate()));
            case Wide w -> Optional.of(new Wide(w.base(), w.widening(), 1, w.dropout(), w.gate()));
            default -> Optional.empty();
        };
    }

    private static Network changed(Network network, UnaryOperator<Block> change) {
        return network.withNodes(
                network.nodes().stream()
                        .map(n -> new Node(n.id(), change.apply(n.block()), n.inputs()))
                        .toList());
    }
}
