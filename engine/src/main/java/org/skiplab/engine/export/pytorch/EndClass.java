package org.skiplab.engine.export.pytorch;

import org.skiplab.engine.graph.Head;
import org.skiplab.engine.graph.Stem;

/// The Python classes of stems and heads.
sealed interface EndClass extends BlockClass {

    /// All stems that differ in channels only.
    record OfStem(Stem.Form form, boolean normalised) implements EndClass {

        static OfStem of(Stem stem) {
            return new OfStem(stem.form(), stem.normalised());
        }

        static String call(String name, Stem stem, int inputs) {
            return name + "(" + inputs + ", " + stem.channels() + ")";
        }

        @Override
        public String wish() {
            return "Stem";
        }

        @Override
        public void write(String name, Source to) {
            boolean cifar = form == Stem.Form.CIFAR;
            to.line("class " + name + "(nn.Module):").in();
            to.line(
                    "\"\"\"Brings the image to the first stage's width: "
                            + (cifar ? "3x3 convolution" : "7x7/2 convolution")
                            + (normalised ? ", batch norm, ReLU" : "")
                            + (cifar ? "" : ", 3x3/2 max pooling")
                            + ".\"\"\"");
            to.blank();
            to.line("def __init__(self, in_channels, channels):").in();
            to.line("super().__init__()");
            to.line(
                    cifar
                            ? "self.conv = conv3x3(in_channels, channels)"
                            : "self.conv = nn.Conv2d(in_channels, channels, 7, 2, 3, bias=False)");
            if (normalised) {
                to.line("self.bn = nn.BatchNorm2d(channels)");
            }
            to.out().blank();
            to.line("def forward(self, x):").in();
            String x = normalised ? "F.relu(self.bn(self.conv(x)))" : "self.conv(x)";
            to.line("return " + (cifar ? x : "F.max_pool2d(" + x + ", 3, 2, 1)"));
            to.out().out();
        }
    }

    /// All heads that differ in channels and classes only.
    record OfHead(boolean activated, Head.Classifier classifier) implements EndClass {

        static OfHead of(Head head) {
            return new OfHead(head.activated(), head.classifier());
        }

        static String call(String name, Head head, int inputs) {
            return name + "(" + inputs + ", " + head.classes() + ")";
        }

        @Override
        public String wish() {
            return "Head";
        }

        @Override
        public void write(String name, Source to) {
            to.line("class " + name + "(nn.Module):").in();
            to.line(
                    "\"\"\"Averages each feature map and scores the classes"
                            + (activated ? ", after a last batch norm and ReLU" : "")
                            + ".\"\"\"");
            to.blank();
            to.line("def __init__(self, channels, classes):").in();
            to.line("super().__init__()");
            if (activated) {
                to.line("self.bn = nn.BatchNorm2d(channels)");
            }
            to.line(
                    switch (classifier) {
                        case LINEAR -> "self.fc = nn.Linear(channels, classes)";
                        case COSINE -> "self.fc = Cosine(channels, classes)";
                    });
            to.out().blank();
            to.line("def forward(self, x):").in();
            if (activated) {
                to.line("x = F.relu(self.bn(x))");
            }
            to.line("return self.fc(x.mean(dim=(2, 3)))");
            to.out().out();
        }
    }
}
