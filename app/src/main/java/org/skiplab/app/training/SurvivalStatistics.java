package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;

/// What a run's gates should have done on average, given every survival probability they had in the
/// course of the run.
///
/// A gate with probability `p_i` at step i survives on average `Σ p_i / n`; the frequency's
/// variance is `Σ p_i (1 − p_i) / (n² m)` with m draws per step: 1, or the batch size where every
/// image has its own draw.
///
/// @param mean per block, the expected frequency over the whole run
/// @param deviation per block, the frequency's standard deviation
public record SurvivalStatistics(double[] mean, double[] deviation) {

    /// Half the width of the band that holds a frequency with probability 95 %, in standard
    /// deviations.
    public static final double BAND = 1.96;

    /// What held from a step on.
    private record Turn(int step, Network network, int batch) {}

    /// @param opened the network as the session was opened with it
    /// @param batch images per mini-batch at the beginning
    public static SurvivalStatistics of(
            GateStrip.View gates, Network opened, List<KnobChange> knobs, int batch) {
        int blocks = gates.ids().size();
        double[] sum = new double[blocks];
        double[] variance = new double[blocks];
        List<Turn> turns = new ArrayList<>();
        turns.add(new Turn(0, opened, batch));
        for (KnobChange change : knobs) {
            Turn last = turns.getLast();
            int step = Math.min(gates.steps(), change.step());
            switch (change.knob()) {
                case Knob.SurvivalSchedule k ->
                        turns.add(
                                new Turn(
                                        step,
                                        last.network().withSurvival(k.value()),
                                        last.batch()));
                case Knob.DropPaths k ->
                        turns.add(
                                new Turn(
                                        step,
                                        last.network().withGateMode(k.value()),
                                        last.batch()));
                case Knob.BatchSize k -> turns.add(new Turn(step, last.network(), k.value()));
                case Knob.OfRun _ -> {}
            }
        }
        for (int t = 0; t < turns.size(); t++) {
            Turn turn = turns.get(t);
            int end = t + 1 < turns.size() ? turns.get(t + 1).step() : gates.steps();
            int steps = Math.max(0, end - turn.step());
            Map<String, Double> probabilities = turn.network().survivalProbabilities();
            for (int b = 0; b < blocks; b++) {
                String id = gates.ids().get(b);
                double p = probabilities.getOrDefault(id, gates.probability()[b]);
                sum[b] += steps * p;
                variance[b] += steps * p * (1 - p) / draws(turn.network(), id, turn.batch());
            }
        }
        double[] mean = new double[blocks];
        double[] deviation = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            mean[b] = gates.steps() == 0 ? gates.probability()[b] : sum[b] / gates.steps();
            deviation[b] = gates.steps() == 0 ? Double.NaN : Math.sqrt(variance[b]) / gates.steps();
        }
        return new SurvivalStatistics(mean, deviation);
    }

    /// Whether a frequency lies further off than one in a thousand would by chance.
    public boolean surprising(int block, double frequency) {
        return Math.abs(frequency - mean[block]) > 3.29 * deviation[block] + 1e-9;
    }

    private static int draws(Network network, String id, int batch) {
        return network.find(id)
                .flatMap(n -> Network.gateOf(n.block()))
                .map(g -> g.mode())
                .filter(GateMode::perSample)
                .map(_ -> batch)
                .orElse(1);
    }
}
