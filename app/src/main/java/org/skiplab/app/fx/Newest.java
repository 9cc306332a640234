package org.skiplab.app.fx;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Works things out elsewhere, again and again, when only the newest answer counts: of several
/// questions that wait only the last is worked out, and no answer comes after a newer one.
///
/// @param <T> what is worked out
public final class Newest<T> {

    private final Background background;
    private final AtomicLong asked = new AtomicLong();
    private long answered;

    public Newest(Background background) {
        this.background = background;
    }

    /// @param work must not fail: its failure is a bug and ends up with the thread that asks
    /// @param done called on the JavaFX thread, unless a newer question is there before it
    public void ask(Callable<T> work, Consumer<T> done) {
        long ticket = asked.incrementAndGet();
        background.run(
                () -> ticket < asked.get() ? Optional.<T>empty() : Optional.of(work.call()),
                answer ->
                        answer.ifPresent(value -> {
                            if (ticket > answered) {
                                answered = ticket;
                                done.accept(value);
                            }
                        }),
                e -> {
                    throw new IllegalStateException("what runs in the background failed", e);
                });
    }

    /// Whether the newest question is answered.
    public boolean settled() {
        return answered == asked.get();
    }
}
