package org.skiplab.app.diagram;

/// How much of a picture is worth drawing at a zoom.
public enum Detail {
    /// Blocks are coloured bars.
    BARS,
    /// Blocks are framed, with their glyph and their most telling number.
    GLYPHS,
    /// Large titles and the most telling setting.
    TITLES,
    /// All settings.
    SETTINGS,
    /// The wiring inside the blocks.
    INSIDE;

    private static final double[] FROM = {0, 0.2, 0.4, 0.7, 2.1};

    private static final double LABELS = 0.65;

    /// From this zoom on a map shows glyphs.
    static final double MAP_GLYPHS = 0.2;

    /// @param zoom pixels for one unit of the world
    public static Detail at(double zoom) {
        Detail best = BARS;
        for (Detail detail : values()) {
            if (zoom >= FROM[detail.ordinal()]) {
                best = detail;
            }
        }
        return best;
    }

    /// How much higher than wide a picture of bars is drawn, so that they can still be told apart
    /// from a line far away.
    ///
    /// @param zoom pixels for one unit of the world
    public static double stretch(double zoom) {
        return Math.max(1, FROM[GLYPHS.ordinal()] / zoom);
    }

    /// Whether the shapes on the wires can be read.
    ///
    /// @param zoom pixels for one unit of the world
    static boolean labelled(double zoom) {
        return zoom >= LABELS;
    }

    boolean least(Detail other) {
        return compareTo(other) >= 0;
    }
}
