package org.skiplab.engine.kernel;

/// One step of `torch.optim.Adam` (1412.6980) or, decoupled, `AdamW` (1711.05101) on dense tensors
/// of one shape: `g ← scale·g`, then `g ← g + decay·w` or, decoupled, `w ← w − rate·decay·w`; `m ←
/// β₁m + (1−β₁)g`, `v ← β₂v + (1−β₂)g²`, `w ← w − rate·m̂/(√v̂ + ε)` with `m̂ = m/(1−β₁ᵗ)`, `v̂ =
/// v/(1−β₂ᵗ)`. The gradients stay as they are.
///
/// @param number `t`, counted from 1
/// @param rate η, positive
/// @param beta1 how much of the mean gradient `m` stays, in [0, 1)
/// @param beta2 how much of the mean squared gradient `v` stays, in [0, 1)
/// @param epsilon ε, positive
/// @param decay λ, at least 0
/// @param decoupled whether weights shrink apart from the gradient, as in AdamW
/// @param scale what gradients are multiplied with first (clipping), in (0, 1]
public record AdamStep(
        long number,
        double rate,
        double beta1,
        double beta2,
        double epsilon,
        double decay,
        boolean decoupled,
        double scale) {}
