package org.skiplab.engine.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells progress while bytes come, and hangs up when none do: a thread of its own.
final class Watch implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Meter meter;
    private final Duration silence;
    private final Consumer<FetchProgress> progress;
    private final Thread thread;
    private volatile @Nullable InputStream line;
    private volatile boolean over;

    /// @param silence on the line after which it is closed
    Watch(Meter meter, Duration silence, Consumer<FetchProgress> progress) {
        this.meter = meter;
        this.silence = silence;
        this.progress = progress;
        this.thread = Thread.ofVirtual().name("skiplab-fetch-watch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Closing this stream makes whoever reads from it give up.
    void listen(InputStream stream) {
        meter.listen();
        line = stream;
    }

    void hangUp() {
        line = null;
    }

    private void run() {
        while (!over) {
            progress.accept(meter.read());
            InputStream stream = line;
            if (stream != null && meter.silence().compareTo(silence) > 0) {
                close(stream);
            }
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException _) {
                // Asked to end, or nobody's business: the loop looks.
            }
        }
        progress.accept(meter.read());
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // The reader meets the same trouble and tells it.
        }
    }

    /// Tells a last time and ends.
    @Override
    public void close() {
        over = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
