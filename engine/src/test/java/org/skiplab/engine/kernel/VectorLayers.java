package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.skiplab.engine.kernel.Layer.Input;

/// Classifiers: layers on feature vectors.
final class VectorLayers {
    private VectorLayers() {}

    static Stream<Layer> all() {
        return Stream.of(
                linear(4, 12, 10, true),
                linear(3, 19, 7, false),
                linear(1, 64, 10, true),
                linear(5, 1, 3, true),
                linear(2, 3, 1, true),
                cosine(4, 12, 10),
                cosine(1, 19, 7),
                cosine(3, 16, 16));
    }

    static Layer linear(int n, int in, int out, boolean bias) {
        List<Input> inputs = new ArrayList<>();
        inputs.add(Input.activation(n, 1, 1, in));
        inputs.add(Input.parameter(out, in));
        if (bias) {
            inputs.add(Input.parameter(out));
        }
        return new Layer(
                "linear %d×%d to %d%s".formatted(n, in, out, bias ? " + bias" : ""),
                inputs,
                new long[] {n, 1, 1, out},
                (k, _, xs, y) -> k.linear(xs.get(0), xs.get(1), bias ? xs.get(2) : null, y),
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] y = new double[n * out];
                        for (int i = 0; i < y.length; i++) {
                            y[i] = bias ? xs.get(2)[i % out] : 0;
                            for (int c = 0; c < in; c++) {
                                y[i] += xs.get(0)[i / out * in + c] * xs.get(1)[i % out * in + c];
                            }
                        }
                        return y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] dx = new double[n * in];
                        double[] dw = new double[out * in];
                        double[] db = new double[out];
                        for (int i = 0; i < dy.length; i++) {
                            db[i % out] += dy[i];
                            for (int c = 0; c < in; c++) {
                                dx[i / out * in + c] += dy[i] * xs.get(1)[i % out * in + c];
                                dw[i % out * in + c] += dy[i] * xs.get(0)[i / out * in + c];
                            }
                        }
                        return bias ? List.of(dx, dw, db) : List.of(dx, dw);
                    }
                });
    }

    /// With weights that are not orthonormal, so that no mistake can hide behind it.
    static Layer cosine(int n, int in, int out) {
        double[] weight = Tensors.random(99, out * in);
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) weight[i];
        }
        return new Layer(
                "cosine %d×%d to %d".formatted(n, in, out),
                List.of(Input.activation(n, 1, 1, in)),
                new long[] {n, 1, 1, out},
                (k, t, xs, y) -> k.cosine(xs.getFirst(), t.dense(weight, out, in), y),
                new Layer.Reference() {
                    private double norm(double[] x, int image) {
                        double squares = 0;
                        for (int c = 0; c < in; c++) {
                            squares += x[image * in + c] * x[image * in + c];
                        }
                        return Math.sqrt(squares);
                    }

                    private double dot(double[] x, int image, int row) {
                        double sum = 0;
                        for (int c = 0; c < in; c++) {
                            sum += x[image * in + c] * weight[row * in + c];
                        }
                        return sum;
                    }

                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] y = new double[n * out];
                        for (int i = 0; i < y.length; i++) {
                            double norm = norm(xs.getFirst(), i / out);
                            y[i] =
                                    norm == 0
                                            ? 0
                                            : Math.abs(dot(xs.getFirst(), i / out, i % out)) / norm;
                        }
                        return y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] x = xs.getFirst();
                        double[] dx = new double[x.length];
                        for (int i = 0; i < dy.length; i++) {
                            int image = i / out;
                            double norm = norm(x, image);
                            double dot = dot(x, image, i % out);
                            for (int c = 0; c < in && norm > 0; c++) {
                                dx[image * in + c] +=
                                        dy[i]
                                                * Math.signum(dot)
                                                * (weight[i % out * in + c] / norm
                                                        - dot
                                                                * x[image * in + c]
                                                                / Math.pow(norm, 3));
                            }
                        }
                        return List.of(dx);
                    }
                });
    }
}
