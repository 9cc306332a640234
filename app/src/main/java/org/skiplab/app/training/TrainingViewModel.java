package org.skiplab.app.training;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableValue;
import org.skiplab.app.insight.Experiment;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.train.Telemetry;

/// The training half of a window, wired: the plan, the session that trains it, its ghosts, what
/// canvas and insights point at in it, and the transport that drives it. Belongs to the JavaFX
/// thread.
public final class TrainingViewModel implements Experiment, AutoCloseable {

    /// A session tells what it has learned between two steps; none takes longer.
    private static final Duration HAND_OVER = Duration.ofSeconds(20);

    private final SessionSlot slot;
    private final PlanViewModel plan;
    private final Ghosts ghosts;
    private final Pointing pointing = new Pointing();
    private final SessionViewModel session;
    private final TransportViewModel transport;

    /// @param network what the canvas shows
    /// @param choices data sets on offer, the first one chosen
    /// @param factory opens sessions
    /// @param background where sessions are opened and closed
    /// @param edits makes undoable changes of the network
    /// @throws IllegalArgumentException if there are no data to choose from
    public TrainingViewModel(
            ObservableValue<Network> network,
            List<DataChoice> choices,
            TrainingFactory factory,
            Executor background,
            NetworkEdits edits) {
        slot = new SessionSlot(factory, background, HAND_OVER);
        PendingTurns turns = new PendingTurns(slot);
        plan = new PlanViewModel(network, choices, edits, turns::send);
        ghosts = new Ghosts(slot);
        session = new SessionViewModel(plan, slot, turns, ghosts, pointing);
        transport = new TransportViewModel(plan, session);
    }

    public PlanViewModel plan() {
        return plan;
    }

    /// The settings, and the knobs that turn them.
    public LiveKnobs knobs() {
        return plan.knobs();
    }

    public SessionViewModel session() {
        return session;
    }

    public TransportViewModel transport() {
        return transport;
    }

    public Ghosts ghosts() {
        return ghosts;
    }

    public Pointing pointing() {
        return pointing;
    }

    /// Tells someone as soon as there is something for [#pulse] to pick up. On any thread.
    void onNews(Runnable hears) {
        slot.onNews(hears);
    }

    /// Takes over a session that has opened, sends turned knobs, pulls telemetry.
    ///
    /// @param now nanoseconds
    /// @param look whether to pull telemetry that only tells of more steps
    public void pulse(long now, boolean look) {
        session.pulse(now, look);
    }

    @Override
    public ReadOnlyObjectProperty<Optional<Telemetry>> telemetryProperty() {
        return session.telemetryProperty();
    }

    @Override
    public Network opened() {
        return session.opened();
    }

    @Override
    public String className(int label) {
        return session.className(label);
    }

    @Override
    public ReadOnlyObjectProperty<List<String>> selectedProperty() {
        return pointing.selectedProperty();
    }

    @Override
    public <T> Optional<CompletableFuture<T>> ask(Probe<T> probe) {
        return slot.session().map(t -> slot.heard(t.ask(probe)));
    }

    @Override
    public void watch(Set<Probing> probes) {
        slot.session().ifPresent(t -> t.watch(probes));
    }

    @Override
    public void showCut(Set<String> blocks) {
        pointing.cut(blocks);
    }

    @Override
    public void close() {
        transport.close();
        session.close();
        plan.close();
    }
}
