package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// `y = W x + b` on a batch of vectors. Classifiers are so small that plain loops beat any call.
final class VectorLinear implements Operation {

    private final Operand x;
    private final Operand weight;
    private final @Nullable Operand bias;
    private final Operand y;
    private final int batch;
    private final int inputs;
    private final int outputs;
    private final float[] row;
    private final float[] sums;
    private final float[] weights;

    VectorLinear(Operand x, Operand weight, @Nullable Operand bias, Operand y) {
        this.x = x;
        this.weight = weight;
        this.bias = bias;
        this.y = y;
        batch = x.value().batch();
        inputs = x.value().channels();
        outputs = y.value().channels();
        row = new float[inputs];
        sums = new float[inputs];
        weights = new float[inputs];
    }

    private static void load(Tensor tensor, long index, float[] into) {
        MemorySegment memory = tensor.segment();
        long at = index * tensor.pitch();
        for (int i = 0; i < into.length; i++) {
            into[i] = Operands.get(memory, at + i);
        }
    }

    @Override
    public void forward(boolean training) {
        Tensor out = y.value();
        for (int k = 0; k < outputs; k++) {
            load(weight.value(), k, weights);
            double b = bias == null ? 0 : bias.value().get(k);
            for (int n = 0; n < batch; n++) {
                load(x.value(), n, row);
                Operands.set(out.segment(), n * out.pitch() + k, (float) (dot(row, weights) + b));
            }
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Override
    public void backward() {
        Tensor dy = y.incoming();
        for (int k = 0; k < outputs; k++) {
            java.util.Arrays.fill(sums, 0);
            double total = 0;
            for (int n = 0; n < batch; n++) {
                load(x.value(), n, row);
                float g = Operands.get(dy.segment(), n * dy.pitch() + k);
                total += g;
                for (int i = 0; i < inputs; i++) {
                    sums[i] += g * row[i];
                }
            }
            store(weight.incoming(), k, sums, false);
            if (bias != null) {
                bias.incoming().set(k, total);
            }
        }
        Tensor dx = x.gradient();
        if (dx == null) {
            return;
        }
        for (int n = 0; n < batch; n++) {
            java.util.Arrays.fill(sums, 0);
            for (int k = 0; k < outputs; k++) {
                float g = Operands.get(dy.segment(), n * dy.pitch() + k);
                load(weight.value(), k, weights);
                for (int i = 0; i < inputs; i++) {
                    sums[i] += g * weights[i];
                }
            }
            store(dx, n, sums, x.accumulates());
        }
    }

    private static void store(Tensor tensor, long index, float[] values, boolean add) {
        MemorySegment memory = tensor.segment();
        long at = index * tensor.pitch();
        for (int i = 0; i < values.length; i++) {
            Operands.set(
                    memory, at + i, add ? Operands.get(memory, at + i) + values[i] : values[i]);
        }
    }
}
