package org.skiplab.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelsUnderTest;
import org.skiplab.engine.kernel.Tensor;

/// A compiled network whose arrays, images, gates and masks depend only on a seed, to hold its
/// gradients against differences of its logits and against those of other kernels.
final class Slopes implements AutoCloseable {
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-6;

    private final String name;
    private final Parameters parameters;
    private final Plan plan;
    private final List<Tensor> arrays = new ArrayList<>();
    private final List<Tensor> gradients = new ArrayList<>();
    private final double[] weights;

    private Slopes(KernelsUnderTest implementation, Network network, int batch) {
        name = network.name() + " on " + implementation;
        var kernels = implementation.create();
        parameters = Parameters.of(network, kernels.type());
        plan = Plan.compileWithInputGradient(network, batch, parameters, kernels);
        plan.input().set(numbers(1, (int) plan.input().size()));
        weights = numbers(9, (int) plan.logits().size());
        for (Parameter p : parameters.all()) {
            p.value().set(start(p));
            if (p.gradient() != null) {
                arrays.add(p.value());
                gradients.add(p.gradient());
            }
        }
        arrays.add(plan.input());
        gradients.add(plan.inputGradient());
    }

    /// Fails unless the gradients of a random sum of the logits with respect to everything that can
    /// move, arrays and images, are its slopes, in double on the portable kernels.
    ///
    /// @param draws of gates and masks to look at
    static void check(Network network, int batch, int draws) {
        try (Slopes slopes = new Slopes(KernelsUnderTest.PORTABLE_DOUBLE, network, batch)) {
            for (long seed = 1; seed <= draws; seed++) {
                slopes.compute(seed);
                slopes.check(network.name() + ", draw " + seed, seed);
            }
        }
    }

    /// Fails unless these kernels compute the logits and gradients of the portable ones in double,
    /// in training and evaluation, within 1e-4 of the norm.
    static void compare(Network network, int batch, int draws, KernelsUnderTest implementation) {
        try (Slopes exact = new Slopes(KernelsUnderTest.PORTABLE_DOUBLE, network, batch);
                Slopes other = new Slopes(implementation, network, batch)) {
            for (long seed = 1; seed <= draws; seed++) {
                exact.compute(seed);
                other.compute(seed);
                other.compareGradients(exact);
            }
            exact.evaluate();
            other.evaluate();
            other.compareLogits(exact);
        }
    }

    /// Both of these, for one draw and one image.
    static void all(Network network) {
        try (Slopes exact = new Slopes(KernelsUnderTest.PORTABLE_DOUBLE, network, 1)) {
            List<Slopes> others =
                    KernelsUnderTest.all()
                            .filter(k -> k != KernelsUnderTest.PORTABLE_DOUBLE)
                            .map(k -> new Slopes(k, network, 1))
                            .toList();
            exact.compute(1);
            for (Slopes other : others) {
                other.compute(1);
                other.compareGradients(exact);
            }
            exact.evaluate();
            for (Slopes other : others) {
                other.evaluate();
                other.compareLogits(exact);
                other.close();
            }
            exact.compute(1);
            exact.check(network.name(), 1);
        }
    }

    private void compute(long seed) {
        draw(seed);
        loss();
        plan.logitsGradient().set(weights);
        plan.backward();
    }

    private void evaluate() {
        plan.gates().forEach(PlanGate::evaluate);
        plan.forward(false);
    }

    private void compareGradients(Slopes exact) {
        compareLogits(exact);
        Map<String, Tensor> seen = outputs();
        Map<String, Tensor> truth = exact.outputs();
        assertThat(seen.keySet()).as(name).isEqualTo(truth.keySet());
        seen.forEach((layer, output) -> close(output, Objects.requireNonNull(truth.get(layer))));
        for (int i = 0; i < gradients.size(); i++) {
            close(gradients.get(i), exact.gradients.get(i));
        }
    }

    /// By layer: implementations may take layers in another order.
    private Map<String, Tensor> outputs() {
        return plan.activations().stream()
                .collect(Collectors.toMap(Plan.Activation::layer, Plan.Activation::output));
    }

    private void compareLogits(Slopes exact) {
        close(plan.logits(), exact.plan.logits());
    }

    /// Looks along one direction, after [#compute].
    private void check(String what, long seed) {
        double[] gradient =
                gradients.stream().flatMapToDouble(t -> Arrays.stream(t.toDoubles())).toArray();
        double[] direction = numbers(10 + seed, gradient.length);
        double expected = 0;
        double square = 0;
        for (int i = 0; i < gradient.length; i++) {
            expected += gradient[i] * direction[i];
            square += gradient[i] * gradient[i];
        }
        move(direction, STEP);
        double above = loss();
        move(direction, -2 * STEP);
        double below = loss();
        move(direction, STEP);
        assertThat((above - below) / (2 * STEP))
                .as(what)
                .isCloseTo(expected, within(TOLERANCE * Math.sqrt(square)));
    }

    private static double[] numbers(long seed, int size) {
        return new Random(seed).doubles(size, -1, 1).toArray();
    }

    private static double[] start(Parameter p) {
        double[] numbers = numbers(p.name().hashCode(), (int) p.spec().size());
        return switch (p.spec().role()) {
            case GAMMA, BUFFER -> Arrays.stream(numbers).map(v -> 1 + v / 2).toArray();
            case WEIGHT, BIAS, BETA, FROZEN -> Arrays.stream(numbers).map(v -> v / 2).toArray();
        };
    }

    private void draw(long seed) {
        Random random = new Random(seed);
        for (PlanGate gate : plan.gates()) {
            gate.draw(random);
        }
        for (PlanDropout dropout : plan.dropouts()) {
            dropout.draw(random.nextLong());
        }
    }

    private double loss() {
        plan.forward(true);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * plan.logits().get(i);
        }
        return sum;
    }

    private void move(double[] direction, double step) {
        int at = 0;
        for (Tensor array : arrays) {
            for (int k = 0; k < array.size(); k++) {
                array.set(k, array.get(k) + step * direction[at++]);
            }
        }
    }

    private void close(Tensor actual, Tensor expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.size(); i++) {
            difference += Math.pow(actual.get(i) - expected.get(i), 2);
            norm += Math.pow(expected.get(i), 2);
        }
        assertThat(Math.sqrt(difference))
                .as(name)
                .isLessThanOrEqualTo(1e-4 * Math.max(Math.sqrt(norm), 1e-1));
    }

    @Override
    public void close() {
        plan.close();
        parameters.close();
    }
}
