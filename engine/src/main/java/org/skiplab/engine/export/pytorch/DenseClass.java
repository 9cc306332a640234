package org.skiplab.engine.export.pytorch;

import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Transition;

/// The Python classes of dense blocks and transitions.
sealed interface DenseClass extends BlockClass {

    /// All dense blocks that differ in numbers only.
    record OfBlock(boolean bottleneck, boolean dropout) implements DenseClass {

        static OfBlock of(DenseBlock block) {
            return new OfBlock(block.bottleneck() > 0, block.dropout() > 0);
        }

        static String call(String name, DenseBlock block, int inputs) {
            return "%s(%s, %s, growth=%s%s%s)"
                    .formatted(
                            name,
                            inputs,
                            block.layers(),
                            block.growth(),
                            block.bottleneck() > 0 ? ", bottleneck=" + block.bottleneck() : "",
                            block.dropout() > 0 ? ", dropout=" + block.dropout() : "");
        }

        @Override
        public String wish() {
            return "DenseBlock";
        }

        private String dropped(int i, String x) {
            return dropout ? "self.dropout" + i + "(" + x + ")" : x;
        }

        @Override
        public void write(String name, Source to) {
            String layer = name.replace("Block", "Layer");
            String more = (bottleneck ? ", bottleneck" : "") + (dropout ? ", dropout" : "");
            layer(layer, more, to);
            to.blank().blank();
            to.line("class " + name + "(nn.Module):").in();
            to.lines(
                    """
                    \"""Every layer reads the feature maps of all layers before it and adds its own.

                    x_l = H_l([x_0, x_1, ..., x_{l-1}]); Huang et al. 2016, arXiv 1608.06993, section 3.
                    \"""
                    """);
            to.blank();
            to.line("def __init__(self, in_channels, layers, growth" + more + "):").in();
            to.line("super().__init__()");
            to.line("for i in range(layers):").in();
            to.line("channels = in_channels + i * growth");
            to.line(
                    "self.add_module(f\"layer{i + 1}\", "
                            + layer
                            + "(channels, growth"
                            + more
                            + "))");
            to.out().out().blank();
            to.line("def forward(self, x):").in();
            to.line("for layer in self.children():").in();
            to.line("x = torch.cat([x, layer(x)], dim=1)").out();
            to.line("return x");
            to.out().out();
        }

        private void layer(String name, String more, Source to) {
            to.line("class " + name + "(nn.Module):").in();
            to.line(
                    bottleneck
                            ? "\"\"\"BN, ReLU, 1x1 convolution, BN, ReLU, 3x3 convolution to"
                                    + " `growth` channels.\"\"\""
                            : "\"\"\"BN, ReLU, 3x3 convolution to `growth` channels.\"\"\"");
            to.blank();
            to.line("def __init__(self, in_channels, growth" + more + "):").in();
            to.line("super().__init__()");
            to.line("self.norm1 = nn.BatchNorm2d(in_channels)");
            if (bottleneck) {
                to.line("self.conv1 = conv1x1(in_channels, bottleneck * growth)");
                to.line("self.norm2 = nn.BatchNorm2d(bottleneck * growth)");
                to.line("self.conv2 = conv3x3(bottleneck * growth, growth)");
            } else {
                to.line("self.conv1 = conv3x3(in_channels, growth)");
            }
            for (int i = 1; dropout && i <= (bottleneck ? 2 : 1); i++) {
                to.line("self.dropout" + i + " = nn.Dropout(dropout)");
            }
            to.out().blank();
            to.line("def forward(self, x):").in();
            String first = dropped(1, "self.conv1(F.relu(self.norm1(x)))");
            if (bottleneck) {
                to.line("x = " + first);
                to.line("return " + dropped(2, "self.conv2(F.relu(self.norm2(x)))"));
            } else {
                to.line("return " + first);
            }
            to.out().out();
        }
    }

    /// All transitions that differ in numbers only.
    record OfTransition(boolean activated, boolean dropout) implements DenseClass {

        static OfTransition of(Transition transition) {
            return new OfTransition(transition.activated(), transition.dropout() > 0);
        }

        static String call(String name, Transition transition, int inputs) {
            return "%s(%s, %s%s)"
                    .formatted(
                            name,
                            inputs,
                            transition.outputChannels(inputs),
                            transition.dropout() > 0 ? ", dropout=" + transition.dropout() : "");
        }

        @Override
        public String wish() {
            return "Transition";
        }

        @Override
        public void write(String name, Source to) {
            to.line("class " + name + "(nn.Module):").in();
            to.line(
                    "\"\"\"Compresses the channels and halves the resolution between dense"
                            + " blocks.\"\"\"");
            to.blank();
            to.line(
                    "def __init__(self, in_channels, channels"
                            + (dropout ? ", dropout" : "")
                            + "):");
            to.in().line("super().__init__()");
            to.line("self.norm = nn.BatchNorm2d(in_channels)");
            to.line("self.conv = conv1x1(in_channels, channels)");
            if (dropout) {
                to.line("self.dropout = nn.Dropout(dropout)");
            }
            to.out().blank();
            to.line("def forward(self, x):").in();
            String x = "self.norm(x)";
            x = "self.conv(" + (activated ? "F.relu(" + x + ")" : x) + ")";
            x = dropout ? "self.dropout(" + x + ")" : x;
            to.line("return F.avg_pool2d(" + x + ", 2)");
            to.out().out();
        }
    }
}
