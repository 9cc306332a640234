package org.skiplab.engine.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.factory.Nd4j;

/// A drop path's factors where ND4J can multiply with them.
final class ImageFactors {
    private final GateFactors factors;
    private final INDArray array;

    ImageFactors(GateFactors factors, int batch, Scratch scratch) {
        this.factors = factors;
        array = scratch.kept(batch);
    }

    boolean closed() {
        return factors.closed();
    }

    boolean identity() {
        return factors.identity();
    }

    /// `result[n] = factor[n] · images[n]`; closed, zeros, without reading `images`.
    ///
    /// @param images `[batch, positions, channels]`
    void multiply(INDArray images, INDArray result) {
        if (closed()) {
            result.assign(0);
        } else if (!identity()) {
            for (int n = 0; n < array.length(); n++) {
                array.putScalar(n, factors.factor(n));
            }
            Nd4j.exec(new BroadcastMulOp(images, array, result, 0));
        } else if (images != result) {
            result.assign(images);
        }
    }
}
