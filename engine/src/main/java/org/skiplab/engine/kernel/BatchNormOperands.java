package org.skiplab.engine.kernel;

/// What a batch norm (1502.03167, algorithm 1), followed by ReLU if asked, reads and writes.
///
/// Per channel `c`, over the `m = n·h·w` pixels of a mini-batch:
///
/// ```
/// training:    y = γ (x − μ) / √(σ² + ε) + β        μ, σ² of the mini-batch, σ² = Σ(x − μ)²/m
///              μ_run ← 0.9 μ_run + 0.1 μ
///              σ²_run ← 0.9 σ²_run + 0.1 σ² m/(m−1)  (σ² itself if m = 1)
/// evaluation:  y = γ (x − μ_run) / √(σ²_run + ε) + β
/// ```
///
/// with PyTorch's `ε` and momentum, see [BatchNorm][org.skiplab.engine.graph.Primitive.BatchNorm].
///
/// @param x `[n, h, w, c]`, any pitch
/// @param gamma scale `γ`, `[c]`
/// @param beta shift `β`, `[c]`
/// @param runningMean `μ_run`, `[c]`, in the units of `x`; moved by each training-mode forward pass
/// @param runningVariance `σ²_run`, `[c]`, at least 0; moved likewise
/// @param y `[n, h, w, c]`, any pitch
/// @param relu whether `y = max(0, …)`
/// @param followsConvolution whether this alone reads `x`, right behind the convolution that
///   computes it, and `y`'s gradient stays until that convolution's backward pass, which may use it
public record BatchNormOperands(
        Operand x,
        Operand gamma,
        Operand beta,
        Tensor runningMean,
        Tensor runningVariance,
        Operand y,
        boolean relu,
        boolean followsConvolution) {

    /// `c`.
    int channels() {
        return x.value().channels();
    }

    /// Pixels that each channel's moments are taken over, `m`.
    long pixels() {
        return x.value().rows();
    }
}
