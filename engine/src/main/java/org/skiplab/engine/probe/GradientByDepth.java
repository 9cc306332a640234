package org.skiplab.engine.probe;

import java.util.List;

/// The mean `|∂L/∂w|` of each block's convolution weights after one backward pass, from input to
/// output. A block that did not run in that mini-batch has NaN.
///
/// @param step the step it was read at
/// @param ids blocks with weights, input first
/// @param meanAbsolute one number per block
/// @param updateRatio `‖Δw‖ / ‖w‖` of the same step, one number per block
public record GradientByDepth(
        int step, List<String> ids, float[] meanAbsolute, float[] updateRatio) {

    public GradientByDepth {
        ids = List.copyOf(ids);
    }
}
