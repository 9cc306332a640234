package org.skiplab.app.plot;

import javafx.scene.paint.Color;

/// Colours from dark (0) to light (1) whose lightness grows evenly, so that order survives colour
/// blindness and grey-scale print.
public enum ColourScale {
    /// Van der Walt and Smith's viridis, as a polynomial of degree six.
    VIRIDIS(
            new double[] {
                0.2777273, 0.1050930, -0.3308618, -4.6342305, 6.2282699, 4.7763850, -5.4354559
            },
            new double[] {
                0.0054073, 1.4046135, 0.2148476, -5.7991010, 14.1799334, -13.7451454, 4.6458526
            },
            new double[] {
                0.3340998, 1.3845902, 0.0950952, -19.3324410, 56.6905526, -65.3530326, 26.3124352
            });

    private static final int SHADES = 256;

    private final int[] argb = new int[SHADES];

    ColourScale(double[] red, double[] green, double[] blue) {
        for (int i = 0; i < SHADES; i++) {
            double t = i / (SHADES - 1.0);
            argb[i] =
                    0xff000000 | channel(red, t) << 16 | channel(green, t) << 8 | channel(blue, t);
        }
    }

    /// The colour of a share from 0 to 1, opaque, as `0xAARRGGBB`.
    public int argb(double share) {
        return argb[(int) Math.round(Math.clamp(share, 0, 1) * (SHADES - 1))];
    }

    public Color colour(double share) {
        int c = argb(share);
        return Color.rgb(c >> 16 & 0xff, c >> 8 & 0xff, c & 0xff);
    }

    /// Black or white, whichever is easier to read on the colour of a share.
    public Color textOn(double share) {
        int c = argb(share);
        double luminance = 0.2126 * linear(c >> 16) + 0.7152 * linear(c >> 8) + 0.0722 * linear(c);
        return luminance > 0.18 ? Color.BLACK : Color.WHITE;
    }

    private static double linear(int channel) {
        double v = (channel & 0xff) / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static int channel(double[] coefficients, double t) {
        double value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = value * t + coefficients[i];
        }
        return (int) Math.round(Math.clamp(value, 0, 1) * 255);
    }
}
