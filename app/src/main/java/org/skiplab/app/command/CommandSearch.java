package org.skiplab.app.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds actions by what a person types: every word must begin a word of the title, or at least
/// occur in it.
public final class CommandSearch {

    private static final int NO_MATCH = Integer.MAX_VALUE;

    private CommandSearch() {}

    /// The enabled actions that match, best first; all of them for an empty query.
    public static List<Action> find(List<Action> actions, String query) {
        record Hit(Action action, int rank) {}
        List<String> words =
                List.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+")).stream()
                        .filter(w -> !w.isEmpty())
                        .toList();
        return actions.stream()
                .filter(a -> a.enabled().get())
                .map(a -> new Hit(a, rank(a.title().get().toLowerCase(Locale.ROOT), words)))
                .filter(h -> h.rank() != NO_MATCH)
                .sorted(Comparator.comparingInt(Hit::rank))
                .map(Hit::action)
                .toList();
    }

    private static int rank(String title, List<String> words) {
        int rank = 0;
        for (String word : words) {
            int at = title.indexOf(word);
            if (at < 0) {
                return NO_MATCH;
            }
            boolean begins = title.startsWith(word) || title.contains(" " + word);
            rank += title.startsWith(word) ? 0 : begins ? 1 : 2;
        }
        return rank;
    }
}
