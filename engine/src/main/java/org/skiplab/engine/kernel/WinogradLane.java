package org.skiplab.engine.kernel;

import org.jspecify.annotations.Nullable;

/// One thread's images of a [WinogradConvolution], some at a time: transforms, 36 products by a
/// oneDNN that keeps to this thread, transforms back.
///
/// Forward `M = V·U`. The images' gradient is the same with the turned filters; the weights' is `dU
/// = Σ Vᵀ·D` with the outputs' gradient transformed by the adjoint.
final class WinogradLane {

    /// What is worked on at a time should stay in a core's second-level cache.
    private static final long CACHE_BYTES = 1500L << 10;

    private static final int TILE = Winograd.TILE;
    private static final int PATCH = Winograd.PATCH;
    private static final int L = Winograd.L;

    final float[] filter = new float[9 * L];
    final float[] filterScratch = new float[27 * L];
    private final long[] rows = new long[PATCH];

    private final int member;
    private final Operand x;
    private final Operand y;
    private final int first;
    private final int end;
    private final int height;
    private final int width;
    private final int tileRows;
    private final int tileColumns;
    private final int missing;
    private final long pitch;
    private final long scratch;
    private final PlaneMatrix du;
    private final Chunks<Part> chunks;
    private final long zeros;
    private final @Nullable VectorBatchNorm norm;
    private final long normalised;

    /// The products for a number of images.
    private static final class Part {
        final PlaneMatrix v;
        final PlaneMatrix m;
        final OneDnn.Call forward;
        final OneDnn.Call backwardData;
        final OneDnn.Call firstWeights;
        final OneDnn.Call moreWeights;

        /// @param v for the transformed inputs, or the transformed gradient of the inputs
        /// @param m for the products, or the transformed gradient of the outputs
        Part(
                OneDnn dnn,
                PlaneMatrix v,
                PlaneMatrix m,
                PlaneMatrix filters,
                PlaneMatrix turnedFilters,
                PlaneMatrix du,
                Workspace workspace,
                int member) {
            this.v = v;
            this.m = m;
            forward = dnn.product(v, false, filters, m, false, workspace, member);
            backwardData = dnn.product(m, false, turnedFilters, v, false, workspace, member);
            firstWeights = dnn.product(v, true, m, du, false, workspace, member);
            moreWeights = dnn.product(v, true, m, du, true, workspace, member);
        }
    }

    WinogradLane(
            OneDnn dnn,
            Workspace workspace,
            int member,
            int first,
            int end,
            Operand x,
            @Nullable VectorBatchNorm norm,
            Operand y,
            PlaneMatrix filters,
            PlaneMatrix turnedFilters) {
        this.norm = norm;
        this.member = member;
        this.x = x;
        this.y = y;
        this.first = first;
        this.end = end;
        height = x.value().height();
        width = x.value().width();
        tileRows = (height + TILE - 1) / TILE;
        tileColumns = (width + TILE - 1) / TILE;
        int in = x.value().channels();
        int out = y.value().channels();
        int tiles = tileRows * tileColumns;
        missing = tileColumns * TILE - width;
        scratch = workspace.take("scratch" + member, Winograd.scratch(tileColumns));
        pitch = norm == null ? x.value().pitch() : Winograd.padded(in);
        long own = norm == null ? 0 : pixel(1) * pitch;
        long image = ((long) Winograd.PLANES * tiles * (in + out) + own) * Float.BYTES;
        int chunk = Math.clamp(CACHE_BYTES / image, 1, end - first);
        normalised = norm == null ? 0 : workspace.take("normalised" + member, chunk * own);
        PlaneMatrix v = PlaneMatrix.of(workspace, "v" + member, chunk * tiles, in);
        PlaneMatrix m = PlaneMatrix.of(workspace, "m" + member, chunk * tiles, out);
        du = PlaneMatrix.of(workspace, "du" + member, in, out);
        long widest = Math.max(pitch, y.incoming().pitch());
        zeros = workspace.take("zeros", (width - 1) * widest + L);
        chunks =
                new Chunks<>(
                        first,
                        end,
                        chunk,
                        images ->
                                new Part(
                                        dnn,
                                        v.rows(images * tiles),
                                        m.rows(images * tiles),
                                        filters,
                                        turnedFilters,
                                        du,
                                        workspace,
                                        member));
    }

    /// This lane's summand of the filters' transformed gradient, after [#backward].
    PlaneMatrix filterGradient() {
        return du;
    }

    /// @param sum what to write in place of the output, null for that itself
    /// @param reader takes the moments of what is written, null if nobody does
    void forward(@Nullable JoinedSum sum, @Nullable VectorBatchNorm reader) {
        Tensor to = sum == null ? y.value() : sum.sum();
        Tensor onto = sum == null ? null : sum.shortcut();
        if (reader != null) {
            reader.sums[member].clear();
        }
        for (int image = first; image < end; image += chunks.size) {
            Part part = chunks.at(image);
            inputs(image, part);
            part.forward.run();
            output(part.m, image, to, onto);
            if (reader != null) {
                reader.takeMoments(member, pixel(image), pixels(part));
            }
        }
    }

    void backward() {
        Tensor dy = y.incoming();
        Tensor dx = x.gradient();
        if (norm != null) {
            norm.sums[member].clear();
        }
        for (int image = first; image < end; image += chunks.size) {
            Part part = chunks.at(image);
            if (dx != null) {
                input(dy.at(pixel(image), 0), dy.pitch(), dy.channels(), part.m);
                part.backwardData.run();
                output(part.v, image, dx, x.accumulates() ? dx : null);
            }
            if (norm != null) {
                norm.sumGradient(member, pixel(image), pixels(part));
            }
            inputs(image, part);
            outputGradient(dy, image, part.m);
            (image == first ? part.firstWeights : part.moreWeights).run();
        }
    }

    /// Transforms the images, normalised first where that is left to the convolution.
    private void inputs(int image, Part part) {
        if (norm == null) {
            input(x.value().at(pixel(image), 0), pitch, x.value().channels(), part.v);
        } else {
            norm.normalise(pixel(image), normalised, pitch, pixels(part));
            input(normalised, pitch, x.value().channels(), part.v);
        }
    }

    private long pixel(int image) {
        return (long) image * height * width;
    }

    private long pixels(Part part) {
        return pixel(part.v.rows() / (tileRows * tileColumns));
    }

    private void input(long images, long pitch, int channels, PlaneMatrix to) {
        long pixel = pitch * Float.BYTES;
        int units = to.rows() / tileColumns;
        for (int unit = 0; unit < units; unit++) {
            for (int c = 0; c < channels; c += L) {
                place(images, pixel, unit, c, PATCH, -1);
                Winograd.inputColumns(rows, pixel, width, missing + 1, channels - c, scratch);
                Winograd.inputRows(
                        scratch,
                        tileColumns,
                        to.at((long) unit * tileColumns, c),
                        to.plane(),
                        to.step());
            }
        }
    }

    /// @param onto what is added to the output, of the same pitch as `to`; null if nothing is
    private void output(PlaneMatrix from, int image, Tensor to, @Nullable Tensor onto) {
        int units = from.rows() / tileColumns;
        int channels = to.channels();
        long pixel = to.pitch() * Float.BYTES;
        long apart = onto == null ? 0 : onto.address() - to.address();
        for (int unit = 0; unit < units; unit++) {
            int present = Math.min(TILE, height - unit % tileRows * TILE);
            for (int c = 0; c < channels; c += L) {
                place(to.at(pixel(image), 0), pixel, unit, c, present, 0);
                Winograd.outputColumns(
                        from.at((long) unit * tileColumns, c),
                        from.plane(),
                        from.step(),
                        tileColumns,
                        scratch);
                int left = channels - c;
                for (int i = 0; i < present; i++) {
                    long row = rows[i];
                    if (onto == null) {
                        Winograd.outputRow(scratch, i, tileColumns, row, pixel, width, left);
                    } else {
                        Winograd.addRow(
                                scratch, i, tileColumns, row, row + apart, pixel, width, left);
                    }
                }
            }
        }
    }

    private void outputGradient(Tensor from, int image, PlaneMatrix to) {
        long pixel = from.pitch() * Float.BYTES;
        int units = to.rows() / tileColumns;
        for (int unit = 0; unit < units; unit++) {
            for (int c = 0; c < from.channels(); c += L) {
                place(from.at(pixel(image), 0), pixel, unit, c, TILE, 0);
                Winograd.gradientColumns(rows, pixel, width, missing, from.channels() - c, scratch);
                Winograd.gradientRows(
                        scratch,
                        tileColumns,
                        to.at((long) unit * tileColumns, c),
                        to.plane(),
                        to.step());
            }
        }
    }

    /// Finds the image's rows that a row of tiles touches, zeros for those outside.
    ///
    /// @param images address of the first of the images
    /// @param pixel bytes from pixel to pixel
    /// @param unit which row of tiles, counted through the images
    /// @param offset first row, from the tiles' first
    private void place(long images, long pixel, int unit, int channel, int count, int offset) {
        long start = images + pixel(unit / tileRows) * pixel + (long) channel * Float.BYTES;
        int top = unit % tileRows * TILE + offset;
        for (int i = 0; i < count; i++) {
            int row = top + i;
            boolean inside = row >= 0 && row < height;
            rows[i] = inside ? start + (long) row * width * pixel : zeros;
        }
    }
}
