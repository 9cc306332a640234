package org.skiplab.engine.train;

import java.util.ArrayDeque;
import java.util.Deque;

/// Step times of the last second or so, for throughput.
final class StepClock {
    private static final long SECOND = 1_000_000_000L;

    private record Tick(long end, long nanos, int images) {}

    private final Deque<Tick> ticks = new ArrayDeque<>();
    private double last;

    void add(long nanos, int images) {
        long now = System.nanoTime();
        ticks.addLast(new Tick(now, nanos, images));
        while (ticks.size() > 1 && now - ticks.getFirst().end() > SECOND) {
            ticks.removeFirst();
        }
    }

    /// Forgets the steps before an interruption, but not how fast they were.
    void clear() {
        last = rate();
        ticks.clear();
    }

    /// Images per second, 0 before the first step.
    double rate() {
        long nanos = 0;
        long images = 0;
        for (Tick tick : ticks) {
            nanos += tick.nanos();
            images += tick.images();
        }
        return nanos == 0 ? last : (double) images * SECOND / nanos;
    }
}
