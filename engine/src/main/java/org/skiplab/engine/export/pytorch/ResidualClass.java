package org.skiplab.engine.export.pytorch;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.ActivationOrder;
import org.skiplab.engine.graph.Gate;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Wide;

/// The Python class of all residual or wide blocks that differ in nothing but channels, stride and
/// survival probability.
record ResidualClass(
        boolean wide,
        boolean bottleneck,
        ActivationOrder order,
        Shortcut shortcut,
        boolean rawProjection,
        boolean zeroGamma,
        boolean dropout,
        @Nullable GateMode gate)
        implements BlockClass {

    static ResidualClass of(Residual r) {
        return new ResidualClass(
                false,
                r.form() == Residual.Form.BOTTLENECK,
                r.order(),
                r.shortcut(),
                r.rawProjection(),
                r.zeroGamma(),
                false,
                mode(r.gate()));
    }

    static ResidualClass of(Wide w) {
        return new ResidualClass(
                true,
                false,
                ActivationOrder.FULL_PRE_ACTIVATION,
                Shortcut.PROJECTION,
                false,
                false,
                w.dropout() > 0,
                mode(w.gate()));
    }

    private static @Nullable GateMode mode(@Nullable Gate gate) {
        return gate == null ? null : gate.mode();
    }

    @Override
    public String wish() {
        String kind = bottleneck ? "Bottleneck" : "Block";
        if (wide) {
            return "WideBlock";
        }
        if (shortcut == Shortcut.NONE) {
            return "Plain" + kind;
        }
        return switch (order) {
            case FULL_PRE_ACTIVATION -> "PreActivation" + kind;
            case ORIGINAL -> bottleneck ? "Bottleneck" : "BasicBlock";
            default -> "Residual" + kind;
        };
    }

    private boolean preActivates() {
        return order == ActivationOrder.FULL_PRE_ACTIVATION;
    }

    /// Whether a projection reads what the first convolution reads.
    private boolean projectsActivated() {
        return preActivates()
                && !rawProjection
                && (shortcut == Shortcut.PROJECTION || shortcut == Shortcut.PROJECTION_ALWAYS);
    }

    private int convolutions() {
        return bottleneck ? 3 : 2;
    }

    @Override
    public void write(String name, Source to) {
        to.line("class " + name + "(nn.Module):").in();
        docstring(to);
        to.blank();
        constructor(to);
        to.blank();
        forward(to);
        to.out();
    }

    private void docstring(Source to) {
        to.line("\"\"\"" + summary());
        to.blank();
        to.line("Activation order: " + order.title() + ".");
        if (shortcut != Shortcut.NONE) {
            to.line(
                    "Shortcut: "
                            + ascii(shortcut.title())
                            + (projectsActivated() ? ", from the pre-activated input." : "."));
        }
        if (gate != null) {
            to.line("Drop path: " + ascii(gate.title()) + ".");
        }
        to.line(
                switch (order) {
                    case ORIGINAL -> "He et al. 2015, arXiv 1512.03385, section 3.";
                    case FULL_PRE_ACTIVATION ->
                            wide
                                    ? "Zagoruyko & Komodakis 2016, arXiv 1605.07146, section 2."
                                    : "He et al. 2016, arXiv 1603.05027, section 4.";
                    default -> "He et al. 2016, arXiv 1603.05027, table 2.";
                });
        to.line("\"\"\"");
    }

    private String summary() {
        String convolutions =
                bottleneck
                        ? "1x1, 3x3 and 1x1 convolutions, four times the width at the end"
                        : "two 3x3 convolutions" + (dropout ? " with dropout between them" : "");
        return shortcut == Shortcut.NONE
                ? "y = F(x): " + convolutions + ", without a shortcut."
                : "y = shortcut(x) + F(x), F: " + convolutions + ".";
    }

    /// Titles as the inspector has them, in the letters that any terminal prints.
    static String ascii(String title) {
        return title.replace('×', 'x').replace("÷", "/");
    }

    private void constructor(Source to) {
        to.line(
                "def __init__(self, in_channels, "
                        + (bottleneck ? "width" : "channels")
                        + ", stride=1"
                        + (dropout ? ", dropout=0.3" : "")
                        + (gate == null ? "" : ", survival=1.0")
                        + "):");
        to.in().line("super().__init__()");
        if (bottleneck) {
            to.line("channels = " + Residual.EXPANSION + " * width");
        }
        if (preActivates()) {
            to.line("self.bn1 = nn.BatchNorm2d(in_channels)");
        }
        for (int i = 1; i <= convolutions(); i++) {
            boolean last = i == convolutions();
            String outputs = last || !bottleneck ? "channels" : "width";
            to.line("self.conv" + i + " = " + convolution(i, outputs));
            if (preActivates()) {
                if (!last) {
                    to.line("self.bn%s = nn.BatchNorm2d(%s)".formatted(i + 1, outputs));
                    if (dropout) {
                        to.line("self.dropout" + i + " = nn.Dropout(dropout)");
                    }
                }
            } else if (!last || order != ActivationOrder.BN_AFTER_ADDITION) {
                to.line("self.bn%s = nn.BatchNorm2d(%s)".formatted(i, outputs));
                if (last && zeroGamma) {
                    to.line("nn.init.zeros_(self.bn" + i + ".weight)  # begins as the identity");
                }
            }
        }
        if (order == ActivationOrder.BN_AFTER_ADDITION) {
            to.line("self.bn_out = nn.BatchNorm2d(channels)");
        }
        shortcutModule(to);
        if (gate != null) {
            to.line("self.drop_path = DropPath(survival" + PythonText.mode(gate) + ")");
        }
        to.out();
    }

    private String convolution(int i, String outputs) {
        String inputs = i == 1 ? "in_channels" : bottleneck ? "width" : "channels";
        String strided = i == (bottleneck ? 2 : 1) ? ", stride" : "";
        String kind = bottleneck && i != 2 ? "conv1x1" : "conv3x3";
        return kind + "(" + inputs + ", " + outputs + strided + ")";
    }

    private void shortcutModule(Source to) {
        String zeroPad = "ZeroPadShortcut(in_channels, channels, stride)";
        switch (shortcut) {
            case PROJECTION -> {
                if (projectsActivated()) {
                    to.line("self.projects = stride != 1 or in_channels != channels");
                    to.line("if self.projects:").in();
                    projection(to);
                    to.out();
                } else {
                    to.line("self.shortcut = nn.Identity()");
                    to.line("if stride != 1 or in_channels != channels:").in();
                    projection(to);
                    to.out();
                }
            }
            case PROJECTION_ALWAYS -> projection(to);
            case ZERO_PAD, SCALED, GATED -> to.line("self.shortcut = " + zeroPad);
            case AVG_POOL_PAD ->
                    to.line("self.shortcut = AvgPoolPadShortcut(in_channels, channels, stride)");
            case DROPOUT ->
                    to.line(
                            "self.shortcut = nn.Sequential(OrderedDict(pad="
                                    + zeroPad
                                    + ", dropout=nn.Dropout(0.5)))");
            case NONE -> {}
        }
        if (shortcut == Shortcut.GATED) {
            to.line(
                    "self.gate = nn.Sequential(OrderedDict(conv=nn.Conv2d(channels, channels, 1)))");
        }
    }

    private void projection(Source to) {
        String conv = "conv=conv1x1(in_channels, channels, stride)";
        to.line("self.shortcut = nn.Sequential(OrderedDict(").in();
        if (projectsActivated()) {
            to.line(conv + "))");
        } else {
            to.line(conv + ",");
            to.line("bn=nn.BatchNorm2d(channels)))");
        }
        to.out();
    }

    private void forward(Source to) {
        to.line("def forward(self, x):").in();
        boolean conditional = projectsActivated() && shortcut == Shortcut.PROJECTION;
        if (gate != null) {
            to.line("kept = self.drop_path(x)");
        }
        if (projectsActivated()) {
            if (gate != null && conditional) {
                closed(to, "kept is None and not self.projects", "x");
            }
            to.line("activated = F.relu(self.bn1(x))");
            to.line(
                    "shortcut = self.shortcut(activated)"
                            + (conditional ? " if self.projects else x" : ""));
        } else if (shortcut != Shortcut.NONE) {
            to.line(
                    "shortcut = "
                            + (shortcut == Shortcut.SCALED ? "0.5 * " : "")
                            + "self.shortcut(x)");
            if (shortcut == Shortcut.GATED) {
                to.line("gate = self.gate(shortcut)");
                to.line("shortcut = shortcut * torch.sigmoid(-gate)  # 1 - sigmoid(gate)");
            }
        }
        if (gate != null && shortcut != Shortcut.NONE) {
            closed(to, "kept is None", after("shortcut"));
        }
        branch(to);
        if (shortcut == Shortcut.GATED) {
            to.line("out = out * torch.sigmoid(gate)");
        }
        String weighed = gate == null ? "out" : "kept * out";
        to.line("return " + after(shortcut == Shortcut.NONE ? weighed : "shortcut + " + weighed));
        to.out();
    }

    private void closed(Source to, String condition, String result) {
        if (gate != null && !gate.perSample()) {
            to.line("if " + condition + ":  # nothing is computed, no running statistics move")
                    .in();
            to.line("return " + result).out();
        }
    }

    private void branch(Source to) {
        String x =
                switch (order) {
                    case FULL_PRE_ACTIVATION ->
                            projectsActivated() ? "activated" : "F.relu(self.bn1(x))";
                    case RELU_ONLY_PRE_ACTIVATION -> "F.relu(x)";
                    default -> "x";
                };
        for (int i = 1; i <= convolutions(); i++) {
            boolean last = i == convolutions();
            String y = "self.conv" + i + "(" + x + ")";
            if (!preActivates()) {
                if (!last || order != ActivationOrder.BN_AFTER_ADDITION) {
                    y = "self.bn" + i + "(" + y + ")";
                }
                if (!last || order == ActivationOrder.RELU_BEFORE_ADDITION) {
                    y = "F.relu(" + y + ")";
                }
            }
            to.line("out = " + y);
            x = "out";
            if (preActivates() && !last) {
                x = "F.relu(self.bn" + (i + 1) + "(out))";
                x = dropout ? "self.dropout" + i + "(" + x + ")" : x;
            }
        }
    }

    /// What follows the addition.
    private String after(String sum) {
        return switch (order) {
            case ORIGINAL -> "F.relu(" + sum + ")";
            case BN_AFTER_ADDITION -> "F.relu(self.bn_out(" + sum + "))";
            default -> sum;
        };
    }

    /// The call that makes one block of this class.
    static String call(String name, Residual r, int inputs, @Nullable Double survival) {
        return "%s(%s, %s%s%s)"
                .formatted(
                        name, inputs, r.width(), PythonText.stride(r.stride()), survives(survival));
    }

    /// The same of a wide block.
    static String call(String name, Wide w, int inputs, @Nullable Double survival) {
        return "%s(%s, %s%s%s%s)"
                .formatted(
                        name,
                        inputs,
                        w.widening() == 1 ? w.base() : w.widening() + " * " + w.base(),
                        PythonText.stride(w.stride()),
                        w.dropout() > 0
                                ? String.format(Locale.ROOT, ", dropout=%s", w.dropout())
                                : "",
                        survives(survival));
    }

    private static String survives(@Nullable Double survival) {
        return survival == null ? "" : ", survival=" + survival;
    }
}
