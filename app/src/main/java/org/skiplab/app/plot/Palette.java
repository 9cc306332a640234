package org.skiplab.app.plot;

import javafx.scene.paint.Color;

/// The colours and the text size of a figure, as the style sheet gives them.
///
/// @param background behind the figure
/// @param foreground values and titles
/// @param muted axis labels
/// @param grid grid lines and frames
/// @param scale colours of heat maps
/// @param fontFamily typeface
/// @param fontSize of labels, in pixels
public record Palette(
        Color background,
        Color foreground,
        Color muted,
        Color grid,
        Color train,
        Color test,
        Color setting,
        Color alarm,
        ColourScale scale,
        String fontFamily,
        double fontSize) {

    /// Black on white with Okabe and Ito's colours, as papers print figures.
    public static final Palette PAPER =
            new Palette(
                    Color.WHITE,
                    Color.web("#1f2328"),
                    Color.web("#59636e"),
                    Color.web("#d1d9e0"),
                    Color.web("#0072b2"),
                    Color.web("#b25000"),
                    Color.web("#007a5a"),
                    Color.web("#c1121f"),
                    ColourScale.VIRIDIS,
                    "sans-serif",
                    11);

    public Color of(Tone tone) {
        return switch (tone) {
            case TRAIN -> train;
            case TEST -> test;
            case SETTING -> setting;
            case ALARM -> alarm;
        };
    }

    /// A colour so faint that others show through.
    public static Color faint(Color colour, double opacity) {
        return Color.color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity);
    }
}
