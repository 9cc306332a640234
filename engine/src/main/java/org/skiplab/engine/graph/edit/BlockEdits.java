package org.skiplab.engine.graph.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Arity;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Inference;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Settings;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.Wide;

/// Edits of the blocks themselves, and of what the network says of all of them. See [Edits] for the
/// wiring.
public final class BlockEdits {
    /// Leaves room for the names of layers behind a block's.
    private static final int LONGEST_PREFIX = 60;

    private BlockEdits() {}

    /// Changes one setting of all those blocks that have it.
    ///
    /// @param value as in [Settings#with(Block, String, Object)]
    public static Edit set(
            Network network, Collection<String> ids, String setting, @Nullable Object value) {
        List<String> having =
                ids.stream()
                        .filter(id -> network.find(id).isPresent())
                        .filter(id -> label(network.node(id).block(), setting).isPresent())
                        .distinct()
                        .toList();
        if (having.isEmpty()) {
            return Edit.refused(
                    "no selected block has a setting '" + setting + "'", "select one that has it");
        }
        String label = label(network.node(having.getFirst()).block(), setting).orElse(setting);
        return change(
                network,
                having,
                "Change " + label.toLowerCase(Locale.ROOT) + " of " + Edit.naming(having),
                block -> Settings.with(block, setting, value));
    }

    private static Optional<String> label(Block block, String setting) {
        return Settings.of(block).stream()
                .filter(s -> s.name().equals(setting))
                .map(Setting::label)
                .findFirst();
    }

    /// Puts another kind of block in a block's place, keeping what fits: channels, stride, gate,
    /// dropout, classes.
    public static Edit replace(Network network, String id, Block fresh) {
        Optional<Node> node = network.find(id);
        if (node.isEmpty()) {
            return Edit.missing(id);
        }
        Block old = node.get().block();
        Shape incoming = incoming(network, node.get()).orElse(new Shape(1, 1, 16));
        Block block = Replacement.of(old, fresh, incoming);
        if (block.equals(old)) {
            return Edit.refused(
                    "'" + id + "' is already a " + old.kind().title() + " like that",
                    "choose another kind of block");
        }
        List<String> inputs = node.get().inputs();
        int most = Math.min(inputs.size(), block.arity().most());
        Draft draft = new Draft(network);
        draft.set(new Node(id, block, inputs.subList(0, most)));
        return Edit.done(draft.build(), "Replace " + id + " by " + block.kind().title(), id);
    }

    /// Gives residual branches a drop path. Blocks that cannot have one are passed over; the edit
    /// is refused if none can.
    public static Edit gate(Network network, Collection<String> ids, Gate gate) {
        List<String> gateable = new ArrayList<>();
        for (String id : ids) {
            Optional<Node> node = network.find(id);
            if (node.isEmpty()) {
                return Edit.missing(id);
            }
            if (refusesGate(node.get().block()).isEmpty()) {
                gateable.add(id);
            }
        }
        if (gateable.isEmpty()) {
            return ids.isEmpty()
                    ? Edit.refused("no block is selected", "select a residual or wide block")
                    : refusesGate(network.node(ids.iterator().next()).block()).orElseThrow();
        }
        return change(
                network, gateable, "Gate " + Edit.naming(gateable), block -> gated(block, gate));
    }

    /// Takes the drop paths of residual branches away.
    public static Edit ungate(Network network, Collection<String> ids) {
        List<String> gated =
                ids.stream()
                        .filter(id ->
                                network.find(id)
                                        .map(Node::block)
                                        .filter(b -> b instanceof Composite)
                                        .flatMap(Network::gateOf)
                                        .isPresent())
                        .toList();
        if (gated.isEmpty()) {
            return Edit.refused(
                    "no selected block has a drop path to take away",
                    "select a gated residual or wide block");
        }
        return change(network, gated, "Ungate " + Edit.naming(gated), block -> gated(block, null));
    }

    private static Optional<Edit> refusesGate(Block block) {
        return switch (block) {
            case Residual r when r.shortcut() == Shortcut.NONE ->
                    Optional.of(
                            Edit.refused(
                                    "a plain block has no shortcut that could carry the signal",
                                    "give it a shortcut first"));
            case Residual _, Wide _, Primitive.DropPath _ -> Optional.empty();
            default ->
                    Optional.of(
                            Edit.refused(
                                    "a "
                                            + block.kind().title().toLowerCase(Locale.ROOT)
                                            + " has no residual branch that could be dropped",
                                    "choose a residual or wide block"));
        };
    }

    private static Block gated(Block block, @Nullable Gate gate) {
        return switch (block) {
            case Residual r -> r.withGate(gate);
            case Wide w -> w.withGate(gate);
            case Primitive.DropPath _ when gate != null -> new Primitive.DropPath(gate);
            default -> block;
        };
    }

    private static Edit change(
            Network network, List<String> ids, String what, Function<Block, Block> change) {
        Draft draft = new Draft(network);
        try {
            for (String id : ids) {
                Node node = draft.node(id);
                draft.set(node.withBlock(change.apply(node.block())));
            }
        } catch (IllegalArgumentException e) {
            return Edit.refused(
                    Objects.requireNonNullElse(e.getMessage(), "that is not possible"),
                    "choose another value");
        }
        return new Edit.Done(draft.build(), what, ids);
    }

    /// Gives a block another name.
    public static Edit rename(Network network, String id, String name) {
        if (network.find(id).isEmpty()) {
            return Edit.missing(id);
        }
        if (!Node.isName(name)) {
            return Edit.refused(
                    "'" + name + "' cannot be a block's name",
                    "use letters, digits, '-' and '_', and not '" + Network.INPUT + "'");
        }
        if (network.find(name).isPresent()) {
            return Edit.refused("there is already a block '" + name + "'", "choose another name");
        }
        Draft draft = new Draft(network);
        Node node = draft.node(id);
        draft.replace(id, List.of(new Node(name, node.block(), node.inputs())));
        draft.rewire(id, name, Set.of());
        return Edit.done(draft.build(), "Rename " + id + " to " + name, name);
    }

    /// Replaces a composite block by the primitives inside it.
    public static Edit breakApart(Network network, String id) {
        Optional<Node> node = network.find(id);
        if (node.isEmpty()) {
            return Edit.missing(id);
        }
        if (!(node.get().block() instanceof Composite composite)) {
            return Edit.refused(
                    "'" + id + "' is a single layer", "choose a block that has an inside");
        }
        Optional<Shape> incoming = incoming(network, node.get());
        if (incoming.isEmpty()
                || !(composite.infer(List.of(incoming.get())) instanceof Inference.Yields)) {
            return Edit.refused(
                    "the inside of '" + id + "' depends on its input, which is not known",
                    "wire it so that it has no problem, then break it apart");
        }
        Draft draft = new Draft(network);
        draft.delete(id);
        List<Node> inside = composite.inside(incoming.get()).nodes();
        String prefix = id.substring(0, Math.min(id.length(), LONGEST_PREFIX)) + "_";
        List<Node> named =
                inside.stream()
                        .map(n -> new Node(prefix + n.id().replace('.', '_'), n.block()))
                        .toList();
        Map<String, String> fresh = draft.freshNames(named);
        Map<String, String> names = new HashMap<>();
        names.put(Network.INPUT, node.get().inputs().getFirst());
        List<Node> primitives = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            String name = fresh.getOrDefault(named.get(i).id(), named.get(i).id());
            names.put(inside.get(i).id(), name);
            List<String> inputs =
                    inside.get(i).inputs().stream().map(n -> names.getOrDefault(n, n)).toList();
            primitives.add(new Node(name, inside.get(i).block(), inputs));
        }
        Draft result = new Draft(network);
        result.replace(id, primitives);
        result.rewire(id, primitives.getLast().id(), Set.of());
        return new Edit.Done(
                result.build(), "Break apart " + id, primitives.stream().map(Node::id).toList());
    }

    /// Recognises primitives as one of the blocks that they could have come from, the opposite of
    /// [#breakApart].
    public static Edit wrap(Network network, Collection<String> ids) {
        Optional<Segment> segment = Segment.of(network, ids);
        Optional<Shape> incoming = segment.flatMap(s -> Analysis.of(network).shape(s.entry()));
        Optional<Composite> known =
                segment.flatMap(s ->
                        incoming.flatMap(shape -> Recognition.of(s.nodes(), s.entry(), shape)));
        if (segment.isEmpty() || known.isEmpty()) {
            return Edit.refused(
                    "these layers do not form a block that SkipLab knows",
                    "select all layers of one residual, wide or dense block, stem, transition or"
                            + " head, and nothing else");
        }
        Draft draft = new Draft(network);
        String exit = segment.get().exit().id();
        segment.get().nodes().stream()
                .map(Node::id)
                .filter(id -> !id.equals(exit))
                .forEach(draft::delete);
        String id =
                draft.fresh(
                        Recognition.name(
                                segment.get().nodes(), known.get(), incoming.orElseThrow()));
        draft.rewire(exit, id, Set.of());
        draft.replace(exit, List.of(new Node(id, known.get(), segment.get().entry())));
        return Edit.done(draft.build(), "Wrap into " + known.get().kind().title(), id);
    }

    /// Changes the rule for the survival probability of gated blocks.
    public static Edit survival(Network network, Survival survival) {
        return Edit.done(network.withSurvival(survival), "Change survival schedule");
    }

    /// Gives the network another title.
    public static Edit title(Network network, String name) {
        return name.isBlank() || name.length() > 200
                ? Edit.refused("a network's name has 1 to 200 characters", "choose another name")
                : Edit.done(network.withName(name), "Rename network");
    }

    /// Makes the network take images of a shape and tell that many classes apart.
    public static Edit fit(Network network, Shape input, int classes) {
        if (classes < 1) {
            return Edit.refused("there must be at least one class", "choose other data");
        }
        Draft draft = new Draft(network);
        List<String> changed = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (network.consumers(node.id()).isEmpty()) {
                Block fitting =
                        switch (node.block()) {
                            case Head h -> new Head(classes, h.activated(), h.classifier());
                            case Primitive.Linear l -> new Primitive.Linear(classes, l.bias());
                            case Primitive.Cosine _ -> new Primitive.Cosine(classes);
                            default -> node.block();
                        };
                if (!fitting.equals(node.block())) {
                    draft.set(node.withBlock(fitting));
                    changed.add(node.id());
                }
            }
        }
        return new Edit.Done(
                draft.build().withInput(input),
                "Fit to " + input + " images of " + classes + " classes",
                changed);
    }

    private static Optional<Shape> incoming(Network network, Node node) {
        return node.block().arity() == Arity.ONE && node.inputs().size() == 1
                ? Analysis.of(network).shape(node.inputs().getFirst())
                : Optional.empty();
    }
}
