package org.skiplab.app.symptom;

import java.util.Optional;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Telemetry;

/// What rules judge by.
///
/// @param network in training, or on the canvas while nothing trains
/// @param telemetry of its session, empty without one
public record Signals(Network network, Optional<Telemetry> telemetry) {

    /// What a rule can say.
    public sealed interface Finding {
        /// There was enough to judge by, and nothing conspicuous.
        record Clear() implements Finding {}

        /// There is not enough to judge by yet.
        ///
        /// @param until what has to happen first, `a step has been made`
        record Open(String until) implements Finding {}

        record Found(Symptom symptom) implements Finding {}
    }
}
