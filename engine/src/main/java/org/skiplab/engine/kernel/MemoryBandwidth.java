package org.skiplab.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// How fast this machine moves numbers between its cores and its memory at its best, to judge
/// layers by that compute little. As with [ConvolutionPeak], measure it close to what it is
/// compared with. Belongs to one thread.
public final class MemoryBandwidth implements AutoCloseable {

    /// Of each of the two arrays, where memory allows: well beyond the caches, also those that
    /// servers share among many cores.
    private static final long BYTES = 512L << 20;

    private static final long ALIGNMENT = 64;
    private static final int RUNS = 2;

    private final long bytes;
    private final Arena arena = Arena.ofShared();
    private final Team team = Team.of(Threads.COUNT);
    private final MemorySegment from;
    private final MemorySegment to;

    /// Takes a gigabyte of memory, or half of what is free if that is less.
    public MemoryBandwidth() {
        this(Math.min(BYTES, FreeMemory.bytes() / 4));
    }

    /// @param bytes of each of the two arrays
    MemoryBandwidth(long bytes) {
        this.bytes = bytes;
        from = arena.allocate(bytes, ALIGNMENT);
        to = arena.allocate(bytes, ALIGNMENT);
    }

    /// Billions of bytes a second, those read and those written together, of the best of some
    /// copies on all threads. Takes about a tenth of a second.
    public double gigabytes() {
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

    @Override
    public void close() {
        team.close();
        arena.close();
    }
}
