package org.skiplab.engine.graph;

/// What leads around a residual branch.
public enum Shortcut {
    /// Identity; a 1×1 convolution only where resolution or channels change (He et al., option B).
    PROJECTION("identity, 1×1 projection where needed"),
    /// A 1×1 convolution in any case (option C; Identity Mappings Table 1 "1×1 conv").
    PROJECTION_ALWAYS("1×1 projection always"),
    /// Identity; strided subsampling and channels of zeros where the shape changes (option A).
    ZERO_PAD("identity, zero padding where needed"),
    /// Identity; average pooling and channels of zeros where the shape changes (stochastic depth's
    /// code).
    AVG_POOL_PAD("identity, average pooling and zero padding"),
    /// Identity times 0.5 (Identity Mappings Table 1: fails).
    SCALED("scaled by 0.5"),
    /// `(1 − g(x)) · x` with `g = σ(1×1 conv)`, branch `· g(x)` (Identity Mappings Table 1,
    /// exclusive gating).
    GATED("exclusive gating"),
    /// Identity with dropout 0.5 (Identity Mappings Table 1: fails).
    DROPOUT("dropout 0.5"),
    /// No shortcut: a plain network.
    NONE("none (plain)");

    private final String title;

    Shortcut(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
