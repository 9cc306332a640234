package org.skiplab.app.training;

import org.skiplab.engine.graph.Network;

/// Everything a training session is opened with.
public record TrainingPlan(Network network, DataChoice data, RunSettings settings) {

    /// Whether a session opened with `other` can go on with this plan: all differences can be had
    /// by turning knobs.
    public boolean continues(TrainingPlan other) {
        return network.nodes().equals(other.network.nodes())
                && network.input().equals(other.network.input())
                && data.equals(other.data)
                && settings.epochs() == other.settings.epochs()
                && settings.seed() == other.settings.seed();
    }
}
