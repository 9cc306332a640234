package org.skiplab.engine.probe;

/// What a session can watch while it trains, at a cost that [Timing] states.
public enum Probing {
    /// Gradients and updates by depth.
    GRADIENT("gradient and update by depth"),
    /// Means, deviations and dead ReLUs by depth.
    ACTIVATION("activations by depth"),
    /// Weight norms of dense blocks.
    REUSE("feature reuse"),
    /// The time of every operation.
    TIME("time by block");

    private final String title;

    Probing(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
