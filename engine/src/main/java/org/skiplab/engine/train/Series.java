package org.skiplab.engine.train;

import java.util.Arrays;

/// One number per training step, append-only. One thread appends; a [View] is an immutable prefix
/// that shares storage.
public final class Series {

    private static final int CHUNK = 4096;

    private float[][] chunks = new float[16][];
    private int size;

    public Series() {}

    /// The numbers of a view, in storage of their own.
    public Series(View from) {
        for (int i = 0; i < from.size(); i++) {
            append(from.get(i));
        }
    }

    public void append(float value) {
        int chunk = size / CHUNK;
        if (chunk == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunks.length);
        }
        if (size % CHUNK == 0) {
            chunks[chunk] = new float[CHUNK];
        }
        chunks[chunk][size % CHUNK] = value;
        size++;
    }

    public View view() {
        return new View(chunks, size);
    }

    /// The first `size` numbers. Safe to read from any thread once safely published.
    public record View(float[][] chunks, int size) {

        public static final View EMPTY = new View(new float[0][], 0);

        /// The first `count` of them.
        public View first(int count) {
            return new View(chunks, Math.min(count, size));
        }

        public float get(int index) {
            return chunks[index / CHUNK][index % CHUNK];
        }
    }
}
