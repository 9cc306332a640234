package org.skiplab.engine.kernel;

import org.jspecify.annotations.Nullable;

/// One thread's rows of a [NormalisedConvolution], some at a time.
final class PointwiseLane {

    /// What is worked on at a time should stay in a core's second-level cache.
    private static final long CACHE_BYTES = 768L << 10;

    private static final int LEAST_ROWS = 32;

    private final int member;
    private final VectorBatchNorm norm;
    private final Tensor weight;
    private final long turned;
    private final Operand y;
    private final long first;
    private final long end;
    private final int pitch;
    private final long normalised;
    private final long gradient;
    private final long filterGradient;
    private final long filters;
    private final Chunks<Part> chunks;

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
            long first,
            long end,
            VectorBatchNorm norm,
            Tensor weight,
            long turned,
            Operand y) {
        this.member = member;
        this.norm = norm;
        this.weight = weight;
        this.turned = turned;
        this.y = y;
        this.first = first;
        this.end = end;
        int in = norm.x.value().channels();
        int out = y.value().channels();
        pitch = Winograd.padded(in);
        filters = (long) in * out;
        int row = Float.BYTES * (2 * pitch + Math.toIntExact(norm.x.value().pitch()) + out);
        int chunk = Math.toIntExact(Math.min(end - first, Math.max(LEAST_ROWS, CACHE_BYTES / row)));
        normalised = workspace.take("normalised" + member, (long) chunk * pitch);
        gradient = workspace.take("gradient" + member, (long) chunk * pitch);
        filterGradient = workspace.take("filters" + member, filters);
        chunks =
                new Chunks<>(
                        first,
                        end,
                        chunk,
                        rows -> Part.of(dnn, workspace, member, rows, in, y, pitch));
    }

    /// Address of this lane's summand of the weights' gradient, after [#backward].
    long filterGradient() {
        return filterGradient;
    }

    /// @param reader takes the output's moments, null if nobody does
    void forward(@Nullable VectorBatchNorm reader) {
        if (reader != null) {
            reader.sums[member].clear();
        }
        Tensor x = norm.x.value();
        for (long row = first; row < end; row += chunks.size) {
            Part part = chunks.at(row);
            norm.rows.normalise(x.at(row, 0), x.pitch(), normalised, pitch, part.rows);
            part.forward.run(normalised, turned, y.value().at(row, 0));
            if (reader != null) {
                reader.takeMoments(member, row, part.rows);
            }
        }
    }

    /// @param sums receives what the batch norm's own gradients need
    void backward(BatchNormRows.Sums sums) {
        Tensor x = norm.x.value();
        Tensor dx = norm.x.incoming();
        sums.clear();
        TensorMemory.ALL.asSlice(filterGradient, filters * Float.BYTES).fill((byte) 0);
        for (long row = first; row < end; row += chunks.size) {
            Part part = chunks.at(row);
            long arriving = y.incoming().at(row, 0);
            norm.rows.normalise(x.at(row, 0), x.pitch(), normalised, pitch, part.rows);
            part.backwardWeights.run(arriving, normalised, filterGradient);
            part.backwardData.run(arriving, weight.address(), gradient);
            norm.rows.gradientOnce(
                    sums,
                    x.at(row, 0),
                    x.pitch(),
                    gradient,
                    pitch,
                    dx.at(row, 0),
                    dx.pitch(),
                    norm.x.accumulates(),
                    part.rows);
        }
    }
}
