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
/// @param divergence why the run stopped by itself, if it did
public record Telemetry(
        long revision,
        Phase phase,
        String message,
        Progress progress,
        Curves curves,
        Sights sights,
        Log log,
        Optional<Divergence> divergence) {

    /// How far the run is.
    ///
    /// @param epochs epochs that the run will have
    /// @param epoch epochs finished
    /// @param step steps finished since the initial weights
    /// @param stepsPerEpoch steps in one epoch
    /// @param imagesPerSecond over the last second or so of training; 0 before the first step
    /// @param secondsLeft estimated to the end of the last epoch; NaN before the first step
    public record Progress(
            int epochs,
            int epoch,
            int step,
            int stepsPerEpoch,
            double imagesPerSecond,
            double secondsLeft) {

        static final Progress NONE = new Progress(0, 0, 0, 0, 0, Double.NaN);

        Progress upTo(int earlier) {
            return new Progress(
                    epochs,
                    earlier / Math.max(1, stepsPerEpoch),
                    earlier,
                    stepsPerEpoch,
                    imagesPerSecond,
                    secondsLeft);
        }
    }

    /// What every step measures.
    ///
    /// @param loss training loss per step, nats
    /// @param accuracy share of right answers per training step
    /// @param learningRate rate used at each step
    public record Curves(Series.View loss, Series.View accuracy, Series.View learningRate) {

        static final Curves NONE =
                new Curves(Series.View.EMPTY, Series.View.EMPTY, Series.View.EMPTY);

        Curves upTo(int earlier) {
            return new Curves(
                    loss.first(earlier), accuracy.first(earlier), learningRate.first(earlier));
        }
    }

    /// What probes saw of the network.
    ///
    /// @param gates which gated blocks ran; empty ids when the network has no gates
    /// @param gradients newest reading of gradient by depth
    /// @param firstGradient mean |gradient| of the first residual or dense block's first
    ///   convolution, one per step; NaN for steps at which gradients were not watched
    /// @param reuse newest weight norms, one per dense block; empty when the network has none
    /// @param readings what the other probes read newest
    public record Sights(
            GateStrip.View gates,
            Optional<GradientByDepth> gradients,
            Series.View firstGradient,
            List<FeatureReuse> reuse,
            Readings readings) {

        static final Sights NONE =
                new Sights(
                        new GateStrip(List.of()).view(new double[0]),
                        Optional.empty(),
                        Series.View.EMPTY,
                        List.of(),
                        Readings.NONE);

        public Sights {
            reuse = List.copyOf(reuse);
        }

        /// The same with nothing known of which gates were open.
        Sights withGates(List<String> gated, double[] probability) {
            return new Sights(
                    new GateStrip(gated).view(probability),
                    gradients,
                    firstGradient,
                    reuse,
                    readings);
        }

        Sights upTo(int earlier) {
            return new Sights(
                    new GateStrip(gates.ids()).view(gates.probability()),
                    gradients.filter(g -> g.step() <= earlier),
                    firstGradient.first(earlier),
                    reuse,
                    Readings.NONE);
        }
    }

    /// What happened on the way.
    ///
    /// @param evaluations on the test set, oldest first
    /// @param knobs changes made while running, oldest first
    /// @param milestones states that can be returned to, oldest first
    public record Log(
            List<Evaluation> evaluations, List<KnobChange> knobs, List<Milestone> milestones) {

        static final Log NONE = new Log(List.of(), List.of(), List.of());

        public Log {
            evaluations = List.copyOf(evaluations);
            knobs = List.copyOf(knobs);
            milestones = List.copyOf(milestones);
        }

        Log upTo(int earlier) {
            return new Log(
                    evaluations.stream().filter(e -> e.step() <= earlier).toList(),
                    knobs.stream().filter(k -> k.step() < earlier).toList(),
                    milestones.stream().filter(m -> m.state().place().step() <= earlier).toList());
        }
    }

    /// The picture before there is anything to see.
    public static Telemetry preparing(String message) {
        return new Telemetry(
                0,
                Phase.PREPARING,
                message,
                Progress.NONE,
                Curves.NONE,
                Sights.NONE,
                Log.NONE,
                Optional.empty());
    }

    /// The same picture in another phase.
    public Telemetry in(Phase other, String text) {
        return new Telemetry(revision + 1, other, text, progress, curves, sights, log, divergence);
    }

    /// The same picture without the states that can be returned to.
    Telemetry withoutMilestones() {
        return with(sights, new Log(log.evaluations(), log.knobs(), List.of()));
    }

    /// What had been measured by an earlier step. Which gates were open then is not known.
    public Telemetry upTo(int earlier) {
        return earlier >= step()
                ? this
                : new Telemetry(
                        revision,
                        phase,
                        message,
                        progress.upTo(earlier),
                        curves.upTo(earlier),
                        sights.upTo(earlier),
                        log.upTo(earlier),
                        Optional.empty());
    }

    /// The same picture of a network whose gated blocks are others: which ran is not known.
    Telemetry withoutGates(List<String> gated) {
        return with(sights.withGates(gated, new double[gated.size()]), log);
    }

    private Telemetry with(Sights seen, Log happened) {
        return new Telemetry(
                revision, phase, message, progress, curves, seen, happened, divergence);
    }

    public int epochs() {
        return progress.epochs();
    }

    public int epoch() {
        return progress.epoch();
    }

    public int step() {
        return progress.step();
    }

    public int stepsPerEpoch() {
        return progress.stepsPerEpoch();
    }

    public double imagesPerSecond() {
        return progress.imagesPerSecond();
    }

    public double secondsLeft() {
        return progress.secondsLeft();
    }

    public Series.View loss() {
        return curves.loss();
    }

    public Series.View accuracy() {
        return curves.accuracy();
    }

    public Series.View learningRate() {
        return curves.learningRate();
    }

    public GateStrip.View gates() {
        return sights.gates();
    }

    public Optional<GradientByDepth> gradients() {
        return sights.gradients();
    }

    public Series.View firstGradient() {
        return sights.firstGradient();
    }

    public List<FeatureReuse> reuse() {
        return sights.reuse();
    }

    public Readings readings() {
        return sights.readings();
    }

    public List<Evaluation> evaluations() {
        return log.evaluations();
    }

    public List<KnobChange> knobs() {
        return log.knobs();
    }

    public List<Milestone> milestones() {
        return log.milestones();
    }

    public Optional<Evaluation> lastEvaluation() {
        return evaluations().isEmpty() ? Optional.empty() : Optional.of(evaluations().getLast());
    }
}
