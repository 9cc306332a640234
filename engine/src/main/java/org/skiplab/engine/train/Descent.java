package org.skiplab.engine.train;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.graph.ParameterSpec;
import org.skiplab.engine.kernel.AdamStep;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.SgdStep;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;
import org.skiplab.engine.nn.Parameter;
import org.skiplab.engine.nn.Parameters;

/// An optimiser at work on a network's arrays: the momenta it keeps and the step that moves the
/// weights.
final class Descent implements AutoCloseable {

    /// PyTorch's.
    private static final double CLIP_EPSILON = 1e-6;

    private final Parameters parameters;
    private final TensorMemory memory;
    private final Tensor[] first = new Tensor[2];
    private final @Nullable Tensor[] second = new @Nullable Tensor[2];
    private long steps;

    /// @param optimiser of the kind that will move the weights
    Descent(Parameters parameters, Optimiser optimiser) {
        this.parameters = parameters;
        DataType type = parameters.weights().type();
        memory = new TensorMemory(type, numbers(parameters, optimiser));
        long next = 0;
        for (int i = 0; i < 2; i++) {
            long size = (i == 0 ? parameters.weights() : parameters.others()).size();
            first[i] = memory.at(next, size);
            next += TensorMemory.aligned(type, size);
            if (moments(optimiser) == 2) {
                second[i] = memory.at(next, size);
                next += TensorMemory.aligned(type, size);
            }
        }
    }

    /// Numbers kept for every trainable one.
    static int moments(Optimiser optimiser) {
        return switch (optimiser) {
            case Optimiser.Sgd _ -> 1;
            case Optimiser.Adam _ -> 2;
        };
    }

    private static long numbers(Parameters parameters, Optimiser optimiser) {
        DataType type = parameters.weights().type();
        return moments(optimiser)
                * (TensorMemory.aligned(type, parameters.weights().size())
                        + TensorMemory.aligned(type, parameters.others().size()));
    }

    long bytes() {
        return memory.bytes();
    }

    /// Forgets all momenta.
    void reset(Kernels kernels) {
        steps = 0;
        for (int i = 0; i < 2; i++) {
            kernels.fill(first[i], 0);
            Tensor squares = second[i];
            if (squares != null) {
                kernels.fill(squares, 0);
            }
        }
    }

    /// Moves the weights along the gradients that lie in the parameters.
    ///
    /// @param factor of the schedule on the learning rate
    /// @param clip largest allowed norm of all gradients together, 0 for none
    void step(Kernels kernels, Optimiser optimiser, double factor, double clip) {
        steps++;
        double scale = clip == 0 ? 1 : Math.min(1, clip / (norm(kernels) + CLIP_EPSILON));
        for (int i = 0; i < 2; i++) {
            Tensor value = i == 0 ? parameters.weights() : parameters.others();
            Tensor gradient = i == 0 ? parameters.weightGradients() : parameters.otherGradients();
            double decay = i == 0 || optimiser.decayAll() ? optimiser.weightDecay() : 0;
            switch (optimiser) {
                case Optimiser.Sgd o ->
                        kernels.sgd(
                                value,
                                gradient,
                                first[i],
                                new SgdStep(
                                        o.learningRate() * factor,
                                        o.momentum(),
                                        o.nesterov(),
                                        decay,
                                        scale));
                case Optimiser.Adam o ->
                        kernels.adam(
                                value,
                                gradient,
                                first[i],
                                Objects.requireNonNull(second[i]),
                                new AdamStep(
                                        steps,
                                        o.learningRate() * factor,
                                        o.beta1(),
                                        o.beta2(),
                                        o.epsilon(),
                                        decay,
                                        o.decoupled(),
                                        scale));
            }
        }
    }

    private double norm(Kernels kernels) {
        return Math.sqrt(
                kernels.squares(parameters.weightGradients())
                        + kernels.squares(parameters.otherGradients()));
    }

    /// Steps since the momenta were zero.
    long steps() {
        return steps;
    }

    /// SGD's momentum or Adam's mean of gradients of a trainable array.
    Tensor momentum(Parameter parameter) {
        return part(first[weight(parameter) ? 0 : 1], parameter);
    }

    /// Adam's mean of squared gradients of a trainable array.
    Optional<Tensor> squares(Parameter parameter) {
        return Optional.ofNullable(second[weight(parameter) ? 0 : 1])
                .map(range -> part(range, parameter));
    }

    private static boolean weight(Parameter parameter) {
        return parameter.spec().role() == ParameterSpec.Role.WEIGHT;
    }

    /// Where the numbers of an array lie in a range laid out like the parameters.
    private Tensor part(Tensor range, Parameter parameter) {
        Tensor values = weight(parameter) ? parameters.weights() : parameters.others();
        long bytes =
                parameter.value().address()
                        - values.address()
                        + range.address()
                        - memory.at(0, 1).address();
        return memory.at(bytes / values.type().width(), parameter.value().shape());
    }

    /// Goes on as if `done` steps had been made; the moments are written by the caller.
    void resume(long done) {
        steps = done;
    }

    @Override
    public void close() {
        memory.close();
    }
}
