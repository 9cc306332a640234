package org.skiplab.engine.kernel;

import java.util.List;

/// A layer twice: as the kernels' operation, and as plain loops over doubles that say what it must
/// compute.
///
/// @param inputs activations and parameters, in the order of the reference's arguments
/// @param output shape of the result
record Layer(String name, List<Input> inputs, long[] output, Binder binder, Reference reference) {

    /// @param parameter dense, and its gradient is overwritten
    record Input(long[] shape, boolean parameter) {
        static Input activation(long... shape) {
            return new Input(shape, false);
        }

        static Input parameter(long... shape) {
            return new Input(shape, true);
        }
    }

    interface Binder {
        /// @param tensors for what the layer needs besides
        Operation bind(Kernels kernels, Tensors tensors, List<Operand> inputs, Operand output);
    }

    interface Reference {
        double[] forward(List<double[]> inputs, boolean training);

        /// The inputs' gradients of `Σ dy · y`.
        List<double[]> backward(List<double[]> inputs, double[] dy);
    }

    static int size(long... shape) {
        int n = 1;
        for (long extent : shape) {
            n *= Math.toIntExact(extent);
        }
        return n;
    }

    @Override
    public String toString() {
        return name;
    }
}
