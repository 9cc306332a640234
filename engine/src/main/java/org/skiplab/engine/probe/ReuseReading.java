package org.skiplab.engine.probe;

import java.util.List;

/// Feature reuse as it was at the end of an epoch.
///
/// @param step steps of training that the network had had
/// @param maps one per dense block, from input to output
public record ReuseReading(int step, List<FeatureReuse> maps) {

    public ReuseReading {
        maps = List.copyOf(maps);
    }
}
