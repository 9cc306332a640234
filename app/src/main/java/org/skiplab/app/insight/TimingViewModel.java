package org.skiplab.app.insight;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.probe.DepthHistory;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Readings;
import org.skiplab.engine.probe.Timing;
import org.skiplab.engine.train.Telemetry;

/// Where the time and the memory of training go, in words.
public final class TimingViewModel {

    /// One line of the table.
    ///
    /// @param share of a step, NaN where that means nothing
    public record Fact(String name, String value, double share) {}

    private static final double MEGABYTE = 1024 * 1024;

    /// Where the time of a step went earlier in the run.
    ///
    /// @param forward milliseconds, one per block
    /// @param backward milliseconds, one per block
    public record Then(int step, List<String> ids, float[] forward, float[] backward) {}

    private final Experiment experiment;
    private DepthHistory.View sum = DepthHistory.View.EMPTY;
    private float @Nullable [] newest;

    public TimingViewModel(Experiment experiment) {
        this.experiment = experiment;
    }

    public Optional<Timing> timing() {
        return readings().flatMap(Readings::timing);
    }

    /// Milliseconds of every block over the run, both passes together.
    public DepthHistory.View course() {
        Timing.Course times = readings().map(Readings::times).orElse(Timing.Course.NONE);
        int size = Math.min(times.forward().size(), times.backward().size());
        if (size == 0) {
            newest = null;
            return DepthHistory.View.EMPTY;
        }
        if (times.forward().columns()[size - 1] != newest) {
            float[][] sums = new float[size][];
            for (int c = 0; c < size; c++) {
                sums[c] = times.forward().columns()[c].clone();
                for (int b = 0; b < sums[c].length; b++) {
                    sums[c][b] += times.backward().columns()[c][b];
                }
            }
            newest = times.forward().columns()[size - 1];
            sum = new DepthHistory.View(times.forward().ids(), times.forward().steps(), sums, size);
        }
        return sum;
    }

    /// Where the time went at one column of [#course].
    public Optional<Then> then(int column) {
        return readings()
                .map(Readings::times)
                .filter(t -> column >= 0 && column < t.backward().size())
                .map(t ->
                        new Then(
                                t.forward().steps()[column],
                                t.forward().ids(),
                                t.forward().columns()[column],
                                t.backward().columns()[column]));
    }

    private Optional<Readings> readings() {
        return experiment.telemetryProperty().getValue().map(Telemetry::readings);
    }

    /// The table, empty before the first step.
    public List<Fact> facts() {
        Optional<Telemetry> telemetry = experiment.telemetryProperty().getValue();
        if (telemetry.isEmpty() || telemetry.get().step() == 0) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(
                new Fact(
                        "Throughput",
                        Numbers.significant(telemetry.get().imagesPerSecond(), 3) + " images/s",
                        Double.NaN));
        timing().ifPresent(t -> add(facts, t));
        return List.copyOf(facts);
    }

    private static void add(List<Fact> facts, Timing t) {
        double blocks = t.blocks().stream().mapToDouble(Timing.BlockTime::total).sum();
        facts.add(new Fact("One step", ms(t.step()), 1));
        facts.add(part("in blocks", blocks, t));
        facts.add(part("waiting for images", t.data(), t));
        facts.add(part("loss", t.loss(), t));
        facts.add(part("moving the weights", t.update(), t));
        if (!Double.isNaN(t.saved())) {
            facts.add(new Fact("With every gate open", ms(t.fullDepth()), Double.NaN));
            facts.add(new Fact("Saved by closed gates", Numbers.percent(t.saved()), Double.NaN));
        }
        facts.add(new Fact("Memory of weights", megabytes(t.parameterBytes()), Double.NaN));
        facts.add(new Fact("Memory of activations", megabytes(t.activationBytes()), Double.NaN));
    }

    private static Fact part(String name, double millis, Timing t) {
        return new Fact(name, ms(millis), t.step() == 0 ? Double.NaN : millis / t.step());
    }

    static String ms(double millis) {
        return Double.isNaN(millis) ? "–" : Numbers.significant(millis, 3) + " ms";
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / MEGABYTE);
    }

    public boolean watched(Probing probe) {
        return readings().map(r -> r.watched().contains(probe)).orElse(true);
    }

    public void watch(Probing probe, boolean on) {
        Set<Probing> wanted = EnumSet.noneOf(Probing.class);
        for (Probing p : Probing.values()) {
            if (p == probe ? on : watched(p)) {
                wanted.add(p);
            }
        }
        experiment.watch(wanted);
    }

    /// What a probe costs: `0.8 ms every 5 steps`.
    public String cost(Probing probe) {
        Optional<Timing> timing = timing();
        if (!watched(probe)) {
            return "off";
        }
        if (timing.isEmpty() || !timing.get().probes().containsKey(probe)) {
            return probe == Probing.REUSE ? "no dense block" : "";
        }
        String cost = ms(timing.get().probes().get(probe));
        return probe == Probing.TIME
                ? cost + " per step"
                : cost + " every " + timing.get().every() + " steps";
    }

    /// All probes' share of the training time: `probes: 0.6 %`.
    public String overhead() {
        return timing().map(t -> "Probes take " + Numbers.percent(t.probeShare()) + " of the time")
                .orElse("");
    }
}
