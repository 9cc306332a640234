package org.skiplab.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text in columns. A heading that starts with `>` aligns its column to the right.
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] right;

    Table(String... headings) {
        right = new boolean[headings.length];
        List<String> titles = new ArrayList<>();
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            titles.add(right[i] ? headings[i].substring(1) : headings[i]);
        }
        rows.add(titles);
        rule();
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /// A line across all columns.
    void rule() {
        rows.add(List.of());
    }

    List<String> lines() {
        int[] widths = new int[right.length];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            if (row.isEmpty()) {
                cells.add("-".repeat(widths[i]));
            } else {
                String space = " ".repeat(widths[i] - row.get(i).length());
                cells.add(right[i] ? space + row.get(i) : row.get(i) + space);
            }
        }
        return String.join(GAP, cells).stripTrailing();
    }

    /// `36,479,194`.
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
