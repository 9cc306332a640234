package org.skiplab.engine.export.pytorch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.skiplab.engine.export.TorchNames;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Composite;
import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;

/// The `forward` of a free graph, one line per block. Feature maps are `[n, c, h, w]`; what comes
/// out of pooling over all positions and of classifiers is flat, `[n, c]`.
final class ForwardLines {
    private final Network network;
    private final Analysis analysis;
    private final TorchNames names;
    private final Map<String, Boolean> flat = new HashMap<>();
    private final Map<String, Set<String>> behindGates = new HashMap<>();

    ForwardLines(Network network, Analysis analysis, TorchNames names) {
        this.network = network;
        this.analysis = analysis;
        this.names = names;
        flat.put(Network.INPUT, false);
        for (Node node : network.topological()) {
            flat.put(node.id(), leavesFlat(node));
        }
        Map<String, List<String>> readers = network.readers();
        for (Node node : network.nodes()) {
            if (node.block() instanceof Primitive.DropPath(var gate) && !gate.mode().perSample()) {
                behindGates.put(node.id(), onlyFor(node.id(), readers));
            }
        }
    }

    boolean isFlat(String id) {
        return flat.getOrDefault(id, false);
    }

    private boolean leavesFlat(Node node) {
        return switch (node.block()) {
            case Primitive.GlobalAvgPool _, Primitive.Linear _, Primitive.Cosine _, Head _ -> true;
            case Primitive.Convolution _, Primitive.MaxPool _, Primitive.AvgPool _ -> false;
            case Primitive _ -> node.inputs().stream().allMatch(this::isFlat);
            case Composite _ -> false;
        };
    }

    /// The blocks whose output is read, in the end, by this gate alone: a closed gate leaves them
    /// out.
    private Set<String> onlyFor(String gate, Map<String, List<String>> readersOf) {
        Set<String> only = new HashSet<>(Set.of(gate));
        for (Node node : network.topological().reversed()) {
            List<String> readers = readersOf.getOrDefault(node.id(), List.of());
            if (!readers.isEmpty() && only.containsAll(readers)) {
                only.add(node.id());
            }
        }
        only.remove(gate);
        return only;
    }

    void write(Source to) {
        Set<String> later = new HashSet<>();
        behindGates.values().forEach(later::addAll);
        write(to, id -> !later.contains(id));
        Node last = analysis.output().orElseThrow();
        to.line("return " + as(last.id(), true));
    }

    private void write(Source to, Predicate<String> now) {
        for (Node node : network.topological()) {
            if (now.test(node.id())) {
                if (behindGates.containsKey(node.id())) {
                    gate(to, node);
                } else {
                    to.line(names.of(node.id()) + " = " + expression(node));
                }
            }
        }
    }

    private void gate(Source to, Node node) {
        String name = names.of(node.id());
        String kept = TorchNames.LOCAL + name;
        Set<String> inside = new LinkedHashSet<>(behindGates.getOrDefault(node.id(), Set.of()));
        Set<String> deeper = new HashSet<>();
        inside.forEach(id -> deeper.addAll(behindGates.getOrDefault(id, Set.of())));
        to.line(kept + " = self." + name + "(images)");
        to.line("if " + kept + " is None:  # nothing is computed, no running statistics move").in();
        to.line(name + " = images.new_zeros(len(images), " + extents(node) + ")").out();
        to.line("else:").in();
        write(to, id -> inside.contains(id) && !deeper.contains(id));
        to.line(name + " = " + kept + " * " + as(node.inputs().getFirst(), isFlat(node.id())));
        to.out();
    }

    private String extents(Node node) {
        Shape s = analysis.shape(node.id()).orElseThrow();
        return isFlat(node.id())
                ? String.valueOf(s.channels())
                : s.channels() + ", " + s.height() + ", " + s.width();
    }

    /// The value with as many axes as its reader needs.
    private String as(String id, boolean wanted) {
        String name = id.equals(Network.INPUT) ? "images" : names.of(id);
        if (isFlat(id) == wanted) {
            return name;
        }
        return wanted ? name + ".flatten(1)" : name + "[:, :, None, None]";
    }

    private String expression(Node node) {
        boolean flatOutput = isFlat(node.id());
        String self = "self." + names.of(node.id());
        String first = node.inputs().getFirst();
        String same = as(first, flatOutput);
        String maps = as(first, false);
        return switch (node.block()) {
            case Composite _, Primitive.Convolution _ -> self + "(" + maps + ")";
            case Primitive.BatchNorm _, Primitive.Dropout _ -> self + "(" + same + ")";
            case Primitive.Linear _, Primitive.Cosine _ -> self + "(" + as(first, true) + ")";
            case Primitive.DropPath _ -> self + "(" + same + ") * " + same;
            case Primitive.Relu _ -> "F.relu(" + same + ")";
            case Primitive.Sigmoid _ -> "torch.sigmoid(" + same + ")";
            case Primitive.Scale(double factor) -> factor + " * " + same;
            case Primitive.MaxPool p ->
                    "F.max_pool2d(%s, %s, %s, %s)"
                            .formatted(maps, p.kernel(), p.stride(), p.padding());
            case Primitive.AvgPool p ->
                    p.kernel() == 1
                            ? "%s[:, :, ::%s, ::%s]".formatted(maps, p.stride(), p.stride())
                            : "F.avg_pool2d(%s, %s, %s)".formatted(maps, p.kernel(), p.stride());
            case Primitive.GlobalAvgPool _ -> maps + ".mean(dim=(2, 3))";
            case Primitive.PadChannels(int channels) -> {
                int extra = channels - analysis.shape(first).orElseThrow().channels();
                yield "F.pad(%s, (%s0, %s))"
                        .formatted(same, flatOutput ? "" : "0, 0, 0, 0, ", extra);
            }
            case Primitive.Add _ -> joined(node, " + ");
            case Primitive.Multiply _ -> joined(node, " * ");
            case Primitive.Concat _ -> "torch.cat([" + joined(node, ", ") + "], dim=1)";
        };
    }

    private String joined(Node node, String by) {
        return node.inputs().stream()
                .map(id -> as(id, isFlat(node.id())))
                .collect(Collectors.joining(by));
    }
}
