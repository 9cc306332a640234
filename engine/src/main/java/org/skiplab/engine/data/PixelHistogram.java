package org.skiplab.engine.data;

import org.skiplab.engine.graph.Shape;

/// How often each byte value occurs in each channel of a set.
public final class PixelHistogram {
    private final long[][] counts;

    private PixelHistogram(long[][] counts) {
        this.counts = counts;
    }

    /// Counts every pixel of every image.
    public static PixelHistogram of(ImageSet set) {
        Shape shape = set.shape();
        int channels = shape.channels();
        long[][] counts = new long[channels][256];
        byte[] image = new byte[Math.toIntExact(shape.size())];
        for (int i = 0; i < set.size(); i++) {
            set.copyImage(i, image, 0);
            for (int c = 0; c < channels; c++) {
                long[] channel = counts[c];
                for (int p = c; p < image.length; p += channels) {
                    channel[image[p] & 0xFF]++;
                }
            }
        }
        return new PixelHistogram(counts);
    }

    public int channels() {
        return counts.length;
    }

    /// Pixels of a channel with a byte value in `[0, 255]`.
    public long count(int channel, int value) {
        return counts[channel][value];
    }

    /// Mean of a channel's pixel values in `[0, 1]`.
    public double mean(int channel) {
        long sum = 0;
        for (int value = 0; value < 256; value++) {
            sum += value * counts[channel][value];
        }
        return sum / (255.0 * pixels(channel));
    }

    /// Standard deviation of a channel's pixel values in `[0, 1]`, over the population.
    public double standardDeviation(int channel) {
        double mean = mean(channel) * 255;
        double squares = 0;
        for (int value = 0; value < 256; value++) {
            squares += (value - mean) * (value - mean) * counts[channel][value];
        }
        return Math.sqrt(squares / pixels(channel)) / 255;
    }

    private long pixels(int channel) {
        long pixels = 0;
        for (long count : counts[channel]) {
            pixels += count;
        }
        return pixels;
    }
}
