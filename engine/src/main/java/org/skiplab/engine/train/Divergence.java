package org.skiplab.engine.train;

import java.util.Locale;

/// Why a run stopped by itself.
///
/// A run diverges when the loss or a weight is no longer a finite number, when one mini-batch's
/// loss exceeds [#EXPLODED] times what guessing costs (`ln` of the number of classes), or when
/// [#IN_A_ROW] mini-batches in a row cost more than [#RUNAWAY] times that. A bad start that
/// recovers, as large learning rates often make, stays below.
///
/// @param step at which it showed, from 1
/// @param layer where it started, in the expanded network
/// @param loss of the mini-batch
/// @param learningRate of the step
public record Divergence(Cause cause, int step, String layer, double loss, double learningRate) {

    /// Times the cost of guessing that one mini-batch may not exceed.
    public static final double EXPLODED = 1000;

    /// Times the cost of guessing that may not be exceeded [#IN_A_ROW] times.
    public static final double RUNAWAY = 10;

    public static final int IN_A_ROW = 20;

    /// How it showed.
    public enum Cause {
        /// The forward pass gave NaN or infinity; the layer is the first one from the input.
        LOSS_NOT_FINITE,
        /// The optimiser's step gave a weight that is NaN or infinite; gradients run backwards, so
        /// the layer is the first one from the output.
        WEIGHTS_NOT_FINITE,
        /// The loss grew out of all proportion; the layer is the one whose gradient is largest
        /// beside its weights.
        RUNAWAY
    }

    /// The block on the canvas that the layer belongs to.
    public String block() {
        int dot = layer.indexOf('.');
        return dot < 0 ? layer : layer.substring(0, dot);
    }

    /// One line for a person: what happened, when and where it started.
    public String message() {
        String rate = String.format(Locale.ROOT, "%.3g", learningRate);
        String begun =
                " at step " + step + "; it started in " + layer + " (learning rate " + rate + ")";
        return switch (cause) {
            case LOSS_NOT_FINITE ->
                    "the loss became " + (Double.isNaN(loss) ? "NaN" : "infinite") + begun;
            case WEIGHTS_NOT_FINITE -> "weights stopped being numbers" + begun;
            case RUNAWAY ->
                    String.format(
                            Locale.ROOT,
                            "the loss ran away to %.3g at step %d; the gradient is largest in %s (learning rate %s)",
                            loss,
                            step,
                            layer,
                            rate);
        };
    }
}
