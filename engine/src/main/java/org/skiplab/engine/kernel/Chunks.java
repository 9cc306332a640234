package org.skiplab.engine.kernel;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A range that is worked on in chunks of one size, the last of which may be smaller: what was
/// prepared for either.
///
/// @param <P> what is prepared
final class Chunks<P> {

    /// Of every chunk but perhaps the last.
    final int size;

    private final long end;
    private final P full;
    private final @Nullable P rest;

    /// @param first begin of the range
    /// @param end behind it
    /// @param size at least 1
    /// @param prepare makes what a chunk of so many needs
    Chunks(long first, long end, int size, IntFunction<P> prepare) {
        this.size = size;
        this.end = end;
        int remaining = Math.toIntExact((end - first) % size);
        full = prepare.apply(size);
        rest = remaining == 0 ? null : prepare.apply(remaining);
    }

    /// For the chunk that begins at a place of the range.
    P at(long begin) {
        return begin + size <= end || rest == null ? full : rest;
    }
}
