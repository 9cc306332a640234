package org.skiplab.app.inspector;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.skiplab.engine.graph.BlockKind;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Published;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.Survival;

/// What the inspector shows.
public sealed interface Content {

    /// Blocks are selected.
    ///
    /// @param ids the selected blocks
    /// @param name what they are called: an id, or `18 blocks`
    /// @param kind the kind of all of them, empty when they differ
    /// @param settings those that all of them have, with the first one's values
    /// @param repeats how often the selected stage stands there; empty when it is no piece of a
    ///   chain
    /// @param changed what was changed since the network was a preset
    /// @param facts numbers, of the block or summed
    /// @param problem what keeps one of them from running, with what to do
    record Blocks(
            List<String> ids,
            String name,
            Optional<BlockKind> kind,
            List<Setting> settings,
            OptionalInt repeats,
            Optional<String> changed,
            List<Fact> facts,
            Optional<String> problem)
            implements Content {
        public Blocks {
            ids = List.copyOf(ids);
            settings = List.copyOf(settings);
            facts = List.copyOf(facts);
        }
    }

    /// Nothing is selected: the network as a whole.
    ///
    /// @param survival the schedule, empty when no block has a drop path
    /// @param claim what the paper says, when the network has the name of a preset
    record Whole(String name, List<Fact> facts, Optional<Survival> survival, Optional<Claim> claim)
            implements Content {
        public Whole {
            facts = List.copyOf(facts);
        }
    }

    /// A preset's paper beside the network on the canvas.
    ///
    /// @param published rows of the paper's tables
    /// @param parameters the network's own count
    /// @param difference how the network differs from the preset, counted; empty when it does not
    /// @param changes the first of the differences, one by one
    record Claim(
            Preset preset,
            List<Published> published,
            long parameters,
            String difference,
            List<Changed> changes) {
        public Claim {
            published = List.copyOf(published);
            changes = List.copyOf(changes);
        }
    }

    /// One difference from the preset.
    ///
    /// @param block the block to select, if it is still there
    record Changed(String text, Optional<String> block) {}
}
