package org.skiplab.engine.kernel;

import org.jspecify.annotations.Nullable;

/// What one thread does of a [NormalisedConvolution], some rows at a time.
final class PointwiseLane {

    /// What is worked on at a time should stay in a core's second-level cache.
    private static final long CACHE_BYTES = 768L << 10;

    private static final int LEAST_ROWS = 32;

    private final VectorBatchNorm norm;
    private final Tensor weight;
    private final long turned;
    private final Operand y;
    private final int pitch;
    private final long normalised;
    private final long gradient;
    private final long filters;
    private final Chunks<Part> chunks;
    private final Workspace workspace;
    private final int member;
    private @Nullable VectorBatchNorm derivation;
    private long derived;

    /// The products for a number of rows.
    private record Part(
            int rows,
            OneDnn.Product forward,
            OneDnn.Product backwardData,
            OneDnn.Product backwardWeights) {

        static Part of(
                OneDnn dnn,
                Workspace workspace,
                int member,
                int rows,
                int in,
                Operand y,
                int pitch) {
            int out = y.value().channels();
            Matrix features = new Matrix(rows, in, pitch);
            Matrix result = new Matrix(rows, out, y.value().pitch());
            Matrix arriving = new Matrix(rows, out, y.incoming().pitch());
            return new Part(
                    rows,
                    dnn.product(
                            features.description(dnn),
                            new Matrix(in, out, out).description(dnn),
                            result.description(dnn),
                            false,
                            workspace,
                            member),
                    dnn.product(
                            arriving.description(dnn),
                            new Matrix(out, in, in).description(dnn),
                            features.description(dnn),
                            false,
                            workspace,
                            member),
                    dnn.product(
                            arriving.transposed(dnn),
                            features.description(dnn),
                            new Matrix(out, in, in).description(dnn),
                            true,
                            workspace,
                            member));
        }
    }

    /// @param turned address of the weights as `[in, out]`
    PointwiseLane(
            OneDnn dnn,
            Workspace workspace,
            int member,
            int chunk,
            VectorBatchNorm norm,
            Tensor weight,
            long turned,
            Operand y) {
        this.norm = norm;
        this.weight = weight;
        this.turned = turned;
        this.y = y;
        this.workspace = workspace;
        this.member = member;
        int in = norm.x.value().channels();
        int out = y.value().channels();
        pitch = Winograd.padded(in);
        filters = (long) in * out;
        normalised = workspace.take("normalised" + member, (long) chunk * pitch);
        gradient = workspace.take("gradient" + member, (long) chunk * pitch);
        chunks =
                new Chunks<>(
                        0,
                        norm.x.value().rows(),
                        chunk,
                        rows -> Part.of(dnn, workspace, member, rows, in, y, pitch));
    }

    /// How many rows to work on at a time.
    static int chunk(Tensor features, Tensor output) {
        int row =
                2 * Winograd.padded(features.channels())
                        + Math.toIntExact(features.pitch())
                        + output.channels();
        return Math.max(LEAST_ROWS, Math.toIntExact(CACHE_BYTES / Float.BYTES / row));
    }

    /// Finds the output's gradient from now on from that of a batch norm that alone reads it.
    void derivedBy(VectorBatchNorm reader) {
        derivation = reader;
        derived = workspace.take("derived" + member, chunks.size * y.incoming().pitch());
    }

    /// Computes the rows from `first` to before `end`.
    ///
    /// @param part what of the reader's sums receives their moments
    /// @param reader takes the output's moments, null if nobody does
    void forward(int part, long first, long end, @Nullable VectorBatchNorm reader) {
        Tensor x = norm.x.value();
        for (long row = first; row < end; row += chunks.size) {
            Part sized = chunks.at(row);
            norm.rows.normalise(x.at(row, 0), x.pitch(), normalised, pitch, sized.rows);
            sized.forward.run(normalised, turned, y.value().at(row, 0));
            if (reader != null) {
                reader.takeMoments(part, row, sized.rows);
            }
        }
    }

    /// Brings the gradients that the rows from `first` to before `end` have a share in.
    ///
    /// @param sums receives what the batch norm's own gradients need
    /// @param filterGradient address of what receives their summand of the weights' gradient
    void backward(BatchNormRows.Sums sums, long first, long end, long filterGradient) {
        Tensor x = norm.x.value();
        Tensor dx = norm.x.incoming();
        TensorMemory.ALL.asSlice(filterGradient, filters * Float.BYTES).fill((byte) 0);
        for (long row = first; row < end; row += chunks.size) {
            Part sized = chunks.at(row);
            long arriving = arriving(row, sized.rows);
            norm.rows.normalise(x.at(row, 0), x.pitch(), normalised, pitch, sized.rows);
            sized.backwardWeights.run(arriving, normalised, filterGradient);
            sized.backwardData.run(arriving, weight.address(), gradient);
            norm.rows.gradientOnce(
                    sums,
                    x.at(row, 0),
                    x.pitch(),
                    gradient,
                    pitch,
                    dx.at(row, 0),
                    dx.pitch(),
                    norm.x.accumulates(),
                    sized.rows);
        }
    }

    /// Address of some rows of the output's gradient.
    private long arriving(long row, int count) {
        if (derivation == null) {
            return y.incoming().at(row, 0);
        }
        derivation.inputGradient(row, derived, y.incoming().pitch(), count);
        return derived;
    }
}
