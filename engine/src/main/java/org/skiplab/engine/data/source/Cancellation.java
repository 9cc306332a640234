package org.skiplab.engine.data.source;

import java.nio.channels.ClosedByInterruptException;

/// Reading stops when its thread is interrupted.
final class Cancellation {
    private Cancellation() {}

    /// To be called every few milliseconds of work.
    static void check() throws ClosedByInterruptException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }
}
