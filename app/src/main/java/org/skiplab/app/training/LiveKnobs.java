package org.skiplab.app.training;

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
public final class LiveKnobs {

    private final ObjectProperty<TrainingSettings> settings =
            new SimpleObjectProperty<>(TrainingSettings.DEFAULT);
    private final NetworkEdits edits;
    private final Consumer<Knob> turned;
    private OptionalDouble dropout = OptionalDouble.empty();

    /// @param edits makes undoable changes, and remembers how to undo a turn
    /// @param turned told of every turn that is not an edit of the network
    LiveKnobs(NetworkEdits edits, Consumer<Knob> turned) {
        this.edits = edits;
        this.turned = turned;
    }

    public ObjectProperty<TrainingSettings> settingsProperty() {
        return settings;
    }

    TrainingSettings settings() {
        return settings.get();
    }

    /// What the dropout knob was turned to in this session, if it was.
    public OptionalDouble dropout() {
        return dropout;
    }

    /// Turns a knob: at once in the settings, and in the running network at its next step. Can be
    /// undone; turns of one knob up to [#released] are one step.
    public void turn(Knob knob) {
        switch (knob) {
            case Knob.SurvivalSchedule k -> edits.survival(k.value());
            case Knob.DropPaths k -> edits.dropPaths(k.value());
            case Knob.OfRun _ -> {
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

    /// A hand let go of a knob.
    public void released() {
        edits.endGesture();
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
            case Knob.OfDesign _ -> knob;
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
        // The session first, so that nobody who hears of the settings sees the two differ.
        turned.accept(knob);
        settings.set(settings().turned(knob));
    }

    /// Changes what the next run begins with; can be undone.
    ///
    /// @param what the setting, as the menu shall name it: `epochs`
    void change(String what, UnaryOperator<TrainingSettings> change) {
        TrainingSettings before = settings();
        TrainingSettings after = change.apply(before);
        settings.set(after);
        edits.turned("Change " + what, before, after, settings::set, "next run, " + what);
    }

    /// A session begins: nothing was turned in it.
    void fresh() {
        dropout = OptionalDouble.empty();
    }
}
