package org.skiplab.engine.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/// How much native memory this process may still take.
public final class FreeMemory {

    /// Share of the machine's (or container's) memory that is left to the Java heap and to other
    /// programs, which take more while this one works. What goes beyond gets no error but is
    /// killed.
    private static final double SPARED = 0.1;

    private FreeMemory() {}

    /// The smaller of what the machine (or container) has free and what
    /// `-Dorg.bytedeco.javacpp.maxbytes` still allows.
    public static long bytes() {
        return Math.max(0, Math.min(physical(), allowed()));
    }

    private static long allowed() {
        long limit = Pointer.maxBytes();
        return limit <= 0 ? Long.MAX_VALUE : limit - Pointer.totalBytes();
    }

    private static long physical() {
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            long total = system.getTotalMemorySize();
            long available = linux();
            long free = available > 0 ? available : system.getFreeMemorySize();
            long room = Math.min(Math.min(free, total), ControlGroup.room(Path.of("/")));
            return room - (long) (SPARED * total);
        }
        return Long.MAX_VALUE;
    }

    /// Linux counts as free what caches can give back; elsewhere 0.
    private static long linux() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException | NumberFormatException _) {
            // Another system, or another form of the file.
        }
        return 0;
    }
}
