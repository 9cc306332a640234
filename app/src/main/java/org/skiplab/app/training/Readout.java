package org.skiplab.app.training;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Numbers;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Series;
import org.skiplab.engine.train.Telemetry;

/// What the transport bar says: a pure function of the session's telemetry and of what stands in
/// the way of training.
///
/// @param mood how the state is to be felt
/// @param state what the session is doing, in a word or two
/// @param advice what a person should know or do, in a sentence; may be empty
/// @param playable whether play (or pause) does anything
/// @param playing whether the button pauses
/// @param steppable whether one step can be made
/// @param rewindable whether there is anything to rewind
/// @param remedy what the extra button offers, if there is one
/// @param progress share of the run that is done, in [0, 1]
/// @param figures the numbers of the run
public record Readout(
        Mood mood,
        String state,
        String advice,
        boolean playable,
        boolean playing,
        boolean steppable,
        boolean rewindable,
        Optional<Remedy> remedy,
        double progress,
        List<Figure> figures) {

    /// How a state is to be felt.
    public enum Mood {
        CALM,
        BUSY,
        DONE,
        TROUBLE
    }

    /// An extra button for a state that needs one.
    public enum Remedy {
        /// The run no longer is what the canvas shows.
        REBUILD("Rebuild now"),
        /// The images on hand are not those the network takes.
        FIT("Fit network to data"),
        /// The loss blew up.
        COOL_DOWN("Rewind 1 epoch with a tenth of the learning rate"),
        /// The session failed.
        RETRY("Try again");

        private final String title;

        Remedy(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /// One number of the run.
    ///
    /// @param explanation what exactly it is, for a tooltip
    public record Figure(String name, String value, String explanation) {}

    /// Steps over which loss and accuracy of the bar are averaged.
    static final int RECENT = 20;

    /// @param blocked why the network on the canvas cannot train, if so
    /// @param unfit whether that is because of the images' shape or the number of classes
    /// @param opening whether a session is being opened
    /// @param telemetry of the session, null without one
    /// @param change what play or a rebuild does since the canvas or the settings have changed, as
    ///   `starts anew.`; empty when the session is what they say
    /// @param subject `resnet-8 on MNIST`
    public static Readout of(
            Optional<String> blocked,
            boolean unfit,
            boolean opening,
            @Nullable Telemetry telemetry,
            String change,
            String subject) {
        boolean changed = !change.isEmpty();
        Phase phase =
                telemetry == null || (telemetry.phase() == Phase.FAILED && changed)
                        ? Phase.CLOSED
                        : telemetry.phase();
        boolean playing = phase == Phase.RUNNING || phase == Phase.EVALUATING;
        boolean dead = phase == Phase.FAILED || phase == Phase.CLOSED;
        boolean free = blocked.isEmpty() && !opening && phase != Phase.PREPARING;
        boolean diverged = phase == Phase.DIVERGED && !changed;
        return new Readout(
                mood(blocked, opening, phase),
                state(blocked, opening, telemetry, phase),
                advice(blocked, opening, telemetry, phase, change, subject),
                playing || (free && !diverged),
                playing,
                free && !playing && !diverged,
                telemetry != null && telemetry.step() > 0 && !dead,
                remedy(blocked, unfit, opening, phase, changed),
                telemetry == null ? 0 : progress(telemetry),
                figures(telemetry));
    }

    private static Mood mood(Optional<String> blocked, boolean opening, Phase phase) {
        if (opening) {
            return Mood.BUSY;
        }
        return switch (phase) {
            case PREPARING, RUNNING, EVALUATING -> Mood.BUSY;
            case FINISHED -> Mood.DONE;
            case DIVERGED, FAILED -> Mood.TROUBLE;
            case PAUSED, CLOSED -> blocked.isPresent() ? Mood.TROUBLE : Mood.CALM;
        };
    }

    private static String state(
            Optional<String> blocked, boolean opening, @Nullable Telemetry telemetry, Phase phase) {
        if (opening) {
            return "Preparing";
        }
        return switch (phase) {
            case PREPARING -> "Preparing";
            case RUNNING -> "Training";
            case EVALUATING -> "Testing";
            case FINISHED -> "Finished";
            case DIVERGED -> "Diverged";
            case FAILED -> "Failed";
            case PAUSED ->
                    blocked.isPresent()
                            ? "Cannot train"
                            : telemetry != null && telemetry.step() > 0 ? "Paused" : "Ready";
            case CLOSED -> blocked.isPresent() ? "Cannot train" : "Ready";
        };
    }

    private static String advice(
            Optional<String> blocked,
            boolean opening,
            @Nullable Telemetry telemetry,
            Phase phase,
            String change,
            String subject) {
        boolean changed = !change.isEmpty();
        String said = telemetry == null ? "" : telemetry.message();
        if (opening) {
            return said.isEmpty() || phase != Phase.PREPARING ? "Building " + subject : said;
        }
        return switch (phase) {
            case PREPARING -> said.isEmpty() ? "Building " + subject : said;
            case DIVERGED -> {
                String why =
                        sentence(
                                said,
                                "The loss is no longer a number: rewind and lower the learning rate");
                yield blocked.orElse(changed ? why + " Changed since: play " + change : why);
            }
            case FAILED -> sentence(said, "The session stopped.");
            case RUNNING, EVALUATING ->
                    changed
                            ? "Changed since: this run trains what was there before."
                                    + (blocked.isPresent() ? "" : " A rebuild " + change)
                            : said.isEmpty() ? subject : said;
            case PAUSED, FINISHED, CLOSED -> {
                if (blocked.isPresent()) {
                    yield blocked.get();
                }
                if (!said.isEmpty() && phase != Phase.CLOSED) {
                    yield said;
                }
                if (changed) {
                    yield "Changed since this run: play " + change;
                }
                yield phase == Phase.FINISHED
                        ? "Play trains for as long again."
                        : telemetry != null && telemetry.step() > 0
                                ? subject
                                : "Space trains " + subject + ".";
            }
        };
    }

    private static String sentence(String said, String otherwise) {
        String text = said.isBlank() ? otherwise : said;
        return text.endsWith(".") ? text : text + ".";
    }

    private static Optional<Remedy> remedy(
            Optional<String> blocked,
            boolean unfit,
            boolean opening,
            Phase phase,
            boolean changed) {
        if (opening) {
            return Optional.empty();
        }
        boolean running = phase == Phase.RUNNING || phase == Phase.EVALUATING;
        if (unfit && !running) {
            return Optional.of(Remedy.FIT);
        }
        if (changed && blocked.isEmpty() && phase != Phase.CLOSED && phase != Phase.PREPARING) {
            return Optional.of(Remedy.REBUILD);
        }
        return switch (phase) {
            case DIVERGED -> Optional.of(Remedy.COOL_DOWN);
            case FAILED -> blocked.isEmpty() ? Optional.of(Remedy.RETRY) : Optional.empty();
            case PREPARING, PAUSED, RUNNING, EVALUATING, FINISHED, CLOSED -> Optional.empty();
        };
    }

    private static double progress(Telemetry t) {
        double steps = (double) t.epochs() * t.stepsPerEpoch();
        return steps > 0 ? Math.min(1, t.step() / steps) : 0;
    }

    private static List<Figure> figures(@Nullable Telemetry t) {
        String none = "–";
        boolean begun = t != null && t.step() > 0;
        Optional<Evaluation> test = t == null ? Optional.empty() : t.lastEvaluation();
        return List.of(
                new Figure(
                        "Epoch",
                        t == null || t.epochs() == 0
                                ? none
                                : Math.min(
                                                t.epoch()
                                                        + (t.epoch() < t.epochs() && begun ? 1 : 0),
                                                t.epochs())
                                        + " of "
                                        + t.epochs(),
                        "The pass over the training images that is under way"),
                new Figure(
                        "Step",
                        t == null ? none : Numbers.count(t.step()),
                        t == null || t.stepsPerEpoch() == 0
                                ? "Mini-batches since the initial weights"
                                : "Mini-batches since the initial weights; "
                                        + Numbers.count(t.stepsPerEpoch())
                                        + " make an epoch"),
                new Figure(
                        "Time left",
                        begun
                                        && t != null
                                        && (t.phase() == Phase.RUNNING
                                                || t.phase() == Phase.EVALUATING
                                                || t.phase() == Phase.PAUSED)
                                ? Numbers.duration(t.secondsLeft())
                                : none,
                        "Estimate to the end of the last epoch"),
                new Figure(
                        "Images/s",
                        begun && t != null ? Numbers.count(Math.round(t.imagesPerSecond())) : none,
                        "Training images per second, over the last second or so"),
                new Figure(
                        "Loss",
                        begun && t != null ? Numbers.significant(recent(t.loss()), 3) : none,
                        "Training cross-entropy in nats, mean of the last " + RECENT + " steps"),
                new Figure(
                        "Accuracy",
                        begun && t != null ? Numbers.percent(recent(t.accuracy())) : none,
                        "Share of right answers on training images, mean of the last "
                                + RECENT
                                + " steps"),
                new Figure(
                        "Test",
                        test.map(e -> Numbers.percent(e.accuracy())).orElse(none),
                        test.map(e ->
                                        "Share of right answers on the test images after "
                                                + e.epoch()
                                                + (e.epoch() == 1 ? " epoch" : " epochs"))
                                .orElse(
                                        "Share of right answers on the test images, measured after each epoch")));
    }

    /// The mean of the last [#RECENT] numbers, NaN when there are none.
    static double recent(Series.View series) {
        int from = Math.max(0, series.size() - RECENT);
        double sum = 0;
        for (int i = from; i < series.size(); i++) {
            sum += series.get(i);
        }
        return sum / (series.size() - from);
    }
}
