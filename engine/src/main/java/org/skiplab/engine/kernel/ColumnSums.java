package org.skiplab.engine.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

/// Sums per channel over all images and positions. Summing each image first keeps the chains of
/// additions, and with them the rounding error, short.
final class ColumnSums {
    private final INDArray perImage;

    ColumnSums(Tensor like, Scratch scratch) {
        perImage = scratch.shared(Scratch.Use.PER_IMAGE, like.batch(), like.channels());
    }

    /// @param images `[batch, positions, channels]`
    /// @param result `[channels]`
    void of(INDArray images, INDArray result) {
        Nd4j.exec(new Sum(images, (INDArray) null, perImage, false, new int[] {1}));
        Nd4j.exec(new Sum(perImage, (INDArray) null, result, false, new int[] {0}));
    }
}
