package org.skiplab.engine.data.look;

import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.graph.Shape;

/// How many images each class has, and what they look like on average.
public final class Survey {
    private final Shape shape;
    private final int[] counts;
    private final long[][] sums;

    private Survey(Shape shape, int classes) {
        this.shape = shape;
        this.counts = new int[classes];
        this.sums = new long[classes][Math.toIntExact(shape.size())];
    }

    /// Looks at every image once.
    public static Survey of(ImageSet set) {
        var survey = new Survey(set.shape(), set.classNames().size());
        byte[] image = new byte[Math.toIntExact(set.shape().size())];
        for (int i = 0; i < set.size(); i++) {
            set.copyImage(i, image, 0);
            int label = set.label(i);
            survey.counts[label]++;
            long[] sum = survey.sums[label];
            for (int p = 0; p < image.length; p++) {
                sum[p] += image[p] & 0xFF;
            }
        }
        return survey;
    }

    public Shape shape() {
        return shape;
    }

    /// Number of images of a class.
    public int count(int label) {
        return counts[label];
    }

    /// The mean of a class's images, as unsigned bytes, HWC; black for a class without images.
    public byte[] mean(int label) {
        return mean(sums[label], counts[label]);
    }

    /// The mean of all images, as unsigned bytes, HWC.
    public byte[] mean() {
        long[] total = new long[Math.toIntExact(shape.size())];
        long images = 0;
        for (int label = 0; label < counts.length; label++) {
            images += counts[label];
            for (int p = 0; p < total.length; p++) {
                total[p] += sums[label][p];
            }
        }
        return mean(total, images);
    }

    private static byte[] mean(long[] sum, long images) {
        byte[] mean = new byte[sum.length];
        for (int p = 0; images > 0 && p < mean.length; p++) {
            mean[p] = (byte) ((sum[p] + images / 2) / images);
        }
        return mean;
    }
}
