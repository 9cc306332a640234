package org.skiplab.engine.train;

/// The rule by which gradients move weights, with its constants. Every trainable array follows
/// PyTorch's rule of the same name: momentum and decay also act on blocks that a closed gate left
/// out.
public sealed interface Optimiser {

    /// The learning rate before any [Schedule].
    double learningRate();

    /// The L2 penalty's (or AdamW's) factor.
    double weightDecay();

    Optimiser withLearningRate(double value);

    /// @param value momentum of SGD, β₁ of Adam, in [0, 1)
    Optimiser withMomentum(double value);

    Optimiser withWeightDecay(double value);

    /// Whether weight decay also acts on biases and on batch norm's γ and β, as in the papers.
    boolean decayAll();

    Optimiser withDecayAll(boolean value);

    /// `v ← μ v + (g + λ w)`, `w ← w − η v` (Nesterov: `w ← w − η (g + λ w + μ v)`), as in
    /// `torch.optim.SGD`.
    ///
    /// @param learningRate η, positive
    /// @param momentum μ, in [0, 1)
    /// @param nesterov whether the step looks ahead along the momentum
    /// @param weightDecay λ, the L2 penalty's factor
    /// @param decayAll whether λ also acts on biases and on batch norm's γ and β
    record Sgd(
            double learningRate,
            double momentum,
            boolean nesterov,
            double weightDecay,
            boolean decayAll)
            implements Optimiser {

        /// Rate 0.1, Nesterov momentum 0.9, decay 1e-4 on everything: the residual and dense
        /// papers' choice.
        public static final Sgd PAPER = new Sgd(0.1, 0.9, true, 1e-4, true);

        public Sgd {
            check(learningRate, momentum, weightDecay);
        }

        @Override
        public Sgd withLearningRate(double value) {
            return new Sgd(value, momentum, nesterov, weightDecay, decayAll);
        }

        @Override
        public Sgd withMomentum(double value) {
            return new Sgd(learningRate, value, nesterov, weightDecay, decayAll);
        }

        @Override
        public Sgd withWeightDecay(double value) {
            return new Sgd(learningRate, momentum, nesterov, value, decayAll);
        }

        @Override
        public Sgd withDecayAll(boolean value) {
            return new Sgd(learningRate, momentum, nesterov, weightDecay, value);
        }

        public Sgd withNesterov(boolean value) {
            return new Sgd(learningRate, momentum, value, weightDecay, decayAll);
        }
    }

    /// `torch.optim.Adam` (L2 penalty in the gradient) or, decoupled, `torch.optim.AdamW`.
    ///
    /// @param learningRate η, positive
    /// @param beta1 how much of the mean gradient stays at each step, in [0, 1)
    /// @param beta2 how much of the mean squared gradient stays, in [0, 1)
    /// @param epsilon added to the root, positive
    /// @param weightDecay λ, not negative
    /// @param decoupled AdamW: weights shrink by `η λ` apart from the gradient
    /// @param decayAll whether λ also acts on biases and on batch norm's γ and β
    record Adam(
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean decoupled,
            boolean decayAll)
            implements Optimiser {

        public static final Adam DEFAULT = new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, true);

        public Adam {
            check(learningRate, beta1, weightDecay);
            if (!(beta2 >= 0 && beta2 < 1)) {
                throw new IllegalArgumentException("β₂ must be in [0, 1): " + beta2);
            }
            if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
                throw new IllegalArgumentException("ε must be positive: " + epsilon);
            }
        }

        @Override
        public Adam withLearningRate(double value) {
            return new Adam(value, beta1, beta2, epsilon, weightDecay, decoupled, decayAll);
        }

        @Override
        public Adam withMomentum(double value) {
            return new Adam(learningRate, value, beta2, epsilon, weightDecay, decoupled, decayAll);
        }

        @Override
        public Adam withWeightDecay(double value) {
            return new Adam(learningRate, beta1, beta2, epsilon, value, decoupled, decayAll);
        }

        @Override
        public Adam withDecayAll(boolean value) {
            return new Adam(learningRate, beta1, beta2, epsilon, weightDecay, decoupled, value);
        }
    }

    private static void check(double rate, double momentum, double decay) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("learning rate must be positive: " + rate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must be in [0, 1): " + momentum);
        }
        if (!(decay >= 0) || Double.isInfinite(decay)) {
            throw new IllegalArgumentException("weight decay must not be negative: " + decay);
        }
    }
}
