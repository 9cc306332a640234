package org.skiplab.app.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingPlan;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.Telemetry;

/// The kept runs, which of them lie over one another in the chart, and what can be done with each.
/// On the JavaFX thread; files are read in the background.
public final class RunsViewModel {

    /// A run in the chart.
    ///
    /// @param colour of its line
    /// @param history as far as it is known yet
    public record Curve(KeptRun run, int colour, Telemetry history) {}

    private final RunStore store;
    private final RunKeeper keeper;
    private final Background background;
    private final TrainingViewModel training;
    private final Consumer<Network> show;
    private final Surroundings surroundings;
    private final ReadOnlyObjectWrapper<List<KeptRun>> runs =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<Curve>> curves =
            new ReadOnlyObjectWrapper<>(List.of());
    private final Map<String, Integer> chosen = new LinkedHashMap<>();
    private final Map<String, Telemetry> histories = new HashMap<>();
    private final Set<String> loading = new HashSet<>();

    /// @param keeper told which run a session goes on from
    /// @param show puts a network on the canvas, once changes there are safe
    public RunsViewModel(
            RunStore store,
            RunKeeper keeper,
            Background background,
            TrainingViewModel training,
            Consumer<Network> show,
            Surroundings surroundings) {
        this.store = store;
        this.keeper = keeper;
        this.background = background;
        this.training = training;
        this.show = show;
        this.surroundings = surroundings;
        background.run(store::read, this::loaded, e -> surroundings.warn(reason(e)));
    }

    private void loaded(RunStore.Shelf shelf) {
        List<KeptRun> all = new ArrayList<>(shelf.runs());
        runs.get().stream().filter(r -> find(all, r.id()).isEmpty()).forEach(all::addFirst);
        runs.set(List.copyOf(all));
        keeper.taken(all.stream().map(KeptRun::name).toList());
        if (!shelf.broken().isEmpty()) {
            int more = shelf.broken().size() - 1;
            surroundings.warn(
                    shelf.broken().getFirst() + (more == 0 ? "" : " (and " + more + " more)"));
        }
    }

    private static Optional<KeptRun> find(List<KeptRun> list, String id) {
        return list.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /// Newest first.
    public ReadOnlyObjectProperty<List<KeptRun>> runsProperty() {
        return runs.getReadOnlyProperty();
    }

    /// The runs in the chart, in the order in which they were chosen.
    public ReadOnlyObjectProperty<List<Curve>> curvesProperty() {
        return curves.getReadOnlyProperty();
    }

    /// A run was written, or its newer state.
    public void kept(KeptRun run) {
        List<KeptRun> all = new ArrayList<>(runs.get());
        Optional<KeptRun> before = find(all, run.id());
        KeptRun named = before.map(b -> run.withName(b.name())).orElse(run);
        if (before.isPresent()) {
            all.set(all.indexOf(before.get()), named);
        } else {
            all.addFirst(named);
        }
        runs.set(List.copyOf(all));
        histories.remove(run.id());
        refresh();
    }

    /// Whether a run lies in the chart.
    public boolean chosen(KeptRun run) {
        return chosen.containsKey(run.id());
    }

    /// Puts a run into the chart, or takes it out.
    public void choose(KeptRun run, boolean in) {
        if (in && !chosen(run)) {
            int colour = 0;
            while (chosen.containsValue(colour)) {
                colour++;
            }
            chosen.put(run.id(), colour);
        } else if (!in) {
            chosen.remove(run.id());
            histories.remove(run.id());
        }
        refresh();
    }

    /// The settings in which the runs of the chart differ, of one of them: name and value.
    public Map<String, String> differences(KeptRun run) {
        List<KeptRun> compared = curves.get().stream().map(Curve::run).toList();
        Map<String, String> own = RunSettings.of(run);
        own.keySet().retainAll(RunSettings.differences(compared));
        return own;
    }

    private void refresh() {
        for (String id : List.copyOf(chosen.keySet())) {
            if (!histories.containsKey(id)) {
                find(runs.get(), id).ifPresent(this::load);
            }
        }
        List<Curve> next = new ArrayList<>();
        for (Map.Entry<String, Integer> c : chosen.entrySet()) {
            Optional<KeptRun> run = find(runs.get(), c.getKey());
            if (run.isEmpty()) {
                continue;
            }
            Telemetry history = histories.get(c.getKey());
            if (history != null) {
                next.add(new Curve(run.get(), c.getValue(), history));
            }
        }
        curves.set(List.copyOf(next));
    }

    private void load(KeptRun run) {
        if (!loading.add(run.id())) {
            return;
        }
        background.run(
                () -> store.history(run),
                history -> {
                    loading.remove(run.id());
                    if (chosen.containsKey(run.id())) {
                        histories.put(run.id(), history);
                        refresh();
                    }
                },
                e -> {
                    loading.remove(run.id());
                    chosen.remove(run.id());
                    surroundings.warn(run.name() + ": " + reason(e));
                    refresh();
                });
    }

    /// Gives a run another name; an empty one changes nothing.
    public void rename(KeptRun run, String name) {
        String wanted = name.strip();
        if (wanted.isEmpty() || wanted.equals(run.name())) {
            return;
        }
        background.run(
                () -> {
                    store.rename(run, wanted);
                    return wanted;
                },
                _ -> {
                    List<KeptRun> all = new ArrayList<>(runs.get());
                    all.replaceAll(r -> r.id().equals(run.id()) ? r.withName(wanted) : r);
                    runs.set(List.copyOf(all));
                    keeper.taken(Set.of(wanted));
                    keeper.renamed(run.id(), wanted);
                    refresh();
                },
                e -> surroundings.warn(run.name() + " was not renamed: " + reason(e)));
    }

    /// Deletes a run; until the window closes it can be brought back. What it learns from then on
    /// is kept only if it is.
    public void delete(KeptRun run) {
        keeper.deleted(run.id());
        background.run(
                () -> {
                    store.delete(run);
                    return run;
                },
                _ -> {
                    runs.set(runs.get().stream().filter(r -> !r.id().equals(run.id())).toList());
                    chosen.remove(run.id());
                    histories.remove(run.id());
                    refresh();
                    surroundings.offer("Deleted " + run.name(), "Bring back", () -> restore(run));
                },
                e -> {
                    keeper.restored(run.id());
                    surroundings.warn(run.name() + " was not deleted: " + reason(e));
                });
    }

    private void restore(KeptRun run) {
        background.run(
                () -> {
                    store.restore(run);
                    return run;
                },
                back -> {
                    keeper.restored(back.id());
                    kept(back);
                },
                e -> surroundings.warn(run.name() + " could not be brought back: " + reason(e)));
    }

    /// Writes a run's files into a folder that a person chooses.
    public void export(KeptRun run) {
        Optional<Path> folder = surroundings.chooseFolder("Export " + run.name() + " into");
        folder.ifPresent(chosenFolder -> {
            Path target = chosenFolder.resolve(run.name().replaceAll("[^\\w.-]+", "-"));
            background.run(
                    () -> {
                        store.export(run, target);
                        return target;
                    },
                    written -> surroundings.tell("Exported to " + written),
                    e -> surroundings.warn(run.name() + " was not exported: " + reason(e)));
        });
    }

    /// Puts a run's network on the canvas and opens a session where the run ended: its views show
    /// what it learned, and play goes on from there.
    public void open(KeptRun run) {
        branch(run, null, null);
    }

    /// Goes on from one of a run's states with one setting changed.
    ///
    /// @param step one of [KeptRun#states], or null for the end
    /// @param knob null for none
    public void branch(KeptRun run, @Nullable Integer step, @Nullable Knob knob) {
        Optional<DataChoice> data = run.source().among(training.plan().choices());
        if (data.isEmpty()) {
            surroundings.warn(
                    run.name()
                            + " was trained on "
                            + run.source().title()
                            + ", which is not on offer: open these data first");
            return;
        }
        background.run(
                () -> step == null ? store.end(run) : store.state(run, step),
                milestone -> resume(run, data.get(), milestone, knob),
                e -> surroundings.warn(reason(e)));
    }

    private void resume(KeptRun run, DataChoice data, Milestone milestone, @Nullable Knob knob) {
        TrainingPlan there = new TrainingPlan(run.network(), data, run.settings());
        for (KnobChange change : milestone.then().knobs()) {
            there = there.turned(change.knob());
        }
        show.accept(there.network());
        if (!training.plan().network().nodes().equals(there.network().nodes())) {
            // The person kept what was on the canvas.
            return;
        }
        keeper.branching(new KeptRun.Parent(run.id(), milestone.state().place().step()));
        training.session()
                .resume(
                        new TrainingPlan(training.plan().network(), data, there.settings()),
                        milestone,
                        knob == null ? List.of() : List.of(knob));
        surroundings.tell(
                "Opened "
                        + run.name()
                        + " at step "
                        + milestone.state().place().step()
                        + (knob == null
                                ? ""
                                : " with " + knob.title() + " " + knob.text() + ": play goes on"));
    }

    private static String reason(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
