package org.skiplab.app.plot;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;

/// A figure's title and behind it the names of what it shows, in as many rows as they need; a name
/// too long for a row is cut.
final class Legend {

    private static final double ROW = 1.4;
    private static final double INDENT = 1.4;
    private static final double GAP = 1.2;

    /// What a name is drawn like in the figure.
    enum Sign {
        LINE,
        DOT
    }

    /// @param words name and newest value
    record Entry(String words, Sign sign, double thickness, Color colour) {}

    private record Placed(Entry entry, String words, double x, int row) {}

    private final String title;
    private final double text;
    private final double left;
    private final List<Placed> placed = new ArrayList<>();
    private int row;

    /// @param text size
    /// @param left where rows begin
    /// @param right where they end at the latest
    Legend(
            Surface surface,
            String title,
            List<Entry> entries,
            double text,
            double left,
            double right) {
        this.title = title;
        this.text = text;
        this.left = left;
        double x = left + surface.width(title, text, true) + 1.5 * text;
        for (Entry entry : entries) {
            double room = right - left - INDENT * text;
            String words = Notes.fitted(surface, entry.words(), text, false, room);
            double needed = INDENT * text + surface.width(words, text, false);
            if (x + needed > right && x > left) {
                row++;
                x = left;
            }
            placed.add(new Placed(entry, words, x, row));
            x += needed + GAP * text;
        }
    }

    /// What it takes above the data.
    double height() {
        return (2 + ROW * row) * text;
    }

    void paint(Surface surface, Palette palette) {
        surface.text(title, left, text, Align.LEFT, text, true, palette.foreground());
        for (Placed p : placed) {
            double y = (1 + ROW * p.row()) * text;
            switch (p.entry().sign()) {
                case LINE ->
                        surface.line(
                                p.x(),
                                y,
                                p.x() + text,
                                y,
                                p.entry().thickness(),
                                p.entry().colour());
                case DOT -> surface.disc(p.x() + text / 2, y, 3.5, p.entry().colour());
            }
            surface.text(
                    p.words(),
                    p.x() + INDENT * text,
                    y,
                    Align.LEFT,
                    text,
                    false,
                    palette.foreground());
        }
    }
}
