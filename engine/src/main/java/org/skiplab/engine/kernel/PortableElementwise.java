package org.skiplab.engine.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Layers that treat every number by itself.
final class PortableElementwise {
    private PortableElementwise() {}

    /// `y = max(x, 0)`.
    static final class Relu implements Operation {
        private final BoundOp forward;
        private final Staging.@Nullable Target dx;
        private final @Nullable BoundOp backward;

        Relu(Operand x, Operand y, Scratch scratch) {
            INDArray out = Views.matrix(y.value());
            forward = BoundOp.relu(Views.matrix(x.value()), out);
            dx = target(x, scratch);
            backward =
                    dx == null
                            ? null
                            : BoundOp.reluGradient(out, Views.matrix(y.incoming()), dx.matrix());
        }

        @Override
        public void forward(boolean training) {
            forward.run();
        }

        @Override
        public void backward() {
            if (dx != null && backward != null) {
                backward.run();
                dx.deliver();
            }
        }
    }

    /// `y = 1 / (1 + e^−x)`.
    static final class Sigmoid implements Operation {
        private final BoundOp forward;
        private final INDArray y;
        private final INDArray slope;
        private final @Nullable INDArray dy;
        private final Staging.@Nullable Target dx;

        Sigmoid(Operand x, Operand y, Scratch scratch) {
            this.y = Views.matrix(y.value());
            forward = new BoundOp("sigmoid", List.of(Views.matrix(x.value())), List.of(this.y));
            slope = scratch.shared(Scratch.Use.FIRST, this.y.shape());
            dx = target(x, scratch);
            dy = dx == null ? null : Views.matrix(y.incoming());
        }

        @Override
        public void forward(boolean training) {
            forward.run();
        }

        @Override
        public void backward() {
            if (dx != null && dy != null) {
                y.rsubi(1, slope);
                slope.muli(y).muli(dy, dx.matrix());
                dx.deliver();
            }
        }
    }

    /// `y = factor · x`.
    static final class Scale implements Operation {
        private final double factor;
        private final INDArray x;
        private final INDArray y;
        private final @Nullable INDArray dy;
        private final Staging.@Nullable Target dx;

        Scale(double factor, Operand x, Operand y, Scratch scratch) {
            this.factor = factor;
            this.x = Views.matrix(x.value());
            this.y = Views.matrix(y.value());
            dx = target(x, scratch);
            dy = dx == null ? null : Views.matrix(y.incoming());
        }

        @Override
        public void forward(boolean training) {
            x.muli(factor, y);
        }

        @Override
        public void backward() {
            if (dx != null && dy != null) {
                dy.muli(factor, dx.matrix());
                dx.deliver();
            }
        }
    }

    /// `y = mask · x` in training, `y = x` in evaluation.
    static final class Dropout implements Operation {
        private final INDArray mask;
        private final INDArray x;
        private final INDArray y;
        private final boolean inPlace;
        private final @Nullable INDArray dy;
        private final Staging.@Nullable Target dx;

        Dropout(Tensor mask, Operand x, Operand y, Scratch scratch) {
            this.mask = Views.matrix(mask);
            this.x = Views.matrix(x.value());
            this.y = Views.matrix(y.value());
            inPlace = x.value().aliases(y.value());
            dx = target(x, scratch);
            dy = dx == null ? null : Views.matrix(y.incoming());
        }

        @Override
        public void forward(boolean training) {
            if (training) {
                x.muli(mask, y);
            } else if (!inPlace) {
                y.assign(x);
            }
        }

        @Override
        public void backward() {
            if (dx != null && dy != null) {
                dy.muli(mask, dx.matrix());
                dx.deliver();
            }
        }
    }

    /// `y[n] = factor[n] · x[n]`.
    static final class Gate implements Operation {
        private final ImageFactors factors;
        private final INDArray x;
        private final INDArray y;
        private final @Nullable INDArray dy;
        private final @Nullable INDArray dxImages;
        private final Staging.@Nullable Target dx;

        Gate(GateFactors factors, Operand x, Operand y, Scratch scratch) {
            this.factors = new ImageFactors(factors, x.value().batch(), scratch);
            this.x = Views.images(x.value());
            this.y = Views.images(y.value());
            dx = target(x, scratch);
            dxImages = dx == null ? null : dx.images();
            dy = dx == null ? null : Views.images(y.incoming());
        }

        @Override
        public void forward(boolean training) {
            factors.multiply(x, y);
        }

        @Override
        public void backward() {
            if (dx != null && dxImages != null && dy != null && !factors.closed()) {
                factors.multiply(dy, dxImages);
                dx.deliver();
            }
        }
    }

    /// `y = a · b`.
    static final class Multiply implements Operation {
        private final INDArray a;
        private final INDArray b;
        private final INDArray y;
        private final Staging.@Nullable Target da;
        private final Staging.@Nullable Target db;
        private final @Nullable INDArray dy;

        Multiply(Operand a, Operand b, Operand y, Scratch scratch) {
            this.a = Views.matrix(a.value());
            this.b = Views.matrix(b.value());
            this.y = Views.matrix(y.value());
            da = target(a, scratch);
            db = target(b, scratch);
            dy = da == null && db == null ? null : Views.matrix(y.incoming());
        }

        @Override
        public void forward(boolean training) {
            a.muli(b, y);
        }

        @Override
        public void backward() {
            if (da != null && dy != null) {
                dy.muli(b, da.matrix());
                da.deliver();
            }
            if (db != null && dy != null) {
                dy.muli(a, db.matrix());
                db.deliver();
            }
        }
    }

    private static Staging.@Nullable Target target(Operand x, Scratch scratch) {
        return x.gradient() == null
                ? null
                : Staging.Target.of(x.gradient(), x.accumulates(), scratch);
    }
}
