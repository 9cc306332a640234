package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.factory.Nd4j;
import org.skiplab.engine.graph.Primitive;

/// Convolution as a matrix product: every window of the input becomes a row of a matrix (im2col), a
/// few images at a time. The input's gradient is a convolution too, of the output's gradient with
/// the kernel turned around.
///
/// ND4J's own `conv2d` computes the same numbers about ten times slower without its oneDNN helper.
final class PortableConvolution implements Operation {
    private record Piece(Windows windows, BoundOp product) {
        void run() {
            windows.gather();
            product.run();
        }
    }

    private final INDArray weight;
    private final INDArray kernel;
    private final List<Piece> forward = new ArrayList<>();
    private final @Nullable INDArray bias;
    private final INDArray y;

    private @Nullable INDArray weightGradient;
    private @Nullable INDArray kernelGradient;
    private final List<Piece> weightBackward = new ArrayList<>();

    private @Nullable INDArray biasGradient;
    private @Nullable ColumnSums sums;
    private @Nullable INDArray incoming;

    private Staging.@Nullable Target dx;
    private @Nullable INDArray turned;
    private final List<Piece> inputBackward = new ArrayList<>();

    PortableConvolution(
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y,
            Scratch scratch) {
        Tensor in = x.value();
        Tensor out = y.value();
        int k = layer.kernel();
        long fan = (long) k * k * in.channels();
        this.weight = weight.value().array();
        this.kernel = scratch.kept(k, k, in.channels(), out.channels());
        this.y = Views.matrix(out);
        this.bias = bias == null ? null : Views.vector(bias.value());

        INDArray kernelMatrix = kernel.reshape('c', fan, out.channels());
        for (int from = 0, step = images(out, fan, scratch); from < in.batch(); from += step) {
            int to = Math.min(in.batch(), from + step);
            Windows windows = Windows.ofInput(layer, in, out, from, to, scratch);
            forward.add(
                    new Piece(
                            windows,
                            BoundOp.matmul(
                                    windows.matrix(),
                                    false,
                                    kernelMatrix,
                                    false,
                                    rows(out, from, to),
                                    0)));
        }
        if (weight.gradient() != null) {
            bindWeightGradient(layer, in, out, y.incoming(), weight.gradient(), scratch);
        }
        if (bias != null && bias.gradient() != null) {
            biasGradient = Views.vector(bias.gradient());
            sums = new ColumnSums(out, scratch);
            incoming = Views.images(y.incoming());
        }
        if (x.gradient() != null) {
            bindInputGradient(
                    layer, x.value(), x.gradient(), x.accumulates(), y.incoming(), scratch);
        }
    }

    private void bindWeightGradient(
            Primitive.Convolution layer,
            Tensor in,
            Tensor out,
            Tensor dy,
            Tensor gradient,
            Scratch scratch) {
        long fan = (long) layer.kernel() * layer.kernel() * in.channels();
        weightGradient = gradient.array();
        kernelGradient = scratch.kept(kernel.shape());
        INDArray product = kernelGradient.reshape('c', fan, out.channels());
        for (int from = 0, step = images(out, fan, scratch); from < in.batch(); from += step) {
            int to = Math.min(in.batch(), from + step);
            Windows windows = Windows.ofInput(layer, in, out, from, to, scratch);
            weightBackward.add(
                    new Piece(
                            windows,
                            BoundOp.matmul(
                                    windows.matrix(),
                                    true,
                                    rows(dy, from, to),
                                    false,
                                    product,
                                    from == 0 ? 0 : 1)));
        }
    }

    private void bindInputGradient(
            Primitive.Convolution layer,
            Tensor in,
            Tensor gradient,
            boolean accumulates,
            Tensor dy,
            Scratch scratch) {
        int k = layer.kernel();
        long fan = (long) k * k * dy.channels();
        dx = Staging.Target.of(gradient, accumulates, scratch);
        turned = scratch.kept(k, k, dy.channels(), in.channels());
        INDArray turnedMatrix = turned.reshape('c', fan, in.channels());
        INDArray target = dx.matrix();
        long positions = in.rows() / in.batch();
        for (int from = 0, step = images(in, fan, scratch); from < in.batch(); from += step) {
            int to = Math.min(in.batch(), from + step);
            Windows windows = Windows.ofGradient(layer, dy, in, from, to, scratch);
            INDArray part = rows(target, from * positions, to * positions);
            inputBackward.add(
                    new Piece(
                            windows,
                            BoundOp.matmul(windows.matrix(), false, turnedMatrix, false, part, 0)));
        }
    }

    /// How many images' windows fit into the memory for them.
    private static int images(Tensor out, long fan, Scratch scratch) {
        long perImage = out.rows() / out.batch() * fan;
        return Math.clamp(scratch.columns() / perImage, 1, out.batch());
    }

    private static INDArray rows(Tensor t, int fromImage, int toImage) {
        long positions = t.rows() / t.batch();
        return rows(Views.matrix(t), fromImage * positions, toImage * positions);
    }

    private static INDArray rows(INDArray matrix, long from, long to) {
        return Views.strided(
                matrix,
                from * matrix.stride(0),
                new long[] {to - from, matrix.size(1)},
                new long[] {matrix.stride(0), 1});
    }

    @Override
    public void forward(boolean training) {
        kernel.assign(weight.permute(2, 3, 1, 0));
        forward.forEach(Piece::run);
        if (bias != null) {
            Nd4j.exec(new BroadcastAddOp(y, bias, y, 1));
        }
    }

    @Override
    public void backward() {
        if (weightGradient != null && kernelGradient != null) {
            weightBackward.forEach(Piece::run);
            weightGradient.assign(kernelGradient.permute(3, 2, 0, 1));
        }
        if (sums != null && incoming != null && biasGradient != null) {
            sums.of(incoming, biasGradient);
        }
        if (dx != null && turned != null) {
            turn(turned);
            inputBackward.forEach(Piece::run);
            dx.deliver();
        }
    }

    /// `turned[i, j, out, in] = weight[out, in, k − 1 − i, k − 1 − j]`.
    private void turn(INDArray target) {
        long[] s = weight.stride();
        long k = weight.size(2);
        long[] shape = {weight.size(0), weight.size(1)};
        for (long i = 0; i < k; i++) {
            for (long j = 0; j < k; j++) {
                long offset = (k - 1 - i) * s[2] + (k - 1 - j) * s[3];
                INDArray tap = Views.strided(weight, offset, shape, new long[] {s[0], s[1]});
                target.slice(i).slice(j).assign(tap);
            }
        }
    }

    /// The windows of some images as rows of a matrix.
    private static final class Windows {
        private final INDArray matrix;
        private final @Nullable INDArray padded;
        private final @Nullable INDArray interior;
        private final @Nullable INDArray source;
        private final @Nullable INDArray view;
        private final @Nullable INDArray columns;

        /// Windows that need not be gathered: each is one row of `t`.
        private Windows(INDArray matrix) {
            this.matrix = matrix;
            padded = null;
            interior = null;
            source = null;
            view = null;
            columns = null;
        }

        /// @param extents height and width of the memory that the windows slide over
        /// @param begin where the first number of `t` lies in it, in both directions
        /// @param spread distance of neighbouring numbers of `t` in it
        /// @param origin where the first window begins, in both directions
        private Windows(
                Tensor t,
                int from,
                int to,
                long[] extents,
                long begin,
                long spread,
                long origin,
                int kernel,
                int stride,
                Tensor out,
                Scratch scratch) {
            long n = to - from;
            long c = t.channels();
            long h = extents[0];
            long w = extents[1];
            INDArray all = rows(t, from, to);
            INDArray memory;
            if (t.dense() && h == t.height() && w == t.width()) {
                padded = null;
                interior = null;
                source = null;
                memory = all;
            } else {
                long[] shape = {n, t.height(), t.width(), c};
                memory = scratch.shared(Scratch.Use.PADDED, n, h, w, c);
                padded = memory;
                interior =
                        Views.strided(
                                memory,
                                (begin * w + begin) * c,
                                shape,
                                new long[] {h * w * c, spread * w * c, spread * c, 1});
                long p = t.pitch();
                source =
                        Views.strided(
                                all,
                                0,
                                shape,
                                new long[] {t.height() * t.width() * p, t.width() * p, p, 1});
            }
            view =
                    Views.strided(
                            memory,
                            (origin * w + origin) * c,
                            new long[] {n, out.height(), out.width(), kernel, kernel * c},
                            new long[] {h * w * c, stride * w * c, stride * c, w * c, 1});
            columns = scratch.shared(Scratch.Use.COLUMNS, view.shape());
            matrix =
                    columns.reshape(
                            'c', n * out.height() * out.width(), (long) kernel * kernel * c);
        }

        /// Those that slide over the input, zero-padded.
        static Windows ofInput(
                Primitive.Convolution layer,
                Tensor in,
                Tensor out,
                int from,
                int to,
                Scratch scratch) {
            if (pointwise(layer)) {
                return new Windows(rows(in, from, to));
            }
            int p = layer.padding();
            long[] extents = {in.height() + 2L * p, in.width() + 2L * p};
            return new Windows(
                    in, from, to, extents, p, 1, 0, layer.kernel(), layer.stride(), out, scratch);
        }

        /// Those that slide over the output's gradient, spread by the stride: one per position of
        /// the input.
        static Windows ofGradient(
                Primitive.Convolution layer,
                Tensor dy,
                Tensor in,
                int from,
                int to,
                Scratch scratch) {
            if (pointwise(layer)) {
                return new Windows(rows(dy, from, to));
            }
            int reach = layer.kernel() - 1;
            int begin = Math.max(0, reach - layer.padding());
            int origin = Math.max(0, layer.padding() - reach);
            long[] extents = {in.height() + reach + 2L * origin, in.width() + reach + 2L * origin};
            return new Windows(
                    dy,
                    from,
                    to,
                    extents,
                    begin,
                    layer.stride(),
                    origin,
                    layer.kernel(),
                    1,
                    in,
                    scratch);
        }

        private static boolean pointwise(Primitive.Convolution layer) {
            return layer.kernel() == 1 && layer.stride() == 1 && layer.padding() == 0;
        }

        INDArray matrix() {
            return matrix;
        }

        void gather() {
            if (padded != null && interior != null && source != null) {
                padded.assign(0);
                interior.assign(source);
            }
            if (columns != null && view != null) {
                columns.assign(view);
            }
        }
    }
}
