package org.skiplab.engine.train;

import java.util.Arrays;

/// One number per training step, append-only. One thread appends; a [View] is a prefix that shares
/// storage.
///
/// Memory is bounded: the newest [#FULL] numbers are kept as they are. Behind them every 16 steps
/// are their smallest and largest value, in the order in which they occurred, each standing for
/// half of the steps; still further back, every 256, and then every 4096 steps. So no extreme is
/// ever lost. What leaves memory goes to a temporary file, four bytes a number, from which
/// [View#exact] reads it again.
public final class Series {

    /// Numbers that are always kept as they are.
    public static final int FULL = 1 << 20;

    static final int CHUNK = 4096;

    /// How many steps become two numbers from one resolution to the next.
    private static final int FAN = 16;

    /// Chunks at each resolution but the coarsest: about four megabytes each.
    private static final int[] KEPT = {FULL / CHUNK + 1, 8 * FULL / CHUNK, 128 * FULL / CHUNK};

    /// Storage of a stretch of steps. Views see it become coarser.
    private static final class Chunk {
        private volatile float[] values = new float[CHUNK];

        float get(int offset) {
            float[] now = values;
            return now[(int) ((long) offset * now.length / CHUNK)];
        }

        /// Of each run of numbers only the smallest and the largest, in the order they came in.
        void coarsen() {
            float[] fine = values;
            int run = fine.length == CHUNK ? FAN : 2 * FAN;
            float[] coarse = new float[2 * fine.length / run];
            for (int i = 0; i < coarse.length; i += 2) {
                int low = -1;
                int high = -1;
                for (int k = i / 2 * run; k < (i / 2 + 1) * run; k++) {
                    low = !(Float.isNaN(fine[k])) && (low < 0 || fine[k] < fine[low]) ? k : low;
                    high = !(Float.isNaN(fine[k])) && (high < 0 || fine[k] > fine[high]) ? k : high;
                }
                coarse[i] = low < 0 ? Float.NaN : fine[Math.min(low, high)];
                coarse[i + 1] = low < 0 ? Float.NaN : fine[Math.max(low, high)];
            }
            values = coarse;
        }
    }

    private final Attic attic;
    private Chunk[] chunks = new Chunk[16];
    private int size;

    public Series() {
        this(new Attic());
    }

    Series(Attic attic) {
        this.attic = attic;
    }

    /// The numbers of a view, in storage of their own.
    public Series(View from) {
        this();
        Exact numbers = from.exact();
        for (int i = 0; i < from.size(); i++) {
            append(numbers.get(i));
        }
    }

    public void append(float value) {
        int chunk = size / CHUNK;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunks.length);
        }
        if (size % CHUNK == 0) {
            chunks[chunk] = new Chunk();
            int back = chunk;
            for (int kept : KEPT) {
                back -= kept;
                if (back >= 0) {
                    if (chunks[back].values.length == CHUNK) {
                        attic.put(back, chunks[back].values);
                    }
                    chunks[back].coarsen();
                }
            }
        }
        chunks[chunk].values[size % CHUNK] = value;
        size++;
    }

    public View view() {
        return new View(chunks, size, attic);
    }

    /// Numbers in storage.
    long stored() {
        long stored = 0;
        for (int c = 0; c * CHUNK < size; c++) {
            stored += chunks[c].values.length;
        }
        return stored;
    }

    /// The first `size` numbers. Safe to read from any thread once safely published.
    public static final class View {

        public static final View EMPTY = new View(new Chunk[0], 0, new Attic());

        private final Chunk[] chunks;
        private final int size;
        private final Attic attic;

        private View(Chunk[] chunks, int size, Attic attic) {
            this.chunks = chunks;
            this.size = size;
            this.attic = attic;
        }

        public int size() {
            return size;
        }

        /// The first `count` of them.
        public View first(int count) {
            return new View(chunks, Math.min(count, size), attic);
        }

        /// The number of a step, or an extreme of the steps around it that was long ago.
        public float get(int index) {
            return chunks[index / CHUNK].get(index % CHUNK);
        }

        /// The numbers as they were appended, for reading from first to last.
        public Exact exact() {
            return new Exact(this);
        }

        /// Why numbers of long ago cannot be read any more, in one line for a person: what, where
        /// and what to do; empty while all can.
        public String trouble() {
            return attic.trouble();
        }

        /// Whether this is the same series as another view, or the same with more behind it.
        public boolean continues(View older) {
            return older.size == 0 || (size >= older.size && chunks[0] == older.chunks[0]);
        }

        /// Whether nothing has come between the two.
        public boolean same(View other) {
            return size == other.size && continues(other);
        }
    }

    /// Reads a view's numbers as they were appended, however long ago. For one thread; quick from
    /// first to last.
    public static final class Exact {

        private final View view;
        private float[] fetched = new float[0];
        private int place = -1;

        private Exact(View view) {
            this.view = view;
        }

        /// The number of a step; NaN where a full disk has not kept it.
        public float get(int index) {
            int chunk = index / CHUNK;
            float[] now = view.chunks[chunk].values;
            return now.length == CHUNK ? now[index % CHUNK] : fetched(chunk)[index % CHUNK];
        }

        private float[] fetched(int chunk) {
            if (chunk != place) {
                // A new array: a chunk that could not be read leaves nothing of the one before.
                fetched = new float[CHUNK];
                if (!view.attic.read(chunk, fetched)) {
                    Arrays.fill(fetched, Float.NaN);
                }
                place = chunk;
            }
            return fetched;
        }
    }
}
