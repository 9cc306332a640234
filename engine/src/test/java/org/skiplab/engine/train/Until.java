package org.skiplab.engine.train;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what other threads bring about.
final class Until {
    private Until() {}

    /// Only a test that would hang for ever runs into it, however busy the machine is.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Looks again and again until it sees what is wanted.
    ///
    /// @throws AssertionError with what it saw last
    static <T> T seen(Supplier<T> look, Predicate<T> wanted) throws InterruptedException {
        long begin = System.nanoTime();
        T now = look.get();
        while (!wanted.test(now)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new AssertionError("not reached: " + now);
            }
            Thread.sleep(2);
            now = look.get();
        }
        return now;
    }
}
