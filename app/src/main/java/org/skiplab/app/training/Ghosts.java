package org.skiplab.app.training;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.insight.Ghost;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;

/// The network that keeps the session company, and what is seen of it. Belongs to the JavaFX
/// thread.
public final class Ghosts {

    private final SessionSlot slot;

    private final ReadOnlyObjectWrapper<Optional<Ghost>> chosen =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Telemetry>> telemetry =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private @Nullable Network asked;
    private List<Ghost> offered = List.of();

    Ghosts(SessionSlot slot) {
        this.slot = slot;
    }

    /// The ghost that trains in turn with the network, if a person chose one.
    public ReadOnlyObjectProperty<Optional<Ghost>> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// The ghost's newest picture; empty before there is one.
    public ReadOnlyObjectProperty<Optional<Telemetry>> telemetryProperty() {
        return telemetry.getReadOnlyProperty();
    }

    /// Those that a network can have; asked again and again of the same one.
    public List<Ghost> of(Network network) {
        if (network != asked) {
            asked = network;
            offered = Arrays.stream(Ghost.values()).filter(g -> g.of(network).isPresent()).toList();
        }
        return offered;
    }

    /// Lets another network make every step in turn with the session's, from the same seed; empty
    /// for none.
    public void choose(Optional<Ghost> ghost) {
        if (!ghost.equals(chosen.get())) {
            chosen.set(ghost);
            telemetry.set(Optional.empty());
            slot.session().ifPresent(session -> session.accompany(network()));
        }
    }

    /// A session has opened: the chosen one, if the network can have it, keeps it company.
    void begin(Training session) {
        telemetry.set(Optional.empty());
        network().ifPresent(n -> session.accompany(Optional.of(n)));
    }

    private Optional<Network> network() {
        return chosen.get().flatMap(g -> slot.opened().flatMap(plan -> g.of(plan.network())));
    }

    /// Once a frame.
    void pulse(Training session) {
        Optional<Telemetry> newest = session.companion();
        boolean same =
                newest.map(Telemetry::revision).equals(telemetry.get().map(Telemetry::revision));
        if (!same || newest.isPresent() != telemetry.get().isPresent()) {
            telemetry.set(newest);
        }
    }
}
