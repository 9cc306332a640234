package org.skiplab.engine.train;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;

/// A training session as its user sees it. All methods return at once and may be called from any
/// thread; what they ask for happens on the session's own thread before its next step.
public interface Training extends AutoCloseable {

    /// The newest published picture.
    Telemetry telemetry();

    /// Trains until paused or finished. After the last epoch it goes on for as many epochs again.
    void play();

    /// Stops when the running mini-batch is done.
    void pause();

    /// Runs one mini-batch and pauses.
    void step();

    /// Back to the same initial weights, step 0; the same seed gives the same run.
    void rewind();

    /// Back to the newest of [Telemetry#milestones] that is not later than a step; knobs stay as
    /// they are.
    void back(int step);

    /// The state of the moment, once the session has come to it.
    CompletableFuture<Milestone> snapshot();

    /// Acts at the next step, and is logged in [Telemetry#knobs].
    void turn(Knob knob);

    /// Switches the probes on and off that watch every run; see [Readings#watched].
    void watch(Set<Probing> probes);

    /// Lets another network make every step of this one in turn with it: on the same mini-batches,
    /// from the same seed, with the same knobs. One that comes later catches up.
    ///
    /// @param other for the same images and classes; empty ends it
    void accompany(Optional<Network> other);

    /// The newest picture of the network that accompanies this one; says [Phase#FAILED] and why if
    /// it cannot.
    Optional<Telemetry> companion();

    /// Asks something of the network before its next step, or at once when it is paused. The answer
    /// comes on the session's thread; it is exceptional when the probe refuses (an
    /// [IllegalArgumentException] with one line) or the session ends before.
    <T> CompletableFuture<T> ask(Probe<T> probe);

    /// Stops after the current step and frees the network's memory. Waits at most two seconds.
    @Override
    void close();
}
