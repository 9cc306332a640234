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
    private final Mean[] forward;
    private final Mean[] backward;
    private final Mean[] open;
    private long ticks;
    private double ticksPerStep;
    private int steps;
    private double spent;
    private double saved;
    private boolean gated;
    private final Mean whole = new Mean();
    private final Mean full = new Mean();

    /// A moving average that is the plain mean at the beginning.
    static final class Mean {
        private double value;
        private int count;

        void add(double x) {
            count = Math.min(count + 1, Timing.WINDOW);
            value += (x - value) / count;
        }

        double value() {
            return value;
        }

        boolean known() {
            return count > 0;
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
        forward = means(ids.size());
        backward = means(ids.size());
        open = means(ids.size());
    }

    private static Mean[] means(int count) {
        Mean[] means = new Mean[count];
        Arrays.setAll(means, _ -> new Mean());
        return means;
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
        boolean[] shut = new boolean[ids.size()];
        for (PlanGate gate : gates) {
            int b = ids.indexOf(gate.block());
            if (b >= 0 && gate.survived() == 0 && !gate.mode().perSample()) {
                shut[b] = true;
            }
        }
        gated = !gates.isEmpty();
        double missing = 0;
        boolean complete = true;
        for (int b = 0; b < shut.length; b++) {
            double took = now[0][b] + now[1][b];
            forward[b].add(now[0][b]);
            backward[b].add(now[1][b]);
            if (shut[b]) {
                complete &= open[b].known();
                missing += Math.max(0, open[b].value() - took);
            } else {
                open[b].add(took);
            }
        }
        saved += missing;
        spent += nanos;
        whole.add(nanos);
        if (complete) {
            full.add(nanos + missing);
        }
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
                            forward[b].value() / 1e6,
                            backward[b].value() / 1e6,
                            open[b].value() / 1e6));
        }
        return blocks;
    }

    public int steps() {
        return steps;
    }

    /// Milliseconds of a step.
    public double step() {
        return whole.value() / 1e6;
    }

    /// Milliseconds of a step with every gate open; NaN until every block was open once.
    public double fullDepth() {
        return full.known() ? full.value() / 1e6 : Double.NaN;
    }

    /// Share of the time that closed gates have saved so far; NaN without gates.
    public double saved() {
        return gated && spent > 0 ? saved / (saved + spent) : Double.NaN;
    }

    /// Operations that were observed in the newest step.
    public double ticksPerStep() {
        return ticksPerStep;
    }
}
