package org.skiplab.app.training;

import org.skiplab.engine.train.Start;
import org.skiplab.engine.train.Training;

/// Opens training sessions.
@FunctionalInterface
public interface TrainingFactory {

    /// Starts a session that is paused. Called away from the JavaFX thread; may take as long as
    /// opening the data and compiling the network take.
    ///
    /// @param start what its weights begin with
    /// @throws IllegalArgumentException if the plan cannot be run, with one line for a person
    Training open(TrainingPlan plan, Start start);
}
