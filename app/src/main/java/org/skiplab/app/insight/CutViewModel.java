package org.skiplab.app.insight;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.Examination;
import org.skiplab.engine.probe.Lesion;
import org.skiplab.engine.train.Telemetry;

/// Cuts residual branches of the network in training and measures what that does to its answers on
/// test images. Training goes on with all blocks; questions are put to it one by one, between
/// steps.
public final class CutViewModel {

    /// Multiply–accumulates that one measurement may take, which decides on how many images.
    private static final double BUDGET = 2e10;

    /// Steps whose measurements are kept.
    private static final int MOST_STEPS = 64;

    private static final int LEAST = 200;
    private static final int MOST = 2000;

    private final Experiment experiment;
    private final Inquiry<Lesion> inquiry;
    private final Deque<Set<String>> waiting = new ArrayDeque<>();
    private final Map<Set<String>, Lesion> measured = new LinkedHashMap<>();
    private final NavigableMap<Integer, Map<Set<String>, Lesion>> course = new TreeMap<>();
    private int shownStep = -1;
    private final Set<String> cut = new LinkedHashSet<>();
    private @Nullable Network network;
    private List<String> cuttable = List.of();
    private int images = LEAST;
    private long revision;

    public CutViewModel(Experiment experiment) {
        this.experiment = experiment;
        inquiry = new Inquiry<>(experiment);
    }

    /// Grows with every change.
    public long revision() {
        return revision;
    }

    /// Blocks with a branch to cut off, input first.
    public List<String> cuttable() {
        return cuttable;
    }

    public Set<String> cut() {
        return Set.copyOf(cut);
    }

    public boolean busy() {
        return inquiry.busy() || !waiting.isEmpty();
    }

    /// Cuts a block off, or joins it again.
    public void toggle(String block) {
        if (!cut.remove(block) && cuttable.contains(block)) {
            cut.add(block);
        }
        changed();
    }

    /// Cuts exactly these off.
    public void cut(Set<String> blocks) {
        cut.clear();
        cuttable.stream().filter(blocks::contains).forEach(cut::add);
        changed();
    }

    private void changed() {
        revision++;
        experiment.showCut(cut());
        measureNext(cut());
        measureNext(Set.of());
    }

    private void measureNext(Set<String> blocks) {
        if (!fresh(blocks)) {
            waiting.remove(blocks);
            waiting.addFirst(blocks);
        }
    }

    private boolean fresh(Set<String> blocks) {
        Lesion known = measured.get(blocks);
        return known != null && known.step() == step();
    }

    /// Measures the network without each of its blocks in turn.
    public void measureAll() {
        waiting.clear();
        waiting.add(Set.of());
        cuttable.forEach(id -> waiting.add(Set.of(id)));
        waiting.removeIf(this::fresh);
        revision++;
    }

    /// Once a frame while it can be seen: picks up answers, asks the next question.
    public void pulse() {
        follow();
        inquiry.poll()
                .ifPresent(lesion -> {
                    measured.put(lesion.cut(), lesion);
                    keep(lesion);
                    revision++;
                });
        if (!inquiry.trouble().isEmpty()) {
            waiting.clear();
        }
        while (!inquiry.busy() && !waiting.isEmpty()) {
            Set<String> next = waiting.removeFirst();
            if (!fresh(next) && !inquiry.ask(Lesion.of(next, images))) {
                waiting.clear();
            }
        }
    }

    /// Keeps what was measured at each step; of many steps the first, the newest and the fullest.
    private void keep(Lesion lesion) {
        course.computeIfAbsent(lesion.step(), _ -> new LinkedHashMap<>()).put(lesion.cut(), lesion);
        if (course.size() > MOST_STEPS) {
            course.entrySet().stream()
                    .filter(e -> !e.equals(course.firstEntry()) && !e.equals(course.lastEntry()))
                    .min(Comparator.comparing(e -> e.getValue().size()))
                    .map(Map.Entry::getKey)
                    .ifPresent(course::remove);
        }
    }

    /// Steps at which something was measured, ascending.
    public List<Integer> steps() {
        return List.copyOf(course.keySet());
    }

    /// Shows what was measured at one of [#steps]; −1 for the newest of each block.
    public void scrub(int step) {
        int next = course.containsKey(step) ? step : -1;
        if (next != shownStep) {
            shownStep = next;
            revision++;
        }
    }

    private Optional<Lesion> lesion(Set<String> blocks) {
        Map<Set<String>, Lesion> from =
                shownStep < 0 ? measured : course.getOrDefault(shownStep, measured);
        return Optional.ofNullable(from.get(blocks));
    }

    private void follow() {
        Network now = experiment.opened();
        boolean gone = experiment.telemetryProperty().getValue().isEmpty();
        boolean rewound = measured.values().stream().anyMatch(l -> l.step() > step());
        if (!now.equals(network) || ((gone || rewound) && !measured.isEmpty())) {
            network = now;
            cuttable = Examination.cuttable(now);
            long macs = Math.max(1, Analysis.of(now).macs());
            images = Math.clamp(Math.round(BUDGET / macs / 50) * 50, LEAST, MOST);
            measured.clear();
            course.clear();
            shownStep = -1;
            waiting.clear();
            inquiry.forget();
            if (!cut.isEmpty()) {
                cut.clear();
                experiment.showCut(Set.of());
            }
            revision++;
        }
    }

    private int step() {
        return experiment.telemetryProperty().getValue().map(Telemetry::step).orElse(0);
    }

    /// The error with nothing cut off, as far as it was measured.
    public Optional<Lesion> whole() {
        return lesion(Set.of());
    }

    /// The error without the blocks that are cut off.
    public Optional<Lesion> now() {
        return lesion(cut());
    }

    /// The error without one block.
    public Optional<Lesion> without(String block) {
        return lesion(Set.of(block));
    }

    /// Errors without each block, NaN where nobody measured.
    public float[] errors() {
        float[] errors = new float[cuttable.size()];
        for (int b = 0; b < errors.length; b++) {
            errors[b] = without(cuttable.get(b)).map(l -> (float) l.error()).orElse(Float.NaN);
        }
        return errors;
    }

    /// What is known, in a sentence.
    public String verdict() {
        if (!inquiry.trouble().isEmpty()) {
            return inquiry.trouble();
        }
        Optional<Lesion> whole = whole();
        if (whole.isEmpty()) {
            return busy() ? "measuring …" : "";
        }
        String base = "whole network " + said(whole.get());
        if (cut.isEmpty()) {
            return base + on(whole.get());
        }
        String without =
                "without " + (cut.size() == 1 ? cut.iterator().next() : cut.size() + " blocks");
        return base
                + ", "
                + without
                + " "
                + now().map(CutViewModel::said).orElse("…")
                + on(now().orElse(whole.get()));
    }

    private static String said(Lesion lesion) {
        return Numbers.percent(lesion.error()) + " wrong";
    }

    private static String on(Lesion lesion) {
        return " (first "
                + Numbers.count(lesion.images())
                + " test images, after step "
                + Numbers.count(lesion.step())
                + ")";
    }

    /// Whether something shown was measured before the newest step.
    public boolean stale() {
        if (shownStep >= 0) {
            return false;
        }
        Set<Integer> steps = new HashSet<>();
        measured.values().forEach(l -> steps.add(l.step()));
        return !steps.isEmpty() && !steps.equals(Set.of(step()));
    }
}
