package org.skiplab.engine.graph;

import org.jspecify.annotations.Nullable;

/// A drop path: the residual branch that ends in it survives a mini-batch (or an image) with
/// probability `p` (Huang et al. 2016, 1603.09382 §3).
///
/// @param mode what one draw decides and where `p` is divided out
/// @param own the survival probability set by hand, in (0, 1], or null to follow the network's
///   [Survival] schedule
public record Gate(GateMode mode, @Nullable Double own) {

    /// With the paper's meaning, following the schedule.
    public static final Gate SCHEDULED = new Gate(GateMode.BATCH, null);

    /// @throws IllegalArgumentException if `own` is not in (0, 1]
    public Gate {
        if (own != null && !(own > 0 && own <= 1)) {
            throw new IllegalArgumentException("survival probability must be in (0, 1]: " + own);
        }
    }

    public Gate with(GateMode other) {
        return new Gate(other, own);
    }
}
