package org.skiplab.app.insight;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javafx.beans.value.ObservableValue;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.train.Telemetry;

/// A network in training as insights see it. Belongs to the JavaFX thread.
public interface Experiment {

    /// The newest picture of the session, empty without one.
    ObservableValue<Optional<Telemetry>> telemetryProperty();

    /// The network that trains, or would train.
    Network opened();

    /// The name of a class of the data.
    String className(int label);

    /// Ids of the blocks that are selected on the canvas, input first.
    ObservableValue<List<String>> selectedProperty();

    /// Asks the network something between two steps; empty when there is none.
    <T> Optional<CompletableFuture<T>> ask(Probe<T> probe);

    /// Switches the session's probes.
    void watch(Set<Probing> probes);

    /// Shows on the canvas which blocks are cut off.
    void showCut(Set<String> blocks);
}
