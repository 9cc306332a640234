package org.skiplab.engine.graph;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Architecture.CifarResNet;
import org.skiplab.engine.graph.Architecture.DenseNet;
import org.skiplab.engine.graph.Architecture.WideResNet;

/// Reads names such as `wrn-22-8` or `densenet-bc-40-36` as members of the families for small
/// images.
final class FamilyName {
    private static final Pattern RESIDUAL =
            Pattern.compile(
                    "(plain|resnet|preact-resnet|stochastic-resnet)-([0-9]{1,6})(-basic|-bottleneck)?");
    private static final Pattern WIDE = Pattern.compile("wrn-([0-9]{1,6})-([0-9]{1,6})");
    private static final Pattern DENSE =
            Pattern.compile("densenet-(bc-)?([0-9]{1,6})-([0-9]{1,6})");

    /// From here on the papers' pre-activation networks consist of bottlenecks (164, 1001).
    private static final int FIRST_BOTTLENECK_DEPTH = 164;

    private static final Shape CIFAR = new Shape(32, 32, 3);
    private static final int CIFAR_CLASSES = 10;
    private static final int WIDEST = 64;
    private static final int FASTEST_GROWTH = 256;

    private FamilyName() {}

    /// The preset, or empty if the name has none of the families' forms.
    ///
    /// @throws IllegalArgumentException if the family cannot have that size, with a line that says
    ///   which ones it can
    static Optional<Preset> read(String name) {
        Matcher residual = RESIDUAL.matcher(name);
        if (residual.matches()) {
            int depth = Integer.parseInt(residual.group(2));
            return Optional.of(residual(name, residual.group(1), depth, residual.group(3)));
        }
        Matcher wide = WIDE.matcher(name);
        if (wide.matches()) {
            int depth = Integer.parseInt(wide.group(1));
            int widening = atMost("the widening factor", wide.group(2), WIDEST);
            return Optional.of(
                    cifar(
                            name,
                            "WRN-" + depth + "-" + widening,
                            Family.WIDE,
                            new WideResNet(depth, widening, 0)));
        }
        Matcher dense = DENSE.matcher(name);
        if (dense.matches()) {
            boolean bc = dense.group(1) != null;
            int depth = Integer.parseInt(dense.group(2));
            int growth = atMost("the growth rate", dense.group(3), FASTEST_GROWTH);
            return Optional.of(
                    cifar(
                            name,
                            "DenseNet"
                                    + (bc ? "-BC" : "")
                                    + " (L = "
                                    + depth
                                    + ", k = "
                                    + growth
                                    + ")",
                            Family.DENSE,
                            bc ? DenseNet.bc(depth, growth) : DenseNet.plain(depth, growth)));
        }
        return Optional.empty();
    }

    private static Preset residual(String name, String kind, int depth, @Nullable String suffix) {
        boolean bottleneck =
                suffix == null
                        ? kind.equals("preact-resnet") && depth >= FIRST_BOTTLENECK_DEPTH
                        : suffix.equals("-bottleneck");
        Residual.Form form = bottleneck ? Residual.Form.BOTTLENECK : Residual.Form.BASIC;
        return switch (kind) {
            case "plain" ->
                    cifar(
                            name,
                            "Plain-" + depth,
                            Family.PLAIN,
                            new CifarResNet(
                                    depth, form, ActivationOrder.ORIGINAL, Shortcut.NONE, null));
            case "resnet" ->
                    cifar(
                            name,
                            "ResNet-" + depth,
                            Family.RESNET,
                            new CifarResNet(
                                    depth,
                                    form,
                                    ActivationOrder.ORIGINAL,
                                    Shortcut.ZERO_PAD,
                                    null));
            case "preact-resnet" ->
                    cifar(
                            name,
                            "Pre-activation ResNet-" + depth,
                            Family.PRE_ACTIVATION,
                            new CifarResNet(
                                    depth,
                                    form,
                                    ActivationOrder.FULL_PRE_ACTIVATION,
                                    Shortcut.PROJECTION,
                                    null));
            default ->
                    cifar(
                            name,
                            "ResNet-" + depth + " with stochastic depth",
                            Family.STOCHASTIC_DEPTH,
                            new CifarResNet(
                                    depth,
                                    form,
                                    ActivationOrder.ORIGINAL,
                                    Shortcut.AVG_POOL_PAD,
                                    Gate.SCHEDULED));
        };
    }

    /// A member of a family, without figures of its own.
    private static Preset cifar(
            String name, String title, Family family, Architecture architecture) {
        return new Preset(name, title, family, architecture, "", List.of(), CIFAR, CIFAR_CLASSES);
    }

    private static int atMost(String what, String digits, int most) {
        int value = Integer.parseInt(digits);
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " must be between 1 and " + most);
        }
        return value;
    }
}
