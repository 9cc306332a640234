package org.skiplab.app.training;

import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.TrainingSettings;

/// Everything a training session is opened with.
public record TrainingPlan(Network network, DataChoice data, TrainingSettings settings) {

    /// Whether this is the same as `other` but for what knobs keep in step: the survival rule, what
    /// drop paths mean, and names.
    public boolean continues(TrainingPlan other) {
        return sameBlocks(network, other.network)
                && network.input().equals(other.network.input())
                && data.equals(other.data)
                && settings.equals(other.settings);
    }

    private static boolean sameBlocks(Network one, Network other) {
        return one.nodes().equals(other.nodes())
                || one.gateMode()
                        .filter(m -> other.withGateMode(m).nodes().equals(one.nodes()))
                        .isPresent();
    }

    /// The plan that a session follows after a knob was turned.
    TrainingPlan turned(Knob knob) {
        return switch (knob) {
            case Knob.SurvivalSchedule k ->
                    new TrainingPlan(network.withSurvival(k.value()), data, settings);
            case Knob.DropPaths k ->
                    new TrainingPlan(network.withGateMode(k.value()), data, settings);
            case Knob.LearningRate _,
                    Knob.FollowSchedule _,
                    Knob.Momentum _,
                    Knob.WeightDecay _,
                    Knob.Dropout _,
                    Knob.DesignedDropout _,
                    Knob.LabelSmoothing _,
                    Knob.Augment _,
                    Knob.BatchSize _ ->
                    new TrainingPlan(network, data, turned(settings, knob));
        };
    }

    /// Settings after a knob was turned. Survival, drop paths and dropout belong to the network and
    /// change nothing here.
    public static TrainingSettings turned(TrainingSettings settings, Knob knob) {
        return switch (knob) {
            case Knob.LearningRate k ->
                    settings.withOptimiser(settings.optimiser().withLearningRate(k.value()))
                            .withSchedule(new Schedule.Constant());
            case Knob.FollowSchedule k ->
                    settings.withOptimiser(settings.optimiser().withLearningRate(k.rate()))
                            .withSchedule(k.schedule());
            case Knob.Momentum k ->
                    settings.withOptimiser(settings.optimiser().withMomentum(k.value()));
            case Knob.WeightDecay k ->
                    settings.withOptimiser(settings.optimiser().withWeightDecay(k.value()));
            case Knob.LabelSmoothing k -> settings.withLabelSmoothing(k.value());
            case Knob.BatchSize k -> settings.withBatch(k.value());
            case Knob.Augment k -> settings.withAugmentation(k.value());
            case Knob.SurvivalSchedule _,
                    Knob.DropPaths _,
                    Knob.Dropout _,
                    Knob.DesignedDropout _ ->
                    settings;
        };
    }
}
