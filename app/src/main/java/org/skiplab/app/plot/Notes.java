package org.skiplab.app.plot;

import java.util.ArrayList;
import java.util.List;

/// Text on figures: what to do while there is nothing to see, and the values under the pointer.
public final class Notes {
    private Notes() {}

    private record Line(String words, double size, boolean strong) {}

    /// Lines in the middle of a rectangle, the first one strong; what is too long for one line goes
    /// on in the next.
    public static void centred(
            Surface surface,
            Palette palette,
            String text,
            double x,
            double y,
            double width,
            double height) {
        double size = palette.fontSize();
        List<Line> lines = new ArrayList<>();
        String[] given = text.split("\n");
        for (int i = 0; i < given.length; i++) {
            double own = size * (i == 0 ? 1.1 : 1);
            for (String words : wrapped(surface, given[i], own, i == 0, width)) {
                lines.add(new Line(words, own, i == 0));
            }
        }
        double at = y + height / 2 - (lines.size() - 1) * 0.75 * size;
        for (Line line : lines) {
            surface.text(
                    line.words(),
                    x + width / 2,
                    at,
                    Align.CENTRE,
                    line.size(),
                    line.strong(),
                    line.strong() ? palette.foreground() : palette.muted());
            at += 1.6 * size;
        }
    }

    /// As much of a text as has room, with an ellipsis where something is missing.
    static String fitted(Surface surface, String words, double size, boolean strong, double width) {
        if (surface.width(words, size, strong) <= width) {
            return words;
        }
        String rest = words;
        while (rest.length() > 1 && surface.width(rest.strip() + "…", size, strong) > width) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest.strip() + "…";
    }

    private static List<String> wrapped(
            Surface surface, String words, double size, boolean strong, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : words.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && surface.width(longer, size, strong) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }

    /// A framed box of lines beside an upright line at `x`, kept between two bounds.
    public static void box(
            Surface surface,
            Palette palette,
            List<String> lines,
            double x,
            double y,
            double least,
            double most) {
        double size = palette.fontSize();
        double width = 0;
        for (int i = 0; i < lines.size(); i++) {
            width = Math.max(width, surface.width(lines.get(i), size, i == 0));
        }
        width += 1.2 * size;
        double height = lines.size() * 1.4 * size + 0.6 * size;
        double left = x + 8 + width <= most ? x + 8 : Math.max(least, x - 8 - width);
        surface.rectangle(left - 1, y - 1, width + 2, height + 2, palette.grid());
        surface.rectangle(left, y, width, height, palette.background());
        double at = y + size;
        for (int i = 0; i < lines.size(); i++) {
            surface.text(
                    lines.get(i),
                    left + 0.6 * size,
                    at,
                    Align.LEFT,
                    size,
                    i == 0,
                    palette.foreground());
            at += 1.4 * size;
        }
    }
}
