package org.skiplab.engine.probe;

import java.util.List;
import java.util.Map;

/// Where the time of training steps goes: averages over the last [#WINDOW] steps, in milliseconds,
/// measured around every operation.
///
/// @param steps steps that were measured
/// @param blocks from input to output
/// @param data waiting for the mini-batch and copying it
/// @param loss softmax, cross-entropy and its derivative
/// @param update the optimiser's step
/// @param step a whole training step, without the probes
/// @param probes cost of each probe that is switched on, milliseconds per reading
/// @param every steps between two readings, which grows until all probes together take less than 1
///   % of the training time
/// @param fullDepth what a step with all gates open would take: the measured step, with each closed
///   block at what it took when it was open; NaN until every block was open once
/// @param saved share of `fullDepth` that closed gates save; NaN without gates
/// @param parameterBytes native memory of weights, gradients and momenta
/// @param activationBytes native memory of the compiled network
public record Timing(
        int steps,
        List<BlockTime> blocks,
        double data,
        double loss,
        double update,
        double step,
        Map<Probing, Double> probes,
        int every,
        double fullDepth,
        double saved,
        long parameterBytes,
        long activationBytes) {

    /// Steps that the averages look back.
    public static final int WINDOW = 50;

    /// The times of blocks over the run, in bounded memory.
    ///
    /// @param forward milliseconds of each block's forward pass
    /// @param backward milliseconds of each block's backward pass, read at the same steps
    public record Course(DepthHistory.View forward, DepthHistory.View backward) {

        public static final Course NONE =
                new Course(DepthHistory.View.EMPTY, DepthHistory.View.EMPTY);
    }

    /// A block's share in the time of a step.
    ///
    /// @param forward milliseconds of the forward pass, averaged over steps whether or not it ran
    /// @param backward milliseconds of the backward pass
    /// @param open milliseconds of both in steps in which its gate was open, their median
    public record BlockTime(String id, double forward, double backward, double open) {
        public double total() {
            return forward + backward;
        }
    }

    public Timing {
        blocks = List.copyOf(blocks);
        probes = Map.copyOf(probes);
    }

    /// Share of the training time that the probes take.
    public double probeShare() {
        double cost = 0;
        for (Map.Entry<Probing, Double> probe : probes.entrySet()) {
            cost += probe.getKey() == Probing.TIME ? probe.getValue() : probe.getValue() / every;
        }
        return step == 0 ? 0 : cost / (step + cost);
    }
}
