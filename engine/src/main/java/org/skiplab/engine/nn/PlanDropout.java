package org.skiplab.engine.nn;

import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.Tensor;

/// One dropout layer of a compiled network: its mask, drawn by the owner before each training step.
public final class PlanDropout {

    private final String layer;
    private final Tensor mask;
    private final Kernels kernels;
    private final double designed;
    private double probability;

    PlanDropout(String layer, Tensor mask, double probability, Kernels kernels) {
        this.kernels = kernels;
        this.layer = layer;
        this.mask = mask;
        this.designed = probability;
        this.probability = probability;
    }

    /// The layer's name in the expanded network.
    public String layer() {
        return layer;
    }

    /// Probability of dropping, in [0, 1).
    public double probability() {
        return probability;
    }

    /// The probability that the network was compiled with.
    public double designed() {
        return designed;
    }

    /// @param p probability of dropping from the next draw on
    /// @throws IllegalArgumentException unless `p` is in [0, 1)
    public void setProbability(double p) {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1): " + p);
        }
        probability = p;
    }

    /// What the newest draw multiplies each number with: 0 or `1/(1 − p)`, NHWC.
    public Tensor mask() {
        return mask;
    }

    /// Decides anew which numbers are dropped.
    public void draw(long seed) {
        kernels.drawMask(mask, probability, seed);
    }
}
