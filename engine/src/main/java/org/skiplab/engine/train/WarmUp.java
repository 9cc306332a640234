package org.skiplab.engine.train;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Untimed steps before the timed ones. Until the virtual machine has compiled our vector code to
/// the end, which takes some ten seconds, it allocates its vectors and is many times slower.
///
/// @param steps that were run
/// @param elapsed how long they took
/// @param quiet whether the compiler had come to rest; if not, the time was up
public record WarmUp(int steps, Duration elapsed, boolean quiet) {

    /// Steps that are run however long they take.
    static final int LEAST_STEPS = 6;

    /// The compiler is quiet when it finished nothing for so many steps…
    static final int QUIET_STEPS = 3;

    /// …and for so long: it counts a piece only when that is done, and its largest take seconds on
    /// a machine that has other work.
    static final Duration QUIET = Duration.ofSeconds(4);

    /// Runs steps until the compiler is quiet, at most until `longest` has passed.
    ///
    /// @param step takes the number of steps run before it
    /// @param nanoTime as [System#nanoTime]
    /// @param compilation total time that the compiler has worked, which only has to change
    static WarmUp run(
            IntConsumer step, Duration longest, LongSupplier nanoTime, LongSupplier compilation) {
        long start = nanoTime.getAsLong();
        long now = start;
        long compiled = compilation.getAsLong();
        long quietSince = start;
        int quietSteps = 0;
        int steps = 0;
        boolean quiet = false;
        while (steps < LEAST_STEPS || (!quiet && now - start < longest.toNanos())) {
            step.accept(steps);
            steps++;
            now = nanoTime.getAsLong();
            long total = compilation.getAsLong();
            if (total == compiled) {
                quietSteps++;
            } else {
                compiled = total;
                quietSince = now;
                quietSteps = 0;
            }
            quiet = quietSteps >= QUIET_STEPS && now - quietSince >= QUIET.toNanos();
        }
        return new WarmUp(steps, Duration.ofNanos(now - start), quiet);
    }

    /// Milliseconds that this machine's compiler has worked so far; always 0 without a compiler, or
    /// with one that keeps no account.
    static LongSupplier compilation() {
        @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler == null || !compiler.isCompilationTimeMonitoringSupported()
                ? () -> 0
                : compiler::getTotalCompilationTime;
    }
}
