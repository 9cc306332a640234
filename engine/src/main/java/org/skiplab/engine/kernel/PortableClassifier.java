package org.skiplab.engine.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Norm2;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/// Layers on feature vectors.
final class PortableClassifier {
    private PortableClassifier() {}

    /// `y = W x (+ b)`.
    static final class Linear implements Operation {
        private final BoundOp forward;
        private final INDArray y;
        private final @Nullable INDArray bias;
        private final @Nullable BoundOp weightGradient;
        private final @Nullable INDArray biasGradient;
        private final @Nullable INDArray dy;
        private final Staging.@Nullable Target dx;
        private final @Nullable BoundOp inputGradient;

        Linear(Operand x, Operand weight, @Nullable Operand bias, Operand y, Scratch scratch) {
            INDArray in = Views.matrix(x.value());
            INDArray w = Views.matrix(weight.value());
            this.y = Views.matrix(y.value());
            forward = BoundOp.matmul(in, false, w, true, this.y, 0);
            this.bias = bias == null ? null : Views.vector(bias.value());

            dy = y.gradient() == null ? null : Views.matrix(y.gradient());
            weightGradient =
                    weight.gradient() == null
                            ? null
                            : BoundOp.matmul(
                                    Views.matrix(y.incoming()),
                                    true,
                                    in,
                                    false,
                                    Views.matrix(weight.gradient()),
                                    0);
            biasGradient =
                    bias == null || bias.gradient() == null ? null : Views.vector(bias.gradient());
            if (x.gradient() == null) {
                dx = null;
                inputGradient = null;
            } else {
                dx = Staging.Target.of(x.gradient(), x.accumulates(), scratch);
                inputGradient =
                        BoundOp.matmul(Views.matrix(y.incoming()), false, w, false, dx.matrix(), 0);
            }
        }

        @Override
        public void forward(boolean training) {
            forward.run();
            if (bias != null) {
                Nd4j.exec(new BroadcastAddOp(y, bias, y, 1));
            }
        }

        @Override
        public void backward() {
            if (weightGradient != null) {
                weightGradient.run();
            }
            if (biasGradient != null && dy != null) {
                Nd4j.exec(new Sum(dy, (INDArray) null, biasGradient, false, new int[] {0}));
            }
            if (inputGradient != null && dx != null) {
                inputGradient.run();
                dx.deliver();
            }
        }
    }

    /// `y_k = |w_k · u|`, `u = x / max(‖x‖, 1e-12)`, so that a zero vector scores and learns
    /// nothing.
    static final class Cosine implements Operation {

        private final INDArray x;
        private final INDArray y;
        private final INDArray inverse;
        private final INDArray unit;
        private final INDArray cosine;
        private final BoundOp forward;
        private final @Nullable INDArray dy;
        private final Staging.@Nullable Target dx;
        private final INDArray signed;
        private final INDArray inner;
        private final INDArray spread;
        private final BoundOp backward;

        Cosine(Operand x, Tensor weight, Operand y, Scratch scratch) {
            Tensor in = x.value();
            INDArray w = Views.matrix(weight);
            this.x = Views.matrix(in);
            this.y = Views.matrix(y.value());
            long n = in.rows();
            inverse = scratch.kept(n);
            inner = scratch.kept(n);
            unit = scratch.kept(n, in.channels());
            cosine = scratch.kept(n, w.size(0));
            signed = scratch.kept(n, w.size(0));
            spread = scratch.kept(n, in.channels());
            forward = BoundOp.matmul(unit, false, w, true, cosine, 0);
            backward = BoundOp.matmul(signed, false, w, false, spread, 0);
            dx =
                    x.gradient() == null
                            ? null
                            : Staging.Target.of(x.gradient(), x.accumulates(), scratch);
            dy = dx == null ? null : Views.matrix(y.incoming());
        }

        @Override
        public void forward(boolean training) {
            Nd4j.exec(new Norm2(x, null, inverse, false, 1));
            Transforms.max(inverse, VectorCosine.SMALLEST_NORM, false);
            inverse.rdivi(1);
            Nd4j.exec(new BroadcastMulOp(x, inverse, unit, 0));
            forward.run();
            y.assign(cosine);
            Transforms.abs(y, false);
        }

        /// `dx = (Σ_k s_k w_k − (Σ_k s_k cos_k) u) / ‖x‖` with `s_k = dy_k · sign(cos_k)`.
        @Override
        public void backward() {
            if (dx != null && dy != null) {
                signed.assign(cosine);
                Transforms.sign(signed, false);
                signed.muli(dy);
                backward.run();
                signed.muli(cosine);
                Nd4j.exec(new Sum(signed, (INDArray) null, inner, false, new int[] {1}));
                Nd4j.exec(new BroadcastMulOp(unit, inner, unit, 0));
                spread.subi(unit);
                Nd4j.exec(new BroadcastMulOp(spread, inverse, dx.matrix(), 0));
                dx.deliver();
            }
        }
    }
}
