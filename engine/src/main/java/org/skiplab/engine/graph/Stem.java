package org.skiplab.engine.graph;

/// The first layers of a network, which bring the image to the first stage's width.
///
/// @param form CIFAR's single 3×3 convolution, or ImageNet's 7×7/2 convolution and 3×3/2 max
///   pooling
/// @param normalised whether batch norm and ReLU follow the convolution (v1 and ImageNet nets; v2,
///   wide and dense CIFAR nets leave that to their first block)
public record Stem(Form form, int channels, boolean normalised) implements Composite {

    /// Which data the stem was designed for.
    public enum Form {
        CIFAR("3×3 (CIFAR)"),
        IMAGENET("7×7/2 + max pooling (ImageNet)");

        private final String title;

        Form(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public Stem {
        Checks.positive("channels", channels);
    }

    @Override
    public int outputChannels(int inputChannels) {
        return channels;
    }

    @Override
    public Circuit inside(Shape input) {
        Circuit.Builder c = new Circuit.Builder();
        String x =
                c.add(
                        "conv",
                        form == Form.CIFAR
                                ? Primitive.Convolution.c3(channels, 1)
                                : new Primitive.Convolution(channels, 7, 2, 3, false),
                        Network.INPUT);
        if (normalised) {
            x = c.add("bn", Primitive.BatchNorm.PLAIN, x);
            x = c.add("relu", new Primitive.Relu(), x);
        }
        if (form == Form.IMAGENET) {
            c.add("pool", new Primitive.MaxPool(3, 2, 1), x);
        }
        return c.build();
    }
}
