package org.skiplab.engine.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One editable setting of a block and its current value, as the inspector, the file form and live
/// knobs show it.
public sealed interface Setting {

    /// Stable kebab-case name, unique in the block.
    String name();

    /// What the inspector calls it.
    String label();

    /// One sentence on what it does.
    String explanation();

    /// The current value: Integer, Double, String (a choice's id), Boolean, or null for an
    /// [Override] that is left to its rule.
    @Nullable Object value();

    /// A whole number.
    ///
    /// @param min lower end of a slider
    /// @param max upper end of a slider; larger numbers can be typed
    /// @param step distance between two positions of a slider
    record Whole(
            String name,
            String label,
            String explanation,
            Integer value,
            int min,
            int max,
            int step)
            implements Setting {}

    /// A real number.
    ///
    /// @param min lower end of a slider
    /// @param max upper end of a slider
    record Real(String name, String label, String explanation, Double value, double min, double max)
            implements Setting {}

    /// A real number that may be left to a rule.
    ///
    /// @param value the number set by hand, or null while the rule decides
    /// @param rule what decides otherwise
    record Override(
            String name,
            String label,
            String explanation,
            @Nullable Double value,
            double min,
            double max,
            String rule)
            implements Setting {}

    /// One of several named forms.
    ///
    /// @param value the chosen option's id
    record Choice(String name, String label, String explanation, String value, List<Option> options)
            implements Setting {
        public Choice {
            options = List.copyOf(options);
        }
    }

    /// @param id stable name: kebab-case in a block's settings
    /// @param title what the inspector shows
    record Option(String id, String title) {}

    /// On or off.
    record Flag(String name, String label, String explanation, Boolean value) implements Setting {}
}
