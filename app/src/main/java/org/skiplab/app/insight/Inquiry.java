package org.skiplab.app.insight;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.probe.Probe;

/// One question at a time to an experiment. The answer is picked up by [#poll], once a frame.
final class Inquiry<T> {

    private final Experiment experiment;
    private @Nullable CompletableFuture<T> pending;
    private String trouble = "";

    Inquiry(Experiment experiment) {
        this.experiment = experiment;
    }

    boolean busy() {
        return pending != null;
    }

    /// Asks, and forgets a question that is still under way.
    ///
    /// @return false when there is nobody to ask
    boolean ask(Probe<T> probe) {
        trouble = "";
        pending = experiment.ask(probe).orElse(null);
        return pending != null;
    }

    void forget() {
        pending = null;
    }

    /// The answer, once.
    Optional<T> poll() {
        CompletableFuture<T> asked = pending;
        if (asked == null || !asked.isDone()) {
            return Optional.empty();
        }
        pending = null;
        try {
            return Optional.of(asked.join());
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            trouble = String.valueOf(cause.getMessage());
            return Optional.empty();
        }
    }

    /// Why the last question was not answered, in one line; empty when nothing is wrong.
    String trouble() {
        return trouble;
    }
}
