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
final class Pointing {

    private final ReadOnlyObjectWrapper<Optional<Set<String>>> ran =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Integer> scrubbed = new ReadOnlyObjectWrapper<>(-1);
    private final ReadOnlyObjectWrapper<List<String>> selected =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Set<String>> cut = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<Spotlight> lit =
            new ReadOnlyObjectWrapper<>(Spotlight.NONE);

    ReadOnlyObjectProperty<Optional<Set<String>>> ranProperty() {
        return ran.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Integer> scrubbedProperty() {
        return scrubbed.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<String>> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Set<String>> cutProperty() {
        return cut.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Spotlight> litProperty() {
        return lit.getReadOnlyProperty();
    }

    void select(List<String> blocks) {
        selected.set(List.copyOf(blocks));
    }

    void cut(Set<String> blocks) {
        cut.set(Set.copyOf(blocks));
    }

    void light(Spotlight wires) {
        lit.set(wires);
    }

    /// @param step from 0, or −1 for the newest
    void scrub(int step, Optional<Telemetry> telemetry) {
        scrubbed.set(step);
        follow(telemetry);
    }

    /// Shows which blocks ran, now that there is newer telemetry.
    void follow(Optional<Telemetry> telemetry) {
        GateStrip.View gates = telemetry.map(Telemetry::gates).orElse(null);
        if (gates == null || gates.steps() == 0 || gates.ids().isEmpty()) {
            if (ran.get().isPresent()) {
                ran.set(Optional.empty());
            }
            return;
        }
        if (scrubbed.get() >= gates.steps()) {
            scrubbed.set(-1);
        }
        int step = scrubbed.get() >= gates.firstKept() ? scrubbed.get() : gates.steps() - 1;
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
