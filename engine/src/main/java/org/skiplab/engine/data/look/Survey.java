package org.skiplab.engine.data.look;

import java.util.Arrays;
import org.skiplab.engine.data.ImageSet;
import org.skiplab.engine.graph.Shape;

/// How many images each class has, where they lie, and what they look like on average.
public final class Survey {
    /// More numbers than these are not kept for means of single classes.
    private static final long MOST_NUMBERS = 32L << 20;

    private final Shape shape;
    private final int[][] members;
    private final long[] total;
    private final long[][] sums;

    private Survey(Shape shape, int[][] members) {
        this.shape = shape;
        this.members = members;
        int pixels = Math.toIntExact(shape.size());
        this.total = new long[pixels];
        boolean perClass = (long) members.length * pixels <= MOST_NUMBERS;
        this.sums = perClass ? new long[members.length][pixels] : new long[0][];
    }

    /// Looks at every image once. Interrupting the thread makes it give up.
    ///
    /// @throws InterruptedException if it gave up
    public static Survey of(ImageSet set) throws InterruptedException {
        int[] counts = new int[set.classNames().size()];
        for (int i = 0; i < set.size(); i++) {
            counts[set.label(i)]++;
        }
        int[][] members = new int[counts.length][];
        Arrays.setAll(members, label -> new int[counts[label]]);
        int[] filled = new int[counts.length];
        var survey = new Survey(set.shape(), members);
        byte[] image = new byte[survey.total.length];
        for (int i = 0; i < set.size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            set.copyImage(i, image, 0);
            int label = set.label(i);
            members[label][filled[label]++] = i;
            add(image, survey.total);
            if (survey.hasClassMeans()) {
                add(image, survey.sums[label]);
            }
        }
        return survey;
    }

    private static void add(byte[] image, long[] sum) {
        for (int p = 0; p < image.length; p++) {
            sum[p] += image[p] & 0xFF;
        }
    }

    public int classes() {
        return members.length;
    }

    /// Number of images of a class.
    public int count(int label) {
        return members[label].length;
    }

    /// Where the `n`-th image of a class lies in the set.
    public int member(int label, int n) {
        return members[label][n];
    }

    /// Whether there are means of single classes; many classes of large images have none.
    public boolean hasClassMeans() {
        return sums.length > 0;
    }

    /// The mean of a class's images, as unsigned bytes, HWC; black for a class without images.
    ///
    /// @throws IllegalStateException if there are no such means
    public byte[] mean(int label) {
        if (!hasClassMeans()) {
            throw new IllegalStateException(members.length + " classes of " + shape);
        }
        return mean(sums[label], members[label].length);
    }

    /// The mean of all images, as unsigned bytes, HWC.
    public byte[] mean() {
        return mean(total, Arrays.stream(members).mapToLong(m -> m.length).sum());
    }

    private static byte[] mean(long[] sum, long images) {
        byte[] mean = new byte[sum.length];
        for (int p = 0; images > 0 && p < mean.length; p++) {
            mean[p] = (byte) ((sum[p] + images / 2) / images);
        }
        return mean;
    }
}
