package org.skiplab.engine.probe;

import java.util.Arrays;
import java.util.List;

/// Which gated blocks ran in which mini-batch: blocks × steps, the last [#CAPACITY] steps in full,
/// all steps in counts.
///
/// One thread appends; [View]s are immutable snapshots that share the storage of finished chunks.
public final class GateStrip {

    /// A surviving share is kept in a byte, as so many parts of 1.
    private static final int SHARES = 200;

    /// Steps kept in full.
    public static final int CAPACITY = 1 << 16;

    private static final int CHUNK = 256;

    private final List<String> ids;
    private final byte[][] ring = new byte[CAPACITY / CHUNK][];
    private final double[] sums;
    private int steps;

    public GateStrip(List<String> ids) {
        this.ids = List.copyOf(ids);
        this.sums = new double[ids.size()];
    }

    /// Goes on behind steps of which only the counts are known.
    ///
    /// @param skipped how many steps; rounded down to where a chunk begins
    /// @param before per block, the sum of the surviving share over them
    public GateStrip(List<String> ids, int skipped, float[] before) {
        this(ids);
        steps = skipped / CHUNK * CHUNK;
        for (int b = 0; b < sums.length; b++) {
            sums[b] = before[b];
        }
    }

    /// Goes on behind a snapshot.
    public GateStrip(View from) {
        this(from.ids());
        steps = from.steps();
        System.arraycopy(from.sums(), 0, sums, 0, sums.length);
        int chunks = Math.min(ring.length, (steps + CHUNK - 1) / CHUNK);
        for (int i = 0; i < chunks; i++) {
            ring[i] = from.chunks()[i].clone();
        }
    }

    /// Appends one mini-batch.
    ///
    /// @param survived per gated block the share of images whose branch survived: 0 or 1 for
    ///   per-mini-batch gates
    public void append(float[] survived) {
        int chunk = (steps / CHUNK) % ring.length;
        if (steps % CHUNK == 0) {
            ring[chunk] = new byte[CHUNK * ids.size()];
        }
        byte[] row = ring[chunk];
        for (int b = 0; b < ids.size(); b++) {
            row[(steps % CHUNK) * ids.size() + b] = (byte) Math.round(survived[b] * SHARES);
            sums[b] += survived[b];
        }
        steps++;
    }

    public View view(double[] probabilities) {
        return new View(
                ids, probabilities.clone(), steps, sums.clone(), Arrays.copyOf(ring, ring.length));
    }

    /// A snapshot.
    ///
    /// @param ids gated blocks, input first
    /// @param probability each block's survival probability at the time of the snapshot
    /// @param steps mini-batches so far
    /// @param sums per block, the sum over all mini-batches of the surviving share
    /// @param chunks storage of the newest steps; read through [#survived]
    public record View(
            List<String> ids, double[] probability, int steps, double[] sums, byte[][] chunks) {

        /// The oldest step that [#survived] still knows.
        public int firstKept() {
            return Math.max(0, (steps + CHUNK - 1) / CHUNK * CHUNK - CAPACITY);
        }

        /// Share of images whose branch survived at a kept step: 0 or 1 for per-mini-batch gates.
        public float survived(int block, int step) {
            return (chunks[(step / CHUNK) % chunks.length][(step % CHUNK) * ids.size() + block]
                            & 0xff)
                    / (float) SHARES;
        }

        /// Realised survival frequency over all steps; NaN before the first.
        public double frequency(int block) {
            return steps == 0 ? Double.NaN : sums[block] / steps;
        }
    }
}
