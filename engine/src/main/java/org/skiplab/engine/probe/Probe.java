package org.skiplab.engine.probe;

/// A question to a network between two of its training steps. The network is left as it was.
@FunctionalInterface
public interface Probe<T> {

    /// Runs on the thread that owns the network; what it returns must not refer to the network's
    /// memory.
    ///
    /// @throws IllegalArgumentException if the question does not fit the network, with one line
    T read(Subject subject) throws InterruptedException;
}
