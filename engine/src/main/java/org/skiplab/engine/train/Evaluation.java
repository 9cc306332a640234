package org.skiplab.engine.train;

/// The network on the whole test set, in evaluation mode.
///
/// @param epoch epochs finished when it was measured; 0 before training
/// @param step steps finished
/// @param loss mean cross-entropy in nats
/// @param accuracy share of right answers, in [0, 1]
/// @param confusion `confusion[truth][answer]`, counts of images; empty when that was not kept
/// @param answers the class that each test image was taken for; empty when that was not kept
public record Evaluation(
        int epoch, int step, double loss, double accuracy, int[][] confusion, short[] answers) {

    /// An evaluation of which the answers were not kept.
    public Evaluation(int epoch, int step, double loss, double accuracy, int[][] confusion) {
        this(epoch, step, loss, accuracy, confusion, new short[0]);
    }

    Evaluation withoutDetails() {
        return new Evaluation(epoch, step, loss, accuracy, new int[0][0]);
    }
}
