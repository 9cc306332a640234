package org.skiplab.engine.graph;

/// How many wires may enter a block.
public enum Arity {
    /// Exactly one wire.
    ONE(1, 1),
    /// Exactly two wires, in port order.
    TWO(2, 2),
    /// Two or more wires.
    MANY(2, Integer.MAX_VALUE);

    private final int least;
    private final int most;

    Arity(int least, int most) {
        this.least = least;
        this.most = most;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    public boolean accepts(int wires) {
        return wires >= least && wires <= most;
    }
}
