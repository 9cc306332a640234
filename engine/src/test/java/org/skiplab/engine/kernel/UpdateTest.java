package org.skiplab.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The optimisers' steps are `torch.optim`'s, number by number.
class UpdateTest {
    private static final int STEPS = 4;

    private record Arrays(Tensor value, Tensor gradient, Tensor first, Tensor second) {
        static Arrays of(Tensors tensors, int size) {
            return new Arrays(
                    tensors.dense(Tensors.random(1, size), size),
                    tensors.dense(size),
                    tensors.dense(size),
                    tensors.dense(size));
        }
    }

    static Stream<Arguments> sizes() {
        return KernelsUnderTest.all()
                .flatMap(k -> Stream.of(1, 7, 16, 37, 1000).map(size -> Arguments.of(k, size)));
    }

    @ParameterizedTest(name = "{0}, {1} numbers")
    @MethodSource("sizes")
    void sgd(KernelsUnderTest implementation, int size) {
        sgd(implementation, size, new SgdStep(0.1, 0.9, true, 1e-2, 1));
        sgd(implementation, size, new SgdStep(0.1, 0.9, false, 1e-2, 0.5));
        sgd(implementation, size, new SgdStep(0.05, 0, false, 0, 1));
    }

    private static void sgd(KernelsUnderTest implementation, int size, SgdStep step) {
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            Arrays a = Arrays.of(tensors, size);
            double[] w = a.value().toDoubles();
            double[] v = new double[size];
            for (int t = 1; t <= STEPS; t++) {
                a.gradient().set(Tensors.random(10 + t, size));
                double[] gradient = a.gradient().toDoubles();
                kernels.sgd(a.value(), a.gradient(), a.first(), step);
                assertThat(a.gradient().toDoubles()).isEqualTo(gradient);
                for (int i = 0; i < size; i++) {
                    double g = step.scale() * gradient[i] + step.decay() * w[i];
                    v[i] = t == 1 ? g : step.momentum() * v[i] + g;
                    w[i] -= step.rate() * (step.nesterov() ? g + step.momentum() * v[i] : v[i]);
                }
            }
            Tensors.assertClose("w", a.value().toDoubles(), w, implementation.tolerance());
            Tensors.assertClose("v", a.first().toDoubles(), v, implementation.tolerance());
        }
    }

    @ParameterizedTest(name = "{0}, {1} numbers")
    @MethodSource("sizes")
    void squares(KernelsUnderTest implementation, int size) {
        int many = 100 * size;
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            Tensor tensor = tensors.dense(Tensors.random(3, many), many);
            double expected = 0;
            for (double v : tensor.toDoubles()) {
                expected += v * v;
            }
            assertThat(kernels.squares(tensor)).isCloseTo(expected, withinPercentage(1e-9));
        }
    }

    @ParameterizedTest(name = "{0}, {1} numbers")
    @MethodSource("sizes")
    void adam(KernelsUnderTest implementation, int size) {
        adam(implementation, size, 0, false, 1);
        adam(implementation, size, 0.05, false, 0.25);
        adam(implementation, size, 0.05, true, 1);
    }

    private static void adam(
            KernelsUnderTest implementation,
            int size,
            double decay,
            boolean decoupled,
            double scale) {
        double rate = 0.01;
        double beta1 = 0.9;
        double beta2 = 0.999;
        double epsilon = 1e-8;
        try (Kernels kernels = implementation.create();
                Tensors tensors = new Tensors(kernels.type())) {
            Arrays a = Arrays.of(tensors, size);
            double[] w = a.value().toDoubles();
            double[] m = new double[size];
            double[] v = new double[size];
            for (int t = 1; t <= STEPS; t++) {
                a.gradient().set(Tensors.random(10 + t, size));
                double[] gradient = a.gradient().toDoubles();
                kernels.adam(
                        a.value(),
                        a.gradient(),
                        a.first(),
                        a.second(),
                        new AdamStep(t, rate, beta1, beta2, epsilon, decay, decoupled, scale));
                assertThat(a.gradient().toDoubles()).isEqualTo(gradient);
                for (int i = 0; i < size; i++) {
                    double g = scale * gradient[i];
                    if (decoupled) {
                        w[i] *= 1 - rate * decay;
                    } else {
                        g += decay * w[i];
                    }
                    m[i] = beta1 * m[i] + (1 - beta1) * g;
                    v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                    double mHat = m[i] / (1 - Math.pow(beta1, t));
                    double vHat = v[i] / (1 - Math.pow(beta2, t));
                    w[i] -= rate * mHat / (Math.sqrt(vHat) + epsilon);
                }
            }
            double tolerance = implementation.tolerance();
            Tensors.assertClose("w", a.value().toDoubles(), w, tolerance);
            Tensors.assertClose("m", a.first().toDoubles(), m, tolerance);
            Tensors.assertClose("v", a.second().toDoubles(), v, tolerance);
        }
    }
}
