package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.probe.Subject;

/// One network in training with everything measured of it: what a [TrainingSession] runs alone and
/// a [Race] runs in turn with others. Belongs to the thread that made it.
public final class Lane implements AutoCloseable {

    private final TrainingSettings settings;
    private final Trainer trainer;
    private final Consumer<Telemetry> out;
    private final Subject subject;
    private final Watch watch;
    private final Milestones milestones = Milestones.ofHeap();
    private Record record;
    private Phase phase = Phase.PAUSED;
    private String message = "";
    private String refused = "";
    private boolean playing;
    private int lastEpoch;
    private long revision;
    private boolean fromSeed;
    private List<Knob> before = List.of();

    /// Compiles the network, and publishes that it is ready.
    ///
    /// @param out takes the newest picture after everything that happens
    /// @throws IllegalArgumentException with one line if the network, the data and the start do not
    ///   fit together
    public Lane(
            Network network,
            DataSet data,
            TrainingSettings settings,
            KernelPath path,
            Start start,
            Consumer<Telemetry> out) {
        this.settings = settings;
        this.out = out;
        trainer = new Trainer(network, data, settings, path);
        try {
            record = begin(start);
            fromSeed = start instanceof Start.Initial;
            lastEpoch =
                    settings.epochs()
                            * Math.max(1, Math.ceilDiv(trainer.epochs(), settings.epochs()));
            subject = trainer.subject();
            watch = new Watch(trainer);
            if (start instanceof Start.Resume(Milestone from)) {
                watch.resume(from.then());
            }
            keep();
            publish();
        } catch (RuntimeException | Error e) {
            trainer.close();
            throw e;
        }
    }

    private Record begin(Start start) {
        switch (start) {
            case Start.Initial _ -> {}
            case Start.Carry(Checkpoint weights) -> trainer.carry(weights);
            case Start.Resume(Milestone from) -> {
                trainer.restore(from.state());
                List<String> gated = trainer.gatedBlocks();
                return new Record(
                        from.then().gates().ids().equals(gated)
                                ? from.then()
                                : from.then().withoutGates(gated));
            }
        }
        return new Record(trainer.gatedBlocks());
    }

    /// Whether it trains until it is paused, finished or diverged.
    public boolean playing() {
        return playing;
    }

    /// What trains, for reading.
    public Trainer trainer() {
        return trainer;
    }

    /// Whether a step can be made.
    public boolean sound() {
        return phase != Phase.DIVERGED;
    }

    public void play() {
        if (!sound()) {
            return;
        }
        if (trainer.epochs() >= lastEpoch) {
            lastEpoch = trainer.epochs() + settings.epochs();
        }
        playing = true;
        refused = "";
        record.clock.clear();
        show(Phase.RUNNING, "");
    }

    public void pause() {
        if (playing) {
            playing = false;
            show(Phase.PAUSED, "");
        }
    }

    /// Whether everything since the weights that the seed gave is on record.
    boolean fromSeed() {
        return fromSeed;
    }

    /// The settings that the lane was made with.
    TrainingSettings settings() {
        return settings;
    }

    /// Knobs that were turned before step 0, in the order in which they count.
    List<Knob> before() {
        return before;
    }

    /// What was turned since step 0.
    List<KnobChange> turned() {
        return record.knobsAfter(0);
    }

    /// Back to the weights that the seed gives; knobs stay as they are.
    public void rewind() {
        List<Knob> inForce = new ArrayList<>(before);
        turned().forEach(k -> inForce.add(k.knob()));
        before = newest(inForce);
        fromSeed = true;
        trainer.rewind();
        record = new Record(trainer.gatedBlocks());
        watch.restart();
        playing = false;
        lastEpoch = settings.epochs();
        milestones.backTo(-1);
        keep();
        show(Phase.PAUSED, "");
    }

    /// Back to the newest milestone that is not later than a step.
    public void back(int step) {
        Optional<Milestone> target =
                milestones.all().reversed().stream()
                        .filter(m -> m.state().place().step() <= step)
                        .findFirst();
        if (target.isEmpty()) {
            return;
        }
        Milestone to = target.get();
        List<KnobChange> later = record.knobsAfter(to.then().knobs().size());
        trainer.restore(to.state());
        record = new Record(to.then());
        // What was turned since stays in force, so the log says so.
        newest(later.stream().map(KnobChange::knob).toList())
                .forEach(k -> record.knob(new KnobChange(trainer.steps(), k)));
        watch.resume(to.then());
        milestones.backTo(to.state().place().step());
        playing = false;
        show(Phase.PAUSED, "");
    }

    /// The last of each kind.
    private static List<Knob> newest(List<Knob> knobs) {
        Map<String, Knob> last = new LinkedHashMap<>();
        for (Knob knob : knobs) {
            last.remove(knob.title());
            last.put(knob.title(), knob);
        }
        return List.copyOf(last.values());
    }

    /// Turns a knob. Why one was refused is the message until another one is turned, or training is
    /// begun or stopped.
    public void turn(Knob knob) {
        try {
            trainer.turn(knob);
            record.knob(new KnobChange(trainer.steps(), knob));
            refused = "";
        } catch (IllegalArgumentException e) {
            refused = String.valueOf(e.getMessage());
        }
        show(phase, sound() ? refused : message);
    }

    public void watch(Set<Probing> probes) {
        watch.watch(probes);
        publish();
    }

    /// The network for probes that ask between steps.
    Subject subject() {
        return subject;
    }

    /// The state of this moment.
    public Milestone milestone() {
        return new Milestone(
                trainer.checkpoint(),
                trainer.network(),
                record.snapshot(trainer, watch, phase, "", lastEpoch, revision, List.of()));
    }

    /// One mini-batch, and the test set at the end of an epoch.
    public void step() throws InterruptedException {
        long start = System.nanoTime();
        Trainer.StepResult result = watch.step();
        if (result.divergence().isPresent()) {
            diverge(result.divergence().get());
            return;
        }
        record.step(trainer, result, start);
        if (trainer.atEpochEnd() && !epochEnd(result)) {
            return;
        }
        boolean done = trainer.atEpochEnd() && trainer.epochs() >= lastEpoch;
        playing &= !done;
        show(done ? Phase.FINISHED : playing ? Phase.RUNNING : Phase.PAUSED, refused);
    }

    /// @return whether the network is still sound
    private boolean epochEnd(Trainer.StepResult result) throws InterruptedException {
        show(Phase.EVALUATING, "measuring on the test set");
        Evaluation evaluation = trainer.evaluate();
        if (!Double.isFinite(evaluation.loss())) {
            diverge(
                    new Divergence(
                            Divergence.Cause.LOSS_NOT_FINITE,
                            trainer.steps(),
                            trainer.plan().firstNonFinite().orElse("head"),
                            evaluation.loss(),
                            result.learningRate()));
            return false;
        }
        record.evaluation(evaluation);
        watch.epochEnded();
        record.clock.clear();
        keep();
        return true;
    }

    private void keep() {
        Milestone now = milestone();
        if (now.state().finite()) {
            milestones.add(now);
        }
    }

    private void diverge(Divergence divergence) {
        playing = false;
        record.divergence = divergence;
        show(Phase.DIVERGED, divergence.message());
    }

    private void show(Phase next, String text) {
        phase = next;
        message = text;
        publish();
    }

    private void publish() {
        out.accept(
                record.snapshot(
                        trainer, watch, phase, message, lastEpoch, ++revision, milestones.all()));
    }

    @Override
    public void close() {
        subject.close();
        trainer.close();
    }
}
