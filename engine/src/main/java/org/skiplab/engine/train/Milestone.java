package org.skiplab.engine.train;

import java.util.HashMap;
import java.util.Map;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Subject;

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

    /// A probe that sees the network as it was: with the weights and the survival probabilities of
    /// then. What a drop path means, per mini-batch or per image, scaled in training or in test, is
    /// today's.
    public <T> Probe<T> seenBy(Probe<T> probe) {
        return subject -> {
            try (Parameters weights = state.parameters(subject.network());
                    Subject earlier = subject.with(weights, survival(), state.place().step())) {
                return probe.read(earlier);
            }
        };
    }

    private Map<String, Double> survival() {
        GateStrip.View gates = then.gates();
        Map<String, Double> byBlock = new HashMap<>();
        for (int b = 0; b < gates.ids().size(); b++) {
            // Of gates that were other ones then, nothing is known.
            if (gates.probability()[b] > 0) {
                byBlock.put(gates.ids().get(b), gates.probability()[b]);
            }
        }
        return byBlock;
    }
}
