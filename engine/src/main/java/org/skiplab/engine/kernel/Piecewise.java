package org.skiplab.engine.kernel;

/// A convolution that writes its output piece by piece. A batch norm behind it takes the moments of
/// a piece while that is in the cache.
sealed interface Piecewise extends Operation permits WinogradConvolution, NormalisedConvolution {

    Tensor output();

    /// @param reader a batch norm that measures all of the output and nothing else
    void measuredBy(VectorBatchNorm reader);
}
