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
        return Inference.yields(new Shape(height / stride + 1, width / stride + 1, channels));
    }

    static Inference vector(Shape in, int outputs) {
        if (!in.isVector()) {
            return Inference.rejects(
                    "a classifier needs a vector but gets " + in,
                    "put a global average pooling before it");
        }
        return Inference.yields(Shape.vector(outputs));
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
