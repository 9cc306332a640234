package org.skiplab.app.race;

import java.util.List;
import org.skiplab.app.training.TrainingPlan;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.train.Race;

/// Opens races.
@FunctionalInterface
public interface RaceFactory {

    /// @param networks for the plan's data
    /// @param plan data and settings of all of them
    Race open(List<Network> networks, TrainingPlan plan);
}
