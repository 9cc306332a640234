package org.skiplab.engine.nn;

import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.kernel.Tensor;

/// One array of a network: a kernel, a batch norm's scale, a running mean.
///
/// @param name the layer's name in the expanded network and the array's in the layer:
///   `stage1_block1.conv1.weight`
/// @param layer the layer's name in the expanded network: `stage1_block1.conv1`
/// @param gradient of the same shape, or null for frozen arrays and running statistics
public record Parameter(
        String name, String layer, ParameterSpec spec, Tensor value, @Nullable Tensor gradient) {

    /// The block on the canvas that the layer belongs to: `stage1_block1`.
    public String block() {
        int dot = layer.indexOf('.');
        return dot < 0 ? layer : layer.substring(0, dot);
    }
}
