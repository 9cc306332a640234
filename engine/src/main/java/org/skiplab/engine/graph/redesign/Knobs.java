package org.skiplab.engine.graph.redesign;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Architecture;
import org.skiplab.engine.graph.Architecture.CifarResNet;
import org.skiplab.engine.graph.Architecture.DenseNet;
import org.skiplab.engine.graph.Architecture.ImageNetDenseNet;
import org.skiplab.engine.graph.Architecture.ImageNetResNet;
import org.skiplab.engine.graph.Architecture.WideResNet;
import org.skiplab.engine.graph.DepthRule;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Shortcut;

/// The knobs of each recipe: what a whole network can be redesigned by. A knob's value is what its
/// [Setting] holds; choices are named by their enum constants.
public final class Knobs {

    public static final String DEPTH = "depth";
    public static final String WIDENING = "widening";
    public static final String GROWTH = "growth";
    public static final String COMPRESSION = "compression";
    public static final String BOTTLENECK = "bottleneck";
    public static final String DROPOUT = "dropout";
    public static final String GATES = "gates";
    public static final String ORDER = "order";
    public static final String SHORTCUT = "shortcut";

    /// `stage1` … `stage4`: blocks, or layers of the dense block.
    private static final String STAGE = "stage";

    private static final int MOST_REPETITIONS = 400;
    private static final int MOST_WIDENING = 64;
    private static final int MOST_GROWTH = 256;

    private Knobs() {}

    public static List<Setting> of(Architecture architecture) {
        return switch (architecture) {
            case CifarResNet a ->
                    List.of(
                            depth(a.depth(), CifarResNet.rule(a.form()), 110),
                            bottleneck(a.form() == Residual.Form.BOTTLENECK),
                            choice(
                                    SHORTCUT,
                                    "Shortcuts",
                                    "What leads around every block.",
                                    a.shortcut(),
                                    Stream.of(Shortcut.values())
                                            .map(s -> new Setting.Option(s.name(), s.title()))),
                            choice(
                                    ORDER,
                                    "Activation order",
                                    "Where batch norm and ReLU stand in every block.",
                                    a.order(),
                                    Stream.of(ActivationOrder.values())
                                            .map(o -> new Setting.Option(o.name(), o.title()))),
                            gates(a.gate()));
            case WideResNet a ->
                    List.of(
                            depth(a.depth(), DepthRule.WIDE, 40),
                            new Setting.Whole(
                                    WIDENING,
                                    "Widening factor k",
                                    "Every block has k times the channels; parameters grow with k².",
                                    a.widening(),
                                    1,
                                    12,
                                    1),
                            dropout(a.dropout()));
            case DenseNet a ->
                    List.of(
                            depth(a.depth(), DenseNet.rule(a.bottleneck()), 100),
                            growth(a.growth()),
                            bottleneck(a.bottleneck()),
                            new Setting.Real(
                                    COMPRESSION,
                                    "Compression θ",
                                    "Share of the channels that a transition lets through.",
                                    a.compression(),
                                    0.1,
                                    1),
                            dropout(a.dropout()));
            case ImageNetResNet a -> {
                List<Setting> settings = stages(a.blocks(), "Blocks of stage ");
                settings.add(bottleneck(a.form() == Residual.Form.BOTTLENECK));
                settings.add(gates(a.gate()));
                yield List.copyOf(settings);
            }
            case ImageNetDenseNet a -> {
                List<Setting> settings = stages(a.layers(), "Layers of dense block ");
                settings.add(growth(a.growth()));
                yield List.copyOf(settings);
            }
        };
    }

    /// The recipe with one knob turned.
    ///
    /// @param value a number, a boolean or an option's id, as the knob has it
    /// @throws IllegalArgumentException if the recipe has no such knob
    public static Redesign turn(Architecture architecture, String knob, @Nullable Object value) {
        if (of(architecture).stream().noneMatch(s -> s.name().equals(knob))) {
            throw new IllegalArgumentException("this family has no knob '" + knob + "'");
        }
        Optional<Redesign> refusal =
                knob.equals(DEPTH) ? depthRefusal(architecture, whole(value)) : Optional.empty();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return new Redesign.Done(turned(architecture, knob, value));
        } catch (IllegalArgumentException e) {
            return new Redesign.Refused(
                    Objects.requireNonNullElse(e.getMessage(), "not possible"), List.of());
        }
    }

    private static Optional<Redesign> depthRefusal(Architecture architecture, int depth) {
        DepthRule rule =
                switch (architecture) {
                    case CifarResNet a -> CifarResNet.rule(a.form());
                    case WideResNet _ -> DepthRule.WIDE;
                    case DenseNet a -> DenseNet.rule(a.bottleneck());
                    case ImageNetResNet _, ImageNetDenseNet _ ->
                            throw new IllegalArgumentException("this family has no one depth");
                };
        return rule.allows(depth)
                ? Optional.empty()
                : Optional.of(new Redesign.Refused(rule.refusal(depth), rule.nearest(depth)));
    }

    private static Architecture turned(
            Architecture architecture, String knob, @Nullable Object value) {
        return switch (architecture) {
            case CifarResNet a -> turned(a, knob, value);
            case WideResNet a ->
                    new WideResNet(
                            knob.equals(DEPTH) ? whole(value) : a.depth(),
                            knob.equals(WIDENING)
                                    ? atMost(knob, whole(value), MOST_WIDENING)
                                    : a.widening(),
                            knob.equals(DROPOUT) ? real(value) : a.dropout());
            case DenseNet a -> turned(a, knob, value);
            case ImageNetResNet a ->
                    new ImageNetResNet(
                            counts(a.blocks(), knob, value),
                            knob.equals(BOTTLENECK) ? form(value) : a.form(),
                            a.order(),
                            a.projectEveryStage(),
                            a.rawProjection(),
                            a.activatedHead(),
                            knob.equals(GATES) ? gate(value) : a.gate());
            case ImageNetDenseNet a -> {
                int growth =
                        knob.equals(GROWTH) ? atMost(knob, whole(value), MOST_GROWTH) : a.growth();
                yield new ImageNetDenseNet(counts(a.layers(), knob, value), growth, 2 * growth);
            }
        };
    }

    private static CifarResNet turned(CifarResNet a, String knob, @Nullable Object value) {
        Residual.Form form = knob.equals(BOTTLENECK) ? form(value) : a.form();
        return new CifarResNet(
                knob.equals(DEPTH) ? whole(value) : fitting(CifarResNet.rule(form), a.depth()),
                form,
                knob.equals(ORDER) ? ActivationOrder.valueOf(String.valueOf(value)) : a.order(),
                knob.equals(SHORTCUT) ? Shortcut.valueOf(String.valueOf(value)) : a.shortcut(),
                knob.equals(GATES) ? gate(value) : a.gate());
    }

    private static DenseNet turned(DenseNet a, String knob, @Nullable Object value) {
        boolean bottleneck = knob.equals(BOTTLENECK) ? flag(value) : a.bottleneck();
        double compression = knob.equals(COMPRESSION) ? real(value) : a.compression();
        return new DenseNet(
                knob.equals(DEPTH) ? whole(value) : fitting(DenseNet.rule(bottleneck), a.depth()),
                knob.equals(GROWTH) ? atMost(knob, whole(value), MOST_GROWTH) : a.growth(),
                bottleneck,
                compression,
                knob.equals(DROPOUT) ? real(value) : a.dropout());
    }

    /// The legal depth closest to one that another form of block had.
    private static int fitting(DepthRule rule, int depth) {
        return rule.allows(depth)
                ? depth
                : rule.nearest(depth).stream()
                        .min((x, y) -> Integer.compare(Math.abs(x - depth), Math.abs(y - depth)))
                        .orElseThrow();
    }

    private static List<Integer> counts(List<Integer> counts, String knob, @Nullable Object value) {
        List<Integer> changed = new ArrayList<>(counts);
        for (int i = 0; i < counts.size(); i++) {
            if (knob.equals(STAGE + (i + 1))) {
                int count = atMost("the number of repetitions", whole(value), MOST_REPETITIONS);
                changed.set(i, count);
            }
        }
        return changed;
    }

    private static Setting.Whole depth(int depth, DepthRule rule, int usual) {
        int least = rule.step() + rule.base();
        int most = least + (usual - least) / rule.step() * rule.step();
        return new Setting.Whole(
                DEPTH,
                "Depth",
                "Layers with weights on the longest way through: "
                        + rule
                        + ", n repetitions in each stage.",
                depth,
                least,
                most,
                rule.step());
    }

    private static Setting.Whole growth(int growth) {
        return new Setting.Whole(
                GROWTH,
                "Growth rate k",
                "Channels that every layer adds to what all later layers read.",
                growth,
                4,
                48,
                1);
    }

    private static Setting.Flag bottleneck(boolean on) {
        return new Setting.Flag(
                BOTTLENECK,
                "Bottlenecks",
                "1×1 convolutions around the 3×3 ones: fewer multiplications per layer.",
                on);
    }

    private static Setting.Real dropout(double p) {
        return new Setting.Real(
                DROPOUT,
                "Dropout",
                "Probability with which each number inside a block is dropped in training.",
                p,
                0,
                0.5);
    }

    private static Setting.Flag gates(@Nullable Gate gate) {
        return new Setting.Flag(
                GATES,
                "Drop paths",
                "Every block survives a mini-batch with the probability of the survival schedule.",
                gate != null);
    }

    private static Setting.Choice choice(
            String name,
            String label,
            String explanation,
            Enum<?> value,
            Stream<Setting.Option> options) {
        return new Setting.Choice(name, label, explanation, value.name(), options.toList());
    }

    private static List<Setting> stages(List<Integer> counts, String label) {
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            settings.add(
                    new Setting.Whole(
                            STAGE + (i + 1),
                            label + (i + 1),
                            "How often the stage repeats its block.",
                            counts.get(i),
                            1,
                            Math.max(8, 2 * counts.get(i)),
                            1));
        }
        return settings;
    }

    private static Residual.Form form(@Nullable Object value) {
        return flag(value) ? Residual.Form.BOTTLENECK : Residual.Form.BASIC;
    }

    private static @Nullable Gate gate(@Nullable Object value) {
        return flag(value) ? Gate.SCHEDULED : null;
    }

    private static boolean flag(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }

    private static int whole(@Nullable Object value) {
        if (value instanceof Number n) {
            return n.intValue();
        }
        throw new IllegalArgumentException("a whole number is needed, not " + value);
    }

    private static double real(@Nullable Object value) {
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        throw new IllegalArgumentException("a number is needed, not " + value);
    }

    private static int atMost(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    what + " must be between 1 and " + most + ": " + value);
        }
        return value;
    }
}
