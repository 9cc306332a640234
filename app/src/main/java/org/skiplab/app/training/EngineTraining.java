package org.skiplab.app.training;

import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.train.Training;
import org.skiplab.engine.train.TrainingSession;

/// Opens sessions of the engine.
public final class EngineTraining implements TrainingFactory {

    @Override
    public Training open(TrainingPlan plan) {
        return new TrainingSession(
                plan.network(), () -> read(plan.data()), plan.settings(), KernelPath.chosen());
    }

    private static DataSet read(DataChoice choice) {
        return switch (DataSource.open(choice.spec())) {
            case DataSource.Opened opened -> opened.data();
            case DataSource.Failed failed -> throw new IllegalArgumentException(failed.message());
        };
    }
}
