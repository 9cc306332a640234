package org.skiplab.engine.graph;

import java.util.List;

/// One array that a primitive owns: its PyTorch name within the layer, its PyTorch-ordered shape
/// (convolution `[out, in, kernel, kernel]`, linear `[out, in]`), and how it begins.
///
/// @param name `weight`, `bias`, `running_mean` or `running_var`
/// @param role whether the optimiser moves it, and how weight decay should treat it
public record ParameterSpec(String name, List<Integer> shape, Role role, Start start) {

    /// What the optimiser does with the array.
    public enum Role {
        /// Kernel of a convolution or linear layer.
        WEIGHT,
        /// Additive term of a convolution or linear layer.
        BIAS,
        /// Batch norm's scale.
        GAMMA,
        /// Batch norm's shift.
        BETA,
        /// Fixed at its initial value.
        FROZEN,
        /// A running statistic: moved by the forward pass, not by the optimiser.
        BUFFER;

        /// Whether gradient descent moves the array (and papers count it).
        public boolean trainable() {
            return this != FROZEN && this != BUFFER;
        }
    }

    /// How the array is filled before training.
    public enum Start {
        ZERO,
        ONE,
        /// He et al. 2015: normal with variance `2 / fan` (fan out for convolutions, as in the
        /// authors' code).
        HE,
        /// Uniform in `±1/√fan_in`, PyTorch's default for linear layers.
        UNIFORM_FAN_IN,
        /// Orthonormal rows.
        ORTHOGONAL
    }

    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    public long size() {
        long n = 1;
        for (int extent : shape) {
            n *= extent;
        }
        return n;
    }
}
