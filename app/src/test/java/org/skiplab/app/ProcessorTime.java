package org.skiplab.app;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/// What the process and each of its Java threads have had of the processors so far, in seconds.
record ProcessorTime(Map<Which, Double> threads, double process) {

    /// Threads that train: OpenMP's have no names of their own.
    private static final String TRAINING = "main|Thread-.*|skiplab-(training|kernel|feed).*";

    /// A thread; names alone are not unique, and ids say nothing.
    record Which(long id, String name) {}

    /// Between two looks, in seconds.
    ///
    /// @param javafx of the JavaFX thread
    /// @param renderer of the thread that draws
    /// @param others of every other Java thread that does not train
    /// @param process of everything, also of threads that Java does not know
    record Spent(double javafx, double renderer, double others, double process) {

        private static Spent by(String thread, double s) {
            if (thread.startsWith("JavaFX")) {
                return new Spent(s, 0, 0, 0);
            }
            if (thread.startsWith("QuantumRenderer")) {
                return new Spent(0, s, 0, 0);
            }
            return new Spent(0, 0, thread.matches(TRAINING) ? 0 : s, 0);
        }

        Spent plus(Spent o) {
            return new Spent(
                    javafx + o.javafx,
                    renderer + o.renderer,
                    others + o.others,
                    process + o.process);
        }

        /// Of the window.
        double window() {
            return javafx + renderer + others;
        }
    }

    static ProcessorTime now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Which, Double> seconds = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                long id = thread.getThreadId();
                seconds.put(
                        new Which(id, thread.getThreadName()),
                        Math.max(0, threads.getThreadCpuTime(id)) / 1e9);
            }
        }
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new ProcessorTime(seconds, system.getProcessCpuTime() / 1e9);
    }

    /// What has been spent since an earlier look; a thread that has ended counts as idle.
    Spent since(ProcessorTime before) {
        Spent sum = new Spent(0, 0, 0, process - before.process);
        for (var thread : threads.entrySet()) {
            double s = thread.getValue() - before.threads.getOrDefault(thread.getKey(), 0.0);
            sum = sum.plus(Spent.by(thread.getKey().name(), s));
        }
        return sum;
    }
}
