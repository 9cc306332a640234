package org.skiplab.engine.train;

import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Survival;

/// A setting that acts on the running network at its next step.
public sealed interface Knob {

    /// A knob of the design: what it sets is part of the network.
    sealed interface OfDesign extends Knob {}

    /// A knob of the run: the network stays the design that it is.
    sealed interface OfRun extends Knob {}

    /// Overrides the schedule from the next step on; must be positive.
    record LearningRate(double value) implements OfRun {}

    /// Gives the learning rate back to a schedule, from the next step on.
    ///
    /// @param rate what the schedule's factor multiplies; must be positive
    record FollowSchedule(double rate, Schedule schedule) implements OfRun {}

    /// Momentum of SGD (β₁ of Adam), in [0, 1).
    record Momentum(double value) implements OfRun {}

    /// L2 weight decay, not negative.
    record WeightDecay(double value) implements OfRun {}

    /// A new rule for the survival probabilities of all gated blocks without an own value.
    record SurvivalSchedule(Survival value) implements OfDesign {}

    /// What a draw of every drop path decides, and where the survival probability is divided out.
    /// The compiled network is rebuilt around the same arrays.
    record DropPaths(GateMode value) implements OfDesign {}

    /// Dropping probability of every dropout layer between convolutions, in [0, 1).
    record Dropout(double value) implements OfRun {}

    /// Every dropout layer back to the probability of its block.
    record DesignedDropout() implements OfRun {}

    /// Label smoothing, in [0, 1).
    record LabelSmoothing(double value) implements OfRun {}

    /// How training images are changed. Batches that were prepared ahead are prepared anew, so that
    /// it acts at the next step and the run stays the same whatever the timing.
    record Augment(Augmentation value) implements OfRun {}

    /// Images per mini-batch. Takes effect at the next step; the compiled network is rebuilt around
    /// the same arrays.
    record BatchSize(int value) implements OfRun {}

    /// What is turned: `learning rate`. Of two knobs with the same title the later one counts.
    default String title() {
        return switch (this) {
            case LearningRate _, FollowSchedule _ -> "learning rate";
            case Momentum _ -> "momentum";
            case WeightDecay _ -> "weight decay";
            case SurvivalSchedule _ -> "survival";
            case DropPaths _ -> "drop path";
            case Dropout _, DesignedDropout _ -> "dropout";
            case LabelSmoothing _ -> "label smoothing";
            case Augment _ -> "augmentation";
            case BatchSize _ -> "batch size";
        };
    }

    /// For the run's log: the value as a person would type it.
    default String text() {
        return switch (this) {
            case LearningRate k -> number(k.value());
            case FollowSchedule k -> number(k.rate()) + ", " + k.schedule().text();
            case Momentum k -> number(k.value());
            case WeightDecay k -> number(k.value());
            case SurvivalSchedule k -> k.value().text();
            case DropPaths k -> k.value().title();
            case Dropout k -> number(k.value());
            case DesignedDropout _ -> "as designed";
            case LabelSmoothing k -> number(k.value());
            case Augment k -> k.value().text();
            case BatchSize k -> Integer.toString(k.value());
        };
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : Double.toString(value).replace(".0E", "E").replace('E', 'e');
    }
}
