package org.skiplab.app.race;

import java.util.List;
import org.skiplab.engine.graph.Network;

/// Networks worth racing against each other.
///
/// @param id a stable name
/// @param title what they differ in, in a few words
/// @param question what the race answers, in a sentence
/// @param formula of what they differ in
/// @param source paper and section, `1603.05027 §4`
/// @param entries two to four
public record Pair(
        String id,
        String title,
        String question,
        String formula,
        String source,
        List<Entry> entries) {

    /// One competitor.
    ///
    /// @param title in the legend
    public record Entry(String title, Network network) {}

    public Pair {
        entries = List.copyOf(entries);
    }
}
