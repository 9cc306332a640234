package org.skiplab.engine.kernel;

import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/// What one thread does of a [WinogradConvolution], some images at a time: transforms, 36 products
/// by a oneDNN that keeps to this thread, transforms back.
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

    private final Operand x;
    private final Operand y;
    private final int height;
    private final int width;
    private final int tileRows;
    private final int tileColumns;
    private final int missing;
    private final long pitch;
    private final long scratch;
    private final Chunks<Part> chunks;
    private final long zeros;
    private final @Nullable VectorBatchNorm norm;
    private final long normalised;
    private final Workspace workspace;
    private final int member;
    private @Nullable VectorBatchNorm derivation;
    private long derived;

    /// The products for a number of images.
    private static final class Part {
        final PlaneMatrix v;
        final PlaneMatrix m;
        final OneDnn.Call forward;
        final OneDnn.Call backwardData;
        final OneDnn.Product firstWeights;
        final OneDnn.Product moreWeights;

        /// @param v for the transformed inputs, or the transformed gradient of the inputs
        /// @param m for the products, or the transformed gradient of the outputs
        /// @param gradient like what receives the filters' transformed gradient
        Part(
                OneDnn dnn,
                PlaneMatrix v,
                PlaneMatrix m,
                PlaneMatrix filters,
                PlaneMatrix turnedFilters,
                PlaneMatrix gradient,
                Workspace workspace,
                int member) {
            this.v = v;
            this.m = m;
            forward = dnn.product(v, false, filters, m, false, workspace, member);
            backwardData = dnn.product(m, false, turnedFilters, v, false, workspace, member);
            memory.desc left = v.transposed(dnn);
            memory.desc right = m.description(dnn);
            memory.desc result = gradient.description(dnn);
            firstWeights = dnn.product(left, right, result, false, workspace, member);
            moreWeights = dnn.product(left, right, result, true, workspace, member);
        }
    }

    WinogradLane(
            OneDnn dnn,
            Workspace workspace,
            int member,
            int batch,
            int chunk,
            Operand x,
            @Nullable VectorBatchNorm norm,
            Operand y,
            PlaneMatrix filters,
            PlaneMatrix turnedFilters,
            PlaneMatrix gradient) {
        this.norm = norm;
        this.x = x;
        this.y = y;
        this.workspace = workspace;
        this.member = member;
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
        normalised =
                norm == null ? 0 : workspace.take("normalised" + member, chunk * pixel(1) * pitch);
        PlaneMatrix v = PlaneMatrix.of(workspace, "v" + member, chunk * tiles, in);
        PlaneMatrix m = PlaneMatrix.of(workspace, "m" + member, chunk * tiles, out);
        long widest = Math.max(pitch, y.incoming().pitch());
        zeros = workspace.take("zeros", (width - 1) * widest + L);
        chunks =
                new Chunks<>(
                        0,
                        batch,
                        chunk,
                        images ->
                                new Part(
                                        dnn,
                                        v.rows(images * tiles),
                                        m.rows(images * tiles),
                                        filters,
                                        turnedFilters,
                                        gradient,
                                        workspace,
                                        member));
    }

    /// How many images to work on at a time.
    static int chunk(Operand x, Operand y, boolean normalises) {
        int in = x.value().channels();
        int out = y.value().channels();
        long pixels = (long) x.value().height() * x.value().width();
        long own = normalises ? pixels * Winograd.padded(in) : 0;
        long planes = Winograd.PLANES * Winograd.tiles(x.value()) * (in + out);
        return Math.toIntExact(Math.max(1, CACHE_BYTES / ((planes + own) * Float.BYTES)));
    }

    /// Computes the images from `first` to before `end`.
    ///
    /// @param part what of the reader's sums receives their moments
    /// @param sum what to write in place of the output, null for that itself
    /// @param reader takes the moments of what is written, null if nobody does
    void forward(
            int part,
            long first,
            long end,
            @Nullable JoinedSum sum,
            @Nullable VectorBatchNorm reader) {
        Tensor to = sum == null ? y.value() : sum.sum();
        Tensor onto = sum == null ? null : sum.shortcut();
        for (long image = first; image < end; image += chunks.size) {
            Part sized = chunks.at(image);
            inputs(image, sized);
            sized.forward.run();
            output(sized.m, image, to, onto);
            if (reader != null) {
                reader.takeMoments(part, pixel(image), pixels(sized));
            }
        }
    }

    /// Brings the gradients that the images from `first` to before `end` have a share in.
    ///
    /// @param part what of the batch norm's sums receives theirs
    /// @param gradient receives their summand of the filters' transformed gradient
    void backward(int part, long first, long end, PlaneMatrix gradient) {
        Tensor dx = x.gradient();
        for (long image = first; image < end; image += chunks.size) {
            Part sized = chunks.at(image);
            long arriving = arriving(image, sized);
            if (dx != null) {
                input(arriving, y.incoming().pitch(), y.incoming().channels(), sized.m);
                sized.backwardData.run();
                output(sized.v, image, dx, x.accumulates() ? dx : null);
            }
            if (norm != null) {
                norm.sumGradient(part, pixel(image), pixels(sized));
            }
            inputs(image, sized);
            outputGradient(arriving, sized.m);
            (image == first ? sized.firstWeights : sized.moreWeights)
                    .run(sized.v.address(), sized.m.address(), gradient.address());
        }
    }

    /// Finds the output's gradient from now on from that of a batch norm that alone reads it.
    void derivedBy(VectorBatchNorm reader) {
        derivation = reader;
        derived = workspace.take("derived" + member, pixel(chunks.size) * y.incoming().pitch());
    }

    /// Address of some images' gradient of the output.
    private long arriving(long image, Part part) {
        Tensor dy = y.incoming();
        if (derivation == null) {
            return dy.at(pixel(image), 0);
        }
        derivation.inputGradient(pixel(image), derived, dy.pitch(), pixels(part));
        return derived;
    }

    /// Transforms the images, normalised first where that is left to the convolution.
    private void inputs(long image, Part part) {
        if (norm == null) {
            input(x.value().at(pixel(image), 0), pitch, x.value().channels(), part.v);
        } else {
            norm.normalise(pixel(image), normalised, pitch, pixels(part));
            input(normalised, pitch, x.value().channels(), part.v);
        }
    }

    private long pixel(long image) {
        return image * height * width;
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
                Winograd.inputColumns(rows, pixel, width, missing + 1, scratch);
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
    private void output(PlaneMatrix from, long image, Tensor to, @Nullable Tensor onto) {
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

    private void outputGradient(long images, PlaneMatrix to) {
        long pixel = y.incoming().pitch() * Float.BYTES;
        int channels = y.incoming().channels();
        int units = to.rows() / tileColumns;
        for (int unit = 0; unit < units; unit++) {
            for (int c = 0; c < channels; c += L) {
                place(images, pixel, unit, c, TILE, 0);
                Winograd.gradientColumns(rows, pixel, width, missing, scratch);
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
