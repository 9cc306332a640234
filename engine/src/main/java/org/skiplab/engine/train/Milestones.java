package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.List;

/// The states of a run that are kept: the first, the newest, and of those between as many as fit
/// into a budget, thinned out evenly.
final class Milestones {

    private final long budget;
    private List<Milestone> kept = List.of();

    /// @param budget bytes; the first and the newest are kept even if they need more
    Milestones(long budget) {
        this.budget = budget;
    }

    /// An eighth of the heap, at most 256 MB.
    static Milestones ofHeap() {
        return new Milestones(Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    /// Oldest first; immutable.
    List<Milestone> all() {
        return kept;
    }

    void add(Milestone milestone) {
        List<Milestone> longer = new ArrayList<>(kept);
        longer.removeIf(m -> m.state().place().step() >= milestone.state().place().step());
        longer.add(milestone);
        while (longer.size() > 2 && bytes(longer) > budget) {
            longer.remove(closest(longer));
        }
        kept = List.copyOf(longer);
    }

    /// Forgets what is later than a step.
    void backTo(int step) {
        kept = kept.stream().filter(m -> m.state().place().step() <= step).toList();
    }

    /// The one whose neighbours are nearest to each other.
    private static int closest(List<Milestone> list) {
        int best = 1;
        for (int i = 2; i < list.size() - 1; i++) {
            best = gap(list, i) < gap(list, best) ? i : best;
        }
        return best;
    }

    private static int gap(List<Milestone> list, int i) {
        return list.get(i + 1).state().place().step() - list.get(i - 1).state().place().step();
    }

    private static long bytes(List<Milestone> list) {
        return list.stream().mapToLong(m -> m.state().bytes()).sum();
    }
}
