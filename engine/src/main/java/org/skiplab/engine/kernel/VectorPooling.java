package org.skiplab.engine.kernel;

import java.lang.foreign.MemorySegment;

/// Max and average pooling over windows of an NHWC tensor, split over a team by images. The global
/// average is one window as large as the image.
final class VectorPooling implements Operation {

    private final Team team;
    private final Operand x;
    private final Operand y;
    private final int kernelHeight;
    private final int kernelWidth;
    private final int stride;
    private final int padding;
    private final boolean max;
    private final Team.Share forward = this::forwardShare;
    private final Team.Share backward = this::backwardShare;

    VectorPooling(
            Team team,
            Operand x,
            Operand y,
            int kernelHeight,
            int kernelWidth,
            int stride,
            int padding,
            boolean max) {
        this.team = team;
        this.x = x;
        this.y = y;
        this.kernelHeight = kernelHeight;
        this.kernelWidth = kernelWidth;
        this.stride = stride;
        this.padding = padding;
        this.max = max;
    }

    @Override
    public void forward(boolean training) {
        team.run(forward);
    }

    @Override
    public void backward() {
        if (x.gradient() != null) {
            team.run(backward);
        }
    }

    private void forwardShare(int member, int members) {
        Tensor in = x.value();
        Tensor out = y.value();
        int batch = out.batch();
        int channels = out.channels();
        float[] window = new float[channels];
        for (int n = batch * member / members; n < batch * (member + 1) / members; n++) {
            for (int i = 0; i < out.height(); i++) {
                for (int j = 0; j < out.width(); j++) {
                    gather(in, n, i, j, window);
                    long to = row(out, n, i, j) * out.pitch();
                    MemorySegment memory = out.segment();
                    float factor = max ? 1 : 1f / (kernelHeight * kernelWidth);
                    for (int c = 0; c < channels; c++) {
                        Operands.set(memory, to + c, window[c] * factor);
                    }
                }
            }
        }
    }

    private void gather(Tensor in, int n, int i, int j, float[] window) {
        int channels = window.length;
        MemorySegment memory = in.segment();
        java.util.Arrays.fill(window, max ? Float.NEGATIVE_INFINITY : 0);
        for (int di = 0; di < kernelHeight; di++) {
            int h = i * stride + di - padding;
            if (h < 0 || h >= in.height()) {
                continue;
            }
            for (int dj = 0; dj < kernelWidth; dj++) {
                int w = j * stride + dj - padding;
                if (w < 0 || w >= in.width()) {
                    continue;
                }
                long at = row(in, n, h, w) * in.pitch();
                if (max) {
                    for (int c = 0; c < channels; c++) {
                        window[c] = Math.max(window[c], Operands.get(memory, at + c));
                    }
                } else {
                    for (int c = 0; c < channels; c++) {
                        window[c] += Operands.get(memory, at + c);
                    }
                }
            }
        }
    }

    private void backwardShare(int member, int members) {
        Tensor target = Operands.present(x.gradient());
        Tensor source = y.incoming();
        int batch = source.batch();
        int channels = source.channels();
        float[] gradient = new float[channels];
        float[] largest = new float[channels];
        for (int n = batch * member / members; n < batch * (member + 1) / members; n++) {
            if (!x.accumulates()) {
                clear(target, n);
            }
            for (int i = 0; i < source.height(); i++) {
                for (int j = 0; j < source.width(); j++) {
                    long from = row(source, n, i, j) * source.pitch();
                    for (int c = 0; c < channels; c++) {
                        gradient[c] = Operands.get(source.segment(), from + c);
                    }
                    if (max) {
                        gather(x.value(), n, i, j, largest);
                    }
                    scatter(target, n, i, j, gradient, largest);
                }
            }
        }
    }

    /// Gives each input of the window its share; of equal maxima the first takes all, as in
    /// PyTorch.
    private void scatter(Tensor target, int n, int i, int j, float[] gradient, float[] largest) {
        int channels = gradient.length;
        float share = 1f / (kernelHeight * kernelWidth);
        MemorySegment memory = target.segment();
        MemorySegment values = x.value().segment();
        for (int di = 0; di < kernelHeight; di++) {
            int h = i * stride + di - padding;
            if (h < 0 || h >= target.height()) {
                continue;
            }
            for (int dj = 0; dj < kernelWidth; dj++) {
                int w = j * stride + dj - padding;
                if (w < 0 || w >= target.width()) {
                    continue;
                }
                long to = row(target, n, h, w) * target.pitch();
                if (max) {
                    long at = row(x.value(), n, h, w) * x.value().pitch();
                    for (int c = 0; c < channels; c++) {
                        if (Operands.get(values, at + c) == largest[c]) {
                            Operands.set(
                                    memory, to + c, Operands.get(memory, to + c) + gradient[c]);
                            largest[c] = Float.NaN;
                        }
                    }
                } else {
                    for (int c = 0; c < channels; c++) {
                        Operands.set(
                                memory, to + c, Operands.get(memory, to + c) + gradient[c] * share);
                    }
                }
            }
        }
    }

    private static void clear(Tensor target, int n) {
        long rows = target.rows() / target.batch();
        for (long r = n * rows; r < (n + 1) * rows; r++) {
            for (int c = 0; c < target.channels(); c++) {
                Operands.set(target.segment(), r * target.pitch() + c, 0);
            }
        }
    }

    private static long row(Tensor tensor, int n, int h, int w) {
        return ((long) n * tensor.height() + h) * tensor.width() + w;
    }
}
