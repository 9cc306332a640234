package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Inference;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;

/// Turns a network into steps: expands blocks, lets batch norms and additions take in the ReLU
/// behind them and additions the drop paths in front of them, and finds what each closed gate
/// leaves out.
final class Lowering {

    private final List<Node> layers;
    private final List<Node> order;
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Map<String, PlanGate> gates = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Value> values = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Value input;

    /// @param inputGradient whether the gradient with respect to the images is wanted
    /// @param sparseFirst whether the gradient of a shortcut that reads few pixels should come
    ///   last, see [org.skiplab.engine.kernel.Kernels#addsToReadPixels]
    Lowering(Network network, int batch, boolean inputGradient, boolean sparseFirst) {
        layers = network.expanded().topological();
        order = sparseFirst ? sparseFirst(layers) : layers;
        for (Node node : order) {
            for (String from : new HashSet<>(node.inputs())) {
                readers.computeIfAbsent(from, _ -> new ArrayList<>()).add(node);
            }
            if (node.block() instanceof Primitive.DropPath(Gate gate)) {
                double p = gate.own() == null ? 1 : gate.own();
                gates.put(node.id(), new PlanGate(block(node.id()), gate.mode(), p, batch));
            }
        }
        input = new Value(Network.INPUT, network.input(), null, inputGradient);
        values.put(Network.INPUT, input);
        order.forEach(this::takeIn);
        order.forEach(this::lower);
        gates.forEach(this::markSkipped);
    }

    /// Puts 1×1 convolutions with a stride (shortcuts where the image shrinks) right behind what
    /// they read: gradients arrive the other way round, so that theirs is the last.
    private static List<Node> sparseFirst(List<Node> order) {
        List<Node> result = new ArrayList<>();
        for (Node node : order) {
            int at = result.size();
            if (node.block() instanceof Primitive.Convolution c
                    && c.kernel() == 1
                    && c.stride() > 1) {
                String input = node.inputs().getFirst();
                while (at > 0 && !result.get(at - 1).id().equals(input)) {
                    at--;
                }
            }
            result.add(at, node);
        }
        return result;
    }

    Value input() {
        return input;
    }

    List<Step> steps() {
        return steps;
    }

    /// All gates, from input to output.
    List<PlanGate> gates() {
        return List.copyOf(gates.values());
    }

    private static String block(String layer) {
        int dot = layer.indexOf('.');
        return dot < 0 ? layer : layer.substring(0, dot);
    }

    private List<Node> readers(String id) {
        return readers.getOrDefault(id, List.of());
    }

    /// Decides whether a ReLU or drop path becomes part of another step.
    private void takeIn(Node node) {
        switch (node.block()) {
            case Primitive.Relu _ -> {
                String from = node.inputs().getFirst();
                Node before = find(from);
                boolean fits =
                        before != null
                                && readers(from).size() == 1
                                && (before.block() instanceof Primitive.BatchNorm
                                        || before.block() instanceof Primitive.Add);
                if (fits) {
                    taken.add(node.id());
                }
            }
            case Primitive.DropPath _ -> {
                List<Node> next = readers(node.id());
                if (next.size() == 1
                        && next.getFirst().block() instanceof Primitive.Add
                        && next.getFirst().inputs().stream().filter(node.id()::equals).count()
                                == 1) {
                    taken.add(node.id());
                }
            }
            default -> {}
        }
    }

    private @Nullable Node find(String id) {
        for (Node node : order) {
            if (node.id().equals(id)) {
                return node;
            }
        }
        return null;
    }

    private Value value(String id) {
        Value value = values.get(id);
        if (value == null) {
            throw new IllegalStateException("no value for " + id);
        }
        return value;
    }

    private void lower(Node node) {
        if (taken.contains(node.id())) {
            values.put(node.id(), value(node.inputs().getFirst()));
            return;
        }
        Primitive primitive = (Primitive) node.block();
        List<Node> next = readers(node.id());
        boolean relu =
                next.size() == 1
                        && next.getFirst().block() instanceof Primitive.Relu
                        && taken.contains(next.getFirst().id());
        Step step = new Step(steps.size(), layers.indexOf(node), node.id(), primitive, relu);
        if (primitive instanceof Primitive.DropPath) {
            step.gate = gates.get(node.id());
        }
        List<Shape> shapes = new ArrayList<>();
        for (String from : node.inputs()) {
            Value value = value(from);
            value.uses.add(new Value.Use(step, step.inputs.size()));
            step.inputs.add(value);
            step.inputGates.add(taken.contains(from) ? gates.get(from) : null);
            shapes.add(value.shape);
        }
        if (!(primitive.infer(shapes) instanceof Inference.Yields(Shape shape))) {
            throw new IllegalStateException(node.id() + " cannot take " + shapes);
        }
        Value output = new Value(node.id(), shape, step, true);
        step.output = output;
        values.put(node.id(), output);
        steps.add(step);
    }

    /// Everything whose output reaches the logits only through this gate is left out when it
    /// closes.
    private void markSkipped(String id, PlanGate gate) {
        if (gate.mode().perSample()) {
            return;
        }
        Set<String> only = new HashSet<>();
        only.add(id);
        for (int i = order.size() - 1; i >= 0; i--) {
            Node node = order.get(i);
            List<Node> next = readers(node.id());
            if (!next.isEmpty() && next.stream().allMatch(n -> only.contains(n.id()))) {
                only.add(node.id());
            }
        }
        only.remove(id);
        steps.stream().filter(s -> only.contains(s.layer)).forEach(s -> s.skippedBy.add(gate));
    }
}
