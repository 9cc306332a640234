package org.skiplab.engine.data.fetch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Counts bytes on one thread and tells speed and time left on another.
final class Meter {
    /// Older speeds fade with this time constant.
    private static final double MEMORY_SECONDS = 3;

    private final long total;
    private final LongSupplier nanos;
    private volatile String file = "";
    private volatile long before;
    private volatile long inFile;
    private volatile long received;
    private volatile long lastByte;
    private long readAt;
    private long readBytes;
    private double speed;

    /// @param nanos a clock like System.nanoTime
    Meter(long total, LongSupplier nanos) {
        this.total = total;
        this.nanos = nanos;
        this.readAt = nanos.getAsLong();
        this.lastByte = readAt;
    }

    /// Another file begins, of which some bytes are there.
    void begin(String name, long there) {
        file = name;
        inFile = there;
        listen();
    }

    /// The present file is whole.
    void end(long bytes) {
        before += bytes;
        inFile = 0;
    }

    /// The present file has so many bytes now, `fresh` of which just came.
    void came(long bytesInFile, int fresh) {
        inFile = bytesInFile;
        received += fresh;
        lastByte = nanos.getAsLong();
    }

    /// Silence counts from now on.
    void listen() {
        lastByte = nanos.getAsLong();
    }

    Duration silence() {
        return Duration.ofNanos(nanos.getAsLong() - lastByte);
    }

    /// To be asked regularly, by one thread.
    FetchProgress read() {
        long now = nanos.getAsLong();
        long bytes = received;
        double seconds = (now - readAt) / 1e9;
        if (seconds > 0) {
            double present = (bytes - readBytes) / seconds;
            double fading = Math.exp(-seconds / MEMORY_SECONDS);
            speed = speed == 0 ? present : fading * speed + (1 - fading) * present;
            readAt = now;
            readBytes = bytes;
        }
        long done = before + inFile;
        Optional<Duration> left =
                speed < 1
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis((long) ((total - done) / speed * 1000)));
        return new FetchProgress(file, done, total, speed, left);
    }
}
