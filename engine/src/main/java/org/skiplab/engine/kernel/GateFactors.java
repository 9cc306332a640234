package org.skiplab.engine.kernel;

import java.util.Arrays;

/// What a drop path multiplies each image's branch with in this mini-batch. Set before each step by
/// the network's owner, read by the operations bound to it.
public final class GateFactors {

    private final double[] factors;
    private boolean closed;
    private boolean identity;

    /// Open for every image.
    public GateFactors(int batch) {
        factors = new double[batch];
        setAll(1);
    }

    /// Images that there is a factor for.
    int images() {
        return factors.length;
    }

    /// The same factor for every image; 0 closes the gate.
    public void setAll(double factor) {
        Arrays.fill(factors, factor);
        closed = factor == 0;
        identity = factor == 1;
    }

    /// One factor per image, as many as there are images. The gate counts as open even if all are
    /// 0: the branch is computed.
    public void set(double[] perImage) {
        System.arraycopy(perImage, 0, factors, 0, factors.length);
        closed = false;
        identity = false;
    }

    /// Whether the branch need not be computed at all.
    public boolean closed() {
        return closed;
    }

    /// Whether every factor is 1.
    public boolean identity() {
        return identity;
    }

    /// What one image's branch is multiplied with.
    public double factor(int image) {
        return factors[image];
    }
}
