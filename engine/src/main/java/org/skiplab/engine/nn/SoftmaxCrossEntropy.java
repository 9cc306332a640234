package org.skiplab.engine.nn;

import org.jspecify.annotations.Nullable;
import org.skiplab.engine.kernel.Tensor;

/// Mean cross-entropy of softmax over logits, as `torch.nn.functional.cross_entropy`: `−Σ_k t_k log
/// softmax(z)_k` with `t` the one-hot label mixed with `smoothing` of the uniform distribution.
public final class SoftmaxCrossEntropy {

    private final Tensor logits;
    private final double[] row;
    private final int[] answers;

    /// @param logits `[n, 1, 1, classes]`
    public SoftmaxCrossEntropy(Tensor logits) {
        this.logits = logits;
        row = new double[logits.channels()];
        answers = new int[logits.batch()];
    }

    /// The loss over the first `count` images in nats, and the class with the largest logit of
    /// each.
    ///
    /// @param labels class of each image, from 0
    /// @param count images that count, from 1; a last mini-batch may be smaller than the plan's
    /// @param smoothing share of probability spread over all classes, in [0, 1)
    /// @param gradient receives the derivative of the mean for these images, `[n, 1, 1, classes]`,
    ///   or null
    public double loss(int[] labels, int count, double smoothing, @Nullable Tensor gradient) {
        int classes = row.length;
        double total = 0;
        for (int n = 0; n < count; n++) {
            double largest = Double.NEGATIVE_INFINITY;
            int answer = 0;
            for (int k = 0; k < classes; k++) {
                row[k] = logits.get((long) n * classes + k);
                if (row[k] > largest) {
                    largest = row[k];
                    answer = k;
                }
            }
            answers[n] = answer;
            double sum = 0;
            double mean = 0;
            for (int k = 0; k < classes; k++) {
                sum += Math.exp(row[k] - largest);
                mean += row[k] / classes;
            }
            double log = largest + Math.log(sum);
            total += log - (1 - smoothing) * row[labels[n]] - smoothing * mean;
            if (gradient != null) {
                for (int k = 0; k < classes; k++) {
                    double target = smoothing / classes + (k == labels[n] ? 1 - smoothing : 0);
                    double d = (Math.exp(row[k] - log) - target) / count;
                    gradient.set((long) n * classes + k, d);
                }
            }
        }
        return total / count;
    }

    /// The class with the largest logit per image, of the last call.
    public int answer(int image) {
        return answers[image];
    }

    /// How many of the first `count` answers of the last call are right.
    public int right(int[] labels, int count) {
        int right = 0;
        for (int n = 0; n < count; n++) {
            if (answers[n] == labels[n]) {
                right++;
            }
        }
        return right;
    }
}
