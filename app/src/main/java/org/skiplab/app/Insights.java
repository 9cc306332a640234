package org.skiplab.app;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.export.ModelExport;
import org.skiplab.app.fx.Background;
import org.skiplab.app.race.RaceFactory;
import org.skiplab.app.race.RaceView;
import org.skiplab.app.race.RaceViewModel;
import org.skiplab.app.run.KeptRun;
import org.skiplab.app.run.RunKeeper;
import org.skiplab.app.run.RunStore;
import org.skiplab.app.run.RunsView;
import org.skiplab.app.run.RunsViewModel;
import org.skiplab.app.symptom.SymptomView;
import org.skiplab.app.training.Plots;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingStudio;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.kernel.KernelPath;

/// What reaches beyond the session that is open, wired: kept runs, races, symptoms, exports.
public final class Insights implements AutoCloseable {

    private final RaceViewModel race;
    private final RunsViewModel runs;

    /// Adds them to a studio whose actions nobody has asked for yet.
    ///
    /// @param studio of the window
    /// @param training the studio's view model
    /// @param folder where runs are kept
    /// @param files writes and reads runs, a thread of its own
    /// @param races opens races
    /// @param opener where races are opened and closed
    public Insights(
            TrainingStudio studio,
            TrainingViewModel training,
            Workbench bench,
            Surroundings surroundings,
            Path folder,
            Background files,
            RaceFactory races,
            Background opener) {
        RunStore store = new RunStore(folder);
        Later later = new Later();
        RunKeeper keeper =
                new RunKeeper(store, files, Clock.systemUTC(), later::kept, surroundings::warn);
        training.session().follow(keeper);
        runs =
                new RunsViewModel(
                        store,
                        keeper,
                        files,
                        training,
                        network -> bench.document().start(network),
                        surroundings);
        later.runs = runs;
        race =
                new RaceViewModel(
                        bench.document()
                                .analysisProperty()
                                .map(org.skiplab.engine.graph.Analysis::network),
                        training,
                        races,
                        task -> run(opener, task));
        Plots plots = new Plots(surroundings);
        studio.add(new RunsView(runs, plots), () -> {});
        studio.add(new RaceView(race, plots), race::pulse);
        studio.add(new SymptomView(training, surroundings), () -> {});
        studio.addExports(
                new ModelExport(training, KernelPath.chosen(), files, surroundings).actions());
    }

    private static void run(Background background, Runnable task) {
        background.run(
                () -> {
                    task.run();
                    return true;
                },
                _ -> {},
                _ -> {});
    }

    /// Keeper and list need each other; the list comes second.
    private static final class Later {
        private @Nullable RunsViewModel runs;

        void kept(KeptRun run) {
            if (runs != null) {
                runs.kept(run);
            }
        }
    }

    public RaceViewModel race() {
        return race;
    }

    public RunsViewModel runs() {
        return runs;
    }

    /// Ends a race that is on.
    @Override
    public void close() {
        race.close();
    }
}
