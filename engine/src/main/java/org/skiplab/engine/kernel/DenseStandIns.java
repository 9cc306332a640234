package org.skiplab.engine.kernel;

import org.jspecify.annotations.Nullable;

/// Dense stand-ins for operands that oneDNN cannot use in place: slices, and gradients to be added
/// to.
final class DenseStandIns {
    private final VectorElementwise elementwise;
    private final Operand x;
    private final Operand y;
    private final long xAddress;
    private final long yAddress;
    private final long dxAddress;
    private final long dyAddress;
    private final @Nullable Tensor xDense;
    private final @Nullable Tensor yDense;
    private final @Nullable Tensor dxDense;
    private final @Nullable Tensor dyDense;

    DenseStandIns(VectorElementwise elementwise, Operand x, Operand y) {
        this.elementwise = elementwise;
        this.x = x;
        this.y = y;
        Tensor dx = x.gradient();
        xDense = x.value().dense() ? null : elementwise.staged(0, x.value());
        yDense = y.value().dense() ? null : elementwise.staged(1, y.value());
        dxDense = dx == null || (dx.dense() && !x.accumulates()) ? null : elementwise.staged(2, dx);
        dyDense = y.incoming().dense() ? null : elementwise.staged(3, y.incoming());
        xAddress = (xDense == null ? x.value() : xDense).address();
        yAddress = (yDense == null ? y.value() : yDense).address();
        dyAddress = (dyDense == null ? y.incoming() : dyDense).address();
        dxAddress = dx == null ? 0 : (dxDense == null ? dx : dxDense).address();
    }

    long x() {
        return xAddress;
    }

    long y() {
        return yAddress;
    }

    long dx() {
        return dxAddress;
    }

    long dy() {
        return dyAddress;
    }

    void loadX() {
        if (xDense != null) {
            elementwise.copy(x.value(), xDense);
        }
    }

    void storeY() {
        if (yDense != null) {
            elementwise.copy(yDense, y.value());
        }
    }

    void loadDy() {
        if (xDense != null) {
            elementwise.copy(x.value(), xDense);
        }
        if (dyDense != null) {
            elementwise.copy(y.incoming(), dyDense);
        }
    }

    void storeDx() {
        Tensor dx = x.gradient();
        if (dxDense != null && dx != null) {
            if (x.accumulates()) {
                elementwise.accumulate(dxDense, dx);
            } else {
                elementwise.copy(dxDense, dx);
            }
        }
    }
}
