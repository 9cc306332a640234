package org.skiplab.engine.data;

import java.util.Arrays;
import java.util.List;
import org.skiplab.engine.graph.Shape;

/// Several sets of the same shape and classes, one behind the other.
public final class Concatenation implements ImageSet {
    private final List<ImageSet> parts;
    private final int[] starts;
    private final int size;

    private Concatenation(List<ImageSet> parts) {
        this.parts = parts;
        starts = new int[parts.size()];
        int total = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = total;
            total = Math.addExact(total, parts.get(i).size());
        }
        size = total;
    }

    /// @throws IllegalArgumentException if there is no set, or shapes or classes differ
    public static ImageSet of(List<ImageSet> parts) {
        long kinds =
                parts.stream()
                        .map(set -> List.of(set.shape(), set.classNames()))
                        .distinct()
                        .count();
        if (kinds != 1) {
            throw new IllegalArgumentException(
                    parts.size() + " sets of " + kinds + " shapes and classes");
        }
        return parts.size() == 1 ? parts.getFirst() : new Concatenation(List.copyOf(parts));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Shape shape() {
        return parts.getFirst().shape();
    }

    @Override
    public List<String> classNames() {
        return parts.getFirst().classNames();
    }

    @Override
    public int label(int index) {
        int part = part(index);
        return parts.get(part).label(index - starts[part]);
    }

    @Override
    public void copyImage(int index, byte[] target, int offset) {
        int part = part(index);
        parts.get(part).copyImage(index - starts[part], target, offset);
    }

    private int part(int index) {
        int found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found : -found - 2;
    }
}
