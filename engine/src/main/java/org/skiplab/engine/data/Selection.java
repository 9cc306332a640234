package org.skiplab.engine.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.skiplab.engine.graph.Shape;

/// Some images of another set, in a given order.
public final class Selection implements ImageSet {
    private final ImageSet all;
    private final int[] indices;

    /// @throws IllegalArgumentException if nothing is selected
    public Selection(ImageSet all, int[] indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("a selection needs at least one image");
        }
        this.all = all;
        this.indices = indices.clone();
    }

    /// At most `limit` images, every class in its share (largest remainders), spread evenly over
    /// the class so that sorted sets are not cut at one end. The order of the images stays.
    ///
    /// @throws IllegalArgumentException if `limit` is below 1
    public static ImageSet stratified(ImageSet all, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit must be at least 1: " + limit);
        }
        int size = all.size();
        if (limit >= size) {
            return all;
        }
        int[] available = new int[all.classNames().size()];
        for (int i = 0; i < size; i++) {
            available[all.label(i)]++;
        }
        int[] quota = shares(available, size, limit);
        int[] seen = new int[available.length];
        int[] chosen =
                IntStream.range(0, size)
                        .filter(i -> {
                            int label = all.label(i);
                            long nth = seen[label]++;
                            long n = available[label];
                            return (nth + 1) * quota[label] / n > nth * quota[label] / n;
                        })
                        .toArray();
        return new Selection(all, chosen);
    }

    private static int[] shares(int[] available, int size, int limit) {
        int[] quota = new int[available.length];
        int left = limit;
        for (int c = 0; c < quota.length; c++) {
            quota[c] = (int) ((long) available[c] * limit / size);
            left -= quota[c];
        }
        int[] byRemainder =
                IntStream.range(0, quota.length)
                        .boxed()
                        .sorted(
                                Comparator.comparingLong(
                                        c -> -((long) available[c] * limit % size)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        for (int i = 0; i < left; i++) {
            quota[byRemainder[i]]++;
        }
        return quota;
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public Shape shape() {
        return all.shape();
    }

    @Override
    public List<String> classNames() {
        return all.classNames();
    }

    @Override
    public int label(int index) {
        return all.label(indices[index]);
    }

    @Override
    public void copyImage(int index, byte[] target, int offset) {
        all.copyImage(indices[index], target, offset);
    }

    /// Where the selected images lie in the whole set.
    public int[] indices() {
        return Arrays.copyOf(indices, indices.length);
    }
}
