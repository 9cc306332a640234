package org.skiplab.app.diagram;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import javafx.scene.paint.Color;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Outline;
import org.skiplab.app.plot.Surface;
import org.skiplab.app.theme.Glyphs;
import org.skiplab.engine.graph.Network;

/// Draws a card: glyph, title and settings, the lamps of its gates, a badge when it is at fault.
final class CardPainter {

    private static final double HEADER = 36;
    private static final double RADIUS = 9;
    private static final double STACK_STEP = 4;
    private static final double STACK_INSET = 5;
    private static final double GAUGE = 5;

    private final Surface surface;
    private final Ink ink;
    private final Scenery scenery;
    private final Optional<Heat> heat;
    private final Insides insides;
    private final CardWords words;

    CardPainter(Surface surface, Ink ink, Scenery scenery, Optional<Heat> heat, Insides insides) {
        this.surface = surface;
        this.ink = ink;
        this.scenery = scenery;
        this.heat = heat;
        this.insides = insides;
        words = new CardWords(surface, ink, heat);
    }

    void paint(Card card, Box box, Marks marks, Detail detail, double zoom) {
        Color line = card.isImage() ? ink.endLine() : ink.line(card.block());
        Color tint = card.isImage() ? ink.endTint() : ink.tint(card.block());
        OptionalDouble share =
                card.isImage() || heat.isEmpty() ? OptionalDouble.empty() : heat.get().share(card);
        boolean skipped = skipped(card, marks);
        if (detail == Detail.BARS) {
            bar(card, box, line, share, skipped, marks);
            return;
        }
        boolean merge = box.width() == Scenery.MERGE_SIZE;
        double radius = merge ? box.width() / 2 : RADIUS;
        if (card.isRun()) {
            stack(box, line);
        }
        Outline frame = Outline.rounded(box.x(), box.y(), box.width(), box.height(), radius);
        boolean filled = merge || card.isImage() || detail == Detail.GLYPHS;
        Color area = heat.isPresent() && !card.isImage() ? ink.card() : tint;
        surface.fill(
                frame,
                landing(card, marks) ? Ink.faint(ink.success(), 0.2) : filled ? area : ink.card());
        if (card.isImage()) {
            image(box, line, detail);
        } else if (merge) {
            glyph(Glyphs.outline(card.block()), box.centre().x(), box.centre().y(), 22, line);
        } else if (detail == Detail.GLYPHS) {
            share.ifPresent(s -> gauge(box, s, CardWords.FAR_GAUGE));
            boolean worded = words.far(card, box, zoom);
            double raised = worded ? box.height() * 0.16 : 0;
            glyph(
                    Glyphs.outline(card.block()),
                    box.centre().x(),
                    box.centre().y() - raised,
                    worded ? 42 : 46,
                    line);
        } else {
            block(card, box, line, tint, share, marks, detail, zoom);
        }
        border(card, box, frame, radius, line, skipped, marks);
        if (skipped) {
            surface.fill(frame, Ink.faint(ink.card(), 0.55));
        }
        if (marks.lifted().stream().anyMatch(card.ids()::contains)) {
            surface.fill(frame, Ink.faint(ink.canvas(), 0.6));
        }
        if (marks.focused().filter(card.id()::equals).isPresent()) {
            Box ring = box.grown(6);
            surface.dash(
                    Outline.rounded(ring.x(), ring.y(), ring.width(), ring.height(), radius + 6),
                    detail == Detail.GLYPHS ? 3.4 : 2,
                    5,
                    ink.accent());
        }
        extras(card, box, line, marks, detail, zoom);
    }

    private static boolean changed(Card card, Marks marks) {
        return card.nodes().stream().anyMatch(n -> marks.changed().contains(n.id()));
    }

    private static boolean skipped(Card card, Marks marks) {
        boolean cut =
                !marks.cut().isEmpty() && !card.isImage() && marks.cut().containsAll(card.ids());
        return cut || closed(card, marks);
    }

    private static boolean closed(Card card, Marks marks) {
        return marks.ran().isPresent()
                && !card.isImage()
                && card.nodes().stream().anyMatch(n -> Network.gateOf(n.block()).isPresent())
                && card.ids().stream().noneMatch(marks.ran().get()::contains);
    }

    private static boolean landing(Card card, Marks marks) {
        return marks.target()
                .filter(t -> !t.refusing() && t.card().filter(card.id()::equals).isPresent())
                .isPresent();
    }

    private void bar(
            Card card, Box box, Color line, OptionalDouble share, boolean skipped, Marks marks) {
        boolean selected = marks.selected().contains(card.id());
        if (selected) {
            Box ring = box.grown(14);
            surface.rectangle(ring.x(), ring.y(), ring.width(), ring.height(), ink.accent());
        }
        if (heat.isPresent() && !card.isImage()) {
            surface.rectangle(box.x(), box.y(), box.width(), box.height(), ink.card());
            share.ifPresent(s -> {
                double height = Math.max(6, box.height() * s);
                surface.rectangle(
                        box.x(), box.bottom() - height, box.width(), height, Heat.colour(s));
            });
        } else {
            surface.rectangle(
                    box.x(),
                    box.y(),
                    box.width(),
                    box.height(),
                    skipped ? Ink.faint(line, 0.3) : line);
        }
    }

    private void stack(Box box, Color line) {
        for (int i = 2; i >= 1; i--) {
            double inset = i * STACK_INSET;
            Outline back =
                    Outline.rounded(
                            box.x() + inset,
                            box.y() + i * STACK_STEP,
                            box.width() - 2 * inset,
                            box.height(),
                            RADIUS);
            surface.fill(back, ink.card());
            surface.stroke(back, 1.1, Ink.faint(line, 0.75));
        }
    }

    private void image(Box box, Color line, Detail detail) {
        boolean words = detail.least(Detail.TITLES);
        glyph(
                Glyphs.IMAGE,
                box.centre().x(),
                box.y() + (words ? 23 : box.height() / 2),
                words ? 28 : 40,
                line);
        if (words) {
            surface.text(
                    scenery.inner() ? "Input" : "Image",
                    box.centre().x(),
                    box.y() + 49,
                    Align.CENTRE,
                    12,
                    true,
                    ink.text());
        }
    }

    private void block(
            Card card,
            Box box,
            Color line,
            Color tint,
            OptionalDouble share,
            Marks marks,
            Detail detail,
            double zoom) {
        boolean small = box.height() < Scenery.CARD_HEIGHT;
        double header = small ? 24 : HEADER;
        Color head =
                share.isPresent()
                        ? Heat.colour(share.getAsDouble())
                        : heat.isPresent() ? ink.stage() : tint;
        Color on = share.isPresent() ? Heat.textOn(share.getAsDouble()) : line;
        surface.fill(top(box, header), head);
        List<String> gated = card.ids().stream().filter(scenery.survival()::containsKey).toList();
        double footer = gated.isEmpty() ? 0 : Scenery.GATE_HEIGHT;
        CardText text = CardText.of(card);
        Box body =
                new Box(
                        box.x() + 2,
                        box.y() + header,
                        box.width() - 4,
                        box.height() - header - footer - 1);
        Optional<Scenery> inside =
                detail == Detail.INSIDE ? insides.of(card, scenery.analysis()) : Optional.empty();
        if (inside.isPresent()) {
            glyph(
                    Glyphs.outline(card.block()),
                    box.x() + 14,
                    box.y() + header / 2,
                    small ? 16 : 20,
                    on);
            surface.text(
                    text.title(),
                    box.x() + 28,
                    box.y() + header / 2 - (small ? 0 : 6),
                    Align.LEFT,
                    10,
                    true,
                    share.isPresent() ? on : ink.text());
            if (!small) {
                surface.text(
                        String.join(", ", text.settings()),
                        box.x() + 28,
                        box.y() + header / 2 + 7,
                        Align.LEFT,
                        box.width() < 120 ? 5.5 : 7,
                        false,
                        share.isPresent() ? on : ink.muted());
            }
            wiring(inside.get(), body.grown(-1), zoom);
        } else {
            double size = small ? 18 : 28;
            glyph(Glyphs.outline(card.block()), box.centre().x(), box.y() + header / 2, size, on);
            double beside = share.isPresent() ? GAUGE + 3 : 0;
            Box room =
                    new Box(body.x() + beside, body.y(), body.width() - 2 * beside, body.height());
            if (detail == Detail.TITLES) {
                words.title(card, text, room, zoom);
            } else {
                words.all(card, text, room, share.isPresent());
            }
        }
        share.ifPresent(s -> gauge(box, s, GAUGE));
        if (!gated.isEmpty()) {
            lamps(gated, box, tint, marks.ran(), detail);
        }
    }

    /// The inside of a block, scaled into its card.
    private void wiring(Scenery inside, Box room, double zoom) {
        Box content = inside.bounds();
        double scale = Math.min(room.width() / content.width(), room.height() / content.height());
        double dx = room.centre().x() - content.centre().x() * scale;
        double dy = room.centre().y() - content.centre().y() * scale;
        surface.enter(dx, dy, scale);
        new DiagramPainter(inside, ink, Optional.empty(), insides)
                .paintInside(surface, content, zoom * scale);
        surface.leave();
    }

    /// A bar at the card's left whose height is the share, so that colour is not all that tells.
    private void gauge(Box box, double share, double width) {
        double room = box.height() - 8;
        double height = Math.max(2, room * share);
        surface.rectangle(box.x() + 2, box.y() + 4, width, room, Ink.faint(ink.wire(), 0.22));
        surface.rectangle(
                box.x() + 2, box.y() + 4 + room - height, width, height, Heat.colour(share));
    }

    /// The header's area: the card's upper corners are round.
    private static Outline top(Box box, double header) {
        double x = box.x() + 0.8;
        double y = box.y() + 0.8;
        double right = box.right() - 0.8;
        double r = RADIUS - 0.8;
        return Outline.from(x, y + r)
                .quad(x, y, x + r, y)
                .line(right - r, y)
                .quad(right, y, right, y + r)
                .line(right, box.y() + header)
                .line(x, box.y() + header)
                .close();
    }

    private void glyph(String path, double x, double y, double size, Color colour) {
        double scale = size / Glyphs.EDGE;
        surface.enter(x - size / 2, y - size / 2, scale);
        surface.drawing(path, Glyphs.LINE, colour);
        surface.leave();
    }

    private void border(
            Card card,
            Box box,
            Outline frame,
            double radius,
            Color line,
            boolean skipped,
            Marks marks) {
        Optional<Marks.Landing> landing =
                marks.target().filter(t -> t.card().filter(card.id()::equals).isPresent());
        if (landing.isPresent()) {
            surface.stroke(frame, 3, landing.get().refusing() ? ink.danger() : ink.success());
        } else if (marks.selected().contains(card.id())) {
            Box ring = box.grown(1.4);
            surface.stroke(
                    Outline.rounded(ring.x(), ring.y(), ring.width(), ring.height(), radius + 1.4),
                    2.6,
                    ink.accent());
        } else if (faulty(card)) {
            surface.dash(frame, 2.4, 6, ink.danger());
        } else if (skipped) {
            surface.dash(frame, 1.2, 3, line);
        } else {
            surface.stroke(frame, 1.2, line);
        }
    }

    private boolean faulty(Card card) {
        return scenery.faulty().contains(card.id());
    }

    private void extras(Card card, Box box, Color line, Marks marks, Detail detail, double zoom) {
        if (card.isRun()) {
            Box pill = countPill(card, box, zoom);
            surface.fill(
                    Outline.rounded(
                            pill.x(), pill.y(), pill.width(), pill.height(), pill.height() / 2),
                    line);
            surface.text(
                    count(card),
                    pill.centre().x(),
                    pill.centre().y(),
                    Align.CENTRE,
                    countSize(zoom),
                    true,
                    ink.card());
        }
        if (faulty(card)) {
            surface.disc(box.x() + 1, box.y() + 1, 11, ink.danger());
            surface.text("!", box.x() + 1, box.y() + 1, Align.CENTRE, 15, true, Color.WHITE);
        } else if (!marks.changed().isEmpty() && changed(card, marks)) {
            double radius = detail == Detail.GLYPHS ? 17 : 9;
            surface.disc(box.x() + 1, box.y() + 1, radius, ink.card());
            surface.ring(box.x() + 1, box.y() + 1, radius, radius / 7, ink.accent());
            surface.text(
                    "≠", box.x() + 1, box.y() + 1, Align.CENTRE, radius * 1.5, true, ink.accent());
        }
    }

    /// Where a run's count stands; a click on it unfolds the run.
    static Box countPill(Card card, Box box, double zoom) {
        double size = countSize(zoom);
        double width = (0.66 * count(card).length() + 1) * size;
        double height = 1.45 * size + 2;
        return new Box(box.right() + 13 - width, box.y() + 8 - height, width, height);
    }

    private static String count(Card card) {
        return card.count() > 1 ? "×" + card.count() : card.nodes().size() + " in 1";
    }

    private static double countSize(double zoom) {
        return CardWords.readable(zoom, 11.5, 30);
    }

    private void lamps(
            List<String> gated, Box box, Color tint, Optional<Set<String>> ran, Detail detail) {
        double top = box.bottom() - Scenery.GATE_HEIGHT;
        surface.line(box.x() + 1, top, box.right() - 1, top, 1, tint);
        Map<String, Double> survival = scenery.survival();
        double first = survival.getOrDefault(gated.getFirst(), 1.0);
        double last = survival.getOrDefault(gated.getLast(), 1.0);
        boolean words = detail.least(Detail.SETTINGS);
        if (gated.size() == 1) {
            double y = top + Scenery.GATE_HEIGHT / 2;
            double x = words ? box.centre().x() - 28 : box.centre().x();
            lamp(x, y, ran.map(r -> r.contains(gated.getFirst())));
            if (words) {
                surface.text(
                        "p = " + probability(first), x + 11, y, Align.LEFT, 10, false, ink.muted());
            }
            return;
        }
        double inset = 6;
        double step = (box.width() - 2 * inset) / gated.size();
        double width = Math.max(1, step - (step > 3 ? 1 : 0));
        for (int i = 0; i < gated.size(); i++) {
            double x = box.x() + inset + i * step;
            boolean lit = ran.isPresent() && ran.get().contains(gated.get(i));
            surface.rectangle(x, top + 3, width, 6, lit ? ink.lamp() : tint);
            if (ran.isPresent()) {
                surface.rectangle(x, top + 8, width, 1, lit ? ink.lampRing() : ink.muted());
            }
        }
        if (words) {
            surface.text(
                    first == last
                            ? "p = " + probability(first)
                            : "p " + probability(first) + "–" + probability(last),
                    box.centre().x(),
                    top + 16,
                    Align.CENTRE,
                    10,
                    false,
                    ink.muted());
        }
    }

    /// @param ran whether the block ran, if anything trains
    private void lamp(double x, double y, Optional<Boolean> ran) {
        boolean lit = ran.orElse(false);
        if (lit) {
            surface.disc(x, y, 5, ink.lamp());
        }
        surface.ring(x, y, 5, 1.4, lit ? ink.lampRing() : ink.muted());
        if (ran.isPresent() && !lit) {
            surface.line(x - 4.5, y + 4.5, x + 4.5, y - 4.5, 1.4, ink.muted());
        }
    }

    private static String probability(double p) {
        return String.format(Locale.ROOT, p == 1 ? "%.0f" : "%.2f", p);
    }
}
