package org.skiplab.app.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.RunLog;
import org.skiplab.app.training.TrainingPlan;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Divergence;
import org.skiplab.engine.train.Evaluation;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;

/// Keeps every run that makes a step: writes it at the end of each epoch, whenever it rests behind
/// a step that is not written yet, and before its session goes. On the JavaFX thread; files are
/// written in the background.
public final class RunKeeper implements RunLog {

    private final RunStore store;
    private final Background background;
    private final Clock clock;
    private final Consumer<KeptRun> kept;
    private final Consumer<String> warn;
    private final Set<String> names = new HashSet<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private Optional<KeptRun.Parent> branching = Optional.empty();
    private @Nullable KeptRun run;
    private int savedStep;
    private int tests;
    private int stale;

    /// Whether a rest is being written; what comes meanwhile waits, for a person may step faster
    /// than a disk writes.
    private boolean writing;

    private Runnable waiting = () -> {};

    /// @param background a thread of its own, so that runs are written in order
    /// @param kept told of each run as it was written
    /// @param warn told in one line what could not be written, or had to make room
    public RunKeeper(
            RunStore store,
            Background background,
            Clock clock,
            Consumer<KeptRun> kept,
            Consumer<String> warn) {
        this.store = store;
        this.background = background;
        this.clock = clock;
        this.kept = kept;
        this.warn = warn;
    }

    /// Says which run the next session goes on from.
    public void branching(KeptRun.Parent parent) {
        branching = Optional.of(parent);
    }

    /// Names that new runs shall not get.
    public void taken(Collection<String> others) {
        names.addAll(others);
    }

    /// The run that is being recorded has another name.
    public void renamed(String id, String name) {
        if (run != null && run.id().equals(id)) {
            run = run.withName(name);
        }
    }

    /// A run was deleted: if it is being recorded, nothing more is written of it.
    public void deleted(String id) {
        deleted.add(id);
    }

    /// A run was brought back: if it is being recorded, it is written again.
    public void restored(String id) {
        deleted.remove(id);
    }

    @Override
    public void begun(TrainingPlan plan, int step, int staleFrom) {
        Instant now = clock.instant();
        String name = plan.network().name();
        for (int i = 2; names.contains(name); i++) {
            name = plan.network().name() + " " + i;
        }
        run =
                new KeptRun(
                        store.fresh(now),
                        name,
                        now,
                        plan.network(),
                        KeptRun.Source.of(plan.data()),
                        plan.settings(),
                        branching.orElse(null),
                        List.of(),
                        new KeptRun.Outcome(0, 0, 0, plan.settings().epochs(), List.of(), ""),
                        List.of());
        branching = Optional.empty();
        savedStep = step;
        tests = Integer.MAX_VALUE;
        stale = staleFrom;
        writing = false;
        waiting = () -> {};
    }

    @Override
    public void saw(Telemetry now, Training session) {
        KeptRun current = run;
        if (current == null || now.step() >= stale) {
            return;
        }
        stale = Integer.MAX_VALUE;
        boolean tested = now.evaluations().size() > tests;
        tests = now.evaluations().size();
        if (now.step() < savedStep && now.step() > 0) {
            savedStep = now.step();
        }
        if (now.step() <= savedStep) {
            return;
        }
        if (tested && !now.milestones().isEmpty()) {
            savedStep = now.milestones().getLast().state().place().step();
            save(current, now.milestones().getLast().then(), now.milestones());
        }
        boolean rests =
                switch (now.phase()) {
                    case PAUSED, FINISHED -> true;
                    case DIVERGED -> !now.milestones().isEmpty();
                    case PREPARING, RUNNING, EVALUATING, FAILED, CLOSED -> false;
                };
        if (rests) {
            rested(current, now, session);
        }
    }

    private void rested(KeptRun resting, Telemetry now, Training session) {
        if (run == null || !run.id().equals(resting.id()) || now.step() <= savedStep) {
            return;
        }
        if (writing) {
            waiting = () -> rested(resting, now, session);
        } else {
            writing = true;
            last(run, now, session);
        }
    }

    private void written(KeptRun saved) {
        if (run != null && run.id().equals(saved.id())) {
            Runnable next = waiting;
            waiting = () -> {};
            writing = false;
            next.run();
        }
    }

    @Override
    public void ending(Training session, Telemetry now) {
        KeptRun current = run;
        run = null;
        if (current != null && now.step() > savedStep && now.step() < stale) {
            last(current, now, session);
        }
    }

    /// The state of the moment, or the last good one when this one is not good.
    private void last(KeptRun current, Telemetry now, Training session) {
        switch (now.phase()) {
            case DIVERGED -> {
                if (!now.milestones().isEmpty()) {
                    savedStep = now.step();
                    save(current, now, now.milestones());
                }
            }
            case PAUSED, FINISHED, RUNNING, EVALUATING -> {
                savedStep = now.step();
                List<Milestone> before = now.milestones();
                session.snapshot().thenAccept(m -> save(current, m.then(), appended(before, m)));
            }
            case PREPARING, FAILED, CLOSED -> {}
        }
    }

    private static List<Milestone> appended(List<Milestone> list, Milestone last) {
        List<Milestone> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /// On any thread.
    ///
    /// @param states oldest first, the newest one last
    private void save(KeptRun current, Telemetry t, List<Milestone> states) {
        KeptRun newer = current.with(t.knobs(), outcome(t));
        List<Checkpoint> all = states.stream().map(Milestone::state).toList();
        background.run(
                () ->
                        deleted.contains(newer.id())
                                ? Optional.<RunStore.Saved>empty()
                                : Optional.of(store.save(newer, t, all.getLast(), all)),
                saved -> {
                    saved.ifPresent(this::tell);
                    written(newer);
                },
                e -> {
                    warn.accept(
                            "the run "
                                    + newer.name()
                                    + " could not be kept: "
                                    + Objects.requireNonNullElse(
                                            e.getMessage(), e.getClass().getSimpleName())
                                    + "; make room on the disk");
                    written(newer);
                });
    }

    private void tell(RunStore.Saved saved) {
        names.add(saved.run().name());
        saved.told().forEach(warn);
        kept.accept(saved.run());
    }

    static KeptRun.Outcome outcome(Telemetry t) {
        List<KeptRun.Test> tests = new ArrayList<>();
        for (Evaluation e : t.evaluations()) {
            tests.add(new KeptRun.Test(e.epoch(), e.step(), e.loss(), e.accuracy()));
        }
        return new KeptRun.Outcome(
                t.step(),
                t.epoch(),
                t.stepsPerEpoch(),
                t.epochs(),
                tests,
                t.divergence().map(Divergence::message).orElse(""));
    }
}
