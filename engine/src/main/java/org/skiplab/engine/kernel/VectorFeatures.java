package org.skiplab.engine.kernel;

import java.util.Arrays;

/// Features of a dense block in float vectors, see [SharedFeatures].
final class VectorFeatures implements SharedFeatures {

    final double[] mean;
    final double[] variance;

    private final Tensor value;
    private final Tensor gradient;
    private final double[] onFeatures;
    private final double[] constant;
    private final BatchNormRows rows;
    private final Portions portions;
    private final Deal addition;
    private int from;

    VectorFeatures(Team team, Operand all) {
        value = all.value();
        gradient = all.incoming();
        int channels = value.channels();
        mean = new double[channels];
        variance = new double[channels];
        onFeatures = new double[channels];
        constant = new double[channels];
        rows = new BatchNormRows(channels, false);
        portions = new Portions(value.rows(), team.members());
        addition =
                new Deal(
                        team,
                        portions.count(),
                        (_, part) -> add(portions.begin(part), portions.end(part)));
    }

    /// Leaves what a reader's gradient has that is affine in the features: `b·x + k`.
    void leave(int channel, double b, double k) {
        onFeatures[channel] += b;
        constant[channel] += k;
    }

    @Override
    public void complete(int first, int end) {
        for (int c = first; c < end; c++) {
            rows.onInput[c - first] = (float) onFeatures[c];
            rows.constant[c - first] = (float) constant[c];
        }
        from = first;
        rows.narrow(end - first);
        addition.run();
        Arrays.fill(onFeatures, first, end, 0);
        Arrays.fill(constant, first, end, 0);
    }

    private void add(long begin, long end) {
        rows.addAffine(
                value.at(begin, from),
                value.pitch(),
                gradient.at(begin, from),
                gradient.pitch(),
                end - begin);
    }
}
