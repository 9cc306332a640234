package org.skiplab.engine.train;

import java.util.List;
import java.util.Optional;
import org.skiplab.engine.probe.FeatureReuse;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.probe.Readings;

/// An immutable picture of a training session, published after each step. Readers pull the newest.
///
/// @param revision grows with each publication
/// @param message one line for a person: what is being prepared, why it failed, where the loss blew
///   up; may be empty
/// @param epochs epochs that the run will have
/// @param epoch epochs finished
/// @param step steps finished since the initial weights
/// @param stepsPerEpoch steps in one epoch
/// @param imagesPerSecond over the last second or so of training; 0 before the first step
/// @param secondsLeft estimated to the end of the last epoch; NaN before the first step
/// @param loss training loss per step, nats
/// @param accuracy share of right answers per training step
/// @param learningRate rate used at each step
/// @param evaluations on the test set, oldest first
/// @param gates which gated blocks ran; empty ids when the network has no gates
/// @param gradients newest reading of gradient by depth
/// @param firstGradient mean |gradient| of the first residual or dense block's first convolution,
///   one per step while gradients are watched
/// @param reuse newest weight norms, one per dense block; empty when the network has none
/// @param readings what the other probes read newest
/// @param knobs changes made while running, oldest first
/// @param milestones states that can be returned to, oldest first
/// @param divergence why the run stopped by itself, if it did
public record Telemetry(
        long revision,
        Phase phase,
        String message,
        int epochs,
        int epoch,
        int step,
        int stepsPerEpoch,
        double imagesPerSecond,
        double secondsLeft,
        Series.View loss,
        Series.View accuracy,
        Series.View learningRate,
        List<Evaluation> evaluations,
        GateStrip.View gates,
        Optional<GradientByDepth> gradients,
        Series.View firstGradient,
        List<FeatureReuse> reuse,
        Readings readings,
        List<KnobChange> knobs,
        List<Milestone> milestones,
        Optional<Divergence> divergence) {

    public Telemetry {
        evaluations = List.copyOf(evaluations);
        reuse = List.copyOf(reuse);
        knobs = List.copyOf(knobs);
        milestones = List.copyOf(milestones);
    }

    /// The picture before there is anything to see.
    public static Telemetry preparing(String message) {
        return new Telemetry(
                0,
                Phase.PREPARING,
                message,
                0,
                0,
                0,
                0,
                0,
                Double.NaN,
                Series.View.EMPTY,
                Series.View.EMPTY,
                Series.View.EMPTY,
                List.of(),
                new GateStrip(List.of()).view(new double[0]),
                Optional.empty(),
                Series.View.EMPTY,
                List.of(),
                Readings.NONE,
                List.of(),
                List.of(),
                Optional.empty());
    }

    /// The same picture in another phase.
    public Telemetry in(Phase other, String text) {
        return new Telemetry(
                revision + 1,
                other,
                text,
                epochs,
                epoch,
                step,
                stepsPerEpoch,
                imagesPerSecond,
                secondsLeft,
                loss,
                accuracy,
                learningRate,
                evaluations,
                gates,
                gradients,
                firstGradient,
                reuse,
                readings,
                knobs,
                milestones,
                divergence);
    }

    /// The same picture with other milestones.
    public Telemetry with(List<Milestone> others) {
        return new Telemetry(
                revision,
                phase,
                message,
                epochs,
                epoch,
                step,
                stepsPerEpoch,
                imagesPerSecond,
                secondsLeft,
                loss,
                accuracy,
                learningRate,
                evaluations,
                gates,
                gradients,
                firstGradient,
                reuse,
                readings,
                knobs,
                others,
                divergence);
    }

    /// What had been measured by an earlier step. Which gates were open then is not known.
    public Telemetry upTo(int earlier) {
        if (earlier >= step) {
            return this;
        }
        return new Telemetry(
                revision,
                phase,
                message,
                epochs,
                earlier / Math.max(1, stepsPerEpoch),
                earlier,
                stepsPerEpoch,
                imagesPerSecond,
                secondsLeft,
                loss.first(earlier),
                accuracy.first(earlier),
                learningRate.first(earlier),
                evaluations.stream().filter(e -> e.step() <= earlier).toList(),
                new GateStrip(gates.ids()).view(gates.probability()),
                gradients.filter(g -> g.step() <= earlier),
                firstGradient.first(earlier),
                reuse,
                Readings.NONE,
                knobs.stream().filter(k -> k.step() < earlier).toList(),
                milestones.stream().filter(m -> m.state().place().step() <= earlier).toList(),
                Optional.empty());
    }

    /// The same picture of a network whose gated blocks are others: which ran is not known.
    Telemetry withoutGates(List<String> gated) {
        return new Telemetry(
                revision,
                phase,
                message,
                epochs,
                epoch,
                step,
                stepsPerEpoch,
                imagesPerSecond,
                secondsLeft,
                loss,
                accuracy,
                learningRate,
                evaluations,
                new GateStrip(gated).view(new double[gated.size()]),
                gradients,
                firstGradient,
                reuse,
                readings,
                knobs,
                milestones,
                divergence);
    }

    public Optional<Evaluation> lastEvaluation() {
        return evaluations.isEmpty() ? Optional.empty() : Optional.of(evaluations.getLast());
    }
}
