package org.skiplab.app.diagram;

import java.util.Map;
import java.util.TreeMap;
import javafx.scene.paint.Color;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.theme.Tokens;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.BlockKind;

/// The colours of a picture.
///
/// @param lines colour of lines, by the style class of a kind
/// @param tints colour of areas, by the style class of a kind
public record Ink(
        Color canvas,
        Color stage,
        Color card,
        Color wire,
        Color text,
        Color muted,
        Color accent,
        Color danger,
        Color success,
        Color lamp,
        Color lampRing,
        Map<String, Color> lines,
        Map<String, Color> tints) {

    public static final Ink LIGHT = of(Tokens.read(false));
    public static final Ink DARK = of(Tokens.read(true));

    public Ink {
        lines = Map.copyOf(lines);
        tints = Map.copyOf(tints);
    }

    public static Ink of(boolean dark) {
        return dark ? DARK : LIGHT;
    }

    /// The same colours on white (or black), for a page instead of a screen.
    public Ink onPage() {
        Color page = canvas.getBrightness() > 0.5 ? Color.WHITE : canvas;
        return new Ink(
                page, stage, card, wire, text, muted, accent, danger, success, lamp, lampRing,
                lines, tints);
    }

    Color line(Block block) {
        return lines.getOrDefault(AppStyles.kind(block.kind()), wire);
    }

    Color tint(Block block) {
        return tints.getOrDefault(AppStyles.kind(block.kind()), stage);
    }

    /// Of the image that enters.
    Color endLine() {
        return lines.getOrDefault(AppStyles.kind(BlockKind.STEM), wire);
    }

    Color endTint() {
        return tints.getOrDefault(AppStyles.kind(BlockKind.STEM), stage);
    }

    static Color faint(Color colour, double opacity) {
        return colour.deriveColor(0, 1, 1, opacity);
    }

    private static Ink of(Tokens tokens) {
        Map<String, Color> lines = new TreeMap<>();
        Map<String, Color> tints = new TreeMap<>();
        for (BlockKind kind : BlockKind.values()) {
            String style = AppStyles.kind(kind);
            String name = style.substring("kind-".length());
            lines.put(style, tokens.colour(name));
            tints.put(style, tokens.colour(name + "-tint"));
        }
        return new Ink(
                tokens.colour("canvas"),
                tokens.colour("stage"),
                tokens.colour("card"),
                tokens.colour("wire"),
                tokens.colour("text"),
                tokens.colour("text-muted"),
                tokens.colour("accent"),
                tokens.colour("danger"),
                tokens.colour("success"),
                tokens.colour("lamp"),
                tokens.colour("lamp-ring"),
                lines,
                tints);
    }
}
