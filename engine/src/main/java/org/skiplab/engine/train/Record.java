package org.skiplab.engine.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.nn.PlanGate;
import org.skiplab.engine.probe.GateStrip;

/// Everything a run has produced so far, on the session's thread; [#snapshot] is what others see.
final class Record {

    /// Tests on the test set of which all answers are kept.
    private static final int DETAILED = 64;

    private final Series loss;
    private final Series accuracy;
    private final Series learningRate;
    private final GateStrip gates;
    final StepClock clock = new StepClock();
    private List<Evaluation> evaluations = List.of();
    private List<KnobChange> knobs = List.of();
    private double secondsPerStep = Double.NaN;
    @Nullable Divergence divergence;

    Record(List<String> gatedBlocks) {
        loss = new Series();
        accuracy = new Series();
        learningRate = new Series();
        gates = new GateStrip(gatedBlocks);
    }

    /// Goes on behind what had been measured by then.
    Record(Telemetry then) {
        loss = new Series(then.loss());
        accuracy = new Series(then.accuracy());
        learningRate = new Series(then.learningRate());
        gates = new GateStrip(then.gates());
        evaluations = then.evaluations();
        knobs = then.knobs();
    }

    void step(Trainer trainer, Trainer.StepResult result, long start) {
        loss.append((float) result.loss());
        accuracy.append((float) result.accuracy());
        learningRate.append((float) result.learningRate());
        List<PlanGate> all = trainer.plan().gates();
        if (!all.isEmpty()) {
            float[] survived = new float[all.size()];
            for (int i = 0; i < survived.length; i++) {
                survived[i] = all.get(i).survived();
            }
            gates.append(survived);
        }
        clock.add(System.nanoTime() - start, trainer.settings().batch());
        secondsPerStep = trainer.settings().batch() / clock.rate();
    }

    /// Of a long run only every other test, or fewer, keeps what every image was taken for.
    void evaluation(Evaluation evaluation) {
        List<Evaluation> longer = appended(evaluations, evaluation);
        if (longer.stream().filter(Record::detailed).count() > DETAILED) {
            List<Evaluation> thinner = new ArrayList<>();
            int nth = 0;
            for (Evaluation e : longer) {
                boolean drop = detailed(e) && nth++ % 2 == 1 && e != evaluation;
                thinner.add(drop ? e.withoutDetails() : e);
            }
            longer = thinner;
        }
        evaluations = List.copyOf(longer);
    }

    private static boolean detailed(Evaluation e) {
        return e.confusion().length > 0;
    }

    /// Oldest first.
    List<Evaluation> evaluations() {
        return evaluations;
    }

    void knob(KnobChange change) {
        knobs = appended(knobs, change);
    }

    /// The changes behind the first `count`.
    List<KnobChange> knobsAfter(int count) {
        return knobs.subList(Math.min(count, knobs.size()), knobs.size());
    }

    private static <T> List<T> appended(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return List.copyOf(longer);
    }

    Telemetry snapshot(
            Trainer trainer,
            Watch watch,
            Phase phase,
            String message,
            int lastEpoch,
            long revision,
            List<Milestone> milestones) {
        int remaining = Math.max(0, lastEpoch * trainer.stepsPerEpoch() - trainer.steps());
        return new Telemetry(
                revision,
                phase,
                message,
                new Telemetry.Progress(
                        lastEpoch,
                        trainer.epochs(),
                        trainer.steps(),
                        trainer.stepsPerEpoch(),
                        clock.rate(),
                        remaining * secondsPerStep),
                new Telemetry.Curves(loss.view(), accuracy.view(), learningRate.view()),
                watch.sights(gates.view(trainer.probabilities())),
                new Telemetry.Log(evaluations, knobs, milestones),
                Optional.ofNullable(divergence));
    }
}
