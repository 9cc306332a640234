package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.SimpleObjectProperty;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.train.Start;

/// A training half whose sessions only note down what they are told, and a clock that goes on by
/// hand.
final class TrainingFixture {

    static final DataChoice CIFAR_LIKE =
            new DataChoice(
                    "shapes",
                    "Shapes",
                    new Shape(32, 32, 3),
                    List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));

    private static final long SECOND = 1_000_000_000;

    /// All that were opened, in their order, and what they began with.
    final List<FakeTraining> sessions = new ArrayList<>();

    final List<Start> starts = new ArrayList<>();

    /// What the background has to do, once it is told to keep it.
    final List<Runnable> waiting = new ArrayList<>();

    /// What the canvas shows.
    final SimpleObjectProperty<Network> network =
            new SimpleObjectProperty<>(Presets.get("stochastic-resnet-110").network());

    /// Where sessions are opened.
    Executor background = Runnable::run;

    /// Why sessions cannot be opened; empty if they can.
    String refusal = "";

    /// Nanoseconds.
    long now;

    TrainingViewModel model() {
        return new TrainingViewModel(
                network,
                List.of(
                        CIFAR_LIKE,
                        new DataChoice("mnist", "MNIST", new Shape(28, 28, 1), List.of("0", "1"))),
                (plan, start) -> {
                    starts.add(start);
                    if (!refusal.isEmpty()) {
                        throw new IllegalArgumentException(refusal);
                    }
                    sessions.add(new FakeTraining(plan));
                    return sessions.getLast();
                },
                task -> background.execute(task),
                editing(network));
    }

    /// One whose first session trains.
    TrainingViewModel playing() {
        TrainingViewModel model = model();
        model.transport().togglePlay();
        pulse(model);
        return model;
    }

    /// A second later it looks.
    void pulse(TrainingViewModel model) {
        now += SECOND;
        model.pulse(now, true);
    }

    static Readout readout(TrainingViewModel model) {
        return model.transport().readoutProperty().get();
    }

    /// Edits of a canvas that is nothing but a property; nothing can be undone.
    static NetworkEdits editing(SimpleObjectProperty<Network> network) {
        return new NetworkEdits() {
            @Override
            public void survival(Survival rule) {
                network.set(network.get().withSurvival(rule));
            }

            @Override
            public void dropPaths(GateMode mode) {
                network.set(network.get().withGateMode(mode));
            }

            @Override
            public <S> void turned(
                    String what, S before, S after, Consumer<S> put, String gesture) {}

            @Override
            public void fit(DataChoice data) {
                network.set(
                        ((Edit.Done) BlockEdits.fit(network.get(), data.shape(), data.classes()))
                                .network());
            }

            @Override
            public void endGesture() {}
        };
    }
}
