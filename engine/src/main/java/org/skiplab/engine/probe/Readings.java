package org.skiplab.engine.probe;

import java.util.Optional;
import java.util.Set;

/// The newest readings of a session's probes beyond gradient and feature reuse.
///
/// @param watched probes that are switched on
/// @param activations newest reading of activations by depth
/// @param gradientHistory mean |gradient| of every block over the run
/// @param timing empty before the first step and while nothing times it
public record Readings(
        Set<Probing> watched,
        Optional<ActivationsByDepth> activations,
        DepthHistory.View gradientHistory,
        Optional<Timing> timing) {

    /// Before there is anything to read.
    public static final Readings NONE =
            new Readings(
                    Set.of(Probing.values()),
                    Optional.empty(),
                    DepthHistory.View.EMPTY,
                    Optional.empty());

    public Readings {
        watched = Set.copyOf(watched);
    }
}
