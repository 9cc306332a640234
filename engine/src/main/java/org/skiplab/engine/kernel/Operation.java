package org.skiplab.engine.kernel;

/// A layer bound to its tensors. Running it allocates nothing on the fast path.
public interface Operation {

    /// Computes the outputs from the inputs.
    ///
    /// @param training batch norms take the batch's statistics and dropout its mask if true,
    ///   running statistics and no dropout if false
    void forward(boolean training);

    /// Sees to it that the outputs of the newest forward pass are in memory. An operation whose
    /// only reader computes them on its own way leaves them out until somebody wants to look.
    default void reveal() {}

    /// Computes the inputs' and parameters' gradients from the outputs' gradients, after a
    /// training-mode forward pass.
    void backward();
}
