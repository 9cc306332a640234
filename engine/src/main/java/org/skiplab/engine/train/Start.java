package org.skiplab.engine.train;

/// What a run starts from.
public sealed interface Start {

    Start INITIAL = new Initial();

    /// Initial weights drawn from the run's seed.
    record Initial() implements Start {}

    /// Goes on where another run of the same network was: the same weights, momenta, place in the
    /// epoch, and measurements.
    record Resume(Milestone from) implements Start {}

    /// A new run whose arrays are taken over wherever name and shape fit; the others are initial.
    record Carry(Checkpoint weights) implements Start {}
}
