package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.kernel.BatchNormOperands;
import org.skiplab.engine.kernel.GateFactors;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.Operand;
import org.skiplab.engine.kernel.Operation;
import org.skiplab.engine.kernel.SharedFeatures;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;

/// Binds steps to memory and kernels.
final class Compiler {

    private final Lowering lowering;
    private final Placement placement;
    private final Parameters parameters;
    private final Kernels kernels;
    private final Map<Value, Tensor> values = new HashMap<>();
    private final Map<Value, Tensor> gradients = new HashMap<>();
    private final Map<Value.Use, Boolean> accumulates = new HashMap<>();
    private final Map<Step, List<Value>> firstWrites = new HashMap<>();
    private final FeatureSharing sharing;
    private final Map<FeatureSharing.Storage, Optional<SharedFeatures>> features = new HashMap<>();
    private final List<PlanDropout> dropouts = new ArrayList<>();

    Compiler(
            Network network,
            int batch,
            Parameters parameters,
            Kernels kernels,
            boolean inputGradient) {
        this.parameters = parameters;
        this.kernels = kernels;
        lowering = new Lowering(network, batch, inputGradient, kernels.addsToReadPixels());
        placement = new Placement(kernels.type(), batch, lowering.input(), lowering.steps());
        sharing = new FeatureSharing(lowering.steps());
    }

    Plan compile() {
        return compile(new TensorMemory(kernels.type(), placement.total()));
    }

    /// What the compiled network will hold, found out by binding everything to addresses without
    /// memory; parameters and kernels are imagined, too.
    Footprint footprint() {
        int width = kernels.type().width();
        try (Plan plan = compile(TensorMemory.imagined(kernels.type(), placement.total()))) {
            return new Footprint(
                    parameters.bytes() - parameters.gradientBytes(),
                    parameters.gradientBytes(),
                    placement.values() * width,
                    placement.gradients() * width,
                    plan.bytes() - (placement.values() + placement.gradients()) * width);
        }
    }

    private Plan compile(TensorMemory memory) {
        List<Value> all = new ArrayList<>();
        all.add(lowering.input());
        lowering.steps().forEach(s -> all.add(s.result()));
        for (Value value : all) {
            values.put(value, placement.value(memory, value));
            if (value.needsGradient) {
                gradients.put(value, placement.gradient(memory, value));
                orderWrites(value);
            }
        }
        List<Plan.Bound> tape = new ArrayList<>();
        for (Step step : lowering.steps()) {
            tape.add(bind(memory, step));
        }
        kernels.prepareUpdates(Math.max(parameters.weights().size(), parameters.others().size()));
        Value logits = lowering.steps().getLast().result();
        for (Value value : all) {
            if (value.producer != null && value.uses.isEmpty()) {
                logits = value;
            }
        }
        return new Plan(
                kernels,
                memory,
                tape,
                lowering.gates(),
                dropouts,
                value(lowering.input()),
                gradients.get(lowering.input()),
                value(logits),
                gradient(logits));
    }

    /// The last reader writes a value's gradient first; the others add to it. A gradient that is
    /// shared with its last reader's is there already.
    private void orderWrites(Value value) {
        List<Value.Use> order = new ArrayList<>(value.uses);
        order.sort(
                Comparator.comparingInt((Value.Use u) -> -u.step().position)
                        .thenComparingInt(Value.Use::operand));
        boolean written = value.gradientShared();
        for (int i = 0; i < order.size(); i++) {
            accumulates.put(order.get(i), written);
            written = true;
        }
        if (!order.isEmpty()) {
            Step first = order.getFirst().step();
            Step producer = value.producer;
            boolean together =
                    producer != null
                            && new HashSet<>(producer.skippedBy).containsAll(first.skippedBy);
            if (!together) {
                firstWrites.computeIfAbsent(first, _ -> new ArrayList<>()).add(value);
            }
        }
    }

    private Tensor value(Value value) {
        return present(values.get(value), value);
    }

    private Tensor gradient(Value value) {
        return present(gradients.get(value), value);
    }

    private static Tensor present(@Nullable Tensor tensor, Value value) {
        if (tensor == null) {
            throw new IllegalStateException(value.id + " has no memory");
        }
        return tensor;
    }

    private Operand input(Step step, int index) {
        Value value = step.inputs.get(index);
        boolean adds = accumulates.getOrDefault(new Value.Use(step, index), false);
        return new Operand(value(value), gradients.get(value), adds);
    }

    private Operand output(Step step) {
        return Operand.of(value(step.result()), gradient(step.result()));
    }

    private Operand array(Step step, String name) {
        Parameter parameter = parameters.get(step.layer + "." + name);
        return Operand.of(parameter.value(), parameter.gradient());
    }

    private @Nullable Operand optionalArray(Step step, String name) {
        return parameters.find(step.layer + "." + name).isPresent() ? array(step, name) : null;
    }

    private Plan.Bound bind(TensorMemory memory, Step step) {
        List<Tensor> orphans =
                firstWrites.getOrDefault(step, List.of()).stream().map(this::gradient).toList();
        Set<Tensor> arrays = new HashSet<>();
        for (Parameter p : parameters.all()) {
            if (!step.skippedBy.isEmpty() && p.layer().equals(step.layer) && p.gradient() != null) {
                arrays.add(p.gradient());
            }
        }
        return new Plan.Bound(
                step.layer,
                step.place,
                operation(memory, step),
                value(step.result()),
                step.relu || step.primitive instanceof Primitive.Relu,
                List.copyOf(step.skippedBy),
                completions(step),
                step.skippedBy.isEmpty() ? List.of() : orphans,
                List.copyOf(arrays));
    }

    private Operation operation(TensorMemory memory, Step step) {
        Operand y = output(step);
        return switch (step.primitive) {
            case Primitive.Convolution c -> convolution(c, step, y);
            case Primitive.BatchNorm _ -> batchNorm(step, y);
            case Primitive.Relu _ -> kernels.relu(input(step, 0), y);
            case Primitive.Sigmoid _ -> kernels.sigmoid(input(step, 0), y);
            case Primitive.Scale s -> kernels.scale(s.factor(), input(step, 0), y);
            case Primitive.Dropout d -> {
                Tensor mask = placement.mask(memory, step);
                dropouts.add(new PlanDropout(step.layer, mask, d.p(), kernels));
                yield kernels.dropout(mask, input(step, 0), y);
            }
            case Primitive.DropPath _ -> {
                PlanGate gate = step.gate;
                if (gate == null) {
                    throw new IllegalStateException(step.layer + " has no gate");
                }
                yield kernels.gate(gate.factors(), input(step, 0), y);
            }
            case Primitive.MaxPool p -> kernels.maxPool(p, input(step, 0), y);
            case Primitive.AvgPool p -> kernels.avgPool(p, input(step, 0), y);
            case Primitive.GlobalAvgPool _ -> kernels.globalAvgPool(input(step, 0), y);
            case Primitive.PadChannels _ -> kernels.padChannels(input(step, 0), y);
            case Primitive.Linear _ ->
                    kernels.linear(
                            input(step, 0), array(step, "weight"), optionalArray(step, "bias"), y);
            case Primitive.Cosine _ ->
                    kernels.cosine(input(step, 0), array(step, "weight").value(), y);
            case Primitive.Add _ -> {
                List<Operand> xs = new ArrayList<>();
                List<@Nullable GateFactors> gates = new ArrayList<>();
                for (int i = 0; i < step.inputs.size(); i++) {
                    xs.add(input(step, i));
                    PlanGate gate = step.inputGates.get(i);
                    gates.add(gate == null ? null : gate.factors());
                }
                yield kernels.add(xs, gates, y, step.relu);
            }
            case Primitive.Multiply _ -> kernels.multiply(input(step, 0), input(step, 1), y);
            case Primitive.Concat _ -> {
                List<Operand> xs = new ArrayList<>();
                for (int i = 0; i < step.inputs.size(); i++) {
                    xs.add(input(step, i));
                }
                yield kernels.concat(xs, y);
            }
        };
    }

    private Operation batchNorm(Step step, Operand y) {
        var operands =
                new BatchNormOperands(
                        input(step, 0),
                        array(step, "weight"),
                        array(step, "bias"),
                        array(step, "running_mean").value(),
                        array(step, "running_var").value(),
                        y,
                        step.relu,
                        step.followsItsConvolution());
        Optional<SharedFeatures.Reading> reading =
                sharing.reading(step)
                        .flatMap(r ->
                                features(r.storage())
                                        .map(f ->
                                                new SharedFeatures.Reading(
                                                        f,
                                                        r.known(),
                                                        step.result().uses.size() == 1)));
        return reading.isEmpty()
                ? kernels.batchNorm(operands, loneReader(step).map(r -> r.primitive).orElse(null))
                : kernels.batchNorm(operands, reading.get());
    }

    private Operation convolution(Primitive.Convolution layer, Step step, Operand y) {
        Operand x = input(step, 0);
        Operand weight = array(step, "weight");
        Operand bias = optionalArray(step, "bias");
        boolean addedNext =
                loneReader(step)
                        .filter(r -> r.primitive instanceof Primitive.Add)
                        .filter(r -> r.position == step.position + 1)
                        .isPresent();
        return kernels.convolution(layer, x, weight, bias, y, addedNext);
    }

    /// What alone reads a step's output.
    private static Optional<Step> loneReader(Step step) {
        List<Value.Use> uses = step.result().uses;
        return uses.size() == 1 ? Optional.of(uses.getFirst().step()) : Optional.empty();
    }

    private Optional<SharedFeatures> features(FeatureSharing.Storage storage) {
        return features.computeIfAbsent(
                storage,
                s -> kernels.share(Operand.of(value(s.values()), gradient(s.gradients()))));
    }

    private List<Plan.Completion> completions(Step step) {
        return sharing.completions(step).stream()
                .flatMap(part ->
                        features(part.storage()).stream()
                                .map(f -> new Plan.Completion(f, part.from(), part.to())))
                .toList();
    }
}
