package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.kernel.Layer.Input;

/// Layers that slide a window: convolution and pooling.
final class WindowLayers {
    private WindowLayers() {}

    static Stream<Layer> all() {
        return Stream.of(
                convolution(2, 7, 5, 3, 5, 3, 1, 1, false),
                convolution(2, 6, 6, 16, 16, 3, 1, 1, false),
                convolution(2, 6, 6, 32, 48, 3, 1, 1, false),
                convolution(1, 8, 8, 19, 12, 3, 1, 1, true),
                convolution(2, 7, 7, 5, 6, 3, 2, 1, false),
                convolution(2, 8, 6, 16, 7, 3, 2, 1, true),
                convolution(3, 5, 4, 9, 20, 1, 1, 0, false),
                convolution(3, 5, 4, 24, 12, 1, 1, 0, true),
                convolution(2, 7, 5, 6, 10, 1, 2, 0, false),
                convolution(2, 6, 8, 10, 6, 1, 2, 0, false),
                convolution(2, 9, 11, 3, 8, 7, 2, 3, false),
                convolution(1, 10, 10, 3, 16, 7, 2, 3, true),
                convolution(2, 9, 9, 4, 3, 5, 3, 0, false),
                convolution(1, 4, 4, 1, 1, 3, 1, 1, true),
                convolution(2, 4, 4, 1, 5, 1, 1, 0, false),
                convolution(1, 1, 1, 4, 6, 1, 1, 0, false),
                convolution(2, 1, 1, 3, 4, 3, 1, 1, false),
                convolution(2, 4, 5, 3, 4, 1, 1, 1, false),
                convolution(2, 6, 6, 4, 5, 2, 2, 0, false),
                maxPool(2, 7, 7, 5, 3, 2, 1),
                maxPool(1, 8, 6, 16, 3, 2, 1),
                maxPool(2, 6, 6, 19, 2, 2, 0),
                maxPool(2, 5, 5, 1, 2, 2, 0),
                maxPool(2, 1, 1, 3, 2, 1, 1),
                maxPool(2, 5, 7, 4, 3, 1, 1),
                avgPool(2, 6, 6, 12, 2, 2),
                avgPool(2, 7, 5, 5, 2, 2),
                avgPool(1, 8, 8, 16, 1, 2),
                avgPool(2, 7, 7, 3, 3, 1),
                avgPool(3, 4, 4, 1, 4, 4),
                globalAvgPool(3, 8, 8, 12),
                globalAvgPool(2, 5, 7, 1),
                globalAvgPool(1, 4, 4, 19),
                globalAvgPool(2, 1, 1, 16));
    }

    /// Where windows lie.
    ///
    /// @param n images
    /// @param c channels of the input
    private record Sliding(int n, int h, int w, int c, int kernel, int stride, int padding) {
        int outHeight() {
            return (h + 2 * padding - kernel) / stride + 1;
        }

        int outWidth() {
            return (w + 2 * padding - kernel) / stride + 1;
        }

        interface Tap {
            /// @param out index of the output position
            /// @param in index of the input position
            /// @param tap index within the kernel
            void visit(int out, int in, int tap);
        }

        /// Visits what every window sees of the input, row by row.
        void forEach(Tap tap) {
            for (int i = 0; i < n; i++) {
                for (int oy = 0; oy < outHeight(); oy++) {
                    for (int ox = 0; ox < outWidth(); ox++) {
                        for (int k = 0; k < kernel * kernel; k++) {
                            int y = oy * stride - padding + k / kernel;
                            int x = ox * stride - padding + k % kernel;
                            if (y >= 0 && y < h && x >= 0 && x < w) {
                                tap.visit(
                                        (i * outHeight() + oy) * outWidth() + ox,
                                        (i * h + y) * w + x,
                                        k);
                            }
                        }
                    }
                }
            }
        }

        long[] output(int channels) {
            return new long[] {n, outHeight(), outWidth(), channels};
        }
    }

    static Layer convolution(
            int n,
            int h,
            int w,
            int in,
            int out,
            int kernel,
            int stride,
            int padding,
            boolean bias) {
        Sliding s = new Sliding(n, h, w, in, kernel, stride, padding);
        Primitive.Convolution layer = new Primitive.Convolution(out, kernel, stride, padding, bias);
        List<Input> inputs = new ArrayList<>();
        inputs.add(Input.activation(n, h, w, in));
        inputs.add(Input.parameter(out, in, kernel, kernel));
        if (bias) {
            inputs.add(Input.parameter(out));
        }
        int taps = kernel * kernel;
        return new Layer(
                "conv %d×%d/%d pad %d, %d×%d×%d×%d to %d%s"
                        .formatted(
                                kernel,
                                kernel,
                                stride,
                                padding,
                                n,
                                h,
                                w,
                                in,
                                out,
                                bias ? " + bias" : ""),
                inputs,
                s.output(out),
                (k, _, xs, y) ->
                        k.convolution(layer, xs.get(0), xs.get(1), bias ? xs.get(2) : null, y),
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] y = new double[Layer.size(s.output(out))];
                        for (int i = 0; bias && i < y.length; i++) {
                            y[i] = xs.get(2)[i % out];
                        }
                        s.forEach((to, from, tap) -> {
                            for (int o = 0; o < out; o++) {
                                for (int c = 0; c < in; c++) {
                                    y[to * out + o] +=
                                            xs.get(0)[from * in + c]
                                                    * xs.get(1)[(o * in + c) * taps + tap];
                                }
                            }
                        });
                        return y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] dx = new double[xs.get(0).length];
                        double[] dw = new double[xs.get(1).length];
                        double[] db = new double[out];
                        for (int i = 0; i < dy.length; i++) {
                            db[i % out] += dy[i];
                        }
                        s.forEach((to, from, tap) -> {
                            for (int o = 0; o < out; o++) {
                                for (int c = 0; c < in; c++) {
                                    int weight = (o * in + c) * taps + tap;
                                    double d = dy[to * out + o];
                                    dx[from * in + c] += d * xs.get(1)[weight];
                                    dw[weight] += d * xs.get(0)[from * in + c];
                                }
                            }
                        });
                        return bias ? List.of(dx, dw, db) : List.of(dx, dw);
                    }
                });
    }

    /// Like PyTorch, the first of equal numbers wins and gets the whole gradient.
    static Layer maxPool(int n, int h, int w, int c, int kernel, int stride, int padding) {
        Sliding s = new Sliding(n, h, w, c, kernel, stride, padding);
        Primitive.MaxPool layer = new Primitive.MaxPool(kernel, stride, padding);
        return new Layer(
                "max pool %d×%d/%d pad %d, %d×%d×%d×%d"
                        .formatted(kernel, kernel, stride, padding, n, h, w, c),
                List.of(Input.activation(n, h, w, c)),
                s.output(c),
                (k, _, xs, y) -> k.maxPool(layer, xs.getFirst(), y),
                new Layer.Reference() {
                    private int[] winners(double[] x) {
                        int[] best = new int[Layer.size(s.output(c))];
                        Arrays.fill(best, -1);
                        s.forEach((to, from, _) -> {
                            for (int i = 0; i < c; i++) {
                                int b = best[to * c + i];
                                if (b < 0 || x[from * c + i] > x[b]) {
                                    best[to * c + i] = from * c + i;
                                }
                            }
                        });
                        return best;
                    }

                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] x = xs.getFirst();
                        return Arrays.stream(winners(x)).mapToDouble(i -> x[i]).toArray();
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] dx = new double[xs.getFirst().length];
                        int[] winners = winners(xs.getFirst());
                        for (int i = 0; i < dy.length; i++) {
                            dx[winners[i]] += dy[i];
                        }
                        return List.of(dx);
                    }
                });
    }

    static Layer avgPool(int n, int h, int w, int c, int kernel, int stride) {
        Primitive.AvgPool layer = new Primitive.AvgPool(kernel, stride);
        return mean(
                "avg pool %d×%d/%d, %d×%d×%d×%d".formatted(kernel, kernel, stride, n, h, w, c),
                new Sliding(n, h, w, c, kernel, stride, 0),
                (k, _, xs, y) -> k.avgPool(layer, xs.getFirst(), y));
    }

    static Layer globalAvgPool(int n, int h, int w, int c) {
        double share = 1.0 / (h * w);
        return new Layer(
                "global avg pool %d×%d×%d×%d".formatted(n, h, w, c),
                List.of(Input.activation(n, h, w, c)),
                new long[] {n, 1, 1, c},
                (k, _, xs, y) -> k.globalAvgPool(xs.getFirst(), y),
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] y = new double[n * c];
                        for (int i = 0; i < n * h * w * c; i++) {
                            y[i / (h * w * c) * c + i % c] += xs.getFirst()[i] * share;
                        }
                        return y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] dx = new double[n * h * w * c];
                        for (int i = 0; i < dx.length; i++) {
                            dx[i] = dy[i / (h * w * c) * c + i % c] * share;
                        }
                        return List.of(dx);
                    }
                });
    }

    private static Layer mean(String name, Sliding s, Layer.Binder binder) {
        int c = s.c();
        double share = 1.0 / (s.kernel() * s.kernel());
        return new Layer(
                name,
                List.of(Input.activation(s.n(), s.h(), s.w(), c)),
                s.output(c),
                binder,
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] y = new double[Layer.size(s.output(c))];
                        s.forEach((to, from, _) -> {
                            for (int i = 0; i < c; i++) {
                                y[to * c + i] += xs.getFirst()[from * c + i] * share;
                            }
                        });
                        return y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] dx = new double[xs.getFirst().length];
                        s.forEach((to, from, _) -> {
                            for (int i = 0; i < c; i++) {
                                dx[from * c + i] += dy[to * c + i] * share;
                            }
                        });
                        return List.of(dx);
                    }
                });
    }
}
