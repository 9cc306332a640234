package org.skiplab.engine.graph;

/// Where batch norm and ReLU stand in a residual block: Identity Mappings (1603.05027), Table 2.
public enum ActivationOrder {
    /// conv BN ReLU conv BN, add, ReLU: ResNet v1.
    ORIGINAL("original (v1)"),
    /// conv BN ReLU conv, add, BN ReLU.
    BN_AFTER_ADDITION("BN after addition"),
    /// conv BN ReLU conv BN ReLU, add.
    RELU_BEFORE_ADDITION("ReLU before addition"),
    /// ReLU conv BN ReLU conv BN, add.
    RELU_ONLY_PRE_ACTIVATION("ReLU-only pre-activation"),
    /// BN ReLU conv BN ReLU conv, add: ResNet v2.
    FULL_PRE_ACTIVATION("full pre-activation (v2)");

    private final String title;

    ActivationOrder(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
