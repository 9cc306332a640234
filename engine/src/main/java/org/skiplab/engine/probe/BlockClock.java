package org.skiplab.engine.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skiplab.engine.nn.Plan;
import org.skiplab.engine.nn.PlanGate;

/// Adds up the time of a plan's operations by block and step.
public final class BlockClock implements Plan.Clock {

    private final List<String> ids;
    private final Map<String, Integer> blockOfLayer = new HashMap<>();
    private final long[][] now;
    private final Recent[] forward;
    private final Recent[] backward;
    private final Recent[] open;
    private final Recent[] closed;
    private final Recent[] shut;
    private final Recent whole = new Recent();
    private long ticks;
    private double ticksPerStep;
    private int steps;
    private boolean gated;

    /// The newest [Timing#WINDOW] of some numbers.
    private static final class Recent {
        private final double[] values = new double[Timing.WINDOW];
        private int count;
        private double sum;

        void add(double x) {
            int at = count++ % values.length;
            sum += x - values[at];
            values[at] = x;
        }

        private int size() {
            return Math.min(count, values.length);
        }

        /// 0 without numbers.
        double mean() {
            return count == 0 ? 0 : sum / size();
        }

        /// NaN without numbers.
        double median() {
            return count == 0 ? Double.NaN : Quartiles.median(Arrays.copyOf(values, size()));
        }
    }

    public BlockClock(Plan plan) {
        Map<String, Integer> index = new LinkedHashMap<>();
        for (String layer : plan.layers()) {
            String block = Plan.blockOf(layer);
            index.putIfAbsent(block, index.size());
            blockOfLayer.put(layer, index.getOrDefault(block, 0));
        }
        ids = List.copyOf(index.keySet());
        now = new long[2][ids.size()];
        forward = recent(ids.size());
        backward = recent(ids.size());
        open = recent(ids.size());
        closed = recent(ids.size());
        shut = recent(ids.size());
    }

    private static Recent[] recent(int count) {
        Recent[] all = new Recent[count];
        Arrays.setAll(all, _ -> new Recent());
        return all;
    }

    @Override
    public void tick(String layer, boolean isForward, long nanos) {
        Integer block = blockOfLayer.get(layer);
        if (block != null) {
            now[isForward ? 0 : 1][block] += nanos;
            ticks++;
        }
    }

    /// What one [#tick] costs, measured now, nanoseconds.
    public double tickNanos() {
        if (ids.isEmpty()) {
            return 0;
        }
        String layer = blockOfLayer.keySet().iterator().next();
        int rounds = 2000;
        long start = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            long begun = System.nanoTime();
            tick(layer, true, System.nanoTime() - begun);
        }
        double each = (double) (System.nanoTime() - start) / rounds;
        Arrays.fill(now[0], 0);
        ticks = 0;
        return each;
    }

    /// A training step has ended that took `nanos` with these gates; evaluations in between do not
    /// count.
    public void step(List<PlanGate> gates, long nanos) {
        steps++;
        boolean[] left = new boolean[ids.size()];
        for (PlanGate gate : gates) {
            int b = ids.indexOf(gate.block());
            if (b >= 0 && gate.survived() == 0 && !gate.mode().perSample()) {
                left[b] = true;
            }
        }
        gated = !gates.isEmpty();
        for (int b = 0; b < left.length; b++) {
            forward[b].add(now[0][b]);
            backward[b].add(now[1][b]);
            shut[b].add(left[b] ? 1 : 0);
            (left[b] ? closed : open)[b].add(now[0][b] + now[1][b]);
        }
        whole.add(nanos);
        ticksPerStep = ticks;
        discard();
    }

    /// Forgets what was observed since the last step: an evaluation.
    public void discard() {
        Arrays.fill(now[0], 0);
        Arrays.fill(now[1], 0);
        ticks = 0;
    }

    public List<Timing.BlockTime> blocks() {
        List<Timing.BlockTime> blocks = new ArrayList<>();
        for (int b = 0; b < ids.size(); b++) {
            blocks.add(
                    new Timing.BlockTime(
                            ids.get(b),
                            forward[b].mean() / 1e6,
                            backward[b].mean() / 1e6,
                            open(b) / 1e6));
        }
        return blocks;
    }

    public int steps() {
        return steps;
    }

    /// Milliseconds of a step.
    public double step() {
        return whole.mean() / 1e6;
    }

    /// Milliseconds of a step with every gate open; NaN until every block was open once.
    public double fullDepth() {
        return (whole.mean() + missing()) / 1e6;
    }

    /// Share of that time which closed gates save; NaN without gates, and until every block was
    /// open once.
    public double saved() {
        return gated ? missing() / (whole.mean() + missing()) : Double.NaN;
    }

    /// Nanoseconds a step that closed blocks would have taken more if they had been open. The
    /// median of what they take then, for the first steps take many times as long as later ones.
    private double missing() {
        double missing = 0;
        for (int b = 0; b < shut.length; b++) {
            missing += shut[b].mean() * Math.max(0, open[b].median() - closed[b].mean());
        }
        return missing;
    }

    private double open(int b) {
        return open[b].size() == 0 ? 0 : open[b].median();
    }

    /// Operations that were observed in the newest step.
    public double ticksPerStep() {
        return ticksPerStep;
    }
}
