package org.skiplab.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.training.Surroundings;

/// What journeys through the window share: work on the JavaFX thread, patience, and a desktop that
/// opens nothing.
final class Journey {
    private Journey() {}

    static <T> T onFx(Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(60, TimeUnit.SECONDS);
    }

    static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!onFx(condition)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("it did not come true");
            }
            Thread.sleep(20);
        }
    }

    static final class NoDesktop implements Desktop {
        @Override
        public void browse(String address) {}

        @Override
        public void quit() {}
    }

    static final class Silence implements Surroundings {
        @Override
        public Optional<Path> chooseFile(String name, FigureFile kind) {
            return Optional.empty();
        }

        @Override
        public void browse(String address) {}

        @Override
        public void tell(String message) {}

        @Override
        public void warn(String message) {}
    }
}
