package org.skiplab.engine.graph;

import java.util.List;
import java.util.stream.Stream;

/// One row of a paper's table about a network: what the paper says. Rows of different tables stay
/// apart, for they differ in preprocessing, augmentation and how many runs were averaged.
///
/// @param table which table (or section of the text), and what sets its setting apart
/// @param row the row's label in that table
/// @param parameters the parameter count as printed, empty where the table has none
/// @param figures the row's figures
public record Published(
        Paper paper, String table, String row, String parameters, List<Figure> figures) {

    /// A test or validation error.
    ///
    /// @param data the data set; `+` after the name means shifts and flips as augmentation
    /// @param percent error in percent
    public record Figure(String data, double percent) {}

    public Published {
        figures = List.copyOf(figures);
    }

    static Published row(Paper paper, String table, String row, String parameters) {
        return new Published(paper, table, row, parameters, List.of());
    }

    Published figure(String data, double percent) {
        List<Figure> more =
                Stream.concat(figures.stream(), Stream.of(new Figure(data, percent))).toList();
        return new Published(paper, table, row, parameters, more);
    }
}
