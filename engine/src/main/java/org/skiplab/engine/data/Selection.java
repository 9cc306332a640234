package org.skiplab.engine.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.skiplab.engine.graph.Seeds;
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

    /// Two parts without a common image.
    public record Split(ImageSet train, ImageSet test) {}

    /// Takes a share of every class for testing, chosen by a seed. The order of the images stays.
    ///
    /// @param testShare in `(0, 1)`; every part gets at least one image
    /// @throws IllegalArgumentException if there are fewer than two images
    public static Split split(ImageSet all, double testShare, long seed) {
        int size = all.size();
        if (size < 2) {
            throw new IllegalArgumentException("one image cannot be split");
        }
        int[] order = IntStream.range(0, size).toArray();
        RandomGenerator random = Seeds.stream(new Seeds(seed).of(Seeds.Purpose.DATA));
        shuffle(order, random);
        var shuffled = new Selection(all, order);
        int tests = Math.clamp(Math.round(size * testShare), 1, size - 1);
        boolean[] isTest = new boolean[size];
        for (int i : ((Selection) stratified(shuffled, tests)).indices) {
            isTest[order[i]] = true;
        }
        return new Split(
                new Selection(all, IntStream.range(0, size).filter(i -> !isTest[i]).toArray()),
                new Selection(all, IntStream.range(0, size).filter(i -> isTest[i]).toArray()));
    }

    /// Every order equally likely (Fisher and Yates).
    static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
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
