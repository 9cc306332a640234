package org.skiplab.app.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.TrainingSettings;

/// The settings that knobs turn, what a person turned last, and the way back. Knobs that are the
/// network's own are edits of it. Belongs to the JavaFX thread.
final class LiveKnobs {

    private static final long BETWEEN_TURNS = 150_000_000;

    private final ObjectProperty<TrainingSettings> settings =
            new SimpleObjectProperty<>(TrainingSettings.DEFAULT);
    private final NetworkEdits edits;
    private final Consumer<Knob> turned;
    private final Map<String, Knob> waiting = new LinkedHashMap<>();
    private OptionalDouble dropout = OptionalDouble.empty();
    private long lastTurn;

    /// @param edits makes undoable changes, and remembers how to undo a turn
    /// @param turned told of every turn that is not an edit of the network
    LiveKnobs(NetworkEdits edits, Consumer<Knob> turned) {
        this.edits = edits;
        this.turned = turned;
    }

    ObjectProperty<TrainingSettings> settingsProperty() {
        return settings;
    }

    TrainingSettings settings() {
        return settings.get();
    }

    OptionalDouble dropout() {
        return dropout;
    }

    /// Turns a knob, undoably; turns of the same knob until [NetworkEdits#endGesture] are one step.
    void turn(Knob knob) {
        switch (knob) {
            case Knob.SurvivalSchedule k -> edits.survival(k.value());
            case Knob.DropPaths k -> edits.dropPaths(k.value());
            case Knob.LearningRate _,
                    Knob.FollowSchedule _,
                    Knob.Momentum _,
                    Knob.WeightDecay _,
                    Knob.Dropout _,
                    Knob.DesignedDropout _,
                    Knob.LabelSmoothing _,
                    Knob.Augment _,
                    Knob.BatchSize _ -> {
                Knob before = now(knob);
                put(knob);
                edits.turned(
                        "Set " + knob.title() + " to " + knob.text(),
                        before,
                        knob,
                        this::put,
                        knob.title());
            }
        }
    }

    /// The knob that leaves everything as it is.
    private Knob now(Knob knob) {
        TrainingSettings s = settings();
        Optimiser optimiser = s.optimiser();
        return switch (knob) {
            case Knob.LearningRate _, Knob.FollowSchedule _ ->
                    s.schedule() instanceof Schedule.Constant
                            ? new Knob.LearningRate(optimiser.learningRate())
                            : new Knob.FollowSchedule(optimiser.learningRate(), s.schedule());
            case Knob.Momentum _ -> new Knob.Momentum(momentum(optimiser));
            case Knob.WeightDecay _ -> new Knob.WeightDecay(optimiser.weightDecay());
            case Knob.Dropout _, Knob.DesignedDropout _ ->
                    dropout.isPresent()
                            ? new Knob.Dropout(dropout.getAsDouble())
                            : new Knob.DesignedDropout();
            case Knob.LabelSmoothing _ -> new Knob.LabelSmoothing(s.labelSmoothing());
            case Knob.Augment _ -> new Knob.Augment(s.augmentation());
            case Knob.BatchSize _ -> new Knob.BatchSize(s.batch());
            case Knob.SurvivalSchedule _, Knob.DropPaths _ -> knob;
        };
    }

    /// Momentum of SGD, β₁ of Adam.
    static double momentum(Optimiser optimiser) {
        return switch (optimiser) {
            case Optimiser.Sgd sgd -> sgd.momentum();
            case Optimiser.Adam adam -> adam.beta1();
        };
    }

    private void put(Knob knob) {
        if (knob instanceof Knob.Dropout(double value)) {
            dropout = OptionalDouble.of(value);
        } else if (knob instanceof Knob.DesignedDropout) {
            dropout = OptionalDouble.empty();
        }
        settings.set(TrainingPlan.turned(settings(), knob));
        turned.accept(knob);
    }

    /// Changes what the next run begins with, undoably.
    ///
    /// @param what the setting, as the menu shall name it: `epochs`
    void change(String what, UnaryOperator<TrainingSettings> change) {
        TrainingSettings before = settings();
        TrainingSettings after = change.apply(before);
        settings.set(after);
        edits.turned("Change " + what, before, after, settings::set, "next run, " + what);
    }

    /// Lets a knob act on the session before its next step, after others that wait for it.
    void send(Knob knob) {
        waiting.remove(knob.title());
        waiting.put(knob.title(), knob);
    }

    /// What has to be turned in the session now: quick turns of one knob are gathered, so that
    /// dragging a slider does not flood the run's log.
    ///
    /// @param now nanoseconds
    List<Knob> due(long now) {
        if (waiting.isEmpty() || now - lastTurn < BETWEEN_TURNS) {
            return List.of();
        }
        lastTurn = now;
        return all();
    }

    /// Everything that waits.
    List<Knob> all() {
        List<Knob> due = List.copyOf(waiting.values());
        waiting.clear();
        return due;
    }

    /// A session begins: nothing was turned in it.
    void fresh() {
        waiting.clear();
        dropout = OptionalDouble.empty();
    }
}
