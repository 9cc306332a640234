package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;

/// Decides where every tensor of the steps lies, and what that takes, before anything is allocated.
///
/// Outputs are all kept for the backward pass. A gradient lives from the last reader of its value
/// (where it is first written) back to the producer, or to the convolution in front of that, which
/// may need it (see [Step#followsItsConvolution]); gradients that never live together share memory.
final class Placement {

    private final DataType type;
    private final int batch;
    private final Map<Value, Long> offsets = new HashMap<>();
    private final Map<Value, Long> gradientOffsets = new HashMap<>();
    private final Map<Step, Long> maskOffsets = new HashMap<>();
    private final long values;
    private final long gradients;
    private final long masks;

    Placement(DataType type, int batch, Value input, List<Step> steps) {
        this.type = type;
        this.batch = batch;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            switch (step.primitive) {
                case Primitive.Concat _ -> shareConcatenation(step);
                case Primitive.Add _ -> shareAddition(step);
                default -> {}
            }
        }
        List<Value> all = new ArrayList<>();
        all.add(input);
        steps.forEach(s -> all.add(s.result()));
        long next = 0;
        for (Value value : all) {
            if (!value.placed()) {
                offsets.put(value, next);
                next += numbers(value);
            }
        }
        values = next;
        gradients = placeGradients(all, steps.size());
        long mask = 0;
        for (Step step : steps) {
            if (step.primitive instanceof Primitive.Dropout) {
                maskOffsets.put(step, mask);
                mask += numbers(step.result());
            }
        }
        masks = mask;
    }

    /// Numbers to allocate in all.
    long total() {
        return values + gradients + masks;
    }

    /// Numbers that the forward pass keeps for the backward pass.
    long values() {
        return values;
    }

    /// Numbers for the gradients of these, which share memory.
    long gradients() {
        return gradients;
    }

    private long numbers(Value value) {
        return TensorMemory.aligned(type, batch * value.shape.size());
    }

    private static void shareConcatenation(Step step) {
        int channel = 0;
        for (Value in : step.inputs) {
            if (in.producer != null && !in.placed() && in.readOnceBy(step)) {
                in.placeIn(step.result(), channel);
                if (in.lastUse() == step.position && !in.gradientShared()) {
                    in.shareGradientOf(step.result(), channel);
                }
            }
            channel += in.shape.channels();
        }
    }

    /// Lets inputs use the sum's gradient as their own. The first may go on adding to it once the
    /// others' producers have read it, so those must come later than all its other readers and than
    /// its producer, and must leave it as it is.
    private static void shareAddition(Step step) {
        List<Value> candidates = new ArrayList<>();
        for (int i = 0; i < step.inputs.size(); i++) {
            Value in = step.inputs.get(i);
            PlanGate gate = step.inputGates.get(i);
            boolean unscaled = gate == null || gate.mode() == GateMode.BATCH;
            if (in.producer != null
                    && unscaled
                    && !in.gradientShared()
                    && in.readOnceBy(step)
                    && in.lastUse() == step.position) {
                candidates.add(in);
            }
        }
        if (candidates.isEmpty()) {
            return;
        }
        Value main =
                candidates.stream()
                        .min(
                                Comparator.<Value>comparingInt(v -> v.uses.size() > 1 ? 0 : 1)
                                        .thenComparingInt(Value::produced))
                        .orElseThrow();
        int settled =
                main.uses.stream()
                        .mapToInt(u -> u.step().position)
                        .filter(p -> p != step.position)
                        .reduce(main.produced(), Math::max);
        main.shareGradientOf(step.result(), 0);
        for (Value other : candidates) {
            if (other != main
                    && other.uses.size() == 1
                    && other.produced() > settled
                    && other.producer != null
                    && other.producer.keepsItsGradient()) {
                other.shareGradientOf(step.result(), 0);
            }
        }
    }

    private record Span(Value root, int from, int until, long size) {
        boolean meets(Span other) {
            return from <= other.until && other.from <= until;
        }
    }

    private long placeGradients(List<Value> all, int end) {
        Map<Value, int[]> spans = new HashMap<>();
        for (Value value : all) {
            if (value.needsGradient) {
                int last = value.uses.isEmpty() ? end : FeatureSharing.firstWrite(value);
                int[] span =
                        spans.computeIfAbsent(
                                value.gradientPlace().root(),
                                _ -> new int[] {Integer.MAX_VALUE, -1});
                span[0] = Math.min(span[0], lastRead(value));
                span[1] = Math.max(span[1], last);
            }
        }
        List<Span> open =
                spans.entrySet().stream()
                        .map(e ->
                                new Span(
                                        e.getKey(),
                                        e.getValue()[0],
                                        e.getValue()[1],
                                        numbers(e.getKey())))
                        .sorted(
                                Comparator.comparingLong((Span s) -> -s.size())
                                        .thenComparingInt(Span::from))
                        .toList();
        List<Span> placed = new ArrayList<>();
        long highest = 0;
        for (Span span : open) {
            long at = 0;
            List<Span> neighbours =
                    placed.stream()
                            .filter(span::meets)
                            .sorted(Comparator.comparingLong(s -> offset(s.root())))
                            .toList();
            for (Span other : neighbours) {
                if (at + span.size() <= offset(other.root())) {
                    break;
                }
                at = Math.max(at, offset(other.root()) + other.size());
            }
            gradientOffsets.put(span.root(), at);
            placed.add(span);
            highest = Math.max(highest, at + span.size());
        }
        return highest;
    }

    /// Position of the step whose backward pass last reads a value's gradient: its producer, or the
    /// convolution in front of a batch norm.
    private static int lastRead(Value value) {
        Step producer = value.producer;
        return producer != null && producer.followsItsConvolution()
                ? producer.position - 1
                : value.produced();
    }

    private long offset(Value root) {
        Long at = gradientOffsets.get(root);
        if (at == null) {
            throw new IllegalStateException(root.id + " has no gradient yet");
        }
        return at;
    }

    Tensor value(TensorMemory memory, Value value) {
        Value.Place place = value.place();
        Long at = offsets.get(place.root());
        return cut(tensor(memory, at == null ? 0 : at, place.root()), place, value);
    }

    Tensor gradient(TensorMemory memory, Value value) {
        Value.Place place = value.gradientPlace();
        return cut(tensor(memory, values + offset(place.root()), place.root()), place, value);
    }

    Tensor mask(TensorMemory memory, Step step) {
        Long at = maskOffsets.get(step);
        return tensor(memory, values + gradients + (at == null ? 0 : at), step.result());
    }

    private Tensor tensor(TensorMemory memory, long offset, Value value) {
        return memory.at(
                offset, batch, value.shape.height(), value.shape.width(), value.shape.channels());
    }

    private static Tensor cut(Tensor whole, Value.Place place, Value value) {
        int channels = value.shape.channels();
        return place.channel() == 0 && whole.channels() == channels
                ? whole
                : whole.channels(place.channel(), place.channel() + channels);
    }
}
