package org.skiplab.engine.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The editable settings of every block as data: the one place that inspector, file form and knobs
/// follow.
public final class Settings {
    private Settings() {}

    /// The settings that have an effect on the block as it is, in the order of the inspector.
    public static List<Setting> of(Block block) {
        return Schema.of(block).fields().stream()
                .filter(Schema.Field::effective)
                .map(Schema.Field::setting)
                .toList();
    }

    /// The block with one setting changed.
    ///
    /// @param value a number, a boolean, an option's id or enum constant, or null to leave an
    ///   override to its rule
    /// @throws IllegalArgumentException with one line that says what the setting accepts
    public static Block with(Block block, String name, @Nullable Object value) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(name, value);
        return with(block, values);
    }

    /// The block with several settings changed at once.
    ///
    /// @throws IllegalArgumentException with one line that says what a setting accepts
    public static Block with(Block block, Map<String, ? extends @Nullable Object> changes) {
        Schema schema = Schema.of(block);
        Map<String, @Nullable Object> values = schema.values();
        for (Map.Entry<String, ? extends @Nullable Object> change : changes.entrySet()) {
            if (!values.containsKey(change.getKey())) {
                throw new IllegalArgumentException(
                        block.kind().title()
                                + " has no setting '"
                                + change.getKey()
                                + "'"
                                + (values.isEmpty()
                                        ? ""
                                        : "; "
                                                + Spelling.suggestion(
                                                        change.getKey(), values.keySet())));
            }
            values.put(change.getKey(), change.getValue());
        }
        Block changed = schema.build().apply(new Values(values));
        Map<String, @Nullable Object> result = Schema.of(changed).values();
        changes.forEach((name, value) -> {
            if (value != null && result.get(name) == null) {
                throw new IllegalArgumentException(
                        name + " has no effect without a drop path: choose a gate first");
            }
        });
        return changed;
    }

    /// Why the value is not acceptable, or empty if it is.
    public static Optional<String> problem(Block block, String name, @Nullable Object value) {
        try {
            with(block, name, value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Objects.requireNonNullElse(e.getMessage(), "not possible"));
        }
    }

    /// The settings whose values differ from [#defaults], by name: what the file form writes.
    public static Map<String, @Nullable Object> changed(Block block) {
        Map<String, @Nullable Object> usual = Schema.of(defaults(block.kind())).values();
        Map<String, @Nullable Object> changed = new LinkedHashMap<>();
        Schema.of(block)
                .values()
                .forEach((name, value) -> {
                    if (!Objects.equals(value, usual.get(name))) {
                        changed.put(name, value);
                    }
                });
        return changed;
    }

    /// The block of a kind from which the file form counts differences: changing one changes what
    /// existing files mean.
    public static Block defaults(BlockKind kind) {
        return switch (kind) {
            case STEM -> new Stem(Stem.Form.CIFAR, 16, true);
            case RESIDUAL -> Residual.v1(Residual.Form.BASIC, 16, 1);
            case WIDE -> new Wide(16, 2, 1, 0, null);
            case DENSE -> new DenseBlock(6, 12, 4, 0);
            case TRANSITION -> new Transition(0.5, true, 0);
            case HEAD -> new Head(10, false, Head.Classifier.LINEAR);
            case CONVOLUTION -> Primitive.Convolution.c3(16, 1);
            case BATCH_NORM -> Primitive.BatchNorm.PLAIN;
            case RELU -> new Primitive.Relu();
            case SIGMOID -> new Primitive.Sigmoid();
            case SCALE -> new Primitive.Scale(0.5);
            case DROPOUT -> new Primitive.Dropout(0.3);
            case DROP_PATH -> new Primitive.DropPath(Gate.SCHEDULED);
            case MAX_POOL -> new Primitive.MaxPool(3, 2, 1);
            case AVG_POOL -> new Primitive.AvgPool(2, 2);
            case GLOBAL_AVG_POOL -> new Primitive.GlobalAvgPool();
            case PAD_CHANNELS -> new Primitive.PadChannels(32);
            case LINEAR -> new Primitive.Linear(10, true);
            case COSINE -> new Primitive.Cosine(10);
            case ADD -> new Primitive.Add();
            case MULTIPLY -> new Primitive.Multiply();
            case CONCAT -> new Primitive.Concat();
        };
    }
}
