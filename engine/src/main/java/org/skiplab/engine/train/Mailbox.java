package org.skiplab.engine.train;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Commands for a thread that works on its own. Any thread sends them; that one takes them between
/// two pieces of work, and sleeps here while there is nothing to do.
///
/// @param <C> the commands that its owner knows
final class Mailbox<C> {

    /// So long whoever closes waits for the running step to end.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Queue<C> commands = new ConcurrentLinkedQueue<>();
    private final Semaphore awake = new Semaphore(0);

    /// Never waits.
    void send(C command) {
        commands.add(command);
        awake.release();
    }

    /// Sends the command that ends the thread, and waits at most two seconds until it has.
    void end(C last, Thread thread) {
        send(last);
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The oldest command that nobody has taken; null if there is none.
    @Nullable C poll() {
        return commands.poll();
    }

    /// Sleeps until something may have been sent since it last slept.
    void sleep() throws InterruptedException {
        awake.acquire();
    }
}
