package org.skiplab.engine.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Primitive;

/// Batch norm (+ ReLU) on any channel count and pitch: reads a slice of a dense block's shared
/// features in place.
///
/// Forward: one pass for the sums, one to normalise. Backward: one pass for `dβ = Σ g` and `Σ g (x
/// − μ)`, one for `dx = γ/σ · (g − dβ/m − (x − μ)/σ² · Σ g (x − μ)/m)`, where `g` is the output's
/// gradient where ReLU let it pass. With [SharedFeatures] known channels need no sums and the
/// backward pass walks once.
///
/// A convolution that alone reads the output may normalise what it reads on its way, see
/// [NormalisedConvolution] and [WinogradConvolution], and an addition that alone reads it is made
/// while normalising: the output then is in memory only if somebody asks to see it. A [Piecewise]
/// convolution in front takes the moments on its way, and backward may find its output's gradient
/// piece by piece: it then is never in memory.
final class VectorBatchNorm implements Addend {

    final BatchNormRows rows;
    final BatchNormRows.Sums[] sums;
    final Operand x;
    final Operand y;
    private final Portions portions;
    private final BatchNormOperands operands;
    private final int channels;
    private final long count;
    private final @Nullable VectorFeatures features;
    private final int known;
    private final boolean alone;
    private final double[] mean;
    private final double[] variance;
    private final Deal moments;
    private final Deal normalise;
    private final Deal normaliseOnto;
    private final Deal gradientSums;
    private final Deal inputGradient;
    private final Deal gradientOnce;
    private boolean readByConvolution;
    private @Nullable JoinedSum sum;
    private boolean momentsTaken;
    private boolean gradientBrought;
    private boolean inputGradientLeft;

    /// @param reading how `x` is shared with other batch norms, null if it is not
    VectorBatchNorm(
            Team team, BatchNormOperands operands, SharedFeatures.@Nullable Reading reading) {
        this.operands = operands;
        x = operands.x();
        y = operands.y();
        channels = operands.channels();
        count = operands.pixels();
        rows = new BatchNormRows(channels, operands.relu());
        portions = new Portions(count, team.members());
        sums = new BatchNormRows.Sums[portions.count()];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = new BatchNormRows.Sums(channels);
        }
        moments = deal(team, this::takeMoments);
        normalise = deal(team, this::normalise);
        normaliseOnto = deal(team, this::normaliseOnto);
        gradientSums = deal(team, this::sumGradient);
        inputGradient = deal(team, this::inputGradient);
        gradientOnce = deal(team, this::gradientOnce);
        features = reading == null ? null : (VectorFeatures) reading.features();
        known = reading == null ? 0 : reading.known();
        alone = reading != null && reading.alone();
        mean = features == null ? new double[channels] : features.mean;
        variance = features == null ? new double[channels] : features.variance;
    }

    /// Work on the input's rows.
    private interface OnRows {
        void run(int part, long from, long rows);
    }

    private Deal deal(Team team, OnRows work) {
        return new Deal(
                team,
                portions.count(),
                (_, part) -> {
                    long from = portions.begin(part);
                    work.run(part, from, portions.end(part) - from);
                });
    }

    /// Whether the operation that reads the output may leave it out of memory.
    boolean readAlone() {
        return alone;
    }

    /// Leaves normalising and the output's gradient to the convolution that alone reads the output.
    void leaveToConvolution() {
        readByConvolution = true;
    }

    /// Normalises some rows into a convolution's scratch memory.
    void normalise(long row, long to, long pitch, long count) {
        rows.normalise(x.value().at(row, 0), x.value().pitch(), to, pitch, count);
    }

    /// Begins to fill [#sums] anew.
    void clearSums() {
        for (BatchNormRows.Sums part : sums) {
            part.clear();
        }
    }

    /// Whether these are all the channels of the input whose moments are not known.
    boolean measures(Tensor written) {
        return known < channels && written.covers(x.value(), known);
    }

    /// Adds some rows of the input, just written, to the moments in a part's [#sums].
    void takeMoments(int part, long row, long count) {
        rows.moments(sums[part], known, x.value().at(row, 0), x.value().pitch(), count);
    }

    /// Tells whether [#takeMoments] has had all rows in this pass.
    void momentsTaken(boolean all) {
        momentsTaken = all;
    }

    /// Adds some rows of the output's gradient, just written, to a part's [#sums].
    void sumGradient(int part, long row, long count) {
        rows.gradientSums(
                sums[part],
                x.value().at(row, 0),
                x.value().pitch(),
                y.incoming().at(row, 0),
                y.incoming().pitch(),
                count);
    }

    /// Whether the convolution that computes the input may find the input's gradient in its place.
    boolean mayLeaveInputGradient() {
        return operands.followsConvolution()
                && features == null
                && x.gradient() != null
                && !x.accumulates();
    }

    /// Leaves the input's gradient to the convolution, which asks for it in pieces.
    void leaveInputGradient() {
        inputGradientLeft = true;
    }

    /// Brings some rows of the input's gradient to a convolution's scratch memory, once the
    /// backward pass is through.
    void inputGradient(long row, long to, long pitch, long count) {
        inputGradient(row, to, pitch, false, count);
    }

    /// Tells that the convolution has filled [#sums] and, for shared features, brought `g·γ/σ` to
    /// the input's gradient.
    void gradientBrought() {
        gradientBrought = true;
    }

    @Override
    public void forward(boolean training) {
        if (training) {
            findMoments();
        }
        Tensor gamma = operands.gamma().value();
        Tensor beta = operands.beta().value();
        Tensor runningMean = operands.runningMean();
        Tensor runningVariance = operands.runningVariance();
        for (int c = 0; c < channels; c++) {
            double m = training ? mean[c] : runningMean.get(c);
            double v = training ? variance[c] : runningVariance.get(c);
            rows.settle(c, m, v, gamma.get(c), beta.get(c));
            if (training) {
                track(runningMean, c, m);
                track(runningVariance, c, count > 1 ? v * count / (count - 1) : v);
            }
        }
        if (!leftOut()) {
            normalise.run();
        }
    }

    private boolean leftOut() {
        return readByConvolution || (sum != null && sum.applies());
    }

    @Override
    public void reveal() {
        if (leftOut()) {
            normalise.run();
        }
    }

    @Override
    public Tensor output() {
        return y.value();
    }

    @Override
    public boolean join(JoinedSum candidate) {
        sum = candidate;
        return true;
    }

    @Override
    public void completeSum() {
        normaliseOnto.run();
    }

    private void findMoments() {
        if (known == channels) {
            return;
        }
        if (!momentsTaken) {
            clearSums();
            moments.run();
        }
        momentsTaken = false;
        for (int c = known; c < channels; c++) {
            mean[c] = BatchNormRows.Sums.total(sums, c) / count;
            variance[c] = BatchNormRows.Sums.squares(sums, c, mean[c]) / count;
        }
    }

    private static void track(Tensor running, int c, double value) {
        double momentum = Primitive.BatchNorm.MOMENTUM;
        running.set(c, (1 - momentum) * running.get(c) + momentum * value);
    }

    @Override
    public void backward() {
        if (!gradientBrought) {
            clearSums();
            (features == null ? gradientSums : gradientOnce).run();
        }
        gradientBrought = false;
        Tensor dGamma = operands.gamma().incoming();
        Tensor dBeta = operands.beta().incoming();
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double dot = 0;
            for (BatchNormRows.Sums part : sums) {
                sum += part.first[c];
                dot += part.second[c];
            }
            double inverse = rows.inverseDeviation[c];
            dot *= inverse;
            dBeta.set(c, sum);
            dGamma.set(c, dot);
            double a = rows.scale[c];
            double b = -a * inverse * dot / count;
            double k = -a * sum / count - b * rows.mean[c];
            if (features == null) {
                rows.onGradient[c] = (float) a;
                rows.onInput[c] = (float) b;
                rows.constant[c] = (float) k;
            } else {
                features.leave(c, b, k);
            }
        }
        if (features == null && x.gradient() != null && !inputGradientLeft) {
            inputGradient.run();
        }
    }

    private void normalise(int part, long from, long count) {
        rows.normalise(
                x.value().at(from, 0),
                x.value().pitch(),
                y.value().at(from, 0),
                y.value().pitch(),
                count);
    }

    private void normaliseOnto(int part, long from, long count) {
        JoinedSum to = Objects.requireNonNull(sum);
        rows.normaliseOnto(
                x.value().at(from, 0),
                x.value().pitch(),
                to.shortcut().at(from, 0),
                to.shortcut().pitch(),
                to.sum().at(from, 0),
                to.sum().pitch(),
                to.relu(),
                count);
    }

    private void inputGradient(int part, long from, long count) {
        Tensor dx = x.incoming();
        inputGradient(from, dx.at(from, 0), dx.pitch(), x.accumulates(), count);
    }

    private void inputGradient(long row, long to, long pitch, boolean add, long count) {
        rows.inputGradient(
                x.value().at(row, 0),
                x.value().pitch(),
                y.incoming().at(row, 0),
                y.incoming().pitch(),
                to,
                pitch,
                add,
                count);
    }

    private void gradientOnce(int part, long from, long count) {
        Tensor dx = x.incoming();
        rows.gradientOnce(
                sums[part],
                x.value().at(from, 0),
                x.value().pitch(),
                y.incoming().at(from, 0),
                y.incoming().pitch(),
                dx.at(from, 0),
                dx.pitch(),
                x.accumulates(),
                count);
    }
}
