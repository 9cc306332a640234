package org.skiplab.engine.kernel;

/// A convolution that writes its output piece by piece. A batch norm behind it takes the moments of
/// a piece while that is in the cache, and on the way back may leave a piece's gradient to it.
sealed interface Piecewise extends Operation permits WinogradConvolution, NormalisedConvolution {

    Tensor output();

    /// @param reader a batch norm that measures all of the output and nothing else
    void measuredBy(VectorBatchNorm reader);

    /// Offers to find the output's gradient piece by piece from the gradient of a batch norm that
    /// alone reads the output. Whoever takes this up no longer reads the output's gradient.
    boolean derivedBy(VectorBatchNorm reader);
}
