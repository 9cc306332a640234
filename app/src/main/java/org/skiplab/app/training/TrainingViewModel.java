package org.skiplab.app.training;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.insight.Experiment;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Wire;
import org.skiplab.engine.probe.GateStrip;
import org.skiplab.engine.probe.Probe;
import org.skiplab.engine.probe.Probing;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Divergence;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;
import org.skiplab.engine.train.TrainingSettings;

/// The life cycle of training: opens a session for the network on the canvas when a person presses
/// play, keeps it as long as knobs can bring about what changes, and pulls its telemetry once a
/// frame.
///
/// Belongs to the JavaFX thread. Sessions are opened and closed on the executor; [#pulse] picks up
/// what became of it.
public final class TrainingViewModel implements Experiment, AutoCloseable {

    /// What a session shall do once it is open.
    private enum First {
        PLAY,
        STEP,
        WAIT
    }

    private static final long BETWEEN_READOUTS = 100_000_000;
    private static final long BETWEEN_TURNS = 150_000_000;
    private static final long SNAPSHOT_SECONDS = 20;

    private final ObservableValue<Network> network;
    private final TrainingFactory factory;
    private final Executor background;
    private final NetworkEdits edits;
    private final Subscription subscriptions;

    private final ObservableList<DataChoice> choices;
    private final ObjectProperty<DataChoice> data;
    private final ObjectProperty<TrainingSettings> settings =
            new SimpleObjectProperty<>(TrainingSettings.DEFAULT);
    private final ReadOnlyObjectWrapper<Readout> readout = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Optional<Telemetry>> telemetry =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Set<String>>> ran =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Integer> scrubbed = new ReadOnlyObjectWrapper<>(-1);

    private final ReadOnlyObjectWrapper<List<String>> selected =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Set<String>> cut = new ReadOnlyObjectWrapper<>(Set.of());

    private final ReadOnlyObjectWrapper<Optional<Wire>> lit =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    private Analysis analysis;
    private @Nullable Training training;
    private @Nullable TrainingPlan opened;
    private @Nullable TrainingPlan plan;
    private OptionalDouble dropout = OptionalDouble.empty();
    private @Nullable CompletableFuture<Training> opening;
    private @Nullable TrainingPlan openingPlan;
    private First first = First.PLAY;
    private String refusal = "";
    private final Map<Class<? extends Knob>, Knob> waiting = new LinkedHashMap<>();
    private long lastReadout;
    private long lastTurn;
    private RunLog log = RunLog.NONE;
    private int resumedAt;
    private List<Knob> turnedThere = List.of();
    private String forecast = "";
    private boolean forecastTrained;
    private Optional<TrainingPlan> forecastFor = Optional.empty();

    /// @param network what the canvas shows
    /// @param choices data sets on offer, the first one chosen
    /// @param factory opens sessions
    /// @param background where sessions are opened and closed
    /// @param edits makes undoable changes of the network
    /// @throws IllegalArgumentException if there are no data to choose from
    public TrainingViewModel(
            ObservableValue<Network> network,
            List<DataChoice> choices,
            TrainingFactory factory,
            Executor background,
            NetworkEdits edits) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("there are no data to train on");
        }
        this.network = network;
        this.choices = FXCollections.observableArrayList(choices);
        this.data = new SimpleObjectProperty<>(choices.getFirst());
        this.factory = factory;
        this.background = background;
        this.edits = edits;
        this.analysis = Analysis.of(network.getValue());
        this.subscriptions =
                Subscription.combine(
                        network.subscribe(this::networkChanged),
                        data.subscribe(_ -> refreshReadout()),
                        settings.subscribe(_ -> refreshReadout()));
    }

    /// Data sets on offer.
    public ObservableList<DataChoice> choices() {
        return choices;
    }

    /// Puts a data set on offer, in the place of the same data with other settings.
    public void offer(DataChoice choice) {
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i).address().equals(choice.address())) {
                if (!choices.get(i).equals(choice)) {
                    choices.set(i, choice);
                }
                return;
            }
        }
        choices.add(choice);
    }

    public ObjectProperty<DataChoice> dataProperty() {
        return data;
    }

    /// Chooses the data to train on, and fits the network to them if it must be.
    public void choose(DataChoice choice) {
        offer(choice);
        data.set(choice);
        if (analysis.runnable() && choice.mismatch(analysis).isPresent()) {
            edits.fit(choice);
        }
    }

    public ObjectProperty<TrainingSettings> settingsProperty() {
        return settings;
    }

    public ReadOnlyObjectProperty<Readout> readoutProperty() {
        return readout.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<Optional<Telemetry>> telemetryProperty() {
        return telemetry.getReadOnlyProperty();
    }

    /// Ids of the gated blocks that ran in the newest mini-batch, or in the one that a person
    /// scrubbed to; empty when no mini-batch ran or no block is gated.
    public ReadOnlyObjectProperty<Optional<Set<String>>> ranProperty() {
        return ran.getReadOnlyProperty();
    }

    /// The mini-batch that a person scrubbed to, from 0; −1 for the newest.
    public ReadOnlyObjectProperty<Integer> scrubbedProperty() {
        return scrubbed.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<List<String>> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// Follows the selection on the canvas.
    public void select(List<String> blocks) {
        selected.set(List.copyOf(blocks));
    }

    @Override
    public <T> Optional<CompletableFuture<T>> ask(Probe<T> probe) {
        return session().map(t -> t.ask(probe));
    }

    @Override
    public void watch(Set<Probing> probes) {
        session().ifPresent(t -> t.watch(probes));
    }

    @Override
    public void showCut(Set<String> blocks) {
        cut.set(Set.copyOf(blocks));
    }

    /// Lights a wire on the canvas; empty for none.
    public void light(Optional<Wire> wire) {
        lit.set(wire);
    }

    public ReadOnlyObjectProperty<Optional<Wire>> litProperty() {
        return lit.getReadOnlyProperty();
    }

    /// Ids of the blocks that a person has cut off in evaluation.
    public ReadOnlyObjectProperty<Set<String>> cutProperty() {
        return cut.getReadOnlyProperty();
    }

    /// The network as the session was opened with it; the canvas's without a session.
    @Override
    public Network opened() {
        return opened == null ? network.getValue() : opened.network();
    }

    /// Images per mini-batch when the session was opened.
    public int openedBatch() {
        return (opened == null ? wanted() : opened).settings().batch();
    }

    @Override
    public String className(int label) {
        List<String> names = (plan == null ? data.get() : plan.data()).classNames();
        return label < names.size() ? names.get(label) : Integer.toString(label);
    }

    /// What the canvas shows.
    public Network network() {
        return network.getValue();
    }

    /// Play or pause, whichever the button shows.
    public void togglePlay() {
        Readout now = readout.get();
        if (!now.playable()) {
            return;
        }
        if (now.playing()) {
            session().ifPresent(Training::pause);
        } else {
            begin(First.PLAY);
        }
    }

    /// Runs one mini-batch.
    public void step() {
        if (readout.get().steppable()) {
            begin(First.STEP);
        }
    }

    /// Back to the initial weights.
    public void rewind() {
        if (readout.get().rewindable()) {
            scrub(-1);
            session().ifPresent(this::rewind);
            opened = plan;
        }
    }

    private void rewind(Training session) {
        Telemetry now = telemetry.get().orElseThrow();
        log.ending(session, now);
        session.rewind();
        if (plan != null) {
            log.begun(plan, 0, now.step());
        }
    }

    /// Does what the extra button offers.
    public void remedy() {
        readout.get()
                .remedy()
                .ifPresent(r -> {
                    switch (r) {
                        case REBUILD, RETRY -> open(First.PLAY);
                        case COOL_DOWN -> coolDown();
                        case FIT -> edits.fit(data.get());
                    }
                });
    }

    /// Turns a knob: at once in the settings, and in the running network at its next step. Quick
    /// turns of one knob are gathered, so that dragging a slider does not flood the run's log.
    public void turn(Knob knob) {
        switch (knob) {
            case Knob.SurvivalSchedule k -> edits.survival(k.value());
            case Knob.LearningRate _,
                    Knob.Momentum _,
                    Knob.WeightDecay _,
                    Knob.Dropout _,
                    Knob.LabelSmoothing _,
                    Knob.Augment _,
                    Knob.BatchSize _ -> {
                if (knob instanceof Knob.Dropout k) {
                    dropout = OptionalDouble.of(k.value());
                }
                settings.set(TrainingPlan.turned(settings.get(), knob));
                send(knob);
            }
        }
    }

    /// A hand let go of a knob.
    public void released() {
        edits.endGesture();
    }

    /// The learning rate in effect: the schedule's, until someone turns the knob.
    public double learningRate() {
        double set = settings.get().optimiser().learningRate();
        boolean scheduled = !(settings.get().schedule() instanceof Schedule.Constant);
        return telemetry
                .get()
                .map(Telemetry::learningRate)
                .filter(rates -> scheduled && !changed() && rates.size() > 0)
                .map(rates -> Double.parseDouble(Float.toString(rates.get(rates.size() - 1))))
                .orElse(set);
    }

    /// What the dropout knob was turned to in this session, if it was.
    public OptionalDouble dropout() {
        return dropout;
    }

    /// Shows another mini-batch's sub-network on the canvas.
    ///
    /// @param step from 0, or −1 for the newest
    public void scrub(int step) {
        scrubbed.set(step);
        updateRan();
    }

    /// Once a frame: takes over a session that has opened, sends turned knobs, pulls telemetry.
    ///
    /// @param now the frame's time in nanoseconds
    public void pulse(long now) {
        takeOver();
        Training session = training;
        if (session == null) {
            return;
        }
        if (!waiting.isEmpty() && now - lastTurn >= BETWEEN_TURNS) {
            waiting.values().forEach(session::turn);
            waiting.clear();
            lastTurn = now;
        }
        Telemetry newest = session.telemetry();
        Telemetry before = telemetry.get().orElse(null);
        if (before != null && before.revision() == newest.revision()) {
            return;
        }
        boolean turningPoint =
                before == null
                        || before.phase() != newest.phase()
                        || !before.message().equals(newest.message());
        telemetry.set(Optional.of(newest));
        log.saw(newest, session);
        if (scrubbed.get() >= newest.gates().steps()) {
            scrubbed.set(-1);
        }
        updateRan();
        if (turningPoint
                || newest.phase() != Phase.RUNNING
                || now - lastReadout >= BETWEEN_READOUTS) {
            lastReadout = now;
            refreshReadout();
        }
    }

    @Override
    public void close() {
        subscriptions.unsubscribe();
        CompletableFuture<Training> pending = opening;
        if (pending != null) {
            pending.thenAccept(Training::close);
        }
        session()
                .ifPresent(t -> {
                    telemetry.get().ifPresent(now -> log.ending(t, now));
                    t.close();
                });
        training = null;
    }

    private Optional<Training> session() {
        return Optional.ofNullable(training);
    }

    /// What the canvas, the data and the settings say to train.
    public TrainingPlan wanted() {
        return new TrainingPlan(network.getValue(), data.get(), settings.get());
    }

    private boolean changed() {
        return plan != null && !wanted().continues(plan);
    }

    private boolean alive() {
        return training != null
                && telemetry.get().map(Telemetry::phase).orElse(Phase.PREPARING) != Phase.FAILED;
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
                    switch (what) {
                        case PLAY -> t.play();
                        case STEP -> t.step();
                        case WAIT -> {}
                    }
                });
    }

    private void open(First what) {
        open(what, wanted(), this::taken);
    }

    /// What the session that takes a running one's place begins with, told of the running one.
    private interface Beginning {
        Start of(Optional<CompletableFuture<Milestone>> old) throws Exception;
    }

    /// A changed structure keeps the weights that fit; anything else begins with initial weights.
    private Start taken(Optional<CompletableFuture<Milestone>> old) throws Exception {
        return old.isEmpty()
                ? Start.INITIAL
                : new Start.Carry(old.get().get(SNAPSHOT_SECONDS, TimeUnit.SECONDS).state());
    }

    private void open(First what, TrainingPlan next, Beginning beginning) {
        if (opening != null) {
            return;
        }
        first = what;
        refusal = "";
        scrub(-1);
        Optional<Training> old = session();
        Optional<Telemetry> last = telemetry.get();
        Optional<CompletableFuture<Milestone>> state =
                carried(next).isPresent() ? old.map(t -> state(t, last)) : Optional.empty();
        old.ifPresent(t -> last.ifPresent(now -> log.ending(t, now)));
        training = null;
        plan = null;
        opened = null;
        dropout = OptionalDouble.empty();
        waiting.clear();
        openingPlan = next;
        opening =
                CompletableFuture.supplyAsync(
                        () -> {
                            Start start = begin(beginning, state);
                            old.ifPresent(Training::close);
                            return factory.open(next, start);
                        },
                        background);
        refreshReadout();
    }

    private static Start begin(Beginning beginning, Optional<CompletableFuture<Milestone>> state) {
        try {
            return beginning.of(state);
        } catch (Exception e) {
            // The old session has nothing to give: initial weights it is.
            return Start.INITIAL;
        }
    }

    /// The state of a session, or its last good one when this one is not good.
    private static CompletableFuture<Milestone> state(Training session, Optional<Telemetry> last) {
        return last.filter(t -> t.phase() == Phase.DIVERGED && !t.milestones().isEmpty())
                .map(t -> CompletableFuture.completedFuture(t.milestones().getLast()))
                .orElseGet(session::snapshot);
    }

    /// What a session for another structure would take over from the one that is open; empty when
    /// it would begin with initial weights.
    private Optional<Checkpoint.Fit> carried(TrainingPlan next) {
        TrainingPlan now = plan;
        boolean trained = telemetry.get().map(t -> alive() && t.step() > 0).orElse(false);
        if (!trained
                || now == null
                || now.network().nodes().equals(next.network().nodes())
                || now.settings().seed() != next.settings().seed()
                || !Analysis.of(next.network()).runnable()) {
            return Optional.empty();
        }
        return Optional.of(Checkpoint.fit(now.network(), next.network()))
                .filter(fit -> fit.numbers() > 0);
    }

    /// What a change since the session was opened means for the next one, in a sentence; empty when
    /// nothing has changed.
    private String change() {
        if (!changed()) {
            forecast = "";
            forecastFor = Optional.empty();
            return "";
        }
        Optional<TrainingPlan> next = Optional.of(wanted());
        boolean trained = telemetry.get().map(t -> t.step() > 0).orElse(false);
        if (!next.equals(forecastFor) || trained != forecastTrained) {
            forecastFor = next;
            forecastTrained = trained;
            forecast =
                    carried(next.get())
                            .map(TrainingViewModel::said)
                            .orElse("play builds it anew, from initial weights.");
        }
        return forecast;
    }

    private static String said(Checkpoint.Fit fit) {
        String kept =
                fit.numbers() == fit.ofNumbers()
                        ? "all weights"
                        : String.format(
                                Locale.ROOT,
                                "%.0f %% of the weights",
                                Math.floor(100.0 * fit.numbers() / fit.ofNumbers()));
        String anew =
                switch (fit.renewed().size()) {
                    case 0 -> "";
                    case 1, 2, 3 -> "; " + String.join(", ", fit.renewed()) + " starts anew";
                    default ->
                            "; "
                                    + fit.renewed().getFirst()
                                    + " and "
                                    + (fit.renewed().size() - 1)
                                    + " more blocks start anew";
                };
        return "play rebuilds it at step 0 and keeps " + kept + anew + ".";
    }

    /// Tells a log of all runs from now on.
    public void follow(RunLog other) {
        log = other;
    }

    /// Opens a session where another run was, paused. The canvas has to show the plan's network.
    ///
    /// @param turned knobs that are turned there before the first step
    public void resume(TrainingPlan where, Milestone from, List<Knob> turned) {
        data.set(where.data());
        settings.set(where.settings());
        open(First.WAIT, where, _ -> new Start.Resume(from));
        resumedAt = from.state().place().step();
        turnedThere = List.copyOf(turned);
    }

    /// Pauses what trains.
    public void pause() {
        if (readout.get().playing()) {
            session().ifPresent(Training::pause);
        }
    }

    private void takeOver() {
        CompletableFuture<Training> pending = opening;
        if (pending == null || !pending.isDone()) {
            return;
        }
        opening = null;
        telemetry.set(Optional.empty());
        try {
            training = pending.join();
            plan = openingPlan;
            opened = openingPlan;
            if (openingPlan != null) {
                log.begun(openingPlan, first == First.WAIT ? resumedAt : 0, Integer.MAX_VALUE);
            }
            act(first);
            turnedThere.forEach(this::turn);
            turnedThere = List.of();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            refusal = Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
        }
        networkChanged(network.getValue());
    }

    private void networkChanged(Network now) {
        if (!analysis.network().equals(now)) {
            analysis = Analysis.of(now);
            refusal = "";
        }
        boolean sameRule = plan == null || plan.network().survival().equals(now.survival());
        if (!sameRule && !changed()) {
            send(new Knob.SurvivalSchedule(now.survival()));
        }
        refreshReadout();
    }

    private void send(Knob knob) {
        if (training != null && plan != null) {
            waiting.put(knob.getClass(), knob);
            plan = plan.turned(knob);
            refreshReadout();
        }
    }

    /// Back to the begin of the epoch in which the run diverged, with a tenth of the learning rate
    /// that it diverged at.
    private void coolDown() {
        Optional<Telemetry> now = telemetry.get();
        double rate =
                now.flatMap(Telemetry::divergence)
                        .map(Divergence::learningRate)
                        .orElse(settings.get().optimiser().learningRate());
        scrub(-1);
        session().ifPresent(t -> t.back(now.map(Telemetry::step).orElse(0)));
        turn(
                new Knob.LearningRate(
                        Double.parseDouble(String.format(Locale.ROOT, "%.2g", rate / 10))));
    }

    private Optional<String> blocked() {
        if (!refusal.isEmpty()) {
            return Optional.of(refusal);
        }
        if (!analysis.runnable()) {
            return Optional.of(analysis.problems().getFirst().toString());
        }
        return data.get().mismatch(analysis);
    }

    private void refreshReadout() {
        readout.set(
                Readout.of(
                        blocked(),
                        analysis.runnable() && data.get().mismatch(analysis).isPresent(),
                        opening != null,
                        telemetry.get().orElse(null),
                        change(),
                        network.getValue().name() + " on " + data.get().title()));
    }

    private void updateRan() {
        GateStrip.View gates = telemetry.get().map(Telemetry::gates).orElse(null);
        if (gates == null || gates.steps() == 0 || gates.ids().isEmpty()) {
            if (ran.get().isPresent()) {
                ran.set(Optional.empty());
            }
            return;
        }
        int step = scrubbed.get() >= gates.firstKept() ? scrubbed.get() : gates.steps() - 1;
        Set<String> ids = new HashSet<>();
        for (int b = 0; b < gates.ids().size(); b++) {
            if (gates.survived(b, step) > 0) {
                ids.add(gates.ids().get(b));
            }
        }
        if (!ran.get().equals(Optional.of(ids))) {
            ran.set(Optional.of(ids));
        }
    }
}
