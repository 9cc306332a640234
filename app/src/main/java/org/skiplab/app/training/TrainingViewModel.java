package org.skiplab.app.training;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Subscription;
import org.skiplab.app.diagram.Spotlight;
import org.skiplab.app.insight.Experiment;
import org.skiplab.app.insight.Ghost;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
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

    private static final long SNAPSHOT_SECONDS = 20;

    private final ObservableValue<Network> network;
    private final SessionSlot slot;
    private final NetworkEdits edits;
    private final LiveKnobs knobs;
    private final Pointing pointing = new Pointing();
    private final Ghosts ghosts = new Ghosts();
    private final Forecast forecast = new Forecast();
    private final Subscription subscriptions;

    private final ObservableList<DataChoice> choices;
    private final ObjectProperty<DataChoice> data;
    private final ReadOnlyObjectWrapper<Readout> readout = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Optional<Telemetry>> telemetry =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Analysis analysis;
    private First first = First.PLAY;
    private String refusal = "";
    private RunLog log = RunLog.NONE;
    private int resumedAt;
    private List<Knob> turnedThere = List.of();

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
        this.slot = new SessionSlot(factory, background);
        this.edits = edits;
        this.knobs = new LiveKnobs(edits, this::send);
        this.analysis = Analysis.of(network.getValue());
        this.subscriptions =
                Subscription.combine(
                        network.subscribe(this::networkChanged),
                        data.subscribe(_ -> refreshReadout()),
                        knobs.settingsProperty().subscribe(_ -> refreshReadout()));
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
        return knobs.settingsProperty();
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
        return pointing.ranProperty();
    }

    /// The mini-batch that a person scrubbed to, from 0; −1 for the newest.
    public ReadOnlyObjectProperty<Integer> scrubbedProperty() {
        return pointing.scrubbedProperty();
    }

    @Override
    public ReadOnlyObjectProperty<List<String>> selectedProperty() {
        return pointing.selectedProperty();
    }

    /// Follows the selection on the canvas.
    public void select(List<String> blocks) {
        pointing.select(blocks);
    }

    @Override
    public <T> Optional<CompletableFuture<T>> ask(Probe<T> probe) {
        return session().map(t -> slot.heard(t.ask(probe)));
    }

    /// Tells someone as soon as there is something for [#pulse] to pick up. On any thread.
    void onNews(Runnable hears) {
        slot.onNews(hears);
    }

    @Override
    public void watch(Set<Probing> probes) {
        session().ifPresent(t -> t.watch(probes));
    }

    @Override
    public void showCut(Set<String> blocks) {
        pointing.cut(blocks);
    }

    /// Lights wires on the canvas.
    public void light(Spotlight wires) {
        pointing.light(wires);
    }

    public ReadOnlyObjectProperty<Spotlight> litProperty() {
        return pointing.litProperty();
    }

    /// Ids of the blocks that a person has cut off in evaluation.
    public ReadOnlyObjectProperty<Set<String>> cutProperty() {
        return pointing.cutProperty();
    }

    /// The network as the session was opened with it; the canvas's without a session.
    @Override
    public Network opened() {
        return slot.opened().map(TrainingPlan::network).orElseGet(network::getValue);
    }

    /// Images per mini-batch when the session was opened.
    public int openedBatch() {
        return slot.opened().orElseGet(this::wanted).settings().batch();
    }

    @Override
    public String className(int label) {
        List<String> names = slot.plan().map(TrainingPlan::data).orElseGet(data::get).classNames();
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
            slot.rewound();
        }
    }

    private void rewind(Training session) {
        Telemetry now = telemetry.get().orElseThrow();
        log.ending(session, now);
        session.rewind();
        slot.plan().ifPresent(plan -> log.begun(plan, 0, now.step()));
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

    /// Turns a knob: at once in the settings, and in the running network at its next step. Can be
    /// undone; turns of one knob up to [#released] are one step.
    public void turn(Knob knob) {
        knobs.turn(knob);
    }

    /// Changes what the next run begins with; can be undone.
    ///
    /// @param what the setting, as the menu shall name it
    void change(String what, UnaryOperator<TrainingSettings> change) {
        knobs.change(what, change);
    }

    /// A hand let go of a knob.
    public void released() {
        edits.endGesture();
    }

    /// The learning rate in effect: the schedule's, until someone turns the knob.
    public double learningRate() {
        double set = knobs.settings().optimiser().learningRate();
        boolean scheduled = !(knobs.settings().schedule() instanceof Schedule.Constant);
        return telemetry
                .get()
                .map(Telemetry::learningRate)
                .filter(rates -> scheduled && !changed() && rates.size() > 0)
                .map(rates -> Double.parseDouble(Float.toString(rates.get(rates.size() - 1))))
                .orElse(set);
    }

    /// What the dropout knob was turned to in this session, if it was.
    public OptionalDouble dropout() {
        return knobs.dropout();
    }

    /// Shows another mini-batch's sub-network on the canvas.
    ///
    /// @param step from 0, or −1 for the newest
    public void scrub(int step) {
        pointing.scrub(step, telemetry.get());
    }

    /// The ghosts that the network in training can have.
    public List<Ghost> ghosts() {
        return ghosts.of(opened());
    }

    /// The ghost that trains in turn with the network, if a person chose one.
    public ReadOnlyObjectProperty<Optional<Ghost>> ghostProperty() {
        return ghosts.chosenProperty();
    }

    /// What is seen of the ghost.
    public ReadOnlyObjectProperty<Optional<Telemetry>> ghostTelemetryProperty() {
        return ghosts.telemetryProperty();
    }

    /// Lets another network make every step in turn with this one, from the same seed; empty for
    /// none.
    public void haunt(Optional<Ghost> ghost) {
        ghosts.choose(ghost, session().orElse(null), opened());
    }

    /// Takes over a session that has opened, sends turned knobs, pulls telemetry.
    ///
    /// @param now nanoseconds
    /// @param look whether to pull telemetry that only tells of more steps
    public void pulse(long now, boolean look) {
        takeOver();
        Training session = session().orElse(null);
        if (session == null) {
            return;
        }
        knobs.due(now).forEach(session::turn);
        ghosts.pulse(session);
        Telemetry newest = session.telemetry();
        Telemetry before = telemetry.get().orElse(null);
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
        refreshReadout();
    }

    @Override
    public void close() {
        subscriptions.unsubscribe();
        session().ifPresent(t -> telemetry.get().ifPresent(now -> log.ending(t, now)));
        slot.close();
    }

    private Optional<Training> session() {
        return slot.session();
    }

    /// What the canvas, the data and the settings say to train.
    public TrainingPlan wanted() {
        return new TrainingPlan(network.getValue(), data.get(), knobs.settings());
    }

    /// What the open session trains, knobs as they are turned; empty without a session.
    public Optional<TrainingPlan> running() {
        return alive() ? slot.plan() : Optional.empty();
    }

    /// What the open session has learned, or its last good state when this one is not good.
    public Optional<CompletableFuture<Milestone>> state() {
        return session().map(t -> state(t, telemetry.get()));
    }

    private boolean changed() {
        return slot.plan().filter(plan -> !wanted().continues(plan)).isPresent();
    }

    private boolean alive() {
        return session().isPresent()
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
                    knobs.all().forEach(t::turn);
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

    /// A changed structure keeps the weights that fit; anything else begins with initial weights.
    private Start taken(Optional<CompletableFuture<Milestone>> old) throws Exception {
        return old.isEmpty()
                ? Start.INITIAL
                : new Start.Carry(old.get().get(SNAPSHOT_SECONDS, TimeUnit.SECONDS).state());
    }

    private void open(First what, TrainingPlan next, SessionSlot.Beginning beginning) {
        if (slot.opening()) {
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
        knobs.fresh();
        slot.open(next, beginning, state);
        refreshReadout();
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

    private boolean trained() {
        return telemetry.get().filter(t -> t.step() > 0).isPresent();
    }

    /// What a change since the session was opened means for the next one, in a sentence; empty when
    /// nothing has changed.
    private String change() {
        if (!changed()) {
            forecast.forget();
            return "";
        }
        return forecast.of(slot.plan().orElse(null), alive() && trained(), wanted());
    }

    /// Tells a log of all runs from now on.
    public void follow(RunLog other) {
        log = other;
    }

    /// Opens a session where another run was, paused. The canvas has to show the plan's network.
    ///
    /// @param turned knobs that are turned there before the first step
    public void resume(TrainingPlan where, Milestone from, List<Knob> turned) {
        offer(where.data());
        data.set(where.data());
        knobs.settingsProperty().set(where.settings());
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
        if (!slot.arrived()) {
            return;
        }
        telemetry.set(Optional.empty());
        try {
            Training session = slot.takeOver();
            int from = first == First.WAIT ? resumedAt : 0;
            slot.plan().ifPresent(plan -> log.begun(plan, from, Integer.MAX_VALUE));
            turnedThere.forEach(this::turn);
            turnedThere = List.of();
            edits.endGesture();
            ghosts.begin(session, opened());
            act(first);
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
        TrainingPlan running = slot.plan().orElse(null);
        if (running != null && !changed()) {
            if (!running.network().survival().equals(now.survival())) {
                send(new Knob.SurvivalSchedule(now.survival()));
            }
            now.gateMode()
                    .filter(mode -> !running.network().nodes().equals(now.nodes()))
                    .ifPresent(mode -> send(new Knob.DropPaths(mode)));
        }
        refreshReadout();
    }

    private void send(Knob knob) {
        if (slot.plan().isPresent()) {
            knobs.send(knob);
            slot.turned(knob);
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
                        .orElse(knobs.settings().optimiser().learningRate());
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
                        slot.opening(),
                        telemetry.get().orElse(null),
                        change(),
                        network.getValue().name() + " on " + data.get().title()));
    }
}
