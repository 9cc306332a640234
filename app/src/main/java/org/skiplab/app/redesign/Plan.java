package org.skiplab.app.redesign;

import java.util.List;
import org.skiplab.engine.graph.Setting;

/// What the redesign panel shows.
public sealed interface Plan {

    /// The network follows no family's recipe.
    record None() implements Plan {}

    /// @param family what the recipe makes, named as published
    /// @param knobs what can be turned
    /// @param losses what was changed by hand and would be lost, a line each; empty if nothing was
    /// @param allowed whether the knobs may be turned in spite of the losses
    record Recipe(String family, List<Setting> knobs, List<String> losses, boolean allowed)
            implements Plan {
        public Recipe {
            knobs = List.copyOf(knobs);
            losses = List.copyOf(losses);
        }

        public boolean turnable() {
            return losses.isEmpty() || allowed;
        }
    }
}
