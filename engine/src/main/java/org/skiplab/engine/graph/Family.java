package org.skiplab.engine.graph;

/// The families of networks in the gallery.
public enum Family {
    PLAIN("Plain", "No shortcuts: what residual networks are compared with.", Paper.RESNET),
    RESNET("ResNet", "Shortcuts carry each block's input past its convolutions.", Paper.RESNET),
    PRE_ACTIVATION(
            "Pre-activation ResNet",
            "Batch norm and ReLU come first, so that the shortcut path stays clean.",
            Paper.IDENTITY_MAPPINGS),
    STOCHASTIC_DEPTH(
            "Stochastic depth",
            "Residual branches are dropped at random in training, the deeper the more often.",
            Paper.STOCHASTIC_DEPTH),
    WIDE("Wide ResNet", "Fewer blocks with more channels.", Paper.WIDE),
    DENSE("DenseNet", "Every layer reads all feature maps before it.", Paper.DENSE);

    private final String title;
    private final String summary;
    private final Paper paper;

    Family(String title, String summary, Paper paper) {
        this.title = title;
        this.summary = summary;
        this.paper = paper;
    }

    public String title() {
        return title;
    }

    /// One sentence on what sets the family apart.
    public String summary() {
        return summary;
    }

    /// Where it was introduced.
    public Paper paper() {
        return paper;
    }
}
