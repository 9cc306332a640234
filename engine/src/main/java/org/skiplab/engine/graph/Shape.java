package org.skiplab.engine.graph;

/// What one image looks like at some point of the network: `height x width x channels`, in the
/// order in which it lies in memory (NHWC without the batch axis). A vector is `1 x 1 x channels`.
public record Shape(int height, int width, int channels) {

    /// @throws IllegalArgumentException if an extent is below 1
    public Shape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "extents must be at least 1: " + height + "x" + width + "x" + channels);
        }
    }

    public static Shape vector(int channels) {
        return new Shape(1, 1, channels);
    }

    /// Numbers in one image's tensor.
    public long size() {
        return (long) height * width * channels;
    }

    public boolean isVector() {
        return height == 1 && width == 1;
    }

    public boolean sameResolution(Shape other) {
        return height == other.height && width == other.width;
    }

    /// `32×32×16`, as written on a wire.
    @Override
    public String toString() {
        return height + "×" + width + "×" + channels;
    }
}
