package org.skiplab.engine.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

/// Pooling by ND4J's own operations.
final class PortablePooling {
    private static final int NHWC = 1;

    private PortablePooling() {}

    /// `maxpool2d` or `avgpool2d` and its backward operation.
    static final class Windowed implements Operation {
        private final Staging.Source x;
        private final Staging.Target y;
        private final BoundOp forward;
        private final Staging.@Nullable Source dy;
        private final Staging.@Nullable Target dx;
        private final @Nullable BoundOp backward;

        Windowed(
                String op,
                int kernel,
                int stride,
                int padding,
                Operand x,
                Operand y,
                Scratch scratch) {
            long[] integers = {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 0, NHWC};
            this.x = new Staging.Source(x.value(), scratch, Scratch.Use.INPUT);
            this.y = Staging.Target.dense(y.value(), false, scratch, Scratch.Use.OUTPUT);
            forward = new BoundOp(op, List.of(this.x.array()), List.of(this.y.array()), integers);
            if (x.gradient() == null) {
                dy = null;
                dx = null;
                backward = null;
            } else {
                dy = new Staging.Source(y.incoming(), scratch, Scratch.Use.OUTPUT);
                dx =
                        Staging.Target.dense(
                                x.gradient(), x.accumulates(), scratch, Scratch.Use.GRADIENT);
                backward =
                        new BoundOp(
                                op + "_bp",
                                List.of(this.x.array(), dy.array()),
                                List.of(dx.array()),
                                integers);
            }
        }

        @Override
        public void forward(boolean training) {
            x.load();
            forward.run();
            y.deliver();
        }

        @Override
        public void backward() {
            if (dx != null && dy != null && backward != null) {
                x.load();
                dy.load();
                backward.run();
                dx.deliver();
            }
        }
    }

    /// The mean over all positions.
    static final class Global implements Operation {
        private final long positions;
        private final INDArray x;
        private final Staging.Target y;
        private final @Nullable INDArray dy;
        private final @Nullable INDArray share;
        private final @Nullable INDArray dx;
        private final boolean accumulates;

        Global(Operand x, Operand y, Scratch scratch) {
            Tensor in = x.value();
            positions = in.rows() / in.batch();
            this.x = Views.images(in);
            this.y = Staging.Target.dense(y.value(), false, scratch, Scratch.Use.OUTPUT);
            accumulates = x.accumulates();
            if (x.gradient() == null) {
                dy = null;
                share = null;
                dx = null;
            } else {
                dy = Views.matrix(y.incoming());
                share = scratch.shared(Scratch.Use.OUTPUT, in.batch(), in.channels());
                dx = Views.images(x.gradient());
            }
        }

        @Override
        public void forward(boolean training) {
            Nd4j.exec(new Sum(x, (INDArray) null, y.matrix(), false, new int[] {1}));
            y.matrix().divi(positions);
            y.deliver();
        }

        @Override
        public void backward() {
            if (dx != null && dy != null && share != null) {
                dy.divi(positions, share);
                if (!accumulates) {
                    dx.assign(0);
                }
                Nd4j.exec(new BroadcastAddOp(dx, share, dx, 0, 2));
            }
        }
    }
}
