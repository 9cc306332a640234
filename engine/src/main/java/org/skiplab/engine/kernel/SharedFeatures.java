package org.skiplab.engine.kernel;

/// Feature maps that lie in one storage and that several batch norms read, as in a dense block.
///
/// All of them would find the same batch mean and variance, so each channel's are found once, by
/// the first that reads it. And a batch norm's gradient `dx = a·g + b·x + k` has, besides what its
/// own output's gradient `g` brings, a part that is affine in the features: every reader leaves its
/// `b` and `k`, and `Σb·x + Σk` is added once, when a channel's gradient is asked for.
public interface SharedFeatures {

    /// Completes the gradient of channels `from` to `to` (exclusive). To be called after the
    /// backward passes of all batch norms that read them and before anybody reads the gradient.
    void complete(int from, int to);

    /// How one batch norm reads the features: from channel 0 on.
    ///
    /// @param known so many first channels have been read by another batch norm before, whenever
    ///   this one reads
    /// @param alone whether a single operation reads the batch norm's output
    record Reading(SharedFeatures features, int known, boolean alone) {}
}
