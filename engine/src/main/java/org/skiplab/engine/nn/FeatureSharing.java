package org.skiplab.engine.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skiplab.engine.graph.Primitive;

/// Finds batch norms that read parts of one concatenation, as the layers of a dense block do, and
/// the steps that read the gradient of those parts.
final class FeatureSharing {

    /// Where features and their gradient lie.
    record Storage(Value values, Value gradients) {}

    /// Channels of a storage whose gradient a step is about to read.
    record Part(Storage storage, int from, int to) {}

    /// How a batch norm reads.
    ///
    /// @param known so many first channels another one has read before, whenever this one reads
    record Reading(Storage storage, int known) {}

    private final Map<Storage, List<Step>> readers = new LinkedHashMap<>();
    private final Map<Step, Reading> readings = new HashMap<>();
    private final Map<Step, Set<Part>> completions = new HashMap<>();

    FeatureSharing(List<Step> steps) {
        for (Step step : steps) {
            if (step.primitive instanceof Primitive.BatchNorm) {
                take(step);
            }
        }
    }

    private void take(Step step) {
        Value features = step.inputs.getFirst();
        Storage storage = new Storage(features.place().root(), features.gradientPlace().root());
        Map<Step, Set<Part>> parts = new LinkedHashMap<>();
        if (!joined(features) || !atTheStart(features) || !collect(features, storage, parts)) {
            return;
        }
        List<Step> before = readers.computeIfAbsent(storage, _ -> new ArrayList<>());
        int known =
                before.stream()
                        .filter(b -> step.skippedBy.containsAll(b.skippedBy))
                        .mapToInt(b -> b.inputs.getFirst().shape.channels())
                        .max()
                        .orElse(0);
        readings.put(step, new Reading(storage, known));
        before.add(step);
        parts.forEach((reader, read) ->
                completions.computeIfAbsent(reader, _ -> new LinkedHashSet<>()).addAll(read));
    }

    /// Position of the step whose backward pass first writes a value's gradient: its last reader,
    /// or the convolution behind a batch norm of shared features, which may do that for it.
    static int firstWrite(Value value) {
        return value.uses.stream()
                .map(Value.Use::step)
                .mapToInt(s ->
                        s.primitive instanceof Primitive.BatchNorm && joined(value)
                                ? Math.max(s.position, s.result().lastUse())
                                : s.position)
                .max()
                .orElse(-1);
    }

    private static boolean joined(Value value) {
        return value.producer != null && value.producer.primitive instanceof Primitive.Concat
                || value.placed();
    }

    private static boolean atTheStart(Value value) {
        return value.place().channel() == 0 && value.gradientPlace().channel() == 0;
    }

    /// Notes who reads which channels of the gradient.
    ///
    /// @return whether all of them are read by steps
    private static boolean collect(Value value, Storage storage, Map<Step, Set<Part>> parts) {
        Step producer = value.producer;
        if (producer == null || !value.needsGradient) {
            return false;
        }
        int channel = value.place().channel();
        boolean all = true;
        if (producer.primitive instanceof Primitive.Concat) {
            for (Value in : producer.inputs) {
                int end = channel + in.shape.channels();
                if (in.place().equals(new Value.Place(storage.values(), channel))
                        && in.gradientPlace().equals(gradientPlace(value, channel))) {
                    all &= collect(in, storage, parts);
                } else {
                    note(producer, new Part(storage, channel, end), parts);
                }
                channel = end;
            }
        } else {
            note(producer, new Part(storage, channel, channel + value.shape.channels()), parts);
        }
        return all;
    }

    private static Value.Place gradientPlace(Value whole, int channel) {
        Value.Place place = whole.gradientPlace();
        return new Value.Place(place.root(), place.channel() + channel - whole.place().channel());
    }

    private static void note(Step reader, Part part, Map<Step, Set<Part>> parts) {
        parts.computeIfAbsent(reader, _ -> new LinkedHashSet<>()).add(part);
    }

    /// Empty for a batch norm that does not read a concatenation's storage from its start.
    Optional<Reading> reading(Step norm) {
        return Optional.ofNullable(readings.get(norm));
    }

    /// What has to be complete before a step's backward pass.
    Set<Part> completions(Step step) {
        return completions.getOrDefault(step, Set.of());
    }
}
