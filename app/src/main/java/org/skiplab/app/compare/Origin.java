package org.skiplab.app.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.diff.Deviation;
import org.skiplab.engine.graph.diff.Difference;

/// The preset that a network comes from.
///
/// @param network the network, which bears the preset's name
/// @param difference what was changed since, from the preset to the network
public record Origin(Network network, Preset preset, Difference difference) {

    /// What was changed of each block that is still there: `Width 16 → 24`, `not in the preset`.
    /// None if less than half of the network is as in the preset: then it is another one.
    public Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        for (Deviation deviation : difference.deviations()) {
            switch (deviation) {
                case Deviation.Added(var node) -> changes.put(node.id(), "not in the preset");
                case Deviation.Altered altered -> changes.put(altered.after().id(), altered.text());
                case Deviation.Removed _, Deviation.Whole _ -> {}
            }
        }
        return 2 * changes.size() > network.nodes().size() ? Map.of() : changes;
    }
}
