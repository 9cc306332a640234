package org.skiplab.engine.probe;

import java.util.List;

/// What the blocks gave out in one training step, from input to output.
///
/// @param step the step it was read at
/// @param images mean and deviation are over this many images of the mini-batch
/// @param ids blocks, input first
/// @param mean of each block's output
/// @param deviation standard deviation of each block's output
/// @param dead share of the block's ReLU channels that were 0 at every place of every image of the
///   mini-batch; NaN where no ReLU ran
public record ActivationsByDepth(
        int step, int images, List<String> ids, float[] mean, float[] deviation, float[] dead) {

    public ActivationsByDepth {
        ids = List.copyOf(ids);
    }
}
