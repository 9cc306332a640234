package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;

/// A session without an engine: does what it is told at once and notes it down.
public final class FakeTraining implements Training {

    final List<String> calls = new ArrayList<>();
    final Recording recording;
    private final Network network;
    int mostInBatch = Integer.MAX_VALUE;
    boolean silent;

    /// Whether turned knobs wait for [#answer].
    boolean slow;

    private final List<Knob> unanswered = new ArrayList<>();
    private Telemetry telemetry;
    private Optional<Recording> companion = Optional.empty();

    public FakeTraining(TrainingPlan plan) {
        network = plan.network();
        recording = new Recording(network);
        telemetry = recording.telemetry(Phase.PAUSED, "");
    }

    void publish(Phase phase, String message) {
        telemetry = recording.telemetry(phase, message);
    }

    /// Turns the knob that has waited longest.
    void answer() {
        recording.turn(unanswered.removeFirst());
        publish(telemetry.phase(), "");
    }

    @Override
    public Telemetry telemetry() {
        return telemetry;
    }

    @Override
    public void play() {
        calls.add("play");
        publish(Phase.RUNNING, "");
    }

    @Override
    public void pause() {
        calls.add("pause");
        publish(Phase.PAUSED, "");
    }

    @Override
    public void step() {
        calls.add("step");
        recording.steps(1);
        publish(Phase.PAUSED, "");
    }

    @Override
    public void rewind() {
        calls.add("rewind");
        publish(Phase.PAUSED, "");
    }

    @Override
    public void back(int step) {
        calls.add("back " + step);
        publish(Phase.PAUSED, "");
    }

    @Override
    public CompletableFuture<Milestone> snapshot() {
        calls.add("snapshot");
        if (silent) {
            return CompletableFuture.failedFuture(new IllegalStateException("closed"));
        }
        Checkpoint.Place place =
                new Checkpoint.Place(
                        telemetry.step(),
                        telemetry.epoch(),
                        Feed.Position.START,
                        telemetry.step(),
                        1);
        return CompletableFuture.completedFuture(
                new Milestone(new Checkpoint(List.of(), place), network, telemetry));
    }

    @Override
    public void turn(Knob knob) {
        calls.add("turn " + knob.title() + " " + knob.text());
        if (slow) {
            unanswered.add(knob);
            return;
        }
        if (knob instanceof Knob.BatchSize(int batch) && batch > mostInBatch) {
            publish(telemetry.phase(), "a batch of " + batch + " is too large");
            return;
        }
        recording.turn(knob);
    }

    @Override
    public void watch(Set<Probing> probes) {
        calls.add("watch " + probes);
    }

    @Override
    public void accompany(Optional<Network> other) {
        calls.add("accompany " + other.map(Network::name).orElse("nobody"));
        companion = other.map(n -> new Recording(n));
    }

    @Override
    public Optional<Telemetry> companion() {
        companion.ifPresent(c -> c.steps(recording.count() - c.count()));
        return companion.map(c -> c.telemetry(telemetry.phase(), ""));
    }

    @Override
    public <T> CompletableFuture<T> ask(Probe<T> probe) {
        calls.add("ask");
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        calls.add("close");
        publish(Phase.CLOSED, "");
    }
}
