package org.skiplab.engine.train;

/// A state of a run that can be returned to or branched from.
///
/// @param state the network's
/// @param then what had been measured by then; it keeps no milestones itself
public record Milestone(Checkpoint state, Telemetry then) {

    /// @throws IllegalArgumentException if the two are not of the same step
    public Milestone {
        if (then.loss().size() != state.place().step()) {
            throw new IllegalArgumentException(
                    "a state of step "
                            + state.place().step()
                            + " with measurements up to step "
                            + then.loss().size());
        }
        then = then.milestones().isEmpty() ? then : then.withoutMilestones();
    }
}
