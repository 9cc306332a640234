package org.skiplab.engine.graph.redesign;

import java.util.List;
import org.skiplab.engine.graph.Architecture;

/// What turning one of a recipe's knobs gives.
public sealed interface Redesign {

    record Done(Architecture architecture) implements Redesign {}

    /// The recipe cannot have that value.
    ///
    /// @param why one line
    /// @param nearest values close by that it can have; empty if there is nothing to offer
    record Refused(String why, List<Integer> nearest) implements Redesign {
        public Refused {
            nearest = List.copyOf(nearest);
        }
    }
}
