package org.skiplab.app.training;

import java.util.List;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.data.source.Progress;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Race;
import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Training;
import org.skiplab.engine.train.TrainingSession;

/// Opens sessions of the engine.
public final class EngineTraining implements TrainingFactory {

    private final DataShelf shelf;

    public EngineTraining() {
        this(new DataShelf());
    }

    public EngineTraining(DataShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Training open(TrainingPlan plan, Start start) {
        return new TrainingSession(
                plan.network(),
                () -> read(plan.data()),
                plan.settings(),
                KernelPath.chosen(),
                start);
    }

    /// Opens a race of networks on a plan's data, with its settings.
    public Race race(List<Network> networks, TrainingPlan plan) {
        return new Race(networks, () -> read(plan.data()), plan.settings(), KernelPath.chosen());
    }

    private DataSet read(DataChoice choice) {
        return switch (shelf.open(choice.spec(), Progress.NONE)) {
            case DataSource.Opened opened -> choice.applied(opened.data());
            case DataSource.Failed failed -> throw new IllegalArgumentException(failed.message());
        };
    }
}
