package org.skiplab.engine.kernel;

/// One step of `torch.optim.SGD`: `g ← scale·g + decay·w`, `v ← momentum·v + g`, `w ← w −
/// rate·(nesterov ? g + momentum·v : v)`. Values, gradients and velocities are dense tensors of one
/// shape; the gradients stay as they are.
///
/// @param rate η, positive
/// @param momentum μ, in [0, 1)
/// @param nesterov whether the step looks ahead along the velocity
/// @param decay λ, the L2 penalty's factor, at least 0
/// @param scale what gradients are multiplied with first (clipping), in (0, 1]
public record SgdStep(double rate, double momentum, boolean nesterov, double decay, double scale) {}
