package org.skiplab.app;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.skiplab.app.fx.Toolkit;

/// What journeys through the window share: work on the JavaFX thread, and patience.
public final class Journey {
    private Journey() {}

    /// Work that comes to nothing but what it does.
    public interface Deed {
        void run() throws Exception;
    }

    public static <T> T onFx(Callable<T> task) throws Exception {
        return Toolkit.call(task);
    }

    public static void onFx(Deed deed) throws Exception {
        Toolkit.call(() -> {
            deed.run();
            return true;
        });
    }

    public static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!onFx(condition)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("it did not come true");
            }
            Thread.sleep(20);
        }
    }
}
