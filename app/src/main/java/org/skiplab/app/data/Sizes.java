package org.skiplab.app.data;

import org.skiplab.app.plot.Numbers;
import org.skiplab.app.text.Quantity;
import org.skiplab.engine.data.fetch.FetchProgress;

/// Bytes and speeds as people read them while something is fetched.
public final class Sizes {
    private Sizes() {}

    /// `45.1 MB of 170 MB`.
    public static String some(long bytes, long all) {
        return Quantity.bytes(bytes) + " of " + Quantity.bytes(all);
    }

    /// `45.1 MB of 170 MB · 3.20 MB/s · 39 s left`.
    public static String progress(FetchProgress p) {
        String speed =
                p.bytesPerSecond() < 1
                        ? " · waits for the server"
                        : " · " + Quantity.bytes((long) p.bytesPerSecond()) + "/s";
        return some(p.doneBytes(), p.totalBytes())
                + speed
                + p.left()
                        .map(left -> " · " + Numbers.duration(left.toSeconds()) + " left")
                        .orElse("");
    }
}
