package org.skiplab.app.training;

import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.Schedule;

/// How a network is trained, apart from what the network itself says.
///
/// @param epochs passes over the training images
/// @param batch images per mini-batch
/// @param optimiser SGD with its constants
/// @param schedule of the learning rate over the run
/// @param labelSmoothing in [0, 1)
/// @param seed of initial weights, shuffling and gates
public record RunSettings(
        int epochs,
        int batch,
        Optimiser.Sgd optimiser,
        Schedule schedule,
        double labelSmoothing,
        long seed) {

    /// Ten epochs of mini-batches of 64 with the papers' optimiser, the rate divided by ten at half
    /// and three quarters.
    public static final RunSettings DEFAULT =
            new RunSettings(
                    10,
                    64,
                    Optimiser.Sgd.PAPER,
                    new Schedule.Steps(0.1, java.util.List.of(0.5, 0.75)),
                    0,
                    1);

    /// The settings after a knob was turned. Survival and dropout belong to the network and change
    /// nothing here.
    public RunSettings with(Knob knob) {
        Optimiser.Sgd o = optimiser;
        return switch (knob) {
            case Knob.LearningRate k ->
                    with(
                            new Optimiser.Sgd(
                                    k.value(),
                                    o.momentum(),
                                    o.nesterov(),
                                    o.weightDecay(),
                                    o.decayAll()));
            case Knob.Momentum k ->
                    with(
                            new Optimiser.Sgd(
                                    o.learningRate(),
                                    k.value(),
                                    o.nesterov(),
                                    o.weightDecay(),
                                    o.decayAll()));
            case Knob.WeightDecay k ->
                    with(
                            new Optimiser.Sgd(
                                    o.learningRate(),
                                    o.momentum(),
                                    o.nesterov(),
                                    k.value(),
                                    o.decayAll()));
            case Knob.LabelSmoothing k ->
                    new RunSettings(epochs, batch, o, schedule, k.value(), seed);
            case Knob.BatchSize k ->
                    new RunSettings(epochs, k.value(), o, schedule, labelSmoothing, seed);
            case Knob.SurvivalSchedule _, Knob.Dropout _ -> this;
        };
    }

    public RunSettings withEpochs(int value) {
        return new RunSettings(value, batch, optimiser, schedule, labelSmoothing, seed);
    }

    public RunSettings withSeed(long value) {
        return new RunSettings(epochs, batch, optimiser, schedule, labelSmoothing, value);
    }

    private RunSettings with(Optimiser.Sgd other) {
        return new RunSettings(epochs, batch, other, schedule, labelSmoothing, seed);
    }
}
