package org.skiplab.app.diagram;

import javafx.scene.paint.Color;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Outline;
import org.skiplab.app.plot.Surface;

/// Draws the arc or fan over a card.
final class BypassPainter {

    private static final double SUM_RADIUS = 6.5;
    private static final double CORNER = 16;

    private final Surface surface;
    private final Ink ink;

    BypassPainter(Surface surface, Ink ink) {
        this.surface = surface;
        this.ink = ink;
    }

    void paint(Bypass bypass, Box card, Color colour, Detail detail, double zoom) {
        switch (bypass) {
            case Bypass.None _ -> {}
            case Bypass.Arc(String mark) -> arc(mark, card, colour, detail, zoom);
            case Bypass.Fan(int layers) -> fan(layers, card, colour, detail);
        }
    }

    /// From the wire left of the card over it to the sum right of it.
    private void arc(String mark, Box card, Color colour, Detail detail, double zoom) {
        double left = card.x() - Scenery.ARC_REACH + 4;
        double right = card.right() + Scenery.ARC_REACH - 5;
        double top = card.y() - Scenery.ARC_HEIGHT + 12;
        double middle = card.centre().y();
        if (detail == Detail.BARS) {
            surface.rectangle(left - 3, top - 3, right - left + 6, 6, colour);
            surface.rectangle(left - 3, top, 6, middle - top, colour);
            surface.rectangle(right - 3, top, 6, middle - top, colour);
            return;
        }
        surface.stroke(
                Outline.from(left, middle)
                        .line(left, top + CORNER)
                        .quad(left, top, left + CORNER, top)
                        .line(right - CORNER, top)
                        .quad(right, top, right, top + CORNER)
                        .line(right, middle - SUM_RADIUS)
                        .end(),
                detail == Detail.GLYPHS ? 3.4 : 2.2,
                colour);
        surface.disc(left, middle, 2.6, colour);
        surface.disc(right, middle, SUM_RADIUS, ink.card());
        surface.ring(right, middle, SUM_RADIUS, 1.6, colour);
        if (detail.least(Detail.TITLES)) {
            surface.line(right - 3, middle, right + 3, middle, 1.6, colour);
            surface.line(right, middle - 3, right, middle + 3, 1.6, colour);
            if (!mark.isEmpty()) {
                mark(mark, card.centre().x(), top, colour, CardWords.readable(zoom, 10, 17));
            }
        }
    }

    private void mark(String mark, double x, double y, Color colour, double size) {
        double width = (0.6 * mark.length() + 1.6) * size;
        double height = 1.5 * size;
        Outline pill = Outline.rounded(x - width / 2, y - height / 2, width, height, height / 2);
        surface.fill(pill, ink.card());
        surface.stroke(pill, 1, colour);
        surface.text(mark, x, y, Align.CENTRE, size, false, colour);
    }

    /// From the input to every layer, and from every layer to all after it.
    private void fan(int layers, Box card, Color colour, Detail detail) {
        int shown = Math.min(layers, detail.least(Detail.TITLES) ? Scenery.MOST_FAN : 5);
        double inset = 8;
        double step = (card.width() - 2 * inset) / shown;
        double height = Scenery.fanHeight(layers) - 10;
        double base = card.y();
        if (detail == Detail.BARS) {
            double[] x = {card.x() + inset, card.centre().x(), card.right() - inset};
            double[] y = {base, base - height, base};
            surface.polyline(x, y, 3, 6, colour);
            return;
        }
        Outline.Builder inner = Outline.from(card.x() + inset, base);
        Outline.Builder outer = Outline.from(card.x() + inset, base);
        for (int a = 0; a < shown; a++) {
            double x = card.x() + inset + a * step;
            for (int b = a + 1; b <= shown; b++) {
                double y = card.x() + inset + b * step;
                double rise = height * Math.sqrt((double) (b - a) / shown) * 4 / 3;
                (a == 0 || b == shown ? outer : inner)
                        .move(x, base)
                        .cubic(x, base - rise, y, base - rise, y, base);
            }
        }
        boolean many = shown > 8;
        surface.mesh(inner.end(), many ? 0.6 : 1, Ink.faint(colour, many ? 0.55 : 0.42));
        surface.mesh(outer.end(), many ? 0.8 : 1.6, many ? Ink.faint(colour, 0.8) : colour);
        if (detail.least(Detail.TITLES)) {
            for (int a = 0; a <= shown; a++) {
                surface.disc(card.x() + inset + a * step, base, a % shown == 0 ? 2.6 : 1.9, colour);
            }
        }
    }
}
