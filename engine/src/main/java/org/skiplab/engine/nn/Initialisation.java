package org.skiplab.engine.nn;

import java.util.random.RandomGenerator;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.Tensor;

/// Fills a network's arrays before training, each from its own stream of random numbers, so that
/// the same seed gives the same weights whatever else changes.
public final class Initialisation {
    private Initialisation() {}

    /// How the kernels of convolutions begin; everything else begins as its layer says.
    public enum Scheme {
        /// Normal with variance `2 / fan_out`, `fan_out = out · kernel²` (He et al., 1502.01852
        /// §2.2).
        HE("he", "He, normal"),
        /// √2 times orthonormal rows, or columns where there are fewer of these, of the kernel as a
        /// matrix `[out, in · kernel · kernel]` (Saxe et al., 1312.6120), as in
        /// `torch.nn.init.orthogonal_`.
        ORTHOGONAL("orthogonal", "orthogonal");

        private final String text;
        private final String title;

        Scheme(String text, String title) {
            this.text = text;
            this.title = title;
        }

        /// The name on the command line.
        public String text() {
            return text;
        }

        /// As a person reads it.
        public String title() {
            return title;
        }

        /// @throws IllegalArgumentException with a one-line reason that names the schemes
        public static Scheme parse(String text) {
            for (Scheme scheme : values()) {
                if (scheme.text.equals(text)) {
                    return scheme;
                }
            }
            throw new IllegalArgumentException(
                    "'" + text + "' is no initialisation; there are he, orthogonal");
        }
    }

    /// As the papers do: [Scheme#HE].
    public static void initialise(Parameters parameters, Seeds seeds) {
        initialise(parameters, seeds, Scheme.HE);
    }

    /// Overwrites every array, running statistics included.
    public static void initialise(Parameters parameters, Seeds seeds, Scheme scheme) {
        int index = 0;
        for (Parameter p : parameters.all()) {
            RandomGenerator random =
                    Seeds.stream(seeds.of(Seeds.Purpose.INIT, index++, p.name().hashCode()));
            fill(p.spec(), p.value(), random, scheme);
        }
    }

    private static void fill(
            ParameterSpec spec, Tensor value, RandomGenerator random, Scheme scheme) {
        switch (spec.start()) {
            case ZERO -> constant(value, 0);
            case ONE -> constant(value, 1);
            case HE -> {
                if (scheme == Scheme.ORTHOGONAL) {
                    orthogonal(value, Math.sqrt(2), random);
                    return;
                }
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
            case ORTHOGONAL -> orthogonal(value, 1, random);
        }
    }

    private static void constant(Tensor value, double c) {
        for (long i = 0; i < value.size(); i++) {
            value.set(i, c);
        }
    }

    /// Gaussian rows (or columns, if there are fewer) made orthonormal by Gram-Schmidt, twice for
    /// accuracy, times `gain`.
    private static void orthogonal(Tensor value, double gain, RandomGenerator random) {
        int outputs = value.batch();
        int inputs = Math.toIntExact(value.size() / outputs);
        boolean wide = outputs <= inputs;
        double[][] rows = new double[wide ? outputs : inputs][wide ? inputs : outputs];
        for (int r = 0; r < rows.length; r++) {
            double[] row = rows[r];
            for (int c = 0; c < row.length; c++) {
                row[c] = random.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int q = 0; q < r; q++) {
                    double[] other = rows[q];
                    double dot = dot(other, row);
                    for (int c = 0; c < row.length; c++) {
                        row[c] -= dot * other[c];
                    }
                }
            }
            double norm = Math.sqrt(dot(row, row));
            for (int c = 0; c < row.length; c++) {
                row[c] /= norm;
                long at = wide ? (long) r * inputs + c : (long) c * inputs + r;
                value.set(at, gain * row[c]);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < a.length; i += 2) {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        return i < a.length ? even + odd + a[i] * b[i] : even + odd;
    }
}
