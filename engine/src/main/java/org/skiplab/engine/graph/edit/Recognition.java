package org.skiplab.engine.graph.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Stem;
import org.skiplab.engine.graph.Transition;
import org.skiplab.engine.graph.Wide;

/// Finds the composite block whose circuit a set of layers is. The layers' own numbers say which
/// blocks come into question; layers are compared with those blocks' circuits, so that nothing here
/// repeats what is inside a block.
final class Recognition {
    private final Map<List<Object>, Integer> numbers = new HashMap<>();

    private Recognition() {}

    /// The block that these layers are, if any.
    ///
    /// @param nodes layers in placement order
    /// @param entry the id that stands for what enters them
    static Optional<Composite> of(List<Node> nodes, String entry, Shape incoming) {
        if (!nodes.stream().allMatch(n -> n.block() instanceof Primitive)) {
            return Optional.empty();
        }
        Recognition recognition = new Recognition();
        List<Integer> wanted = recognition.signature(nodes, entry);
        return candidates(nodes.stream().map(Node::block).toList(), incoming)
                .filter(c -> c.inside(incoming).nodes().size() == nodes.size())
                .filter(c ->
                        recognition
                                .signature(c.inside(incoming).nodes(), Network.INPUT)
                                .equals(wanted))
                .findFirst();
    }

    /// The name of the block that the layers were broken out of, or the kind's.
    static String name(List<Node> nodes, Composite block, Shape incoming) {
        String first = nodes.getFirst().id();
        String layer = "_" + block.inside(incoming).nodes().getFirst().id().replace('.', '_');
        return first.endsWith(layer) && first.length() > layer.length()
                ? first.substring(0, first.length() - layer.length())
                : block.kind().id();
    }

    /// One number per layer, equal for layers that compute the same function of what enters,
    /// sorted.
    private List<Integer> signature(List<Node> nodes, String entry) {
        Map<String, Integer> known = new HashMap<>(Map.of(entry, -1));
        List<Node> open = new ArrayList<>(nodes);
        while (!open.isEmpty()) {
            open.removeIf(n -> {
                boolean ready = known.keySet().containsAll(n.inputs());
                if (ready) {
                    known.put(n.id(), number(n, known));
                }
                return ready;
            });
        }
        return nodes.stream().map(n -> known.getOrDefault(n.id(), -1)).sorted().toList();
    }

    private int number(Node node, Map<String, Integer> known) {
        Stream<Integer> inputs = node.inputs().stream().map(i -> known.getOrDefault(i, -1));
        List<Integer> ports =
                switch (node.block()) {
                    case Primitive.Add _, Primitive.Multiply _ -> inputs.sorted().toList();
                    default -> inputs.toList();
                };
        return numbers.computeIfAbsent(List.of(node.block(), ports), _ -> numbers.size());
    }

    private static Stream<Composite> candidates(List<Block> layers, Shape incoming) {
        return Stream.of(
                        residuals(layers),
                        wides(layers),
                        denseBlocks(layers),
                        transitions(layers, incoming),
                        stems(layers),
                        heads(layers))
                .flatMap(Function.identity());
    }

    private static Stream<Composite> residuals(List<Block> layers) {
        List<Composite> all = new ArrayList<>();
        for (int width : channels(layers)) {
            for (int stride : strides(layers)) {
                for (Residual.Form form : Residual.Form.values()) {
                    for (ActivationOrder order : ActivationOrder.values()) {
                        for (Shortcut shortcut : Shortcut.values()) {
                            for (int flags = 0; flags < 4; flags++) {
                                all.add(
                                        new Residual(
                                                form,
                                                width,
                                                stride,
                                                order,
                                                shortcut,
                                                (flags & 1) != 0,
                                                (flags & 2) != 0,
                                                gate(layers)));
                            }
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    private static Stream<Composite> wides(List<Block> layers) {
        return channels(layers).stream()
                .flatMap(width ->
                        strides(layers).stream()
                                .map(stride ->
                                        new Wide(width, 1, stride, dropout(layers), gate(layers))));
    }

    private static Stream<Composite> denseBlocks(List<Block> layers) {
        int count = (int) layers.stream().filter(b -> b instanceof Primitive.Concat).count();
        if (count == 0) {
            return Stream.of();
        }
        Collection<Integer> channels = channels(layers);
        return channels.stream()
                .flatMap(growth ->
                        Stream.concat(
                                        Stream.of(0),
                                        channels.stream()
                                                .filter(c -> c % growth == 0)
                                                .map(c -> c / growth))
                                .map(bottleneck ->
                                        new DenseBlock(
                                                count, growth, bottleneck, dropout(layers))));
    }

    private static Stream<Composite> transitions(List<Block> layers, Shape incoming) {
        return channels(layers).stream()
                .filter(c -> c <= incoming.channels())
                .flatMap(c -> Stream.of(0.5, (double) c / incoming.channels()))
                .flatMap(compression ->
                        Stream.of(true, false)
                                .map(activated ->
                                        new Transition(compression, activated, dropout(layers))));
    }

    private static Stream<Composite> stems(List<Block> layers) {
        return channels(layers).stream()
                .flatMap(c ->
                        Stream.of(Stem.Form.values())
                                .flatMap(form ->
                                        Stream.of(true, false).map(n -> new Stem(form, c, n))));
    }

    private static Stream<Composite> heads(List<Block> layers) {
        return layers.stream()
                .flatMap(b ->
                        switch (b) {
                            case Primitive.Linear l -> Stream.of(l.outputs());
                            case Primitive.Cosine c -> Stream.of(c.outputs());
                            default -> Stream.<Integer>of();
                        })
                .flatMap(classes ->
                        Stream.of(Head.Classifier.values())
                                .flatMap(c ->
                                        Stream.of(true, false).map(a -> new Head(classes, a, c))));
    }

    private static Collection<Integer> channels(List<Block> layers) {
        Collection<Integer> channels = new TreeSet<>();
        for (Block layer : layers) {
            if (layer instanceof Primitive.Convolution c) {
                channels.add(c.channels());
            }
        }
        return channels;
    }

    private static Collection<Integer> strides(List<Block> layers) {
        Collection<Integer> strides = new TreeSet<>();
        for (Block layer : layers) {
            if (layer instanceof Primitive.Convolution c) {
                strides.add(c.stride());
            }
        }
        return strides;
    }

    private static @Nullable Gate gate(List<Block> layers) {
        return layers.stream().flatMap(b -> Network.gateOf(b).stream()).findFirst().orElse(null);
    }

    private static double dropout(List<Block> layers) {
        return layers.stream()
                .flatMap(b ->
                        b instanceof Primitive.Dropout d ? Stream.of(d.p()) : Stream.<Double>of())
                .findFirst()
                .orElse(0.0);
    }
}
