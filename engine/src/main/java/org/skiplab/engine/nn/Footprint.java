package org.skiplab.engine.nn;

import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Kernels;

/// Native memory that a compiled network holds, in bytes.
///
/// @param parameters weights, biases, batch norms' scales, shifts and running statistics
/// @param gradients of the parameters
/// @param activations what the forward pass keeps for the backward pass
/// @param activationGradients of which most share their memory
/// @param scratch everything else: dropout masks, weights in the layout that kernels prefer, what
///   batch norms remember, stand-ins for slices, and the kernels' own working memory
public record Footprint(
        long parameters, long gradients, long activations, long activationGradients, long scratch) {

    /// What compiling would take, without allocating it.
    ///
    /// @param network runnable
    public static Footprint of(Network network, int batch, KernelPath path) {
        Kernels kernels = path.imagined();
        try (Parameters parameters = Parameters.imagined(network, kernels.type())) {
            return new Compiler(network, batch, parameters, kernels, false).footprint();
        }
    }

    /// All of it.
    public long total() {
        return parameters + gradients + activations + activationGradients + scratch;
    }
}
