package org.skiplab.engine.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The shapes in which ND4J's operations look at a tensor's memory.
final class Views {
    private Views() {}

    /// `[rows, channels]`.
    static INDArray matrix(Tensor t) {
        return strided(
                t.array(), 0, new long[] {t.rows(), t.channels()}, new long[] {t.pitch(), 1});
    }

    /// `[batch, height · width, channels]`.
    static INDArray images(Tensor t) {
        long positions = t.rows() / t.batch();
        return strided(
                t.array(),
                0,
                new long[] {t.batch(), positions, t.channels()},
                new long[] {positions * t.pitch(), t.pitch(), 1});
    }

    /// All numbers of a dense tensor in a row.
    static INDArray vector(Tensor t) {
        if (!t.dense()) {
            throw new IllegalArgumentException(t + " is not dense");
        }
        return strided(t.array(), 0, new long[] {t.size()}, new long[] {1});
    }

    /// Any view of the array's memory.
    ///
    /// @param offset numbers behind the array's first
    static INDArray strided(INDArray array, long offset, long[] shape, long[] strides) {
        return Nd4j.create(
                array.data(), shape, strides, array.offset() + offset, 'c', array.dataType());
    }
}
