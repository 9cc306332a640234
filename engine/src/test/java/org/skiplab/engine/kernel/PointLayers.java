package org.skiplab.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.kernel.Layer.Input;

/// Layers that treat every number, or every channel, by itself, and those that join tensors.
final class PointLayers {
    private static final double EPSILON = 1e-5;

    private PointLayers() {}

    static Stream<Layer> all() {
        return Stream.of(
                        batchNorms(),
                        elementwise(2, 5, 3, 7),
                        elementwise(1, 4, 4, 16),
                        elementwise(3, 1, 1, 1),
                        joins())
                .flatMap(layers -> layers);
    }

    private static Stream<Layer> batchNorms() {
        return Stream.of(false, true)
                .flatMap(relu ->
                        Stream.of(
                                batchNorm(2, 5, 3, 7, relu),
                                batchNorm(4, 6, 6, 16, relu),
                                batchNorm(3, 4, 4, 40, relu),
                                batchNorm(1, 3, 3, 19, relu),
                                batchNorm(8, 1, 1, 5, relu),
                                batchNorm(3, 4, 4, 1, relu)));
    }

    private static Stream<Layer> elementwise(int n, int h, int w, int c) {
        long[] shape = {n, h, w, c};
        double[] mask = new double[n * h * w * c];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i * 7 % 5 < 2 ? 0 : 1.25;
        }
        return Stream.of(
                map(
                        "relu",
                        shape,
                        (k, _, xs, y) -> k.relu(xs.getFirst(), y),
                        x -> Math.max(x, 0),
                        x -> x > 0 ? 1 : 0),
                map(
                        "sigmoid",
                        shape,
                        (k, _, xs, y) -> k.sigmoid(xs.getFirst(), y),
                        x -> 1 / (1 + Math.exp(-x)),
                        x -> Math.exp(-x) / Math.pow(1 + Math.exp(-x), 2)),
                map(
                        "scale",
                        shape,
                        (k, _, xs, y) -> k.scale(-1.5, xs.getFirst(), y),
                        x -> -1.5 * x,
                        _ -> -1.5),
                weighted(
                        "dropout",
                        shape,
                        (k, t, xs, y) -> k.dropout(t.dense(mask, shape), xs.getFirst(), y),
                        mask,
                        true),
                weighted(
                        "gate per image",
                        shape,
                        (k, _, xs, y) -> k.gate(perImage(n), xs.getFirst(), y),
                        spread(perImage(n), shape),
                        false),
                weighted(
                        "gate for all",
                        shape,
                        (k, _, xs, y) -> k.gate(forAll(n, 0.5), xs.getFirst(), y),
                        spread(forAll(n, 0.5), shape),
                        false),
                weighted(
                        "open gate",
                        shape,
                        (k, _, xs, y) -> k.gate(forAll(n, 1), xs.getFirst(), y),
                        spread(forAll(n, 1), shape),
                        false),
                multiply(shape),
                padChannels(shape, c),
                padChannels(shape, 2 * c + 1));
    }

    private static Stream<Layer> joins() {
        long[] shape = {3, 4, 3, 7};
        List<Layer> layers = new ArrayList<>();
        for (boolean relu : List.of(false, true)) {
            layers.add(add(relu, shape, none(1)));
            layers.add(add(relu, shape, none(2)));
            layers.add(add(relu, new long[] {2, 5, 5, 16}, none(3)));
            layers.add(add(relu, shape, Arrays.asList(null, perImage(3), forAll(3, 0.5))));
            layers.add(add(relu, shape, Arrays.asList(perImage(3), null)));
            layers.add(add(relu, shape, Arrays.asList(forAll(3, 1), perImage(3))));
        }
        layers.add(concat(2, 4, 3, 5));
        layers.add(concat(2, 3, 3, 16, 12, 12));
        layers.add(concat(1, 2, 2, 1, 3, 8));
        return layers.stream();
    }

    private static List<@Nullable GateFactors> none(int inputs) {
        return Collections.nCopies(inputs, null);
    }

    private static GateFactors perImage(int n) {
        GateFactors factors = new GateFactors(n);
        double[] each = new double[n];
        for (int i = 0; i < n; i++) {
            each[i] = i % 2 == 0 ? 1.25 : 0;
        }
        factors.set(each);
        return factors;
    }

    private static GateFactors forAll(int n, double factor) {
        GateFactors factors = new GateFactors(n);
        factors.setAll(factor);
        return factors;
    }

    private static double[] spread(GateFactors factors, long... shape) {
        int perImage = Layer.size(shape) / (int) shape[0];
        return IntStream.range(0, Layer.size(shape))
                .mapToDouble(i -> factors.factor(i / perImage))
                .toArray();
    }

    private static String text(long... shape) {
        return " %d×%d×%d×%d".formatted(shape[0], shape[1], shape[2], shape[3]);
    }

    static Layer batchNorm(int n, int h, int w, int c, boolean relu) {
        int m = n * h * w;
        return new Layer(
                "batch norm" + (relu ? " + relu" : "") + text(n, h, w, c),
                List.of(Input.activation(n, h, w, c), Input.parameter(c), Input.parameter(c)),
                new long[] {n, h, w, c},
                (k, t, xs, y) ->
                        k.batchNorm(
                                new BatchNormOperands(
                                        xs.get(0),
                                        xs.get(1),
                                        xs.get(2),
                                        t.dense(running(c, 0.25), c),
                                        t.dense(running(c, 1.5), c),
                                        y,
                                        relu,
                                        false)),
                new Layer.Reference() {
                    private double[] normalised(double[] x, double[] mean, double[] variance) {
                        double[] y = new double[x.length];
                        for (int i = 0; i < x.length; i++) {
                            y[i] = (x[i] - mean[i % c]) / Math.sqrt(variance[i % c] + EPSILON);
                        }
                        return y;
                    }

                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] x = xs.get(0);
                        double[] mean = training ? mean(x, c) : running(c, 0.25);
                        double[] variance = training ? variance(x, mean) : running(c, 1.5);
                        double[] y = normalised(x, mean, variance);
                        for (int i = 0; i < y.length; i++) {
                            y[i] = xs.get(1)[i % c] * y[i] + xs.get(2)[i % c];
                            y[i] = relu ? Math.max(y[i], 0) : y[i];
                        }
                        return y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] x = xs.get(0);
                        double[] mean = mean(x, c);
                        double[] variance = variance(x, mean);
                        double[] hat = normalised(x, mean, variance);
                        double[] y = forward(xs, true);
                        double[] d = dy.clone();
                        double[] dGamma = new double[c];
                        double[] dBeta = new double[c];
                        for (int i = 0; i < d.length; i++) {
                            d[i] = relu && y[i] <= 0 ? 0 : d[i];
                            dGamma[i % c] += d[i] * hat[i];
                            dBeta[i % c] += d[i];
                        }
                        double[] dx = new double[x.length];
                        for (int i = 0; i < dx.length; i++) {
                            int j = i % c;
                            dx[i] =
                                    xs.get(1)[j]
                                            / Math.sqrt(variance[j] + EPSILON)
                                            * (d[i] - dBeta[j] / m - hat[i] * dGamma[j] / m);
                        }
                        return List.of(dx, dGamma, dBeta);
                    }
                });
    }

    /// Running statistics that differ from channel to channel.
    static double[] running(int c, double first) {
        return IntStream.range(0, c).mapToDouble(i -> first + 0.125 * (i % 4)).toArray();
    }

    static double[] mean(double[] x, int c) {
        double[] mean = new double[c];
        for (int i = 0; i < x.length; i++) {
            mean[i % c] += x[i] * c / x.length;
        }
        return mean;
    }

    /// The biased variance.
    static double[] variance(double[] x, double[] mean) {
        int c = mean.length;
        double[] variance = new double[c];
        for (int i = 0; i < x.length; i++) {
            variance[i % c] += Math.pow(x[i] - mean[i % c], 2) * c / x.length;
        }
        return variance;
    }

    private static Layer map(
            String name,
            long[] shape,
            Layer.Binder binder,
            DoubleUnaryOperator f,
            DoubleUnaryOperator slope) {
        return new Layer(
                name + text(shape),
                List.of(Input.activation(shape)),
                shape,
                binder,
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        return Arrays.stream(xs.getFirst()).map(f).toArray();
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] dx = dy.clone();
                        for (int i = 0; i < dx.length; i++) {
                            dx[i] *= slope.applyAsDouble(xs.getFirst()[i]);
                        }
                        return List.of(dx);
                    }
                });
    }

    private static Layer weighted(
            String name,
            long[] shape,
            Layer.Binder binder,
            double[] weights,
            boolean onlyInTraining) {
        return new Layer(
                name + text(shape),
                List.of(Input.activation(shape)),
                shape,
                binder,
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        return training || !onlyInTraining
                                ? product(xs.getFirst(), weights)
                                : xs.getFirst();
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        return List.of(product(dy, weights));
                    }
                });
    }

    private static double[] product(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).toArray();
    }

    private static Layer multiply(long... shape) {
        return new Layer(
                "multiply" + text(shape),
                List.of(Input.activation(shape), Input.activation(shape)),
                shape,
                (k, _, xs, y) -> k.multiply(xs.get(0), xs.get(1), y),
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        return product(xs.get(0), xs.get(1));
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        return List.of(product(dy, xs.get(1)), product(dy, xs.get(0)));
                    }
                });
    }

    private static Layer add(boolean relu, long[] shape, List<@Nullable GateFactors> gates) {
        List<double[]> weights = new ArrayList<>();
        for (GateFactors gate : gates) {
            weights.add(spread(gate == null ? forAll((int) shape[0], 1) : gate, shape));
        }
        long gated = gates.stream().filter(Objects::nonNull).count();
        return new Layer(
                "add %d, %d gated%s%s"
                        .formatted(gates.size(), gated, relu ? " + relu" : "", text(shape)),
                Collections.nCopies(gates.size(), Input.activation(shape)),
                shape,
                (k, _, xs, y) -> k.add(xs, gates, y, relu),
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] y = new double[Layer.size(shape)];
                        for (int j = 0; j < xs.size(); j++) {
                            for (int i = 0; i < y.length; i++) {
                                y[i] += weights.get(j)[i] * xs.get(j)[i];
                            }
                        }
                        return relu ? Arrays.stream(y).map(v -> Math.max(v, 0)).toArray() : y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        double[] d = dy.clone();
                        double[] y = forward(xs, true);
                        for (int i = 0; relu && i < d.length; i++) {
                            d[i] = y[i] > 0 ? d[i] : 0;
                        }
                        return weights.stream().map(weight -> product(d, weight)).toList();
                    }
                });
    }

    private static Layer padChannels(long[] shape, int channels) {
        return sideBySide(
                "pad channels to " + channels,
                List.of(shape),
                channels,
                (k, _, xs, y) -> k.padChannels(xs.getFirst(), y));
    }

    private static Layer concat(int n, int h, int w, int... channels) {
        return sideBySide(
                "concat " + channels.length,
                Arrays.stream(channels).mapToObj(c -> new long[] {n, h, w, c}).toList(),
                Arrays.stream(channels).sum(),
                (k, _, xs, y) -> k.concat(xs, y));
    }

    private static Layer sideBySide(
            String name, List<long[]> shapes, int channels, Layer.Binder binder) {
        long[] first = shapes.getFirst();
        int rows = (int) (first[0] * first[1] * first[2]);
        return new Layer(
                name + text(first),
                shapes.stream().map(Input::activation).toList(),
                new long[] {first[0], first[1], first[2], channels},
                binder,
                new Layer.Reference() {
                    @Override
                    public double[] forward(List<double[]> xs, boolean training) {
                        double[] y = new double[rows * channels];
                        int at = 0;
                        for (double[] x : xs) {
                            int c = x.length / rows;
                            for (int i = 0; i < x.length; i++) {
                                y[i / c * channels + at + i % c] = x[i];
                            }
                            at += c;
                        }
                        return y;
                    }

                    @Override
                    public List<double[]> backward(List<double[]> xs, double[] dy) {
                        List<double[]> gradients = new ArrayList<>();
                        int at = 0;
                        for (double[] x : xs) {
                            int c = x.length / rows;
                            double[] dx = new double[x.length];
                            for (int i = 0; i < dx.length; i++) {
                                dx[i] = dy[i / c * channels + at + i % c];
                            }
                            gradients.add(dx);
                            at += c;
                        }
                        return gradients;
                    }
                });
    }
}
