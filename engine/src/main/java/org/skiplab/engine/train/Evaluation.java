package org.skiplab.engine.train;

/// The network on the whole test set, in evaluation mode.
///
/// @param epoch epochs finished when it was measured; 0 before training
/// @param step steps finished
/// @param loss mean cross-entropy in nats
/// @param accuracy share of right answers, in [0, 1]
/// @param confusion `confusion[truth][answer]`, counts of images
public record Evaluation(int epoch, int step, double loss, double accuracy, int[][] confusion) {}
