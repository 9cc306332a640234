package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.List;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;

/// A session without an engine: does what it is told at once and notes it down.
final class FakeTraining implements Training {

    final List<String> calls = new ArrayList<>();
    final Recording recording;
    private Telemetry telemetry;

    FakeTraining(TrainingPlan plan) {
        recording = new Recording(plan.network());
        telemetry = recording.telemetry(Phase.PAUSED, "");
    }

    void publish(Phase phase, String message) {
        telemetry = recording.telemetry(phase, message);
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
    public void turn(Knob knob) {
        calls.add("turn " + knob.title() + " " + knob.text());
        recording.turn(knob);
    }

    @Override
    public void close() {
        calls.add("close");
        publish(Phase.CLOSED, "");
    }
}
