package org.skiplab.app.training;

import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.TrainingSettings;

/// Everything a training session is opened with.
public record TrainingPlan(Network network, DataChoice data, TrainingSettings settings) {

    /// Whether a session opened with `other` can go on with this plan: all differences can be had
    /// by turning knobs.
    public boolean continues(TrainingPlan other) {
        return network.nodes().equals(other.network.nodes())
                && network.input().equals(other.network.input())
                && data.equals(other.data)
                && settings.epochs() == other.settings.epochs()
                && settings.seed() == other.settings.seed();
    }

    /// Settings after a knob was turned. Survival and dropout belong to the network and change
    /// nothing here.
    static TrainingSettings turned(TrainingSettings settings, Knob knob) {
        return switch (knob) {
            case Knob.LearningRate k ->
                    settings.withOptimiser(settings.optimiser().withLearningRate(k.value()));
            case Knob.Momentum k ->
                    settings.withOptimiser(settings.optimiser().withMomentum(k.value()));
            case Knob.WeightDecay k ->
                    settings.withOptimiser(settings.optimiser().withWeightDecay(k.value()));
            case Knob.LabelSmoothing k -> settings.withLabelSmoothing(k.value());
            case Knob.BatchSize k -> settings.withBatch(k.value());
            case Knob.SurvivalSchedule _, Knob.Dropout _ -> settings;
        };
    }
}
