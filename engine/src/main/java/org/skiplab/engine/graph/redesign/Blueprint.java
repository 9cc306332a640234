package org.skiplab.engine.graph.redesign;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Architecture;
import org.skiplab.engine.graph.Architecture.CifarResNet;
import org.skiplab.engine.graph.Architecture.DenseNet;
import org.skiplab.engine.graph.Architecture.ImageNetDenseNet;
import org.skiplab.engine.graph.Architecture.ImageNetResNet;
import org.skiplab.engine.graph.Architecture.WideResNet;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.DepthRule;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.graph.diff.Difference;

/// A network read as a member of a family: the recipe it follows, and what was changed by hand.
///
/// @param architecture the recipe
/// @param byHand how the network differs from what the recipe makes; empty if it does not
public record Blueprint(Architecture architecture, Difference byHand) {

    /// What a name is given when no published name fits the recipe.
    private static final String CUSTOM = "-custom";

    private static final int USUAL_CLASSES = 10;

    /// Reads a network. Its recipe is the one with which it has most in common; empty if that is
    /// less than half of its blocks.
    public static Optional<Blueprint> of(Network network) {
        int classes = classes(network);
        int blocks = network.nodes().size();
        return candidates(network).stream()
                .map(a -> new Blueprint(a, Difference.between(made(a, network, classes), network)))
                .min(Comparator.comparingInt(b -> b.byHand().deviations().size()))
                .filter(b -> b.byHand().deviations().size() * 2 <= blocks);
    }

    /// The recipe's network for the same images, classes and survival schedule as `like`.
    ///
    /// @return named as published where the recipe is; a name of one's own stays
    public static Network network(Architecture architecture, Network like) {
        return made(architecture, like, classes(like)).withName(name(architecture, like.name()));
    }

    /// What the recipe makes, for people: `WRN-16-8`.
    public static String title(Architecture architecture) {
        List<String> names = names(architecture);
        for (String name : names) {
            if (Presets.find(name) instanceof Presets.Lookup.Found(var preset)
                    && preset.architecture().equals(architecture)) {
                return preset.title();
            }
        }
        return names.getFirst() + ", in a form that nobody published";
    }

    private static Network made(Architecture architecture, Network like, int classes) {
        return architecture
                .network(like.name(), like.input(), classes)
                .withSurvival(like.survival());
    }

    private static int classes(Network network) {
        for (Node node : network.nodes()) {
            if (node.block() instanceof Head head) {
                return head.classes();
            }
        }
        return Analysis.of(network).classes().orElse(USUAL_CLASSES);
    }

    /// A name of one's own, or else that under which [Presets] knows the recipe, or one that says
    /// that it is nobody's.
    static String name(Architecture architecture, String before) {
        if (!before.endsWith(CUSTOM) && !(Presets.find(before) instanceof Presets.Lookup.Found)) {
            return before;
        }
        List<String> names = names(architecture);
        for (String name : names) {
            if (Presets.find(name) instanceof Presets.Lookup.Found(var preset)
                    && preset.architecture().equals(architecture)) {
                return name;
            }
        }
        return names.getFirst() + CUSTOM;
    }

    private static List<String> names(Architecture architecture) {
        return switch (architecture) {
            case CifarResNet a -> {
                String family =
                        a.shortcut() == Shortcut.NONE
                                ? "plain-"
                                : a.gate() != null
                                        ? "stochastic-resnet-"
                                        : switch (a.order()) {
                                            case FULL_PRE_ACTIVATION -> "preact-resnet-";
                                            case ORIGINAL,
                                                    BN_AFTER_ADDITION,
                                                    RELU_BEFORE_ADDITION,
                                                    RELU_ONLY_PRE_ACTIVATION ->
                                                    "resnet-";
                                        };
                String name = family + a.depth();
                String form = a.form() == Residual.Form.BASIC ? "-basic" : "-bottleneck";
                yield List.of(name, name + form);
            }
            case WideResNet a -> List.of("wrn-" + a.depth() + "-" + a.widening());
            case DenseNet a ->
                    List.of(
                            "densenet-"
                                    + (a.bottleneck() ? "bc-" : "")
                                    + a.depth()
                                    + "-"
                                    + a.growth());
            case ImageNetResNet a -> {
                int perBlock = a.form() == Residual.Form.BASIC ? 2 : 3;
                int depth = 2 + perBlock * a.blocks().stream().mapToInt(Integer::intValue).sum();
                yield List.of(
                        (a.gate() == null ? "resnet-" : "stochastic-resnet-") + depth,
                        "resnet-" + depth + "-v1",
                        "resnet-" + depth + "-v2");
            }
            case ImageNetDenseNet a ->
                    List.of(
                            "densenet-"
                                    + (1
                                            + a.layers().size()
                                            + 2
                                                    * a.layers().stream()
                                                            .mapToInt(Integer::intValue)
                                                            .sum()));
        };
    }

    private static Set<Architecture> candidates(Network network) {
        Set<Architecture> candidates = new LinkedHashSet<>();
        if (Presets.find(network.name()) instanceof Presets.Lookup.Found(var preset)) {
            candidates.add(preset.architecture());
        }
        Blocks blocks = new Blocks(network);
        blocks.residual().ifPresent(candidates::add);
        blocks.wide().ifPresent(candidates::add);
        blocks.dense().ifPresent(candidates::add);
        return candidates;
    }

    /// The blocks of a network, from which a recipe can be read: what most of them have in common.
    private static final class Blocks {
        private final Stem.Form stem;
        private final int stemChannels;
        private final List<Residual> residuals;
        private final List<Wide> wides;
        private final List<DenseBlock> denses;
        private final List<Transition> transitions;
        private final boolean activatedHead;

        Blocks(Network network) {
            List<Node> nodes = network.topological();
            List<Stem> stems = all(nodes, Stem.class);
            stem = stems.isEmpty() ? Stem.Form.CIFAR : stems.getFirst().form();
            stemChannels = stems.isEmpty() ? 16 : stems.getFirst().channels();
            residuals = all(nodes, Residual.class);
            wides = all(nodes, Wide.class);
            denses = all(nodes, DenseBlock.class);
            transitions = all(nodes, Transition.class);
            activatedHead = all(nodes, Head.class).stream().anyMatch(Head::activated);
        }

        Optional<Architecture> residual() {
            if (residuals.isEmpty()) {
                return Optional.empty();
            }
            Residual.Form form = most(residuals, Residual::form);
            var gate = most(residuals, r -> Optional.ofNullable(r.gate())).orElse(null);
            var order = most(residuals, Residual::order);
            if (stem == Stem.Form.IMAGENET) {
                Map<Integer, Long> widths =
                        residuals.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                Residual::width,
                                                TreeMap::new,
                                                Collectors.counting()));
                List<Integer> counts = widths.values().stream().map(Long::intValue).toList();
                boolean always =
                        residuals.stream()
                                .anyMatch(r -> r.shortcut() == Shortcut.PROJECTION_ALWAYS);
                boolean raw = most(residuals, Residual::rawProjection);
                return Optional.of(
                        new ImageNetResNet(counts, form, order, always, raw, activatedHead, gate));
            }
            DepthRule rule = CifarResNet.rule(form);
            int depth = rule.step() * third(residuals.size()) + rule.base();
            return legal(
                    rule,
                    depth,
                    () ->
                            new CifarResNet(
                                    depth, form, order, most(residuals, Residual::shortcut), gate));
        }

        Optional<Architecture> wide() {
            if (wides.isEmpty()) {
                return Optional.empty();
            }
            DepthRule rule = DepthRule.WIDE;
            int depth = rule.step() * third(wides.size()) + rule.base();
            return legal(
                    rule,
                    depth,
                    () ->
                            new WideResNet(
                                    depth,
                                    most(wides, Wide::widening),
                                    most(wides, Wide::dropout)));
        }

        Optional<Architecture> dense() {
            if (denses.isEmpty()) {
                return Optional.empty();
            }
            int growth = most(denses, DenseBlock::growth);
            if (stem == Stem.Form.IMAGENET) {
                return Optional.of(
                        new ImageNetDenseNet(
                                denses.stream().map(DenseBlock::layers).toList(),
                                growth,
                                stemChannels));
            }
            boolean bottleneck = most(denses, d -> d.bottleneck() > 0);
            DepthRule rule = DenseNet.rule(bottleneck);
            int depth = rule.step() * most(denses, DenseBlock::layers) + rule.base();
            double compression =
                    transitions.isEmpty() ? 1 : most(transitions, Transition::compression);
            return legal(
                    rule,
                    depth,
                    () ->
                            new DenseNet(
                                    depth,
                                    growth,
                                    bottleneck,
                                    compression,
                                    most(denses, DenseBlock::dropout)));
        }

        private static Optional<Architecture> legal(
                DepthRule rule, int depth, Supplier<Architecture> make) {
            return rule.allows(depth) ? Optional.of(make.get()) : Optional.empty();
        }

        private static int third(int blocks) {
            return Math.max(1, Math.round(blocks / 3f));
        }

        private static <B> List<B> all(List<Node> nodes, Class<B> type) {
            return nodes.stream()
                    .map(Node::block)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }

        /// The value that most blocks have, the first of them if several are as frequent.
        private static <B, V> V most(List<B> blocks, Function<B, V> value) {
            List<V> values = blocks.stream().map(value).toList();
            return values.stream()
                    .distinct()
                    .max(Comparator.comparingInt(v -> Collections.frequency(values, v)))
                    .orElseThrow();
        }
    }
}
