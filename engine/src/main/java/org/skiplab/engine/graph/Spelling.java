package org.skiplab.engine.graph;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What somebody probably meant by a name that does not exist.
public final class Spelling {
    private Spelling() {}

    /// The `count` candidates closest to `word`: those that begin with it first, then those that
    /// the fewest edits part from it (Levenshtein 1966).
    public static List<String> closest(String word, Collection<String> candidates, int count) {
        return candidates.stream()
                .sorted(
                        Comparator.comparingInt((String c) -> c.startsWith(word) ? 0 : 1)
                                .thenComparingInt(c -> distance(word, c)))
                .limit(count)
                .toList();
    }

    /// `did you mean 'a' or 'b'?`
    public static String suggestion(String word, Collection<String> candidates) {
        List<String> near = closest(word, candidates, 3).stream().map(c -> "'" + c + "'").toList();
        return "did you mean " + String.join(" or ", near) + "?";
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
