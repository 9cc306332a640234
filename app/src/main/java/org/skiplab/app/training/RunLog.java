package org.skiplab.app.training;

import org.skiplab.engine.train.Telemetry;
import org.skiplab.engine.train.Training;

/// Is told what becomes of sessions, on the JavaFX thread.
public interface RunLog {

    /// Keeps nothing.
    RunLog NONE =
            new RunLog() {
                @Override
                public void begun(TrainingPlan plan, int step, int staleFrom) {}

                @Override
                public void saw(Telemetry now, Training session) {}

                @Override
                public void ending(Training session, Telemetry now) {}
            };

    /// A run begins: a session has opened, or was taken back to its initial weights.
    ///
    /// @param step the step it begins at
    /// @param staleFrom pictures of this step and later ones are still of the run before, until an
    ///   earlier one has come
    void begun(TrainingPlan plan, int step, int staleFrom);

    /// A newer picture of the run.
    void saw(Telemetry now, Training session);

    /// The run is about to go: its session closes, or goes back to its initial weights. What is
    /// asked of the session now is still answered.
    void ending(Training session, Telemetry now);
}
