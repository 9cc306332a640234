package org.skiplab.app.training;

import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Knob;
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
    public TrainingPlan turned(Knob knob) {
        return switch (knob) {
            case Knob.SurvivalSchedule k ->
                    new TrainingPlan(network.withSurvival(k.value()), data, settings);
            case Knob.DropPaths k ->
                    new TrainingPlan(network.withGateMode(k.value()), data, settings);
            case Knob.OfRun _ -> new TrainingPlan(network, data, settings.turned(knob));
        };
    }
}
