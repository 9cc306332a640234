package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Primitive;

/// A 3×3 convolution of stride 1 by Winograd's F(4×4, 3×3): a quarter of the multiplications of the
/// direct form, see [Winograd].
///
/// A thread takes images from the first transform to the last: what it writes stays in its core's
/// cache. `U [36, in, out]`, the transformed weights, is common to all.
///
/// A batch norm (+ ReLU) whose output this convolution alone reads is left to it: some images at a
/// time are normalised into the cache in front of the transform, forward and backward, and the sums
/// that the batch norm's gradient needs are taken there, too. An addition behind is made while the
/// output is written, and the moments of a batch norm behind are taken from the cache.
final class WinogradConvolution implements Piecewise, Addend {

    /// Fewer multiplications at a position, in times out, do not pay for the transforms of the
    /// images.
    private static final int LEAST_FILTERS = 256;

    /// Fewer tiles than a quarter of the channels do not pay for the transforms of the filters.
    private static final int CHANNELS_PER_TILE = 4;

    /// Numbers of the transformed images for each of a summand of the filters' gradient: fewer do
    /// not pay for adding it up.
    private static final int NUMBERS_PER_SUMMAND = 4;

    private static final int L = Winograd.L;

    private final Team team;
    private final VectorElementwise elementwise;
    private final Operand x;
    private final @Nullable VectorBatchNorm norm;
    private final Operand weight;
    private final Operand y;
    private final int in;
    private final int out;
    private final PlaneMatrix filters;
    private final PlaneMatrix turnedFilters;
    private final WinogradLane[] lanes;
    private @Nullable VectorBatchNorm reader;
    private @Nullable JoinedSum sum;
    private boolean measures;
    private boolean adds;
    private final Portions images;
    private final Portions summed;
    private final PlaneMatrix[] gradients;
    private final Deal forward;
    private final Deal backward;
    private final Team.Share transformFilters = this::transformFilters;
    private final Team.Share turnFilters = this::turnFilters;
    private final Team.Share weightGradient = this::weightGradient;

    static boolean takes(Primitive.Convolution layer, Tensor x) {
        int in = x.channels();
        int out = layer.channels();
        long tiles = x.batch() * Winograd.tiles(x);
        return layer.kernel() == 3
                && layer.stride() == 1
                && layer.padding() == 1
                && !layer.bias()
                && in * out >= LEAST_FILTERS
                && CHANNELS_PER_TILE * tiles >= in + out
                && x.batch() >= 2 * Threads.COUNT
                && OpenMp.found();
    }

    /// @param norm what computes `x` and leaves normalising to this convolution, which alone reads
    ///   it; null if `x` is there
    WinogradConvolution(
            OneDnn dnn,
            Team team,
            VectorElementwise elementwise,
            Workspace workspace,
            Operand x,
            @Nullable VectorBatchNorm norm,
            Operand weight,
            Operand y) {
        this.team = team;
        this.elementwise = elementwise;
        this.norm = norm;
        if (norm != null) {
            norm.leaveToConvolution();
        }
        this.x = x;
        this.weight = weight;
        this.y = y;
        in = x.value().channels();
        out = y.value().channels();
        filters = PlaneMatrix.of(workspace, "filters", in, out);
        turnedFilters = PlaneMatrix.of(workspace, "filters", out, in);
        int members = team.members();
        int batch = x.value().batch();
        int chunk =
                Math.min(
                        WinogradLane.chunk(x, y, norm != null),
                        Math.ceilDiv(batch, Portions.count(members)));
        images = new Portions(batch, chunk, members, Portions.ROUNDS);
        int rounds = rounds(batch * Winograd.tiles(x.value()), members);
        summed = new Portions(batch, chunk, members, rounds);
        gradients = new PlaneMatrix[summed.count()];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = PlaneMatrix.of(workspace, "du" + i, in, out);
        }
        lanes = new WinogradLane[members];
        for (int i = 0; i < members; i++) {
            lanes[i] =
                    new WinogradLane(
                            dnn,
                            workspace,
                            i,
                            batch,
                            chunk,
                            x,
                            norm,
                            y,
                            filters,
                            turnedFilters,
                            gradients[0]);
        }
        forward = new Deal(team, images.count(), this::forward);
        backward = new Deal(team, summed.count(), this::backward);
    }

    @Override
    public void forward(boolean training) {
        team.run(transformFilters);
        adds = sum != null && sum.applies();
        measures = training && reader != null && (sum == null || adds);
        if (measures && reader != null) {
            reader.clearSums();
        }
        forward.run();
        if (reader != null) {
            reader.momentsTaken(measures);
        }
    }

    /// The weights may have changed since, and the filters' memory is shared: the sum has not.
    @Override
    public void reveal() {
        if (adds && sum != null) {
            elementwise.difference(sum.sum(), sum.shortcut(), y.value());
        }
    }

    @Override
    public Tensor output() {
        return sum == null ? y.value() : sum.sum();
    }

    @Override
    public boolean join(JoinedSum candidate) {
        if (candidate.relu() || !candidate.shortcut().dense() || !candidate.sum().dense()) {
            return false;
        }
        sum = candidate;
        return true;
    }

    @Override
    public void missSum() {
        if (reader != null) {
            reader.momentsTaken(false);
        }
    }

    @Override
    public void measuredBy(VectorBatchNorm reader) {
        this.reader = reader;
    }

    @Override
    public boolean derivedBy(VectorBatchNorm reader) {
        for (WinogradLane lane : lanes) {
            lane.derivedBy(reader);
        }
        return true;
    }

    @Override
    public void backward() {
        if (x.gradient() != null) {
            team.run(turnFilters);
        }
        if (norm != null) {
            norm.clearSums();
        }
        backward.run();
        team.run(weightGradient);
        if (norm != null) {
            norm.gradientBrought();
        }
    }

    private void forward(int member, int part) {
        lanes[member].forward(
                part,
                images.begin(part),
                images.end(part),
                adds ? sum : null,
                measures ? reader : null);
    }

    private void backward(int member, int part) {
        lanes[member].backward(part, summed.begin(part), summed.end(part), gradients[part]);
    }

    /// In how many rounds to deal out images whose gradients are summed up: every part has a
    /// summand of its own, which must not cost more than waiting for each other.
    private int rounds(long tiles, int members) {
        long parts = tiles * (in + out) / NUMBERS_PER_SUMMAND / ((long) in * out);
        return Math.clamp(parts / members, 1, Portions.ROUNDS);
    }

    /// Fills `U [36, in, out]` from `[out, in, 3, 3]`.
    private void transformFilters(int member, int members) {
        WinogradLane lane = lanes[member];
        MemorySegment from = weight.value().segment();
        for (int i = in * member / members; i < in * (member + 1) / members; i++) {
            for (int o = 0; o < out; o += L) {
                for (int l = 0; l < Math.min(L, out - o); l++) {
                    long filter = 9 * ((long) (o + l) * in + i);
                    for (int k = 0; k < 9; k++) {
                        lane.filter[k * L + l] =
                                from.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, filter + k);
                    }
                }
                WinogradFilters.transform(
                        lane.filter, filters.at(i, o), filters.plane(), lane.filterScratch);
            }
        }
    }

    /// Fills `[36, out, in]` from the filters turned by 180°.
    private void turnFilters(int member, int members) {
        WinogradLane lane = lanes[member];
        MemorySegment from = weight.value().segment();
        for (int o = out * member / members; o < out * (member + 1) / members; o++) {
            for (int i = 0; i < in; i += L) {
                for (int l = 0; l < Math.min(L, in - i); l++) {
                    long filter = 9 * ((long) o * in + i + l);
                    for (int k = 0; k < 9; k++) {
                        lane.filter[(8 - k) * L + l] =
                                from.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, filter + k);
                    }
                }
                WinogradFilters.transform(
                        lane.filter,
                        turnedFilters.at(o, i),
                        turnedFilters.plane(),
                        lane.filterScratch);
            }
        }
    }

    /// `dW = Gᵀ (Σ dU) G`, where every part has a summand.
    private void weightGradient(int member, int members) {
        WinogradLane lane = lanes[member];
        MemorySegment to = weight.incoming().segment();
        for (int i = in * member / members; i < in * (member + 1) / members; i++) {
            for (int o = 0; o < out; o += L) {
                boolean first = true;
                for (int part = 0; part < gradients.length; part++) {
                    if (summed.begin(part) < summed.end(part)) {
                        PlaneMatrix du = gradients[part];
                        WinogradFilters.gradient(
                                du.at(i, o), du.plane(), !first, lane.filter, lane.filterScratch);
                        first = false;
                    }
                }
                for (int l = 0; l < Math.min(L, out - o); l++) {
                    long filter = 9 * ((long) (o + l) * in + i);
                    for (int k = 0; k < 9; k++) {
                        to.setAtIndex(
                                ValueLayout.JAVA_FLOAT_UNALIGNED,
                                filter + k,
                                lane.filter[k * L + l]);
                    }
                }
            }
        }
    }
}
