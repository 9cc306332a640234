package org.skiplab.app.data;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Work that is sent to another thread and may be called off, before or while it runs.
final class Errand {

    private @Nullable Thread thread;
    private boolean calledOff;

    /// The work, empty if it was called off before it began. Called off later, it is interrupted.
    <T> Callable<Optional<T>> of(Callable<T> work) {
        return () -> {
            synchronized (this) {
                if (calledOff) {
                    return Optional.empty();
                }
                thread = Thread.currentThread();
            }
            try {
                return Optional.of(work.call());
            } finally {
                synchronized (this) {
                    thread = null;
                    // The next errand of this thread is another's.
                    Thread.interrupted();
                }
            }
        };
    }

    synchronized void callOff() {
        calledOff = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    synchronized boolean isCalledOff() {
        return calledOff;
    }
}
