package org.skiplab.app.plot;

import java.util.function.DoubleFunction;

/// What stands around a heat map: names of rows and columns, and the scale.
final class HeatAxes {
    private HeatAxes() {}

    /// Where a matrix is painted.
    record Place(
            double left,
            double top,
            double width,
            double height,
            double cellWidth,
            double cellHeight) {}

    /// The names of rows and columns, as many as there is room for.
    static void names(Surface surface, Palette palette, HeatFigure.Matrix matrix, Place at) {
        double text = palette.fontSize();
        int stride = Math.max(1, (int) Math.ceil(1.2 * text / at.cellHeight()));
        for (int r = 0; r < matrix.rows().size(); r += stride) {
            surface.text(
                    matrix.rows().get(r),
                    at.left() - 0.5 * text,
                    at.top() + (r + 0.5) * at.cellHeight(),
                    Align.RIGHT,
                    text,
                    false,
                    palette.muted());
        }
        int last = matrix.columns().size() - 1;
        String end = matrix.columns().get(last);
        double endAt =
                Math.min(
                        at.left() + (last + 0.5) * at.cellWidth(),
                        at.left() + at.width() - 0.2 * text);
        double free = endAt - surface.width(end, text, false) / 2 - 0.6 * text;
        surface.text(
                end,
                endAt,
                at.top() + at.height() + 0.9 * text,
                Align.CENTRE,
                text,
                false,
                palette.muted());
        double used = at.left() - text;
        for (int c = 0; c < last; c++) {
            double needed = surface.width(matrix.columns().get(c), text, false);
            double x = at.left() + (c + 0.5) * at.cellWidth();
            if (x - needed / 2 > used && x + needed / 2 < free) {
                surface.text(
                        matrix.columns().get(c),
                        x,
                        at.top() + at.height() + 0.9 * text,
                        Align.CENTRE,
                        text,
                        false,
                        palette.muted());
                used = x + needed / 2 + 0.6 * text;
            }
        }
    }

    /// The colours of the scale, upright, with what they stand for.
    ///
    /// @param label of a share of the scale from 0 to 1
    static void scale(
            Surface surface,
            Palette palette,
            double x,
            double top,
            double tall,
            DoubleFunction<String> label) {
        double text = palette.fontSize();
        int shades = 32;
        for (int i = 0; i < shades; i++) {
            surface.rectangle(
                    x,
                    top + i * tall / shades,
                    text,
                    tall / shades + 0.5,
                    palette.scale().colour(1 - (i + 0.5) / shades));
        }
        int ticks = tall > 8 * text ? 4 : 2;
        for (int i = 0; i <= ticks; i++) {
            double share = (double) i / ticks;
            surface.text(
                    label.apply(share),
                    x + 1.5 * text,
                    top + tall * (1 - share),
                    Align.LEFT,
                    text,
                    false,
                    palette.muted());
        }
    }
}
