package org.skiplab.app.fx;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Runs what may wait (files, analysis of big networks) away from the JavaFX thread.
public interface Background {

    /// Runs `work` elsewhere, then exactly one of the two consumers on the JavaFX thread.
    <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed);

    /// Everything at once, on the calling thread: for tests and pictures.
    Background INLINE =
            new Background() {
                @Override
                public <T> void run(
                        Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
                    T result;
                    try {
                        result = work.call();
                    } catch (Exception e) {
                        failed.accept(e);
                        return;
                    }
                    done.accept(result);
                }
            };
}
