package org.skiplab.engine.graph.diff;

/// One setting that has another value than before, as people read it.
///
/// @param label what the setting is called: `Width`
/// @param before its old value: `16`
/// @param after its new value: `24`
public record Change(String label, String before, String after) {

    /// `Width 16 → 24`.
    @Override
    public String toString() {
        return label + " " + before + " → " + after;
    }
}
