package org.skiplab.app.cli;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Node;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.OptimiserRule;
import org.skiplab.engine.train.Recipe;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.TrainingSettings;
import picocli.CommandLine.Option;

/// How to train: a recipe and what is to be different from it. A mixin for commands that train.
final class SettingsOptions {

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "live",
            description =
                    "How a paper trained, or live for short runs: live, resnet, resnet-110, preact,"
                            + " stochastic-depth, stochastic-depth-1202, stochastic-depth-svhn,"
                            + " wrn, wrn-svhn, densenet, densenet-svhn. Other options change it.")
    private String recipe = "live";

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training images (live: 1).")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "B", description = "Images per mini-batch (live: 32).")
    private @Nullable Integer batch;

    @Option(
            names = "--optimiser",
            paramLabel = "RULE",
            description = "sgd, nesterov, adam or adamw (live: nesterov).")
    private @Nullable String optimiser;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "Learning rate that the schedule multiplies (live: 0.1; adam: 0.001).")
    private @Nullable Double learningRate;

    @Option(
            names = "--momentum",
            paramLabel = "X",
            description = "Momentum of SGD, beta1 of Adam, in [0, 1) (live: 0.9).")
    private @Nullable Double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "L2 penalty, or AdamW's decay (live: 1e-4).")
    private @Nullable Double weightDecay;

    @Option(
            names = "--decay-weights-only",
            description = "No weight decay on biases and batch norms.")
    private boolean decayWeightsOnly;

    @Option(
            names = "--schedule",
            paramLabel = "RULE",
            description =
                    "constant, steps:0.1@0.5,0.75 (factor@shares of the run), cosine[:END],"
                            + " one-cycle[:START,END,RISE] (live: cosine).")
    private @Nullable String schedule;

    @Option(
            names = "--warmup",
            paramLabel = "E[:START]",
            description =
                    "Rise over E epochs from START times the rate (0.1); E:START:flat stays there.")
    private @Nullable String warmup;

    @Option(
            names = "--clip",
            paramLabel = "NORM",
            description = "Largest norm of all gradients together; 0 for none.")
    private @Nullable Double clip;

    @Option(
            names = "--label-smoothing",
            paramLabel = "X",
            description = "Share of the target spread over all classes, in [0, 1).")
    private @Nullable Double labelSmoothing;

    @Option(
            names = "--augment",
            paramLabel = "RULE",
            description =
                    "none, cifar (crop:4,flip), or some of crop:PIXELS[:reflect],flip,cutout:PIXELS.")
    private @Nullable String augment;

    @Option(
            names = "--init",
            paramLabel = "RULE",
            description = "Initial kernels: he or orthogonal (he).")
    private @Nullable String initialisation;

    @Option(
            names = "--zero-gamma",
            description = "Residual branches end in a batch norm that starts at zero.")
    private boolean zeroGamma;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of everything random.")
    private long seed = 1;

    /// @throws CommandFailure with one line if a value makes no sense
    TrainingSettings settings() throws CommandFailure {
        TrainingSettings s =
                with(
                        "--recipe",
                        recipe,
                        Recipe.LIVE.settings(),
                        (_, name) -> Recipe.parse(name).settings());
        s = with("--epochs", epochs, s, TrainingSettings::withEpochs);
        s = with("--batch", batch, s, TrainingSettings::withBatch);
        s = s.withOptimiser(optimiser(s.optimiser()));
        s = s.withSchedule(schedule(s.schedule()));
        s = with("--clip", clip, s, TrainingSettings::withClip);
        s = with("--label-smoothing", labelSmoothing, s, TrainingSettings::withLabelSmoothing);
        s =
                with(
                        "--augment",
                        augment,
                        s,
                        (old, rule) -> old.withAugmentation(Augmentation.parse(rule)));
        s =
                with(
                        "--init",
                        initialisation,
                        s,
                        (old, rule) -> old.withInitialisation(Initialisation.Scheme.parse(rule)));
        return s.withSeed(seed);
    }

    private Optimiser optimiser(Optimiser start) throws CommandFailure {
        Optimiser o =
                with(
                        "--optimiser",
                        optimiser,
                        start,
                        (old, rule) -> OptimiserRule.parse(rule).insteadOf(old));
        o = with("--lr", learningRate, o, Optimiser::withLearningRate);
        o = with("--momentum", momentum, o, Optimiser::withMomentum);
        o = with("--weight-decay", weightDecay, o, Optimiser::withWeightDecay);
        return decayWeightsOnly ? o.withDecayAll(false) : o;
    }

    private Schedule schedule(Schedule start) throws CommandFailure {
        Schedule s = with("--schedule", schedule, start, (_, rule) -> Schedule.parse(rule));
        return with(
                "--warmup",
                warmup,
                s,
                (old, rule) -> Schedule.parse("warmup:" + rule + "+" + old.warm().text()));
    }

    /// What an option makes of a start; without the option the start itself.
    private static <S, A> S with(
            String name, @Nullable A value, S start, BiFunction<S, A, S> change)
            throws CommandFailure {
        if (value == null) {
            return start;
        }
        try {
            return change.apply(start, value);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.wrongUse(name + " " + value + ": " + e.getMessage());
        }
    }

    /// The network as the options want it to begin.
    Network begun(Network network) throws CommandFailure {
        if (!zeroGamma) {
            return network;
        }
        List<String> residual =
                network.nodes().stream()
                        .filter(n -> n.block() instanceof Residual)
                        .map(Node::id)
                        .toList();
        return switch (BlockEdits.set(network, residual, "zero-gamma", true)) {
            case Edit.Done(Network changed, _, _) -> changed;
            case Edit.Refused _ ->
                    throw CommandFailure.wrongUse(
                            "--zero-gamma: no residual branch of "
                                    + network.name()
                                    + " ends in a batch norm");
        };
    }
}
