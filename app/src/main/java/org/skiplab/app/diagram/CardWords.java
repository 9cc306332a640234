package org.skiplab.app.diagram;

import java.util.List;
import java.util.Optional;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Surface;

/// Writes a card's title and settings, in letters that can be read at the zoom: from far away the
/// most telling number alone, near by all of them.
final class CardWords {

    /// Pixels that letters of a picture seen from far away are high.
    private static final double READABLE = 10;

    /// Smaller letters are left out.
    private static final double LEAST = 6;

    /// Width of the bar at the left of a card that is far away and coloured by a quantity.
    static final double FAR_GAUGE = 12;

    /// Mean width of a letter, of its height.
    private static final double LETTER = 0.57;

    /// Of bold letters, and of digits, which are wider than most letters.
    private static final double WIDE_LETTER = 0.64;

    private final Surface surface;
    private final Ink ink;
    private final Optional<Heat> heat;

    CardWords(Surface surface, Ink ink, Optional<Heat> heat) {
        this.surface = surface;
        this.ink = ink;
        this.heat = heat;
    }

    /// World units of letters that are readable at a zoom.
    ///
    /// @param least what they have where the zoom is large
    /// @param most what there is room for
    static double readable(double zoom, double least, double most) {
        return Math.clamp(READABLE / zoom, least, most);
    }

    /// Under the glyph of a card that is too far away for its title.
    ///
    /// @return whether there was room
    boolean far(Card card, Box box, double zoom) {
        String whole = key(card, CardText.of(card));
        double left = heat.isPresent() ? FAR_GAUGE + 5 : 4;
        Box room = new Box(box.x() + left, box.y(), box.width() - left - 4, box.height());
        double wish = readable(zoom, 22, 36);
        String word = whole.split(" ", 2)[0];
        // A setting is known by its number, a quantity not without its unit.
        boolean number = heat.isEmpty() && !word.isEmpty() && Character.isDigit(word.charAt(0));
        String text = number && fitting(whole, room, wish, true) < 0.8 * wish ? word : whole;
        double size = fitting(text, room, wish, true);
        if (text.isEmpty() || size * zoom < LEAST) {
            return false;
        }
        surface.text(
                text,
                room.centre().x(),
                box.bottom() - 10 - size / 2,
                Align.CENTRE,
                size,
                false,
                ink.text());
        return true;
    }

    /// The title and the most telling setting, large.
    void title(Card card, CardText text, Box body, double zoom) {
        double x = body.centre().x();
        double wish = readable(zoom, 14, 21);
        double y = body.y() + Math.min(wish, body.height() / 3.4);
        surface.text(
                text.title(),
                x,
                y,
                Align.CENTRE,
                fitting(text.title(), body, wish, true),
                true,
                ink.text());
        String key = key(card, text);
        double size = Math.min(fitting(key, body, wish, heat.isPresent()), body.height() / 2.4);
        surface.text(
                key,
                x,
                y + Math.min(1.22 * wish, body.height() / 2.2),
                Align.CENTRE,
                size,
                false,
                ink.text());
    }

    /// The title and all settings.
    void all(Card card, CardText text, Box body, boolean valued) {
        double x = body.centre().x();
        List<String> lines = text.settings();
        if (heat.isPresent()) {
            lines = List.copyOf(lines.subList(0, Math.min(lines.size(), 2)));
        }
        boolean value = heat.isPresent() && valued;
        double height = 16 + 13.2 * (lines.size() + (value ? 1 : 0));
        double y = body.centre().y() - height / 2 + 8;
        surface.text(
                text.title(),
                x,
                y,
                Align.CENTRE,
                fitting(text.title(), body, 12.5, true),
                true,
                ink.text());
        y += 14.5;
        for (int i = 0; i < lines.size(); i++) {
            surface.text(
                    lines.get(i),
                    x,
                    y,
                    Align.CENTRE,
                    fitting(lines.get(i), body, i == 0 ? 11 : 10, false),
                    false,
                    i == 0 ? ink.text() : ink.muted());
            y += 13.2;
        }
        if (value) {
            surface.text(heat.orElseThrow().words(card), x, y, Align.CENTRE, 11, true, ink.text());
        }
    }

    /// What is coloured, else the most telling setting.
    private String key(Card card, CardText text) {
        return heat.isPresent()
                ? heat.get().words(card)
                : text.settings().stream().findFirst().orElse("");
    }

    /// Long texts get smaller letters.
    private static double fitting(String text, Box room, double size, boolean wide) {
        double width = (wide ? WIDE_LETTER : LETTER) * size * text.length();
        return width <= room.width() ? size : size * room.width() / width;
    }
}
