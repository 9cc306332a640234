package org.skiplab.app.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.plot.Align;
import org.skiplab.app.plot.Figure;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.plot.Surface;
import org.skiplab.engine.data.PixelHistogram;

/// How often each byte value occurs in the training images, a line per channel. The ends are often
/// much higher than the rest, so heights go by the square root.
final class HistogramFigure implements Figure {
    private static final int VALUES = 256;
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    private @Nullable PixelHistogram histogram;
    private double[][] shares = new double[0][];
    private int hovered = -1;
    private double left;
    private double width;
    private long revision;

    void show(@Nullable PixelHistogram newest) {
        histogram = newest;
        shares = newest == null ? new double[0][] : shares(newest);
        hovered = -1;
        revision++;
    }

    private static double[][] shares(PixelHistogram of) {
        double[][] shares = new double[of.channels()][VALUES];
        for (int c = 0; c < shares.length; c++) {
            double all = 0;
            for (int v = 0; v < VALUES; v++) {
                all += of.count(c, v);
            }
            for (int v = 0; v < VALUES; v++) {
                shares[c][v] = of.count(c, v) / all;
            }
        }
        return shares;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public String title() {
        return "Pixel values";
    }

    private String channel(int c) {
        return shares.length == 3 ? COLOURS.get(c) : "grey";
    }

    @Override
    public boolean blank() {
        return histogram == null;
    }

    @Override
    public String summary() {
        PixelHistogram of = histogram;
        if (of == null) {
            return "Pixel values: no data";
        }
        StringBuilder words = new StringBuilder("Pixel values");
        for (int c = 0; c < shares.length; c++) {
            words.append(
                    String.format(
                            Locale.ROOT,
                            "; %s: mean %.3f, standard deviation %.3f",
                            channel(c),
                            of.mean(c),
                            of.standardDeviation(c)));
        }
        return words.toString();
    }

    @Override
    public void paint(Surface surface, double w, double h, Palette palette) {
        surface.rectangle(0, 0, w, h, palette.background());
        double text = palette.fontSize();
        left = 4.6 * text;
        width = Math.max(1, w - left - 1.5 * text);
        double top = 2.2 * text;
        double height = Math.max(1, h - top - 2.2 * text);
        surface.text(title(), 0, text * 0.8, Align.LEFT, text, true, palette.foreground());
        double most = 0;
        for (double[] channel : shares) {
            for (double share : channel) {
                most = Math.max(most, share);
            }
        }
        for (double part : new double[] {0, 0.25, 1}) {
            double y = Math.floor(top + height * (1 - Math.sqrt(part))) + 0.5;
            surface.line(left, y, left + width, y, 1, palette.grid());
            String label = most == 0 ? "" : Numbers.percent(part * most);
            surface.text(label, left - text / 2, y, Align.RIGHT, text, false, palette.muted());
        }
        for (int value : new int[] {0, 64, 128, 192, 255}) {
            double x = left + width * value / (VALUES - 1);
            surface.text(
                    Integer.toString(value),
                    x,
                    top + height + text,
                    Align.CENTRE,
                    text,
                    false,
                    palette.muted());
        }
        double[] x = new double[VALUES];
        double[] y = new double[VALUES];
        for (int c = 0; c < shares.length; c++) {
            for (int v = 0; v < VALUES; v++) {
                x[v] = left + width * v / (VALUES - 1);
                y[v] = top + height * (1 - Math.sqrt(shares[c][v] / most));
            }
            surface.polyline(x, y, VALUES, 1.5, colour(c, palette));
        }
        legend(surface, palette, w);
        if (hovered >= 0 && shares.length > 0) {
            double at = left + width * hovered / (VALUES - 1);
            surface.line(at, top, at, top + height, 1, palette.muted());
        }
    }

    /// Names the channels, with their share of the hovered value if there is one.
    private void legend(Surface surface, Palette palette, double w) {
        double text = palette.fontSize();
        List<String> words = new ArrayList<>();
        for (int c = 0; c < shares.length; c++) {
            words.add(
                    hovered < 0
                            ? channel(c)
                            : channel(c) + " " + Numbers.percent(shares[c][hovered]));
        }
        double at = w - 1.5 * text;
        for (int c = words.size() - 1; c >= 0; c--) {
            surface.text(words.get(c), at, text * 0.8, Align.RIGHT, text, true, colour(c, palette));
            at -= surface.width(words.get(c), text, true) + 1.2 * text;
        }
        if (hovered >= 0) {
            surface.text(
                    "value " + hovered, at, text * 0.8, Align.RIGHT, text, false, palette.muted());
        }
    }

    private Color colour(int channel, Palette palette) {
        if (shares.length != 3) {
            return palette.foreground();
        }
        return switch (channel) {
            case 0 -> palette.alarm();
            case 1 -> palette.setting();
            default -> palette.train();
        };
    }

    @Override
    public void hover(double x, double y) {
        choose(
                x < left || x > left + width
                        ? -1
                        : (int) Math.round((x - left) / width * (VALUES - 1)));
    }

    @Override
    public void leave() {
        choose(-1);
    }

    @Override
    public void move(int dx, int dy) {
        choose(Math.clamp(hovered + (long) dx, 0, VALUES - 1));
    }

    private void choose(int value) {
        if (value != hovered) {
            hovered = value;
            revision++;
        }
    }

    @Override
    public void csv(Appendable out) throws IOException {
        out.append("value");
        for (int c = 0; c < shares.length; c++) {
            out.append(',').append(channel(c));
        }
        out.append('\n');
        PixelHistogram of = histogram;
        for (int v = 0; of != null && v < VALUES; v++) {
            out.append(Integer.toString(v));
            for (int c = 0; c < shares.length; c++) {
                out.append(',').append(Long.toString(of.count(c, v)));
            }
            out.append('\n');
        }
    }
}
