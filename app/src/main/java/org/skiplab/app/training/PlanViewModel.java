package org.skiplab.app.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Knob;

/// What the next session would train: the network on the canvas, the data that a person chose and
/// the settings that the knobs say; and why it cannot, if so. Belongs to the JavaFX thread.
public final class PlanViewModel implements AutoCloseable {

    private final ObservableValue<Network> network;
    private final NetworkEdits edits;
    private final LiveKnobs knobs;
    private final ObservableList<DataChoice> choices;
    private final ObjectProperty<DataChoice> data;
    private final ReadOnlyObjectWrapper<Analysis> analysis;
    private final Subscription subscription;

    /// @param network what the canvas shows
    /// @param choices data sets on offer, the first one chosen
    /// @param edits makes undoable changes of the network
    /// @param turned told of every turn of a knob that is not an edit of the network
    /// @throws IllegalArgumentException if there are no data to choose from
    PlanViewModel(
            ObservableValue<Network> network,
            List<DataChoice> choices,
            NetworkEdits edits,
            Consumer<Knob> turned) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("there are no data to train on");
        }
        this.network = network;
        this.edits = edits;
        this.knobs = new LiveKnobs(edits, turned);
        this.choices = FXCollections.observableArrayList(choices);
        this.data = new SimpleObjectProperty<>(choices.getFirst());
        this.analysis = new ReadOnlyObjectWrapper<>(Analysis.of(network.getValue()));
        this.subscription = network.subscribe(this::analyse);
    }

    private void analyse(Network now) {
        if (!analysis.get().network().equals(now)) {
            analysis.set(Analysis.of(now));
        }
    }

    /// What the canvas shows.
    public Network network() {
        return network.getValue();
    }

    /// What the canvas shows, analysed.
    ReadOnlyObjectProperty<Analysis> analysisProperty() {
        return analysis.getReadOnlyProperty();
    }

    /// The settings, and the knobs that turn them.
    public LiveKnobs knobs() {
        return knobs;
    }

    /// Data sets on offer.
    public ObservableList<DataChoice> choices() {
        return choices;
    }

    /// Puts a data set on offer, in the place of the same data with other settings.
    public void offer(DataChoice choice) {
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i).address().equals(choice.address())) {
                if (!choices.get(i).equals(choice)) {
                    choices.set(i, choice);
                }
                return;
            }
        }
        choices.add(choice);
    }

    /// The data to train on.
    public ObjectProperty<DataChoice> dataProperty() {
        return data;
    }

    /// Chooses the data to train on, and fits the network to them if it must be.
    public void choose(DataChoice choice) {
        offer(choice);
        data.set(choice);
        if (unfit()) {
            fit();
        }
    }

    /// Makes the network take the images of the chosen data and tell their classes apart.
    void fit() {
        edits.fit(data.get());
    }

    /// Whether the network would run, but not on the images or classes of the chosen data.
    boolean unfit() {
        return analysis.get().runnable() && data.get().mismatch(analysis.get()).isPresent();
    }

    /// Why this cannot be trained, with what to do; empty if it can.
    Optional<String> obstacle() {
        return analysis.get().runnable()
                ? data.get().mismatch(analysis.get())
                : Optional.of(analysis.get().problems().getFirst().toString());
    }

    /// What the canvas, the data and the settings say to train.
    public TrainingPlan wanted() {
        return new TrainingPlan(network.getValue(), data.get(), knobs.settings());
    }

    /// Chooses data and settings as a plan has them; its network has to be on the canvas.
    void adopt(TrainingPlan plan) {
        offer(plan.data());
        data.set(plan.data());
        knobs.settingsProperty().set(plan.settings());
    }

    @Override
    public void close() {
        subscription.unsubscribe();
    }
}
