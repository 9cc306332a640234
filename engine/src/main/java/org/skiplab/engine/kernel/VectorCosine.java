package org.skiplab.engine.kernel;

/// `y_k = |w_k · x| / ‖x‖`, with `∂y_k/∂x = sign(w_k·x) (w_k − (w_k·u) u) / ‖x‖` for `u = x/‖x‖`.
final class VectorCosine implements Operation {

    /// What a shorter vector's length counts as, so that a zero vector scores and learns nothing:
    /// that of `torch.nn.functional.normalize`.
    static final double SMALLEST_NORM = 1e-12;

    private final Operand x;
    private final Tensor weight;
    private final Operand y;
    private final int inputs;
    private final int outputs;

    VectorCosine(Operand x, Tensor weight, Operand y) {
        this.x = x;
        this.weight = weight;
        this.y = y;
        inputs = x.value().channels();
        outputs = y.value().channels();
    }

    private double norm(long n) {
        double sum = 0;
        for (int i = 0; i < inputs; i++) {
            double v = x.value().get(n * inputs + i);
            sum += v * v;
        }
        return Math.max(Math.sqrt(sum), SMALLEST_NORM);
    }

    private double dot(long n, int k) {
        double sum = 0;
        for (int i = 0; i < inputs; i++) {
            sum += x.value().get(n * inputs + i) * weight.get((long) k * inputs + i);
        }
        return sum;
    }

    @Override
    public void forward(boolean training) {
        for (long n = 0; n < x.value().batch(); n++) {
            double norm = norm(n);
            for (int k = 0; k < outputs; k++) {
                y.value().set(n * outputs + k, Math.abs(dot(n, k)) / norm);
            }
        }
    }

    @Override
    public void backward() {
        Tensor dx = x.gradient();
        if (dx == null) {
            return;
        }
        double[] sums = new double[inputs];
        for (long n = 0; n < x.value().batch(); n++) {
            java.util.Arrays.fill(sums, 0);
            double norm = norm(n);
            for (int k = 0; k < outputs; k++) {
                double dot = dot(n, k);
                double g = y.incoming().get(n * outputs + k) * Math.signum(dot) / norm;
                for (int i = 0; i < inputs; i++) {
                    double u = x.value().get(n * inputs + i) / norm;
                    sums[i] += g * (weight.get((long) k * inputs + i) - dot / norm * u);
                }
            }
            for (int i = 0; i < inputs; i++) {
                long at = n * inputs + i;
                dx.set(at, x.accumulates() ? dx.get(at) + sums[i] : sums[i]);
            }
        }
    }
}
