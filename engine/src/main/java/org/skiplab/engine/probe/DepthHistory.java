package org.skiplab.engine.probe;

import java.util.Arrays;
import java.util.List;

/// One number per block and reading over a whole run, in bounded memory: when all columns are
/// taken, neighbours are averaged and every column stands for twice as many readings.
///
/// One thread appends; a [View] is an immutable prefix.
public final class DepthHistory {

    /// Columns at the most.
    public static final int CAPACITY = 512;

    private final List<String> ids;
    private float[][] columns = new float[CAPACITY][];
    private int[] steps = new int[CAPACITY];
    private int size;
    private int perColumn = 1;
    private final float[] sum;
    private final int[] count;
    private int pending;

    public DepthHistory(List<String> ids) {
        this.ids = List.copyOf(ids);
        sum = new float[ids.size()];
        count = new int[ids.size()];
    }

    /// @param step the step that the reading was made at
    /// @param values one per block, NaN where there is none
    public void append(int step, float[] values) {
        for (int b = 0; b < sum.length; b++) {
            if (!Float.isNaN(values[b])) {
                sum[b] += values[b];
                count[b]++;
            }
        }
        if (++pending < perColumn) {
            return;
        }
        if (size == CAPACITY) {
            halve();
            return;
        }
        float[] column = new float[sum.length];
        for (int b = 0; b < column.length; b++) {
            column[b] = count[b] == 0 ? Float.NaN : sum[b] / count[b];
        }
        Arrays.fill(sum, 0);
        Arrays.fill(count, 0);
        pending = 0;
        columns[size] = column;
        steps[size++] = step;
    }

    /// Goes on behind the columns of a history of the same blocks; those of others are left out.
    public void append(View before) {
        if (before.ids().equals(ids)) {
            for (int c = 0; c < before.size(); c++) {
                append(before.steps()[c], before.columns()[c]);
            }
        }
    }

    private void halve() {
        float[][] half = new float[CAPACITY][];
        int[] at = new int[CAPACITY];
        for (int c = 0; c < CAPACITY / 2; c++) {
            half[c] = average(columns[2 * c], columns[2 * c + 1]);
            at[c] = steps[2 * c + 1];
        }
        columns = half;
        steps = at;
        size = CAPACITY / 2;
        perColumn *= 2;
    }

    private static float[] average(float[] a, float[] b) {
        float[] both = new float[a.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = Float.isNaN(a[i]) ? b[i] : Float.isNaN(b[i]) ? a[i] : (a[i] + b[i]) / 2;
        }
        return both;
    }

    public View view() {
        return new View(ids, steps, columns, size);
    }

    /// A snapshot.
    ///
    /// @param ids blocks, input first
    /// @param steps per column the step of its last reading
    /// @param columns `columns[column][block]`: the mean of the column's readings, NaN where there
    ///   is none
    /// @param size columns that hold something
    public record View(List<String> ids, int[] steps, float[][] columns, int size) {

        /// The column whose reading was made nearest to a step; −1 when there is none.
        public int nearest(int step) {
            int best = size - 1;
            for (int c = size - 2; c >= 0; c--) {
                best = Math.abs(steps[c] - step) < Math.abs(steps[best] - step) ? c : best;
            }
            return best;
        }

        /// The column that a step belongs to however often columns were averaged since; −1 for a
        /// negative step and for one that there is no reading of.
        public int at(int step) {
            int place = Arrays.binarySearch(steps, 0, size, step);
            int column = place < 0 ? -place - 1 : place;
            return step < 0 || column == size ? -1 : column;
        }

        public static final View EMPTY = new View(List.of(), new int[0], new float[0][], 0);
    }
}
