package org.skiplab.engine.probe;

/// What a session can watch while it trains, at a cost that [Timing] states.
public enum Probing {
    /// Gradients and updates by depth.
    GRADIENT("gradients by depth"),
    /// Means, deviations and dead ReLUs by depth.
    ACTIVATION("activations by depth"),
    /// Weight norms of dense blocks.
    REUSE("feature reuse"),
    /// The time of every operation.
    TIME("times of blocks");

    private final String title;

    Probing(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
