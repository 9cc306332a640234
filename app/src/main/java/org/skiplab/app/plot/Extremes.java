package org.skiplab.app.plot;

import java.util.Arrays;
import org.skiplab.engine.train.Series;

/// Smallest and largest value of any stretch of a growing series, in time that hardly depends on
/// its length.
///
/// Above the numbers themselves lie levels of blocks, each of [#FAN] blocks of the level below,
/// that hold their smallest and largest value. New numbers only touch the ends of the levels. NaNs
/// are passed over. The levels grow with the series, by about half a megabyte for a million
/// numbers.
public final class Extremes {

    static final int FAN = 16;

    private Series.View data = Series.View.EMPTY;
    private float[][] lows = new float[0][];
    private float[][] highs = new float[0][];
    private int[] counts = new int[0];
    private float low;
    private float high;

    /// Takes in a newer view of the series; starts over when it is not a continuation.
    ///
    /// @return whether anything changed
    public boolean update(Series.View newer) {
        boolean continues = newer.continues(data);
        if (continues && newer.size() == data.size()) {
            return false;
        }
        if (!continues) {
            Arrays.fill(counts, 0);
        }
        data = newer;
        for (int level = 0; blocksBelow(level) >= FAN; level++) {
            extend(level);
        }
        return true;
    }

    public int size() {
        return data.size();
    }

    public float get(int index) {
        return data.get(index);
    }

    /// The numbers as they were measured, also those of long ago.
    Series.Exact exact() {
        return data.exact();
    }

    /// Finds the extremes of the numbers from `from` (inclusive) to `to` (exclusive); read them
    /// with [#low] and [#high].
    ///
    /// @return false if there is no number but NaN
    public boolean scan(int from, int to) {
        low = Float.POSITIVE_INFINITY;
        high = Float.NEGATIVE_INFINITY;
        int start = Math.max(0, from);
        int end = Math.min(data.size(), to);
        for (int level = -1; start < end; level++) {
            if (level + 1 >= counts.length || counts[level + 1] == 0) {
                visit(level, start, end);
                break;
            }
            int alignedStart = Math.min(end, (start + FAN - 1) / FAN * FAN);
            int alignedEnd = Math.max(alignedStart, end / FAN * FAN);
            visit(level, start, alignedStart);
            visit(level, alignedEnd, end);
            start = alignedStart / FAN;
            end = alignedEnd / FAN;
        }
        return low <= high;
    }

    /// The smallest value of the last [#scan].
    public float low() {
        return low;
    }

    /// The largest value of the last [#scan].
    public float high() {
        return high;
    }

    private int blocksBelow(int level) {
        return level == 0 ? data.size() : counts[level - 1];
    }

    private void extend(int level) {
        if (level == counts.length) {
            lows = Arrays.copyOf(lows, level + 1);
            highs = Arrays.copyOf(highs, level + 1);
            counts = Arrays.copyOf(counts, level + 1);
            lows[level] = new float[64];
            highs[level] = new float[64];
        }
        int wanted = blocksBelow(level) / FAN;
        if (wanted > lows[level].length) {
            int length = Math.max(wanted, 2 * lows[level].length);
            lows[level] = Arrays.copyOf(lows[level], length);
            highs[level] = Arrays.copyOf(highs[level], length);
        }
        for (int block = counts[level]; block < wanted; block++) {
            low = Float.POSITIVE_INFINITY;
            high = Float.NEGATIVE_INFINITY;
            visit(level - 1, block * FAN, (block + 1) * FAN);
            lows[level][block] = low;
            highs[level][block] = high;
        }
        counts[level] = wanted;
    }

    private void visit(int level, int from, int to) {
        if (level < 0) {
            for (int i = from; i < to; i++) {
                float value = data.get(i);
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
        } else {
            for (int i = from; i < to; i++) {
                low = Math.min(low, lows[level][i]);
                high = Math.max(high, highs[level][i]);
            }
        }
    }
}
