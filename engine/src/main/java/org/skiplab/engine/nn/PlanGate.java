package org.skiplab.engine.nn;

import java.util.random.RandomGenerator;
import org.skiplab.engine.graph.GateMode;
import org.skiplab.engine.kernel.GateFactors;

/// One drop path of a compiled network. Its owner draws before each training step.
public final class PlanGate {

    private final String block;
    private final GateMode mode;
    private final GateFactors factors;
    private final double[] perImage;
    private double probability;
    private float survived = 1;

    PlanGate(String block, GateMode mode, double probability, int batch) {
        this.block = block;
        this.mode = mode;
        this.probability = probability;
        this.factors = new GateFactors(batch);
        this.perImage = new double[batch];
    }

    /// The block on the canvas, or the drop path itself in a free graph.
    public String block() {
        return block;
    }

    /// What one draw decides, and where the survival probability is divided out.
    public GateMode mode() {
        return mode;
    }

    /// Survival probability p, in (0, 1].
    public double probability() {
        return probability;
    }

    /// @param p survival probability from the next draw on
    /// @throws IllegalArgumentException unless `p` is in (0, 1]
    public void setProbability(double p) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("survival probability must be in (0, 1]: " + p);
        }
        probability = p;
    }

    /// Draws for one training step: open with probability p, per mini-batch or per image
    /// (1603.09382 §3).
    public void draw(RandomGenerator random) {
        if (mode.perSample()) {
            boolean[] open = new boolean[perImage.length];
            for (int n = 0; n < open.length; n++) {
                open[n] = random.nextDouble() < probability;
            }
            set(open);
        } else {
            set(random.nextDouble() < probability);
        }
    }

    /// Opens or closes the gate for the whole mini-batch.
    public void set(boolean open) {
        survived = open ? 1 : 0;
        factors.setAll(open ? mode.openFactor(probability) : 0);
    }

    /// Opens or closes the gate image by image.
    ///
    /// @param open one per image of the mini-batch
    public void set(boolean[] open) {
        int count = 0;
        for (int n = 0; n < open.length; n++) {
            perImage[n] = open[n] ? mode.openFactor(probability) : 0;
            count += open[n] ? 1 : 0;
        }
        survived = (float) count / open.length;
        factors.set(perImage);
    }

    /// The branch counts with its expectation (1603.09382 §3), or as it is, where training divided
    /// by p.
    public void evaluate() {
        factors.setAll(mode.evaluationFactor(probability));
    }

    /// Cuts the branch off in evaluation too.
    public void cut() {
        factors.setAll(0);
    }

    /// Share of the images whose branch survived the newest draw, in [0, 1].
    public float survived() {
        return survived;
    }

    GateFactors factors() {
        return factors;
    }
}
