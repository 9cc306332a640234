package org.skiplab.engine.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Setting.Choice;
import org.skiplab.engine.graph.Setting.Flag;
import org.skiplab.engine.graph.Setting.Option;
import org.skiplab.engine.graph.Setting.Override;
import org.skiplab.engine.graph.Setting.Real;
import org.skiplab.engine.graph.Setting.Whole;

/// The settings of one block and the way back from values to a block.
///
/// @param fields all settings, also those without effect at the moment
/// @param build the block that has the given values
record Schema(List<Field> fields, Function<Values, Block> build) {

    /// The choice that stands for the absence of a drop path.
    static final String NONE = "none";

    private static final int MOST_CHANNELS = 1 << 20;
    private static final int MOST_WIDTH = 1 << 16;
    private static final int LARGEST_WINDOW = 64;
    private static final String SCHEDULE = "the network's survival schedule";

    /// @param effective whether the setting changes anything while the others are as they are
    record Field(Setting setting, boolean effective) {}

    /// All values by name, in order.
    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields.forEach(f -> values.put(f.setting().name(), f.setting().value()));
        return values;
    }

    static Schema of(Block block) {
        return switch (block) {
            case Stem b -> stem(b);
            case Residual b -> residual(b);
            case Wide b -> wide(b);
            case DenseBlock b -> dense(b);
            case Transition b -> transition(b);
            case Head b -> head(b);
            case Primitive.Convolution b -> convolution(b);
            case Primitive.BatchNorm b ->
                    draft(flag("zero-gamma", "Zero gamma", ZERO_GAMMA, b.zeroGamma()))
                            .makes(v -> new Primitive.BatchNorm(v.flag("zero-gamma")));
            case Primitive.Scale b ->
                    draft(
                                    new Real(
                                            "factor",
                                            "Factor",
                                            "What every number is multiplied by.",
                                            b.factor(),
                                            -2,
                                            2))
                            .makes(v -> new Primitive.Scale(v.real("factor")));
            case Primitive.Dropout b ->
                    draft(dropout(b.p())).makes(v -> new Primitive.Dropout(v.real("dropout")));
            case Primitive.DropPath b -> dropPath(b);
            case Primitive.MaxPool b ->
                    draft(window(b.kernel()), stride(b.stride()), padding(b.padding()))
                            .makes(v ->
                                    new Primitive.MaxPool(
                                            v.whole("kernel", LARGEST_WINDOW),
                                            v.whole("stride", LARGEST_WINDOW),
                                            v.whole("padding", LARGEST_WINDOW)));
            case Primitive.AvgPool b ->
                    draft(window(b.kernel()), stride(b.stride()))
                            .makes(v ->
                                    new Primitive.AvgPool(
                                            v.whole("kernel", LARGEST_WINDOW),
                                            v.whole("stride", LARGEST_WINDOW)));
            case Primitive.PadChannels b ->
                    draft(channels(b.channels()))
                            .makes(v ->
                                    new Primitive.PadChannels(v.whole("channels", MOST_CHANNELS)));
            case Primitive.Linear b ->
                    draft(outputs(b.outputs()), bias(b.bias()))
                            .makes(v ->
                                    new Primitive.Linear(
                                            v.whole("outputs", MOST_CHANNELS), v.flag("bias")));
            case Primitive.Cosine b ->
                    draft(outputs(b.outputs()))
                            .makes(v -> new Primitive.Cosine(v.whole("outputs", MOST_CHANNELS)));
            case Primitive.Relu _,
                    Primitive.Sigmoid _,
                    Primitive.GlobalAvgPool _,
                    Primitive.Add _,
                    Primitive.Multiply _,
                    Primitive.Concat _ ->
                    draft().makes(_ -> block);
        };
    }

    private static final String ZERO_GAMMA =
            "Starts the last batch norm at γ = 0, so that the branch begins as zero.";

    private static Schema stem(Stem b) {
        return draft(
                        choice(
                                "form",
                                "Form",
                                "Which size of image the stem was designed for.",
                                b.form(),
                                Stem.Form::title),
                        channels(b.channels()),
                        flag(
                                "normalised",
                                "Batch norm and ReLU",
                                "Follows the convolution by batch norm and ReLU; v2, wide and"
                                        + " dense networks for small images leave that to their"
                                        + " first block.",
                                b.normalised()))
                .makes(v ->
                        new Stem(
                                v.choice("form", Stem.Form.class),
                                v.whole("channels", MOST_WIDTH),
                                v.flag("normalised")));
    }

    private static Schema residual(Residual b) {
        boolean projects =
                b.shortcut() == Shortcut.PROJECTION || b.shortcut() == Shortcut.PROJECTION_ALWAYS;
        boolean preActivated = b.order() == ActivationOrder.FULL_PRE_ACTIVATION;
        boolean endsInBatchNorm = !preActivated && b.order() != ActivationOrder.BN_AFTER_ADDITION;
        return draft(
                        choice(
                                "form",
                                "Form",
                                "The convolutions of the residual branch.",
                                b.form(),
                                Residual.Form::title),
                        new Whole(
                                "width",
                                "Width",
                                "Channels of the 3×3 convolutions; a bottleneck puts out four times"
                                        + " as many.",
                                b.width(),
                                4,
                                512,
                                4),
                        stride(b.stride()),
                        choice(
                                "order",
                                "Activation order",
                                "Where batch norm and ReLU stand.",
                                b.order(),
                                ActivationOrder::title),
                        choice(
                                "shortcut",
                                "Shortcut",
                                "What leads around the residual branch.",
                                b.shortcut(),
                                Shortcut::title))
                .when(
                        projects && preActivated,
                        flag(
                                "raw-projection",
                                "Projection reads raw input",
                                "The projection is conv + BN on the raw input instead of a conv on"
                                        + " the pre-activated one.",
                                b.rawProjection()))
                .when(endsInBatchNorm, flag("zero-gamma", "Zero gamma", ZERO_GAMMA, b.zeroGamma()))
                .gate(b.gate())
                .makes(v ->
                        new Residual(
                                v.choice("form", Residual.Form.class),
                                v.whole("width", MOST_WIDTH),
                                v.whole("stride", LARGEST_WINDOW),
                                v.choice("order", ActivationOrder.class),
                                v.choice("shortcut", Shortcut.class),
                                v.flag("raw-projection"),
                                v.flag("zero-gamma"),
                                gate(v)));
    }

    private static Schema wide(Wide b) {
        return draft(
                        new Whole(
                                "widening",
                                "Widening factor k",
                                "How many times the base's channels the block has.",
                                b.widening(),
                                1,
                                12,
                                1),
                        new Whole(
                                "base",
                                "Base channels",
                                "Channels before widening: 16, 32 and 64 in the paper's groups.",
                                b.base(),
                                16,
                                256,
                                16),
                        stride(b.stride()),
                        dropout(b.dropout()))
                .gate(b.gate())
                .makes(v ->
                        new Wide(
                                v.whole("base", 8192),
                                v.whole("widening", 64),
                                v.whole("stride", LARGEST_WINDOW),
                                v.real("dropout"),
                                gate(v)));
    }

    private static Schema dense(DenseBlock b) {
        return draft(
                        new Whole(
                                "layers",
                                "Layers",
                                "How many layers read all feature maps before them.",
                                b.layers(),
                                1,
                                48,
                                1),
                        new Whole(
                                "growth",
                                "Growth rate k",
                                "How many feature maps each layer adds.",
                                b.growth(),
                                4,
                                64,
                                4),
                        new Whole(
                                "bottleneck",
                                "Bottleneck width",
                                "Channels of the 1×1 convolution before each 3×3 in multiples of"
                                        + " k; 0 for none, 4 in DenseNet-B.",
                                b.bottleneck(),
                                0,
                                8,
                                1),
                        dropout(b.dropout()))
                .makes(v ->
                        new DenseBlock(
                                v.whole("layers", 3000),
                                v.whole("growth", 1024),
                                v.whole("bottleneck", 64),
                                v.real("dropout")));
    }

    private static Schema transition(Transition b) {
        return draft(
                        new Real(
                                "compression",
                                "Compression θ",
                                "The share of the channels that the 1×1 convolution keeps.",
                                b.compression(),
                                0.1,
                                1),
                        flag(
                                "activated",
                                "ReLU after batch norm",
                                "The authors' code has it, some others do not.",
                                b.activated()),
                        dropout(b.dropout()))
                .makes(v ->
                        new Transition(
                                v.real("compression"), v.flag("activated"), v.real("dropout")));
    }

    private static Schema head(Head b) {
        return draft(
                        new Whole(
                                "classes", "Classes", "Number of logits.", b.classes(), 2, 200, 1),
                        flag(
                                "activated",
                                "Batch norm and ReLU",
                                "Normalises and activates before pooling, which v2, wide and dense"
                                        + " networks need.",
                                b.activated()),
                        choice(
                                "classifier",
                                "Classifier",
                                "How pooled features become logits.",
                                b.classifier(),
                                Head.Classifier::title))
                .makes(v ->
                        new Head(
                                v.whole("classes", MOST_CHANNELS),
                                v.flag("activated"),
                                v.choice("classifier", Head.Classifier.class)));
    }

    private static Schema convolution(Primitive.Convolution b) {
        return draft(
                        channels(b.channels()),
                        window(b.kernel()),
                        stride(b.stride()),
                        padding(b.padding()),
                        bias(b.bias()))
                .makes(v ->
                        new Primitive.Convolution(
                                v.whole("channels", MOST_CHANNELS),
                                v.whole("kernel", LARGEST_WINDOW),
                                v.whole("stride", LARGEST_WINDOW),
                                v.whole("padding", LARGEST_WINDOW),
                                v.flag("bias")));
    }

    private static Schema dropPath(Primitive.DropPath b) {
        return draft(
                        choice("gate", "Drop path", GATE, b.gate().mode(), GateMode::title),
                        survival(b.gate().own()))
                .makes(v ->
                        new Primitive.DropPath(
                                new Gate(
                                        v.choice("gate", GateMode.class), v.override("survival"))));
    }

    private static final String GATE =
            "What one draw decides, and where the survival probability is divided out.";

    private static Setting survival(@Nullable Double own) {
        return new Override(
                "survival",
                "Survival probability p",
                "How likely the residual branch runs.",
                own,
                0.05,
                1,
                SCHEDULE);
    }

    private static @Nullable Gate gate(Values v) {
        GateMode mode = v.choiceOrNone("gate", GateMode.class);
        return mode == null ? null : new Gate(mode, v.override("survival"));
    }

    private static Setting channels(int value) {
        return new Whole("channels", "Channels", "Output channels.", value, 4, 512, 4);
    }

    private static Setting outputs(int value) {
        return new Whole("outputs", "Outputs", "Numbers put out.", value, 2, 200, 1);
    }

    private static Setting window(int value) {
        return new Whole("kernel", "Kernel", "Edge of the window.", value, 1, 11, 1);
    }

    private static Setting stride(int value) {
        return new Whole(
                "stride", "Stride", "2 halves the resolution, 1 keeps it.", value, 1, 4, 1);
    }

    private static Setting padding(int value) {
        return new Whole("padding", "Padding", "Rim added on all sides.", value, 0, 5, 1);
    }

    private static Setting bias(boolean value) {
        return flag("bias", "Bias", "Adds a learnt constant to each output.", value);
    }

    private static Setting dropout(double value) {
        return new Real(
                "dropout",
                "Dropout",
                "How likely a number is silenced in training.",
                value,
                0,
                0.9);
    }

    private static Setting flag(String name, String label, String explanation, boolean value) {
        return new Flag(name, label, explanation, value);
    }

    private static <E extends Enum<E>> Setting choice(
            String name, String label, String explanation, E value, Function<E, String> title) {
        return new Choice(
                name,
                label,
                explanation,
                Values.id(value),
                options(value.getDeclaringClass(), title));
    }

    private static <E extends Enum<E>> List<Option> options(
            Class<E> type, Function<E, String> title) {
        return Stream.of(type.getEnumConstants())
                .map(e -> new Option(Values.id(e), title.apply(e)))
                .toList();
    }

    private static Draft draft(Setting... settings) {
        Draft draft = new Draft(new ArrayList<>());
        for (Setting setting : settings) {
            draft.when(true, setting);
        }
        return draft;
    }

    /// Settings while they are being listed.
    private record Draft(List<Field> fields) {

        Draft when(boolean effective, Setting setting) {
            fields.add(new Field(setting, effective));
            return this;
        }

        /// The settings of a drop path that may be absent.
        Draft gate(@Nullable Gate gate) {
            List<Option> options = new ArrayList<>();
            options.add(new Option(NONE, "none"));
            options.addAll(options(GateMode.class, GateMode::title));
            String mode = gate == null ? NONE : Values.id(gate.mode());
            when(true, new Choice("gate", "Drop path", GATE, mode, options));
            return when(gate != null, survival(gate == null ? null : gate.own()));
        }

        Schema makes(Function<Values, Block> build) {
            return new Schema(List.copyOf(fields), build);
        }
    }
}
