package org.skiplab.engine.probe;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The newest readings of a session's probes beyond gradient and feature reuse.
///
/// @param watched probes that are switched on
/// @param activations newest reading of activations by depth
/// @param course of the readings by depth over the run
/// @param reuseHistory feature reuse at the ends of epochs, oldest first; of a long run every other
///   one, or fewer
/// @param timing empty before the first step and while nothing times it
/// @param times of every block over the run, as far as it was timed
public record Readings(
        Set<Probing> watched,
        Optional<ActivationsByDepth> activations,
        DepthCourse course,
        List<ReuseReading> reuseHistory,
        Optional<Timing> timing,
        Timing.Course times) {

    /// Before there is anything to read.
    public static final Readings NONE =
            new Readings(
                    Set.of(Probing.values()),
                    Optional.empty(),
                    DepthCourse.NONE,
                    List.of(),
                    Optional.empty(),
                    Timing.Course.NONE);

    public Readings {
        watched = Set.copyOf(watched);
        reuseHistory = List.copyOf(reuseHistory);
    }
}
