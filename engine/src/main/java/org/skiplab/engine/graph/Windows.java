package org.skiplab.engine.graph;

/// Shape arithmetic shared by the primitives.
final class Windows {
    private Windows() {}

    /// PyTorch's rule, `⌊(extent + 2·padding − kernel) / stride⌋ + 1`.
    static Inference slide(Shape in, int kernel, int stride, int padding, int channels) {
        int height = in.height() + 2 * padding - kernel;
        int width = in.width() + 2 * padding - kernel;
        if (height < 0 || width < 0) {
            return Inference.rejects(
                    "a " + kernel + "×" + kernel + " window does not fit into " + in,
                    "use a larger input, fewer strided blocks before it, or a smaller window");
        }
        return bounded(height / stride + 1, width / stride + 1, channels);
    }

    /// An output shape, unless one image's tensor would have more numbers than an array can hold.
    static Inference bounded(int height, int width, long channels) {
        if (channels > Integer.MAX_VALUE || (long) height * width * channels > Integer.MAX_VALUE) {
            return Inference.rejects(
                    "its output of " + height + "×" + width + "×" + channels + " is too large",
                    "use fewer channels, or a smaller input");
        }
        return Inference.yields(new Shape(height, width, (int) channels));
    }

    /// The rejection of weights with more numbers than an array can hold, or `otherwise`.
    static Inference bounded(long weights, Inference otherwise) {
        return weights > Integer.MAX_VALUE
                ? Inference.rejects(
                        "it would need " + weights + " weights, which is too many",
                        "use fewer channels")
                : otherwise;
    }

    static Inference vector(Shape in, int outputs) {
        if (!in.isVector()) {
            return Inference.rejects(
                    "a classifier needs a vector but gets " + in,
                    "put a global average pooling before it");
        }
        return bounded((long) in.channels() * outputs, Inference.yields(Shape.vector(outputs)));
    }

    static Inference mismatch(Shape first, Shape other) {
        return Inference.rejects(
                "its inputs must agree in shape but are " + first + " and " + other,
                first.sameResolution(other)
                        ? "add a 1×1 projection: "
                                + other.channels()
                                + " → "
                                + first.channels()
                                + " channels"
                        : "give both paths the same strides");
    }
}
