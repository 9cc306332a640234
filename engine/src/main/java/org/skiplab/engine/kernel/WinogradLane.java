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

    final float[] scratch;
    final float[] filter = new float[9 * Winograd.L];
    private final long[] patch = new long[PATCH * PATCH];
    private final long[] tile = new long[TILE * TILE];

    private final Operand x;
    private final Operand y;
    private final int first;
    private final int end;
    private final int height;
    private final int width;
    private final int tileRows;
    private final int tileColumns;
    private final int chunk;
    private final PlaneMatrix du;
    private final Part full;
    private final @Nullable Part rest;
    private final long zeros;
    private final long waste;

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
            Operand y,
            PlaneMatrix filters,
            PlaneMatrix turnedFilters) {
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
        int widest = Winograd.padded(Math.max(in, out));
        scratch = new float[Winograd.PLANES * widest];
        long image = (long) Winograd.PLANES * tiles * (in + out) * Float.BYTES;
        chunk = Math.clamp(CACHE_BYTES / image, 1, end - first);
        PlaneMatrix v = PlaneMatrix.of(workspace, "v" + member, chunk * tiles, in);
        PlaneMatrix m = PlaneMatrix.of(workspace, "m" + member, chunk * tiles, out);
        du = PlaneMatrix.of(workspace, "du" + member, in, out);
        zeros = workspace.take("zeros", widest);
        waste = workspace.take("waste" + member, widest);
        int remaining = (end - first) % chunk;
        full = new Part(dnn, v, m, filters, turnedFilters, du, workspace, member);
        rest =
                remaining == 0
                        ? null
                        : new Part(
                                dnn,
                                v.rows(remaining * tiles),
                                m.rows(remaining * tiles),
                                filters,
                                turnedFilters,
                                du,
                                workspace,
                                member);
    }

    /// This lane's summand of the filters' transformed gradient, after [#backward].
    PlaneMatrix filterGradient() {
        return du;
    }

    private Part part(int image) {
        return image + chunk <= end || rest == null ? full : rest;
    }

    void forward() {
        for (int image = first; image < end; image += chunk) {
            Part part = part(image);
            input(x.value(), image, part.v);
            part.forward.run();
            output(part.m, image, y.value(), false);
        }
    }

    void backward() {
        Tensor dy = y.incoming();
        Tensor dx = x.gradient();
        for (int image = first; image < end; image += chunk) {
            Part part = part(image);
            if (dx != null) {
                input(dy, image, part.m);
                part.backwardData.run();
                output(part.v, image, dx, x.accumulates());
            }
            input(x.value(), image, part.v);
            outputGradient(dy, image, part.m);
            (image == first ? part.firstWeights : part.moreWeights).run();
        }
    }

    private void input(Tensor from, int image, PlaneMatrix to) {
        long pixel = from.pitch() * Float.BYTES;
        int channels = from.channels();
        int units = to.rows() / tileColumns;
        for (int unit = 0; unit < units; unit++) {
            long start = from.address() + (long) (image + unit / tileRows) * height * width * pixel;
            int top = unit % tileRows * TILE - 1;
            for (int column = 0; column < tileColumns; column++) {
                int left = column * TILE - 1;
                for (int i = 0; i < PATCH; i++) {
                    int row = top + i;
                    for (int j = 0; j < PATCH; j++) {
                        int at = left + j;
                        boolean inside = row >= 0 && row < height && at >= 0 && at < width;
                        patch[i * PATCH + j] =
                                inside ? start + ((long) row * width + at) * pixel : zeros;
                    }
                }
                Winograd.input(
                        patch,
                        channels,
                        to.at((long) unit * tileColumns + column, 0),
                        to.plane(),
                        scratch);
            }
        }
    }

    private void output(PlaneMatrix from, int image, Tensor to, boolean accumulate) {
        int units = from.rows() / tileColumns;
        for (int unit = 0; unit < units; unit++) {
            for (int column = 0; column < tileColumns; column++) {
                place(to, image, unit, column, waste);
                Winograd.output(
                        from.at((long) unit * tileColumns + column, 0),
                        from.plane(),
                        to.channels(),
                        tile,
                        accumulate,
                        scratch);
            }
        }
    }

    private void outputGradient(Tensor from, int image, PlaneMatrix to) {
        int units = to.rows() / tileColumns;
        for (int unit = 0; unit < units; unit++) {
            for (int column = 0; column < tileColumns; column++) {
                place(from, image, unit, column, zeros);
                Winograd.outputGradient(
                        tile,
                        from.channels(),
                        to.at((long) unit * tileColumns + column, 0),
                        to.plane(),
                        scratch);
            }
        }
    }

    /// Addresses of a tile's 16 positions, `outside` for those beyond the image.
    private void place(Tensor tensor, int image, int unit, int column, long outside) {
        long pixel = tensor.pitch() * Float.BYTES;
        long start = tensor.address() + (long) (image + unit / tileRows) * height * width * pixel;
        for (int i = 0; i < TILE; i++) {
            int row = unit % tileRows * TILE + i;
            for (int j = 0; j < TILE; j++) {
                int at = column * TILE + j;
                tile[i * TILE + j] =
                        row < height && at < width
                                ? start + ((long) row * width + at) * pixel
                                : outside;
            }
        }
    }
}
