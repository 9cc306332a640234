package org.skiplab.app.fx;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One named thread that runs tasks in order; closing it finishes what was submitted.
public final class BackgroundThread implements Background, AutoCloseable {

    private final ExecutorService executor;

    public BackgroundThread(String name) {
        executor =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name(name).daemon().factory());
    }

    @Override
    public <T> void run(Callable<T> work, Consumer<T> done, Consumer<Exception> failed) {
        executor.execute(() -> {
            try {
                T result = work.call();
                FxThread.LATER.execute(() -> done.accept(result));
            } catch (Exception e) {
                FxThread.LATER.execute(() -> failed.accept(e));
            }
        });
    }

    /// Waits at most two seconds for submitted work.
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
