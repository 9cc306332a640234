package org.skiplab.app.training;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Training;

/// Where the one session is that a window trains with: the next is opened on the executor, once the
/// last is closed there, and taken over from it. Belongs to the JavaFX thread.
final class SessionSlot {

    private final TrainingFactory factory;
    private final Executor background;
    private final Duration patience;
    private @Nullable Training session;
    private @Nullable TrainingPlan opened;
    private @Nullable TrainingPlan plan;
    private @Nullable CompletableFuture<Opened> opening;
    private @Nullable TrainingPlan next;
    private Runnable news = () -> {};
    private boolean silent;

    /// @param silent whether the session before it did not tell what it has learned
    private record Opened(Training session, boolean silent) {}

    /// @param background where sessions are opened and closed
    /// @param patience how long the next session waits for what it begins with
    SessionSlot(TrainingFactory factory, Executor background, Duration patience) {
        this.factory = factory;
        this.background = background;
        this.patience = patience;
    }

    /// Tells someone as soon as there is something to pick up. On any thread.
    void onNews(Runnable hears) {
        news = hears;
    }

    /// Tells of an answer when it is there.
    <T> CompletableFuture<T> heard(CompletableFuture<T> answer) {
        Runnable hears = news;
        answer.whenComplete((_, _) -> hears.run());
        return answer;
    }

    Optional<Training> session() {
        return Optional.ofNullable(session);
    }

    /// What the session trains, knobs as they are turned; empty without a session.
    Optional<TrainingPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /// What the session trained at its first step.
    Optional<TrainingPlan> opened() {
        return Optional.ofNullable(opened);
    }

    /// Whether a session is being opened.
    boolean opening() {
        return opening != null;
    }

    /// A knob was turned in the session.
    void turned(Knob knob) {
        if (plan != null) {
            plan = plan.turned(knob);
        }
    }

    /// The session begins again, with the knobs as they are.
    void rewound() {
        opened = plan;
    }

    /// Closes the session and opens another.
    ///
    /// @param start what it begins with, once the old one has told; initial weights if that fails
    ///   or takes too long
    void open(TrainingPlan wanted, CompletableFuture<? extends Start> start) {
        Optional<Training> old = session();
        session = null;
        plan = null;
        opened = null;
        next = wanted;
        opening =
                heard(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    Optional<Start> told = awaited(start);
                                    old.ifPresent(Training::close);
                                    return new Opened(
                                            factory.open(wanted, told.orElse(Start.INITIAL)),
                                            told.isEmpty());
                                },
                                background));
    }

    /// Empty when the old session does not tell what it has learned.
    private Optional<Start> awaited(CompletableFuture<? extends Start> start) {
        try {
            return Optional.of(start.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        }
    }

    /// Whether a session has opened, or could not, and nobody has taken over yet.
    boolean arrived() {
        return opening != null && opening.isDone();
    }

    /// The session that has [#arrived].
    ///
    /// @throws CompletionException with the reason if it could not be opened
    Training takeOver() {
        CompletableFuture<Opened> done = opening;
        if (done == null) {
            throw new IllegalStateException("no session is being opened");
        }
        opening = null;
        Opened taken = done.join();
        session = taken.session();
        silent = taken.silent();
        plan = next;
        opened = next;
        return taken.session();
    }

    /// Whether the session that was taken over begins with initial weights only because the one
    /// before it did not tell what it had learned.
    boolean silent() {
        return silent;
    }

    /// Closes the session, and the one that is being opened.
    void close() {
        if (opening != null) {
            opening.thenAccept(late -> late.session().close());
        }
        session().ifPresent(Training::close);
        session = null;
    }
}
