package org.skiplab.engine.train;

import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.kernel.Tensor;
import org.skiplab.engine.kernel.TensorMemory;
import org.skiplab.engine.nn.Parameters;

/// An optimiser at work on a network's arrays: the momenta it keeps and the step that moves the
/// weights.
final class Descent implements AutoCloseable {

    private final Parameters parameters;
    private final TensorMemory memory;
    private final Tensor[] first = new Tensor[2];
    private final Tensor[] second = new Tensor[2];
    private long steps;

    Descent(Parameters parameters) {
        this.parameters = parameters;
        long weights = parameters.weights().size();
        long others = parameters.others().size();
        var type = parameters.weights().type();
        long a = TensorMemory.aligned(type, weights);
        long b = TensorMemory.aligned(type, others);
        memory = new TensorMemory(type, 2 * a + 2 * b);
        first[0] = memory.at(0, weights);
        second[0] = memory.at(a, weights);
        first[1] = memory.at(2 * a, others);
        second[1] = memory.at(2 * a + b, others);
    }

    /// Forgets all momenta.
    void reset(Kernels kernels) {
        steps = 0;
        for (int i = 0; i < 2; i++) {
            kernels.fill(first[i], 0);
            kernels.fill(second[i], 0);
        }
    }

    /// Moves the weights along the gradients that lie in the parameters.
    ///
    /// @param factor of the schedule on the learning rate
    /// @param scale of the gradients, below 1 when they are clipped
    void step(Kernels kernels, Optimiser optimiser, double factor, double scale) {
        steps++;
        for (int i = 0; i < 2; i++) {
            Tensor value = i == 0 ? parameters.weights() : parameters.others();
            Tensor gradient = i == 0 ? parameters.weightGradients() : parameters.otherGradients();
            switch (optimiser) {
                case Optimiser.Sgd o ->
                        kernels.sgd(
                                value,
                                gradient,
                                first[i],
                                o.learningRate() * factor,
                                o.momentum(),
                                o.nesterov(),
                                i == 0 || o.decayAll() ? o.weightDecay() : 0,
                                scale);
                case Optimiser.Adam o ->
                        kernels.adam(
                                value,
                                gradient,
                                first[i],
                                second[i],
                                steps,
                                o.learningRate() * factor,
                                o.beta1(),
                                o.beta2(),
                                o.epsilon(),
                                i == 0 || o.decayAll() ? o.weightDecay() : 0,
                                o.decoupled(),
                                scale);
            }
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
