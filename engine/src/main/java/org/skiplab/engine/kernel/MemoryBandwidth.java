package org.skiplab.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// How fast this machine moves numbers between its cores and its memory at its best, to judge
/// layers by that compute little.
public final class MemoryBandwidth {

    /// Of each of the two arrays, where memory allows: well beyond the caches, also those that
    /// servers share among many cores.
    private static final long BYTES = 512L << 20;

    private static final long ALIGNMENT = 64;
    private static final int RUNS = 5;

    private MemoryBandwidth() {}

    /// Billions of bytes a second, those read and those written together, of the best of some
    /// copies on all threads. Takes about a second and, for that time, a gigabyte.
    public static double gigabytes() {
        return gigabytes(Math.min(BYTES, FreeMemory.bytes() / 4));
    }

    /// @param bytes of each of the two arrays
    static double gigabytes(long bytes) {
        try (Arena arena = Arena.ofShared();
                Team team = Team.of(Threads.COUNT)) {
            MemorySegment from = arena.allocate(bytes, ALIGNMENT);
            MemorySegment to = arena.allocate(bytes, ALIGNMENT);
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                team.run((member, members) -> {
                    long first = bytes * member / members;
                    long size = bytes * (member + 1) / members - first;
                    MemorySegment.copy(from, first, to, first, size);
                });
                best = Math.min(best, System.nanoTime() - start);
            }
            return 2.0 * bytes / best;
        }
    }
}
