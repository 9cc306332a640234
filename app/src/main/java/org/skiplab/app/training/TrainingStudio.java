package org.skiplab.app.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.skiplab.app.command.Action;
import org.skiplab.app.diagram.Spotlight;
import org.skiplab.app.fx.Rhythm;
import org.skiplab.app.insight.InsightView;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.probe.GradientByDepth;
import org.skiplab.engine.probe.Timing;
import org.skiplab.engine.train.Phase;
import org.skiplab.engine.train.Telemetry;

/// Puts the training half of the window together and drives it: at every beat telemetry is pulled,
/// and the showing plots follow it.
public final class TrainingStudio implements TrainingPanel {

    private final TrainingViewModel model;
    private final TransportBar transport;
    private final InsightDock dock;
    private final Rhythm rhythm = new Rhythm();
    private final Surroundings surroundings;
    private Optional<Telemetry> plotted = Optional.empty();
    private String told = "";
    private final List<Action> exports = new ArrayList<>();
    private final List<Runnable> everyFrame = new ArrayList<>();

    /// The studio of a window: real sessions, opened on a thread of their own.
    ///
    /// @param network what the canvas shows
    /// @param edits makes undoable changes of the network
    public static TrainingStudio of(
            ObservableValue<Network> network, NetworkEdits edits, Surroundings surroundings) {
        return of(network, edits, surroundings, new DataShelf());
    }

    /// @param shelf where sessions get their data
    public static TrainingStudio of(
            ObservableValue<Network> network,
            NetworkEdits edits,
            Surroundings surroundings,
            DataShelf shelf) {
        ExecutorService opener =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("skiplab-sessions").daemon().factory());
        return new TrainingStudio(
                new TrainingViewModel(
                        network, DataChoice.BUILT_IN, new EngineTraining(shelf), opener, edits),
                surroundings);
    }

    public TrainingStudio(TrainingViewModel model, Surroundings surroundings) {
        this.model = model;
        this.surroundings = surroundings;
        transport = new TransportBar(model.plan(), model.transport());
        dock = new InsightDock(model, surroundings);
        rhythm.add(this::frame);
        rhythm.follow(transport);
        dock.onShown(rhythm::wake);
        model.onNews(rhythm::beat);
        model.session().onWarning(surroundings::warn);
    }

    public TrainingViewModel model() {
        return model;
    }

    /// What the window's parts beat to.
    public Rhythm rhythm() {
        return rhythm;
    }

    /// Puts one more insight behind the others; before the window asks for [#actions].
    ///
    /// @param pulse run at every beat, whether or not the insight is showing
    public void add(InsightView view, Runnable pulse) {
        dock.add(view);
        everyFrame.add(pulse);
    }

    /// Puts more entries into the File menu; before the window asks for them.
    public void addExports(List<Action> actions) {
        exports.addAll(actions);
    }

    @Override
    public List<Action> exports() {
        return List.copyOf(exports);
    }

    /// Puts a button beside the choice of data.
    public void onBrowseData(Runnable open) {
        transport.onBrowseData(open);
    }

    /// Of all insights, in their order.
    List<String> titles() {
        return dock.titles();
    }

    /// Shows the n-th insight, from 0.
    void select(int tab) {
        dock.select(tab);
    }

    /// What a beat does, see [Rhythm.Beat].
    void frame(long now, boolean look) {
        model.pulse(now, look);
        everyFrame.forEach(Runnable::run);
        Optional<Telemetry> newest = model.telemetryProperty().get();
        boolean running = newest.map(t -> t.phase() == Phase.RUNNING).orElse(false);
        boolean news = !newest.equals(plotted);
        if (news || !running) {
            plotted = newest;
            dock.update();
            newest.ifPresent(this::tellTrouble);
        }
        if (news && !running) {
            rhythm.wake();
        }
        dock.refresh();
    }

    /// Says once that a full disk makes holes in tables.
    private void tellTrouble(Telemetry now) {
        String trouble = now.loss().trouble();
        if (!trouble.isEmpty() && !trouble.equals(told)) {
            surroundings.warn(trouble);
        }
        told = trouble;
    }

    @Override
    public boolean running() {
        return model.telemetryProperty().get().filter(t -> t.phase() == Phase.RUNNING).isPresent();
    }

    @Override
    public Node transport() {
        return transport;
    }

    @Override
    public Node dock() {
        return dock;
    }

    @Override
    public void select(List<String> blocks) {
        model.pointing().select(blocks);
    }

    @Override
    public ObservableValue<Set<String>> cut() {
        return model.pointing().cutProperty();
    }

    @Override
    public ObservableValue<Spotlight> lit() {
        return model.pointing().litProperty();
    }

    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        actions.add(
                Action.of(
                        "train.play",
                        "Train or pause",
                        "SPACE",
                        "mdmz-play_arrow",
                        when(Readout::playable),
                        model.transport()::togglePlay));
        actions.add(
                Action.of(
                        "train.step",
                        "One mini-batch",
                        "PERIOD",
                        "mdmz-skip_next",
                        when(Readout::steppable),
                        model.transport()::step));
        actions.add(
                Action.of(
                        "train.rewind",
                        "Back to the initial weights",
                        "HOME",
                        "mdmz-replay",
                        when(Readout::rewindable),
                        model.transport()::rewind));
        List<String> titles = titles();
        for (int i = 0; i < titles.size(); i++) {
            int tab = i;
            actions.add(
                    Action.of(
                            "train.show." + i,
                            "Show " + titles.get(i),
                            i < 10 ? "Alt+" + (i + 1) % 10 : null,
                            dock.icons().get(i),
                            () -> dock.select(tab)));
        }
        return List.copyOf(actions);
    }

    private BooleanBinding when(Predicate<Readout> condition) {
        return Bindings.createBooleanBinding(
                () -> condition.test(model.transport().readoutProperty().get()),
                model.transport().readoutProperty());
    }

    @Override
    public ObservableValue<Optional<Set<String>>> ran() {
        return model.pointing().ranProperty();
    }

    @Override
    public ObservableValue<Optional<Map<String, Double>>> gradients() {
        return model.telemetryProperty()
                .map(t -> t.flatMap(Telemetry::gradients).map(TrainingStudio::byBlock));
    }

    private static Map<String, Double> byBlock(GradientByDepth gradient) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < gradient.ids().size(); i++) {
            double value = gradient.meanAbsolute()[i];
            if (value > 0) {
                values.put(gradient.ids().get(i), value);
            }
        }
        return values;
    }

    @Override
    public ObservableValue<Optional<Map<String, Double>>> times() {
        return model.telemetryProperty()
                .map(t -> t.flatMap(now -> now.readings().timing()).map(TrainingStudio::byBlock));
    }

    private static Map<String, Double> byBlock(Timing timing) {
        Map<String, Double> values = new HashMap<>();
        timing.blocks().forEach(b -> values.put(b.id(), b.total()));
        return values;
    }

    @Override
    public void close() {
        rhythm.close();
        model.close();
    }
}
