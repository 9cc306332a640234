package org.skiplab.app.plot;

import java.util.List;

/// Text on figures: what to do while there is nothing to see, and the values under the pointer.
public final class Notes {
    private Notes() {}

    /// Lines in the middle of a rectangle, the first one strong.
    public static void centred(
            Surface surface,
            Palette palette,
            String text,
            double x,
            double y,
            double width,
            double height) {
        double size = palette.fontSize();
        String[] lines = text.split("\n");
        double at = y + height / 2 - (lines.length - 1) * 0.75 * size;
        for (int i = 0; i < lines.length; i++) {
            boolean first = i == 0;
            surface.text(
                    lines[i],
                    x + width / 2,
                    at,
                    Align.CENTRE,
                    size * (first ? 1.1 : 1),
                    first,
                    first ? palette.foreground() : palette.muted());
            at += 1.6 * size;
        }
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
