package org.skiplab.engine.kernel;

/// An operation whose output only an addition reads, and that can make the addition on its way.
sealed interface Addend extends Operation permits WinogradConvolution, VectorBatchNorm {

    /// What the addition reads.
    Tensor output();

    /// Makes this addition from now on, wherever it applies.
    ///
    /// @return false if it cannot
    boolean join(JoinedSum sum);

    /// Finishes the sum, where [#forward] has not written it yet.
    default void completeSum() {}

    /// Tells that the sum of this pass was made without this operation.
    default void missSum() {}
}
