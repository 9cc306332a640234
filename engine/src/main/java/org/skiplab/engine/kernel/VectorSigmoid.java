package org.skiplab.engine.kernel;

/// `y = 1 / (1 + e^−x)`, with `∂y/∂x = y (1 − y)`. Only gated shortcuts use it.
final class VectorSigmoid implements Operation {

    private final Operand x;
    private final Operand y;

    VectorSigmoid(Operand x, Operand y) {
        this.x = x;
        this.y = y;
    }

    @Override
    public void forward(boolean training) {
        for (long i = 0; i < x.value().size(); i++) {
            y.value().set(i, 1 / (1 + Math.exp(-x.value().get(i))));
        }
    }

    @Override
    public void backward() {
        Tensor dx = x.gradient();
        if (dx == null) {
            return;
        }
        for (long i = 0; i < dx.size(); i++) {
            double s = y.value().get(i);
            double d = y.incoming().get(i) * s * (1 - s);
            dx.set(i, x.accumulates() ? dx.get(i) + d : d);
        }
    }
}
