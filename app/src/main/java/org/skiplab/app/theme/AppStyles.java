package org.skiplab.app.theme;

import org.skiplab.engine.graph.BlockKind;

/// Names of style classes, so that views and sheets cannot drift apart unnoticed.
public final class AppStyles {
    private AppStyles() {}

    public static final String DARK = "dark";
    public static final String PANEL = "panel";
    public static final String SECTION = "section";
    public static final String SECTION_TITLE = "section-title";
    public static final String MUTED = "muted";
    public static final String SMALL = "small";
    public static final String STRONG = "strong";
    public static final String NUMBER = "number";
    public static final String FORMULA = "formula";
    public static final String ICON_BUTTON = "icon-button";

    /// Sets `-skl-kind` and `-skl-kind-tint` to the colours of a kind of block.
    public static String kind(BlockKind kind) {
        return switch (kind) {
            case STEM, HEAD -> "kind-end";
            case RESIDUAL -> "kind-residual";
            case WIDE -> "kind-wide";
            case DENSE -> "kind-dense";
            case TRANSITION -> "kind-transition";
            case DROP_PATH -> "kind-gate";
            case CONVOLUTION,
                    BATCH_NORM,
                    RELU,
                    SIGMOID,
                    SCALE,
                    DROPOUT,
                    MAX_POOL,
                    AVG_POOL,
                    GLOBAL_AVG_POOL,
                    PAD_CHANNELS,
                    LINEAR,
                    COSINE,
                    ADD,
                    MULTIPLY,
                    CONCAT ->
                    "kind-primitive";
        };
    }
}
