package org.skiplab.engine.graph;

import java.math.BigDecimal;

/// The rule that gives the l-th of L gated blocks its survival probability `p_l`. Blocks are
/// counted from 1, from the input to the output.
public sealed interface Survival {

    /// `p_l`, in (0, 1].
    ///
    /// @param block l, from 1
    /// @param blocks L, the number of gated blocks
    double probability(int block, int blocks);

    /// The same rule with another end value; what the survival slider turns.
    Survival withLast(double p);

    /// The value at the last block.
    double last();

    /// Every block the same `p` (Huang et al. 2016, Figure 8).
    record Uniform(double p) implements Survival {
        public Uniform {
            check(p);
        }

        @Override
        public double probability(int block, int blocks) {
            return p;
        }

        @Override
        public Survival withLast(double value) {
            return new Uniform(value);
        }

        @Override
        public double last() {
            return p;
        }
    }

    /// The paper's linear decay, `p_l = 1 − l/L · (1 − p_L)`: already the first block may be
    /// dropped.
    record Linear(double last) implements Survival {
        public Linear {
            check(last);
        }

        @Override
        public double probability(int block, int blocks) {
            return 1 - (double) block / blocks * (1 - last);
        }

        @Override
        public Survival withLast(double value) {
            return new Linear(value);
        }
    }

    /// timm's linear decay, `p_l = 1 − (l−1)/(L−1) · (1 − p_L)`: the first block is never dropped.
    record LinearFirstKept(double last) implements Survival {
        public LinearFirstKept {
            check(last);
        }

        @Override
        public double probability(int block, int blocks) {
            return blocks == 1 ? 1 : 1 - (block - 1.0) / (blocks - 1) * (1 - last);
        }

        @Override
        public Survival withLast(double value) {
            return new LinearFirstKept(value);
        }
    }

    /// A straight line from `first` at block 1 to `last` at block L, both ends included.
    record FirstToLast(double first, double last) implements Survival {
        public FirstToLast {
            check(first);
            check(last);
        }

        @Override
        public double probability(int block, int blocks) {
            return blocks == 1 ? last : first + (block - 1.0) / (blocks - 1) * (last - first);
        }

        @Override
        public Survival withLast(double value) {
            return new FirstToLast(first, value);
        }
    }

    /// The paper's default, `p_L = 0.5`.
    Survival PAPER = new Linear(0.5);

    /// Reads the command line's form: `linear:0.5`, `uniform:0.8`, `linear-first-kept:0.8`,
    /// `first-to-last:0.9:0.5`.
    ///
    /// @throws IllegalArgumentException with a one-line reason
    static Survival parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            return switch (parts[0]) {
                case "linear" -> new Linear(number(parts, 1, 2));
                case "uniform" -> new Uniform(number(parts, 1, 2));
                case "linear-first-kept" -> new LinearFirstKept(number(parts, 1, 2));
                case "first-to-last" -> new FirstToLast(number(parts, 1, 3), number(parts, 2, 3));
                default -> throw new IllegalArgumentException("unknown schedule");
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "survival '"
                            + text
                            + "' is not understood: write linear:0.5, uniform:0.8, linear-first-kept:0.8 or"
                            + " first-to-last:0.9:0.5, probabilities in (0, 1]",
                    e);
        }
    }

    /// The form that [#parse] reads.
    default String text() {
        return switch (this) {
            case Uniform s -> "uniform:" + plain(s.p());
            case Linear s -> "linear:" + plain(s.last());
            case LinearFirstKept s -> "linear-first-kept:" + plain(s.last());
            case FirstToLast s -> "first-to-last:" + plain(s.first()) + ":" + plain(s.last());
        };
    }

    /// The rule as it is written with its numbers: `p_l = 1 − l/L · (1 − 0.5)`.
    default String formula() {
        return switch (this) {
            case Uniform s -> "p_l = " + plain(s.p());
            case Linear s -> "p_l = 1 − l/L · (1 − " + plain(s.last()) + ")";
            case LinearFirstKept s -> "p_l = 1 − (l−1)/(L−1) · (1 − " + plain(s.last()) + ")";
            case FirstToLast s ->
                    "p_l = %1$s + (l−1)/(L−1) · (%2$s − %1$s)"
                            .formatted(plain(s.first()), plain(s.last()));
        };
    }

    private static String plain(double p) {
        return BigDecimal.valueOf(p).stripTrailingZeros().toPlainString();
    }

    private static double number(String[] parts, int at, int count) {
        if (parts.length != count) {
            throw new IllegalArgumentException("wrong number of values");
        }
        return Double.parseDouble(parts[at]);
    }

    private static void check(double p) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("survival probability must be in (0, 1]: " + p);
        }
    }
}
