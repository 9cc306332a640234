package org.skiplab.engine.train;

/// What a training session is doing.
public enum Phase {
    /// Opening the data and compiling the network.
    PREPARING,
    /// Ready at a step, waiting.
    PAUSED,
    RUNNING,
    /// Measuring on the test set.
    EVALUATING,
    /// The last epoch is done.
    FINISHED,
    /// Stopped by itself because the loss was no longer a finite, sane number; the last good state
    /// is kept.
    DIVERGED,
    /// Could not start or go on; [Telemetry#message] says why.
    FAILED,
    /// Closed; the network's memory is gone.
    CLOSED
}
