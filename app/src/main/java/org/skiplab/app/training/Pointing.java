package org.skiplab.app.training;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.skiplab.app.diagram.Spotlight;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.train.Telemetry;

/// What canvas and insights point at in one another: selected, cut and lit blocks, and the
/// mini-batch whose sub-network shows. Belongs to the JavaFX thread.
public final class Pointing {

    private final ReadOnlyObjectWrapper<Optional<Set<String>>> ran =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Integer> scrubbed = new ReadOnlyObjectWrapper<>(-1);
    private final ReadOnlyObjectWrapper<List<String>> selected =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Set<String>> cut = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<Spotlight> lit =
            new ReadOnlyObjectWrapper<>(Spotlight.NONE);
    private Optional<Telemetry> seen = Optional.empty();

    /// Ids of the gated blocks that ran in the newest mini-batch, or in the one that a person
    /// scrubbed to; empty when no mini-batch ran or no block is gated.
    public ReadOnlyObjectProperty<Optional<Set<String>>> ranProperty() {
        return ran.getReadOnlyProperty();
    }

    /// The mini-batch that a person scrubbed to, from 0; −1 for the newest.
    public ReadOnlyObjectProperty<Integer> scrubbedProperty() {
        return scrubbed.getReadOnlyProperty();
    }

    /// Ids of the blocks that are selected on the canvas, input first.
    public ReadOnlyObjectProperty<List<String>> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// Ids of the blocks that a person has cut off in evaluation.
    public ReadOnlyObjectProperty<Set<String>> cutProperty() {
        return cut.getReadOnlyProperty();
    }

    /// The wires on the canvas that an insight speaks of.
    public ReadOnlyObjectProperty<Spotlight> litProperty() {
        return lit.getReadOnlyProperty();
    }

    /// Follows the selection on the canvas.
    public void select(List<String> blocks) {
        selected.set(List.copyOf(blocks));
    }

    /// Shows on the canvas which blocks are cut off.
    public void cut(Set<String> blocks) {
        cut.set(Set.copyOf(blocks));
    }

    /// Lights wires on the canvas.
    public void light(Spotlight wires) {
        lit.set(wires);
    }

    /// Shows another mini-batch's sub-network on the canvas.
    ///
    /// @param step from 0, or −1 for the newest
    public void scrub(int step) {
        scrubbed.set(step);
        follow(seen);
    }

    /// Shows which blocks ran, now that there is newer telemetry.
    void follow(Optional<Telemetry> telemetry) {
        seen = telemetry;
        GateStrip.View gates = telemetry.map(Telemetry::gates).orElse(null);
        if (gates == null || gates.steps() == 0 || gates.ids().isEmpty()) {
            if (ran.get().isPresent()) {
                ran.set(Optional.empty());
            }
            return;
        }
        int chosen = scrubbed.get();
        if (chosen >= 0 && (chosen < gates.firstKept() || chosen >= gates.steps())) {
            scrubbed.set(-1);
        }
        int step = scrubbed.get() >= 0 ? scrubbed.get() : gates.steps() - 1;
        Set<String> ids = new HashSet<>();
        for (int b = 0; b < gates.ids().size(); b++) {
            if (gates.survived(b, step) > 0) {
                ids.add(gates.ids().get(b));
            }
        }
        if (!ran.get().equals(Optional.of(ids))) {
            ran.set(Optional.of(ids));
        }
    }
}
