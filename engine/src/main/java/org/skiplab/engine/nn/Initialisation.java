package org.skiplab.engine.nn;

import java.util.random.RandomGenerator;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.Tensor;

/// Fills a network's arrays before training, each from its own stream of random numbers, so that
/// the same seed gives the same weights whatever else changes.
public final class Initialisation {
    private Initialisation() {}

    public static void initialise(Parameters parameters, Seeds seeds) {
        int index = 0;
        for (Parameter p : parameters.all()) {
            RandomGenerator random =
                    Seeds.stream(seeds.of(Seeds.Purpose.INIT, index++, p.name().hashCode()));
            fill(p.spec(), p.value(), random);
        }
    }

    private static void fill(ParameterSpec spec, Tensor value, RandomGenerator random) {
        switch (spec.start()) {
            case ZERO -> constant(value, 0);
            case ONE -> constant(value, 1);
            case HE -> {
                long fanOut = spec.size() / spec.shape().get(1);
                double deviation = Math.sqrt(2.0 / fanOut);
                for (long i = 0; i < value.size(); i++) {
                    value.set(i, random.nextGaussian() * deviation);
                }
            }
            case UNIFORM_FAN_IN -> {
                double bound = 1 / Math.sqrt(spec.shape().get(1));
                for (long i = 0; i < value.size(); i++) {
                    value.set(i, random.nextDouble(-bound, bound));
                }
            }
            case ORTHOGONAL -> orthogonal(value, random);
        }
    }

    private static void constant(Tensor value, double c) {
        for (long i = 0; i < value.size(); i++) {
            value.set(i, c);
        }
    }

    /// Gaussian rows made orthonormal by Gram-Schmidt, twice for accuracy.
    private static void orthogonal(Tensor value, RandomGenerator random) {
        int columns = value.channels();
        double[][] rows = new double[Math.toIntExact(value.rows())][columns];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < columns; c++) {
                rows[r][c] = random.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int q = 0; q < r; q++) {
                    double dot = dot(rows[q], rows[r]);
                    for (int c = 0; c < columns; c++) {
                        rows[r][c] -= dot * rows[q][c];
                    }
                }
            }
            double norm = Math.sqrt(dot(rows[r], rows[r]));
            for (int c = 0; c < columns; c++) {
                rows[r][c] /= norm;
                value.set((long) r * columns + c, rows[r][c]);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
