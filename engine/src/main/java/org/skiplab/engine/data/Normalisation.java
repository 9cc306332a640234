package org.skiplab.engine.data;

import java.util.Arrays;

/// Per-channel mean and standard deviation of pixel values in `[0, 1]`; the network sees `(x -
/// mean) / std`.
public record Normalisation(float[] mean, float[] std) {

    /// @throws IllegalArgumentException if the lengths differ, a value is not finite, or a standard
    ///   deviation is not positive
    public Normalisation {
        mean = mean.clone();
        std = std.clone();
        if (mean.length != std.length || mean.length == 0) {
            throw new IllegalArgumentException(
                    mean.length + " means, " + std.length + " standard deviations");
        }
        for (int c = 0; c < mean.length; c++) {
            if (!Float.isFinite(mean[c]) || !Float.isFinite(std[c]) || std[c] <= 0) {
                throw new IllegalArgumentException(
                        "channel " + c + ": mean " + mean[c] + ", std " + std[c]);
            }
        }
    }

    /// Pixel values in `[0, 1]` as they are.
    public static Normalisation none(int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        return new Normalisation(new float[channels], ones);
    }

    /// Measured on every pixel of a set, exactly: the sums are integers. A channel that never
    /// changes keeps its scale (std 1).
    public static Normalisation computed(ImageSet set) {
        PixelHistogram histogram = PixelHistogram.of(set);
        int channels = histogram.channels();
        float[] mean = new float[channels];
        float[] std = new float[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = (float) histogram.mean(c);
            double deviation = histogram.standardDeviation(c);
            std[c] = deviation == 0 ? 1 : (float) deviation;
        }
        return new Normalisation(mean, std);
    }

    @Override
    public float[] mean() {
        return mean.clone();
    }

    @Override
    public float[] std() {
        return std.clone();
    }

    public int channels() {
        return mean.length;
    }

    /// The network's input for every byte value: entry `256 * channel + byte`.
    float[] table() {
        float[] table = new float[256 * mean.length];
        for (int c = 0; c < mean.length; c++) {
            for (int value = 0; value < 256; value++) {
                table[256 * c + value] = (float) ((value / 255.0 - mean[c]) / std[c]);
            }
        }
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalisation(float[] m, float[] s)
                && Arrays.equals(mean, m)
                && Arrays.equals(std, s);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
    }

    @Override
    public String toString() {
        return "mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
    }
}
