package org.skiplab.app.fx;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;

/// JavaFX itself: whether there is a display, and running it without one.
public final class Toolkit {
    private Toolkit() {}

    private static final long PATIENCE_SECONDS = 60;

    /// Whether a window could be seen. Only Linux may have none.
    public static boolean hasDisplay() {
        return hasDisplay(
                System.getProperty("os.name", ""),
                System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null);
    }

    static boolean hasDisplay(String osName, boolean server) {
        return server || !osName.toLowerCase(Locale.ROOT).contains("linux");
    }

    /// Starts JavaFX on its headless platform, unless it runs already.
    public static void startOffscreen() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        Platform.setImplicitExit(false);
        try {
            Platform.startup(() -> {});
        } catch (IllegalStateException _) {
            // It runs already: the tests share one.
        }
    }

    /// Runs `work` on the JavaFX thread and waits for its result.
    ///
    /// @throws IllegalStateException if it takes longer than a minute
    public static <T> T call(Callable<T> work) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        FxThread.LATER.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new IllegalStateException("the window did not answer for a minute", e);
        }
    }
}
