package org.skiplab.app.training;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Divergence;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;
import org.skiplab.engine.train.TrainingSettings;

/// The life of the session that trains: opens one for the plan, keeps it as long as knobs can bring
/// about what changes, and pulls its telemetry.
///
/// Belongs to the JavaFX thread. Sessions are opened and closed on the slot's executor; [#pulse]
/// picks up what became of it.
public final class SessionViewModel implements AutoCloseable {

    /// What a session shall do once it is open.
    private enum First {
        PLAY,
        STEP,
        WAIT
    }

    static final String WEIGHTS_LOST =
            "The run before did not hand over its weights: this one begins with initial weights";

    private final PlanViewModel plan;
    private final SessionSlot slot;
    private final PendingTurns turns;
    private final Ghosts ghosts;
    private final Pointing pointing;
    private final Forecast forecast = new Forecast();
    private final Subscription subscription;
    private final ReadOnlyObjectWrapper<Optional<Telemetry>> telemetry =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private First first = First.PLAY;
    private String refusal = "";
    private RunLog log = RunLog.NONE;
    private Runnable changes = () -> {};
    private Consumer<String> warnings = _ -> {};
    private int resumedAt;
    private boolean unsettled;

    /// The batch that the session was last asked for and has not answered to; 0 for none.
    private int asked;

    private int settled;
    private List<Knob> turnedThere = List.of();

    /// @param plan what to open sessions for
    /// @param ghosts keep every session company
    /// @param pointing follows what trains
    SessionViewModel(
            PlanViewModel plan,
            SessionSlot slot,
            PendingTurns turns,
            Ghosts ghosts,
            Pointing pointing) {
        this.plan = plan;
        this.slot = slot;
        this.turns = turns;
        this.ghosts = ghosts;
        this.pointing = pointing;
        this.subscription =
                plan.analysisProperty()
                        .subscribe(_ -> {
                            refusal = "";
                            followCanvas();
                        });
    }

    /// Tells a log of all runs from now on.
    public void follow(RunLog other) {
        log = other;
    }

    /// Tells someone whenever it may have changed what can be done with the session.
    void onChange(Runnable hears) {
        changes = hears;
    }

    /// Tells someone, in a sentence, what went otherwise than it was said to go.
    void onWarning(Consumer<String> hears) {
        warnings = hears;
    }

    /// The newest picture of the session, empty without one.
    public ReadOnlyObjectProperty<Optional<Telemetry>> telemetryProperty() {
        return telemetry.getReadOnlyProperty();
    }

    /// The network as the session was opened with it; the canvas's without a session.
    public Network opened() {
        return slot.opened().map(TrainingPlan::network).orElseGet(plan::network);
    }

    /// Images per mini-batch when the session was opened.
    public int openedBatch() {
        return slot.opened().orElseGet(plan::wanted).settings().batch();
    }

    /// The name of a class of the session's data.
    String className(int label) {
        List<String> names =
                slot.plan()
                        .map(TrainingPlan::data)
                        .orElseGet(plan.dataProperty()::get)
                        .classNames();
        return label < names.size() ? names.get(label) : Integer.toString(label);
    }

    /// What the open session trains, knobs as they are turned; empty without a session.
    public Optional<TrainingPlan> running() {
        return alive() ? slot.plan() : Optional.empty();
    }

    /// What the open session has learned, or its last good state when this one is not good.
    public Optional<CompletableFuture<Milestone>> state() {
        return session().map(t -> state(t, telemetry.get()));
    }

    /// The learning rate in effect: the schedule's, until someone turns the knob.
    public double learningRate() {
        double set = plan.knobs().settings().optimiser().learningRate();
        boolean scheduled = !(plan.knobs().settings().schedule() instanceof Schedule.Constant);
        return telemetry
                .get()
                .map(Telemetry::learningRate)
                .filter(rates -> scheduled && !changed() && rates.size() > 0)
                .map(rates -> Double.parseDouble(Float.toString(rates.get(rates.size() - 1))))
                .orElse(set);
    }

    /// Whether a session is being opened.
    boolean opening() {
        return slot.opening();
    }

    /// Why the last session could not be opened; empty once the network has changed.
    Optional<String> refusal() {
        return Optional.of(refusal).filter(why -> !why.isEmpty());
    }

    /// What a change since the session was opened means for the next one, in a sentence; empty when
    /// nothing has changed.
    String change() {
        if (!changed()) {
            forecast.forget();
            return "";
        }
        return forecast.of(slot.plan().orElse(null), alive() && trained(), plan.wanted());
    }

    /// Trains; opens a session first if there is none for the plan.
    void play() {
        begin(First.PLAY);
    }

    /// Runs one mini-batch; opens a session first if there is none for the plan.
    void step() {
        begin(First.STEP);
    }

    /// Opens another session for the plan, and trains.
    void reopen() {
        open(First.PLAY);
    }

    /// Pauses what trains.
    public void pause() {
        Optional<Phase> phase = telemetry.get().map(Telemetry::phase);
        if (phase.filter(p -> p == Phase.RUNNING || p == Phase.EVALUATING).isPresent()) {
            session().ifPresent(Training::pause);
        }
    }

    /// Back to the initial weights.
    void rewind() {
        pointing.scrub(-1);
        session().ifPresent(this::rewind);
        slot.rewound();
    }

    private void rewind(Training session) {
        Telemetry now = telemetry.get().orElseThrow();
        log.ending(session, now);
        session.rewind();
        slot.plan().ifPresent(running -> log.begun(running, 0, now.step()));
    }

    /// Back to the begin of the epoch in which the run diverged, with a tenth of the learning rate
    /// that it diverged at.
    void coolDown() {
        Optional<Telemetry> now = telemetry.get();
        double rate =
                now.flatMap(Telemetry::divergence)
                        .map(Divergence::learningRate)
                        .orElse(plan.knobs().settings().optimiser().learningRate());
        pointing.scrub(-1);
        session().ifPresent(t -> t.back(now.map(Telemetry::step).orElse(0)));
        plan.knobs()
                .turn(
                        new Knob.LearningRate(
                                Double.parseDouble(String.format(Locale.ROOT, "%.2g", rate / 10))));
    }

    /// Opens a session where another run was, paused. The canvas has to show the plan's network.
    ///
    /// @param turned knobs that are turned there before the first step
    public void resume(TrainingPlan where, Milestone from, List<Knob> turned) {
        plan.adopt(where);
        open(First.WAIT, where, CompletableFuture.completedFuture(new Start.Resume(from)));
        resumedAt = from.state().place().step();
        turnedThere = List.copyOf(turned);
    }

    private void begin(First what) {
        if (alive() && !changed()) {
            act(what);
        } else {
            open(what);
        }
    }

    private void act(First what) {
        session()
                .ifPresent(t -> {
                    turns.all().forEach(knob -> turn(t, knob));
                    switch (what) {
                        case PLAY -> t.play();
                        case STEP -> t.step();
                        case WAIT -> {}
                    }
                });
    }

    private void open(First what) {
        TrainingPlan next = plan.wanted();
        open(what, next, start(next));
    }

    /// A changed structure keeps the weights that fit; anything else begins with initial weights.
    private CompletableFuture<Start> start(TrainingPlan next) {
        return carried(next)
                .flatMap(_ -> state())
                .map(old -> old.<Start>thenApply(m -> new Start.Carry(m.state())))
                .orElseGet(() -> CompletableFuture.completedFuture(Start.INITIAL));
    }

    private void open(First what, TrainingPlan next, CompletableFuture<? extends Start> start) {
        if (slot.opening()) {
            return;
        }
        first = what;
        refusal = "";
        pointing.scrub(-1);
        Optional<Training> old = session();
        old.ifPresent(t -> telemetry.get().ifPresent(now -> log.ending(t, now)));
        turns.clear();
        asked = 0;
        plan.knobs().fresh();
        slot.open(next, start);
        changes.run();
    }

    /// The state of a session, or its last good one when this one is not good.
    private static CompletableFuture<Milestone> state(Training session, Optional<Telemetry> last) {
        return last.filter(t -> t.phase() == Phase.DIVERGED && !t.milestones().isEmpty())
                .map(t -> CompletableFuture.completedFuture(t.milestones().getLast()))
                .orElseGet(session::snapshot);
    }

    private Optional<Checkpoint.Fit> carried(TrainingPlan next) {
        return Forecast.carried(slot.plan().orElse(null), alive() && trained(), next);
    }

    /// Takes over a session that has opened, sends turned knobs, pulls telemetry.
    ///
    /// @param now nanoseconds
    /// @param look whether to pull telemetry that only tells of more steps
    void pulse(long now, boolean look) {
        takeOver();
        Training session = session().orElse(null);
        if (session == null) {
            return;
        }
        boolean sends = send(session, now);
        ghosts.pulse(session);
        Telemetry newest = session.telemetry();
        Telemetry before = telemetry.get().orElse(null);
        if (!sends && turns.none()) {
            settle(newest);
        }
        if (before != null && before.revision() == newest.revision()) {
            return;
        }
        boolean turningPoint =
                before == null
                        || before.phase() != newest.phase()
                        || !before.message().equals(newest.message());
        if (!look && !turningPoint && newest.phase() == Phase.RUNNING) {
            return;
        }
        telemetry.set(Optional.of(newest));
        log.saw(newest, session);
        pointing.follow(telemetry.get());
        changes.run();
    }

    private boolean send(Training session, long now) {
        List<Knob> due = turns.due(now);
        due.forEach(knob -> turn(session, knob));
        unsettled |= !due.isEmpty();
        return !due.isEmpty();
    }

    private void turn(Training session, Knob knob) {
        session.turn(knob);
        if (knob instanceof Knob.BatchSize(int value)) {
            asked = value;
        }
    }

    /// A session refuses batches that do not fit into memory or the data: then the knob goes back
    /// to the batch that it trains with.
    private void settle(Telemetry now) {
        boolean refused =
                !now.message().isEmpty()
                        && (now.phase() == Phase.RUNNING
                                || now.phase() == Phase.PAUSED
                                || now.phase() == Phase.FINISHED);
        boolean more = now.knobs().size() != settled;
        settled = now.knobs().size();
        if (!more && !(refused && unsettled)) {
            return;
        }
        int batch = openedBatch();
        for (KnobChange change : now.knobs()) {
            batch = change.knob() instanceof Knob.BatchSize(int value) ? value : batch;
        }
        if (asked != 0 && asked != batch && !refused) {
            // It is still at a batch that was turned before this one.
            return;
        }
        asked = 0;
        unsettled = false;
        TrainingSettings shown = plan.knobs().settings();
        boolean same = slot.plan().filter(p -> p.settings().batch() == shown.batch()).isPresent();
        if (same && shown.batch() != batch) {
            slot.turned(new Knob.BatchSize(batch));
            plan.knobs().settingsProperty().set(shown.withBatch(batch));
        }
    }

    private void takeOver() {
        if (!slot.arrived()) {
            return;
        }
        telemetry.set(Optional.empty());
        pointing.follow(Optional.empty());
        try {
            Training session = slot.takeOver();
            int from = first == First.WAIT ? resumedAt : 0;
            slot.plan().ifPresent(taken -> log.begun(taken, from, Integer.MAX_VALUE));
            turns.begin();
            turnedThere.forEach(plan.knobs()::turn);
            turnedThere = List.of();
            plan.knobs().released();
            ghosts.begin(session);
            if (slot.silent()) {
                warnings.accept(WEIGHTS_LOST);
            }
            act(first);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            refusal = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
        }
        followCanvas();
    }

    /// Turns in the session what has changed on the canvas, where knobs can.
    private void followCanvas() {
        TrainingPlan running = slot.plan().orElse(null);
        if (running != null && !changed()) {
            Network now = plan.network();
            if (!running.network().survival().equals(now.survival())) {
                turns.send(new Knob.SurvivalSchedule(now.survival()));
            }
            now.gateMode()
                    .filter(mode -> !running.network().nodes().equals(now.nodes()))
                    .ifPresent(mode -> turns.send(new Knob.DropPaths(mode)));
        }
        changes.run();
    }

    private Optional<Training> session() {
        return slot.session();
    }

    private boolean changed() {
        return slot.plan().filter(running -> !plan.wanted().continues(running)).isPresent();
    }

    private boolean alive() {
        return session().isPresent()
                && telemetry.get().map(Telemetry::phase).orElse(Phase.PREPARING) != Phase.FAILED;
    }

    private boolean trained() {
        return telemetry.get().filter(t -> t.step() > 0).isPresent();
    }

    @Override
    public void close() {
        subscription.unsubscribe();
        session().ifPresent(t -> telemetry.get().ifPresent(now -> log.ending(t, now)));
        slot.close();
    }
}
