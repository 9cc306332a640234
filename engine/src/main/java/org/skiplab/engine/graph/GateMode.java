package org.skiplab.engine.graph;

/// Which of the published meanings of "drop path" a gate has. They differ in what one draw decides
/// and in where the survival probability `p` is divided out.
public enum GateMode {
    /// Huang et al. 2016: one draw per block and mini-batch; a closed gate computes nothing; no
    /// scaling in training, the branch times `p` in evaluation.
    BATCH("per mini-batch, × p in evaluation (paper)", false, false),
    /// torchvision `mode="batch"`: one draw per mini-batch, the branch divided by `p` in training.
    BATCH_SCALED("per mini-batch, ÷ p in training", false, true),
    /// One draw per image, no scaling in training, the branch times `p` in evaluation.
    SAMPLE("per image, × p in evaluation", true, false),
    /// timm and mmcv: one draw per image, the branch divided by `p` in training.
    SAMPLE_SCALED("per image, ÷ p in training (timm)", true, true);

    private final String title;
    private final boolean perSample;
    private final boolean scaledInTraining;

    GateMode(String title, boolean perSample, boolean scaledInTraining) {
        this.title = title;
        this.perSample = perSample;
        this.scaledInTraining = scaledInTraining;
    }

    public String title() {
        return title;
    }

    /// Whether each image has its own draw. Only a per-mini-batch gate saves computation.
    public boolean perSample() {
        return perSample;
    }

    /// Whether surviving branches are divided by `p` in training (and left alone in evaluation).
    public boolean scaledInTraining() {
        return scaledInTraining;
    }

    /// The branch's factor in training when the gate is open.
    public double openFactor(double p) {
        return scaledInTraining ? 1 / p : 1;
    }

    /// The branch's factor in evaluation.
    public double evaluationFactor(double p) {
        return scaledInTraining ? 1 : p;
    }
}
