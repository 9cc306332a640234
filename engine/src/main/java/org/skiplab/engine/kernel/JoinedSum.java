package org.skiplab.engine.kernel;

import org.jspecify.annotations.Nullable;

/// An addition that the operation in front of it makes on its way: `sum = shortcut + branch`, then
/// ReLU if asked. The branch's own numbers then are in memory only if somebody asks to see them.
///
/// @param gate the drop path in front of the branch, null for none
record JoinedSum(Tensor shortcut, @Nullable GateFactors gate, Tensor sum, boolean relu) {

    /// Whether the branch arrives as it is: neither closed nor scaled.
    boolean applies() {
        return gate == null || gate.identity();
    }
}
