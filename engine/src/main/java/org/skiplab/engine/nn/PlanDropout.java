package org.skiplab.engine.nn;

import java.util.random.RandomGenerator;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.Tensor;

/// One dropout layer of a compiled network: its mask, drawn by the owner before each training step.
public final class PlanDropout {

    private final String layer;
    private final Tensor mask;
    private double probability;

    PlanDropout(String layer, Tensor mask, double probability) {
        this.layer = layer;
        this.mask = mask;
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

    /// Fills the mask with 0 and `1/(1 − p)`; sixteen bits of randomness decide each number.
    public void draw(long seed) {
        RandomGenerator random = Seeds.stream(seed);
        int threshold = (int) Math.round(probability * (1 << 16));
        double keep = 1 / (1 - probability);
        long bits = 0;
        for (long i = 0; i < mask.size(); i++) {
            if ((i & 3) == 0) {
                bits = random.nextLong();
            }
            mask.set(i, (bits & 0xffff) < threshold ? 0 : keep);
            bits >>>= 16;
        }
    }
}
