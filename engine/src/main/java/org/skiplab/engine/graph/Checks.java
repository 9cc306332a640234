package org.skiplab.engine.graph;

/// Bounds of block settings; a violated one is a one-line IllegalArgumentException.
final class Checks {
    private Checks() {}

    static void positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1: " + value);
        }
    }

    static void notNegative(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " must not be negative: " + value);
        }
    }

    static void compression(double theta) {
        if (!(theta > 0 && theta <= 1)) {
            throw new IllegalArgumentException("compression must be in (0, 1]: " + theta);
        }
    }

    static void dropout(double p) {
        if (!(p >= 0 && p < 1)) {
            throw new IllegalArgumentException("dropout must be in [0, 1): " + p);
        }
    }
}
