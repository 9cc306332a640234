package org.skiplab.engine.train;

import java.util.HashMap;
import java.util.Map;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Subject;

/// A state of a run that can be returned to or branched from.
///
/// @param state what the network had learned
/// @param network as it was trained then: its drop paths may have got another meaning since
/// @param then what had been measured by then; it keeps no milestones itself
public record Milestone(Checkpoint state, Network network, Telemetry then) {

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

    /// A probe that sees the network as it was: with the weights, the survival probabilities and
    /// the drop paths of then.
    public <T> Probe<T> seenBy(Probe<T> probe) {
        return subject -> {
            try (Parameters weights = state.parameters(network);
                    Subject earlier =
                            subject.with(network, weights, survival(), state.place().step())) {
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
