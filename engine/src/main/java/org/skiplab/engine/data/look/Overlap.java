package org.skiplab.engine.data.look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.ImageSet;

/// Test images that are, byte for byte, also training images. A network has seen their answers, so
/// they make its test accuracy look better than it is.
///
/// @param count of test images with a twin
/// @param twins the first of them, at most [#MOST_TWINS]
public record Overlap(int count, List<Twin> twins) {
    public static final int MOST_TWINS = 1000;

    /// A test image and the first training image that equals it.
    ///
    /// @param sameLabel false if the two sets disagree about its class
    public record Twin(int train, int test, boolean sameLabel) {}

    public Overlap {
        twins = List.copyOf(twins);
    }

    /// Compares every test image with all training images. Candidates are found by a hash and then
    /// compared byte by byte. Interrupting the thread makes it give up.
    ///
    /// @throws InterruptedException if it gave up
    public static Overlap of(DataSet data) throws InterruptedException {
        ImageSet train = data.train();
        ImageSet test = data.test();
        byte[] image = new byte[Math.toIntExact(data.shape().size())];
        byte[] other = new byte[image.length];
        Map<Long, List<Integer>> alone = new HashMap<>();
        for (int i = 0; i < test.size(); i++) {
            test.copyImage(i, image, 0);
            alone.computeIfAbsent(hash(image), _ -> new LinkedList<>()).add(i);
        }
        int[] twin = new int[test.size()];
        Arrays.fill(twin, -1);
        for (int i = 0; i < train.size(); i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            train.copyImage(i, image, 0);
            List<Integer> candidates = alone.get(hash(image));
            if (candidates == null) {
                continue;
            }
            for (var each = candidates.iterator(); each.hasNext(); ) {
                int candidate = each.next();
                test.copyImage(candidate, other, 0);
                if (Arrays.equals(image, other)) {
                    twin[candidate] = i;
                    each.remove();
                }
            }
        }
        List<Twin> twins = new ArrayList<>();
        int count = 0;
        for (int i = 0; i < twin.length; i++) {
            if (twin[i] >= 0 && count++ < MOST_TWINS) {
                twins.add(new Twin(twin[i], i, train.label(twin[i]) == test.label(i)));
            }
        }
        return new Overlap(count, twins);
    }

    /// FNV-1a.
    private static long hash(byte[] bytes) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : bytes) {
            hash = (hash ^ b & 0xFF) * 0x100000001B3L;
        }
        return hash;
    }
}
