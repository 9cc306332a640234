package org.skiplab.engine.probe;

/// What was read of every depth over a run. Gradients and activations are read at the same steps
/// while both are watched.
///
/// @param gradient see [GradientByDepth#meanAbsolute]
/// @param update see [GradientByDepth#updateRatio]
/// @param dead see [ActivationsByDepth#dead]
/// @param mean see [ActivationsByDepth#mean]
/// @param deviation see [ActivationsByDepth#deviation]
public record DepthCourse(
        DepthHistory.View gradient,
        DepthHistory.View update,
        DepthHistory.View dead,
        DepthHistory.View mean,
        DepthHistory.View deviation) {

    /// Before anything was read.
    public static final DepthCourse NONE =
            new DepthCourse(
                    DepthHistory.View.EMPTY,
                    DepthHistory.View.EMPTY,
                    DepthHistory.View.EMPTY,
                    DepthHistory.View.EMPTY,
                    DepthHistory.View.EMPTY);
}
