package org.skiplab.app.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.paint.Color;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;
import org.skiplab.app.diagram.layout.Route;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Outline;
import org.skiplab.app.plot.Surface;

/// Draws a scenery in world units: the one drawing behind the canvas, files, thumbnails and the
/// minimap. What a zoom is too small to show is left out.
public final class DiagramPainter {

    /// How far things reach out of their boxes.
    private static final double OVERHANG = 60;

    private final Scenery scenery;
    private final Ink ink;
    private final Optional<Heat> heat;
    private final Insides insides;

    /// @param heat the quantity that colours the blocks; empty colours them by kind
    public DiagramPainter(Scenery scenery, Ink ink, Optional<Heat> heat, Insides insides) {
        this.scenery = scenery;
        this.ink = ink;
        this.heat = heat;
        this.insides = insides;
    }

    /// @param visible the part of the world that can be seen
    /// @param zoom pixels for one unit of the world from left to right; upwards there are
    ///   [Detail#stretch] times as many
    public void paint(Surface surface, Marks marks, Box visible, double zoom) {
        Detail detail = Detail.at(zoom);
        Box near = visible.grown(OVERHANG);
        bands(surface, near, detail, zoom);
        wires(surface, marks, near, detail, zoom);
        cards(surface, marks, near, detail, zoom);
    }

    /// The same without bands and without looking into blocks, for a picture inside a card.
    void paintInside(Surface surface, Box visible, double zoom) {
        Detail detail = Detail.at(zoom);
        Detail most = detail == Detail.INSIDE ? Detail.SETTINGS : detail;
        wires(surface, Marks.NONE, visible, most, zoom);
        cards(surface, Marks.NONE, visible, most, zoom);
    }

    /// The same for a map: never in more detail than glyphs.
    public void paintFar(Surface surface, Marks marks, Box visible, double zoom) {
        Detail detail = zoom < Detail.MAP_GLYPHS ? Detail.BARS : Detail.GLYPHS;
        wires(surface, marks, visible, detail, zoom);
        cards(surface, marks, visible, detail, zoom);
    }

    private void bands(Surface surface, Box visible, Detail detail, double zoom) {
        double size = Math.max(11, 11 / zoom);
        for (Scenery.Stage stage : scenery.stages()) {
            Box box = stage.box();
            if (!box.grown(size * 2).overlaps(visible)) {
                continue;
            }
            if (detail == Detail.BARS) {
                surface.rectangle(box.x(), box.y(), box.width(), box.height(), ink.stage());
            } else {
                surface.fill(
                        Outline.rounded(box.x(), box.y(), box.width(), box.height(), 12),
                        ink.stage());
            }
            if (box.width() * zoom > 44) {
                double stretch = Detail.stretch(zoom);
                surface.enter(box.x() + 4, box.y() - size * 0.75 / stretch, 1, 1 / stretch);
                surface.text(stage.title(), 0, 0, Align.LEFT, size, true, ink.muted());
                surface.leave();
            }
        }
    }

    private void wires(Surface surface, Marks marks, Box visible, Detail detail, double zoom) {
        WirePainter painter = new WirePainter(surface, ink);
        // No wire is drawn over the letters of another.
        List<Runnable> labels = new ArrayList<>();
        double pixel = -Double.MAX_VALUE;
        for (Scenery.Drawn drawn : scenery.drawn()) {
            if (!drawn.around().overlaps(visible)) {
                continue;
            }
            Diagram.Wire wire = drawn.wire();
            Route route = drawn.route();
            Optional<WirePainter.Emphasis> emphasis = emphasis(wire, marks);
            if (detail == Detail.BARS && emphasis.isEmpty()) {
                // Neighbours' wires are hidden between bars; of several in one pixel one is enough.
                double at = drawn.around().right() * zoom;
                if (!route.lane() && drawn.around().height() < 1 || Math.abs(at - pixel) < 1) {
                    continue;
                }
                pixel = at;
            }
            painter.paint(route, emphasis, detail);
            boolean hovered = marks.hovered().contains(wire);
            boolean usual = marks.labels() && Detail.labelled(zoom) && !route.lane();
            if (usual || hovered && detail.least(Detail.TITLES)) {
                labels.add(
                        () -> painter.label(drawn, scenery.analysis().shape(wire.from()), hovered));
            }
        }
        labels.forEach(Runnable::run);
    }

    private Optional<WirePainter.Emphasis> emphasis(Diagram.Wire wire, Marks marks) {
        Optional<Marks.Landing> landing =
                marks.target().filter(t -> t.wire().filter(wire.wire()::equals).isPresent());
        if (landing.isPresent()) {
            boolean refusing = landing.get().refusing();
            Color colour = refusing ? ink.danger() : ink.success();
            return Optional.of(new WirePainter.Emphasis(colour, refusing ? 4 : 5, refusing));
        }
        if (marks.wire().filter(wire::equals).isPresent()) {
            return Optional.of(new WirePainter.Emphasis(ink.accent(), 3, false));
        }
        return marks.hovered().contains(wire)
                ? Optional.of(new WirePainter.Emphasis(ink.accent(), 2.4, false))
                : Optional.empty();
    }

    private void cards(Surface surface, Marks marks, Box visible, Detail detail, double zoom) {
        CardPainter painter = new CardPainter(surface, ink, scenery, heat, insides);
        BypassPainter bypasses = new BypassPainter(surface, ink);
        double pixel = -Double.MAX_VALUE;
        for (Scenery.Placed placed : scenery.placed()) {
            Box box = placed.box();
            Card card = placed.card();
            if (!box.overlaps(visible)) {
                continue;
            }
            if (detail == Detail.BARS && !marks.selected().contains(card.id())) {
                Point corner = new Point(box.right(), box.y());
                double at = corner.x() * zoom;
                if (box.width() * zoom < 0.5 && at - pixel >= 0 && at - pixel < 1) {
                    continue;
                }
                pixel = at;
            }
            if (!card.isImage()) {
                bypasses.paint(placed.bypass(), box, ink.line(card.block()), detail, zoom);
            }
            painter.paint(card, box, marks, detail, zoom);
        }
    }
}
