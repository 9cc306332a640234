package org.skiplab.app.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.training.TrainingPlan;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Race;
import org.skiplab.engine.train.Telemetry;

/// The life cycle of a race: pairs derived from the network on the canvas, one race at a time.
/// Training pauses when a race begins, and a race when training begins. Belongs to the JavaFX
/// thread.
public final class RaceViewModel implements AutoCloseable {

    private final TrainingViewModel training;
    private final RaceFactory factory;
    private final Executor background;
    private final Subscription subscription;
    private final ReadOnlyObjectWrapper<List<Pair>> pairs = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Pair>> pair =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Telemetry>> telemetry =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<String> trouble = new ReadOnlyObjectWrapper<>("");
    private @Nullable CompletableFuture<Race> opening;
    private @Nullable Race race;
    private @Nullable TrainingPlan plan;
    private boolean trained;

    /// @param network what the canvas shows
    /// @param training pauses for a race, and knows data and settings
    /// @param background where races are opened and closed
    public RaceViewModel(
            ObservableValue<Network> network,
            TrainingViewModel training,
            RaceFactory factory,
            Executor background) {
        this.training = training;
        this.factory = factory;
        this.background = background;
        subscription = network.subscribe(this::derive);
    }

    private void derive(Network network) {
        trouble.set("");
        pairs.set(Analysis.of(network).runnable() ? Pairs.of(network) : List.of());
    }

    /// Ready-made races of the network on the canvas.
    public ReadOnlyObjectProperty<List<Pair>> pairsProperty() {
        return pairs.getReadOnlyProperty();
    }

    /// The race that is on, or was last.
    public ReadOnlyObjectProperty<Optional<Pair>> pairProperty() {
        return pair.getReadOnlyProperty();
    }

    /// The newest picture of each competitor, in the pair's order; empty before the first race.
    public ReadOnlyObjectProperty<List<Telemetry>> telemetryProperty() {
        return telemetry.getReadOnlyProperty();
    }

    /// Why a race could not begin, in one line; empty when nothing is wrong.
    public ReadOnlyObjectProperty<String> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /// The settings and data of the race.
    public Optional<TrainingPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /// Begins a race at once; one that is on ends.
    public void start(Pair chosen) {
        TrainingPlan wanted = training.plan().wanted();
        Optional<String> misfit =
                wanted.data().mismatch(Analysis.of(chosen.entries().getFirst().network()));
        if (misfit.isPresent()) {
            trouble.set(misfit.get());
            return;
        }
        training.session().pause();
        trouble.set("");
        pair.set(Optional.of(chosen));
        telemetry.set(List.of());
        plan = wanted;
        Race old = race;
        CompletableFuture<Race> before = opening;
        race = null;
        List<Network> networks = chosen.entries().stream().map(Pair.Entry::network).toList();
        opening =
                CompletableFuture.supplyAsync(
                        () -> {
                            if (old != null) {
                                old.close();
                            }
                            if (before != null) {
                                before.thenAccept(Race::close);
                            }
                            return factory.open(networks, wanted);
                        },
                        background);
    }

    public boolean running() {
        return opening != null
                || telemetry.get().stream()
                        .anyMatch(t ->
                                t.phase() == Phase.RUNNING
                                        || t.phase() == Phase.EVALUATING
                                        || t.phase() == Phase.PREPARING);
    }

    /// Whether there is a race to go on with.
    public boolean open() {
        return race != null;
    }

    /// Goes on, or pauses.
    public void toggle() {
        Race now = race;
        if (now == null) {
            return;
        }
        if (running()) {
            now.pause();
        } else {
            training.session().pause();
            now.play();
        }
    }

    /// Back to the initial weights.
    public void rewind() {
        if (race != null) {
            race.rewind();
        }
    }

    /// Once a frame: takes over a race that has opened, and pulls its telemetry.
    public void pulse() {
        CompletableFuture<Race> pending = opening;
        if (pending != null && pending.isDone()) {
            opening = null;
            try {
                Race opened = pending.join();
                race = opened;
                opened.play();
            } catch (CompletionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                trouble.set(Optional.ofNullable(cause.getMessage()).orElse(cause.toString()));
            }
        }
        Race now = race;
        boolean trains = training();
        if (now != null && trains && !trained) {
            now.pause();
        }
        trained = trains;
        if (now == null) {
            return;
        }
        List<Telemetry> newest = now.telemetry();
        if (!revisions(newest).equals(revisions(telemetry.get()))) {
            telemetry.set(newest);
            newest.stream()
                    .filter(t -> t.phase() == Phase.FAILED)
                    .findFirst()
                    .ifPresent(t -> trouble.set(t.message()));
        }
    }

    private boolean training() {
        return training.telemetryProperty()
                .get()
                .map(Telemetry::phase)
                .filter(p -> p == Phase.RUNNING || p == Phase.EVALUATING)
                .isPresent();
    }

    private static List<Long> revisions(List<Telemetry> lanes) {
        List<Long> revisions = new ArrayList<>();
        lanes.forEach(t -> revisions.add(t.revision()));
        return revisions;
    }

    @Override
    public void close() {
        subscription.unsubscribe();
        if (opening != null) {
            opening.thenAccept(Race::close);
        }
        if (race != null) {
            race.close();
            race = null;
        }
    }
}
