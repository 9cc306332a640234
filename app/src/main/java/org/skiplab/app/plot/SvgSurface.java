package org.skiplab.app.plot;

import java.util.Locale;
import java.util.function.Supplier;
import javafx.scene.paint.Color;

/// A file: collects the shapes as SVG 1.1, with text as text.
public final class SvgSurface implements Surface {

    /// Says how wide texts are; fonts differ, so the screen has to be asked.
    @FunctionalInterface
    public interface Ruler {
        double width(String text, double size, boolean bold);
    }

    private final StringBuilder body = new StringBuilder();
    private final double width;
    private final double height;
    private final String family;
    private final Ruler ruler;
    private int clips;

    public SvgSurface(double width, double height, String family, Ruler ruler) {
        this.width = width;
        this.height = height;
        this.family = family;
        this.ruler = ruler;
    }

    /// The whole file.
    public String document() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" font-family=\"%s\">\n%s</svg>\n"
                .formatted(
                        number(width),
                        number(height),
                        number(width),
                        number(height),
                        escaped(family),
                        body);
    }

    @Override
    public void rectangle(double x, double y, double w, double h, Color fill) {
        if (w > 0 && h > 0) {
            element(
                    "rect",
                    () -> at("x", x) + at("y", y) + at("width", w) + at("height", h) + fill(fill));
        }
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, double w, Color stroke) {
        element(
                "line",
                () ->
                        at("x1", x1)
                                + at("y1", y1)
                                + at("x2", x2)
                                + at("y2", y2)
                                + stroke(stroke, w));
    }

    @Override
    public void dashed(double x1, double y1, double x2, double y2, double w, Color stroke) {
        element(
                "line",
                () ->
                        at("x1", x1)
                                + at("y1", y1)
                                + at("x2", x2)
                                + at("y2", y2)
                                + stroke(stroke, w)
                                + " stroke-dasharray=\"4 3\"");
    }

    @Override
    public void polyline(double[] x, double[] y, int count, double w, Color stroke) {
        element(
                "polyline",
                () ->
                        points(x, y, count)
                                + " fill=\"none\" stroke-linejoin=\"round\""
                                + stroke(stroke, w));
    }

    @Override
    public void polygon(double[] x, double[] y, int count, Color fill) {
        element("polygon", () -> points(x, y, count) + fill(fill));
    }

    @Override
    public void disc(double x, double y, double radius, Color fill) {
        element("circle", () -> at("cx", x) + at("cy", y) + at("r", radius) + fill(fill));
    }

    @Override
    public void ring(double x, double y, double radius, double w, Color stroke) {
        element(
                "circle",
                () ->
                        at("cx", x)
                                + at("cy", y)
                                + at("r", radius)
                                + " fill=\"none\""
                                + stroke(stroke, w));
    }

    @Override
    public void fill(Outline outline, Color fill) {
        element("path", () -> " d=\"" + path(outline) + '"' + fill(fill));
    }

    @Override
    public void stroke(Outline outline, double w, Color stroke) {
        drawing(path(outline), w, stroke);
    }

    @Override
    public void dash(Outline outline, double w, double on, Color stroke) {
        element(
                "path",
                () ->
                        lines(path(outline), w, stroke)
                                + " stroke-dasharray=\""
                                + number(on)
                                + ' '
                                + number(on + w)
                                + '"');
    }

    @Override
    public void drawing(String path, double w, Color stroke) {
        element("path", () -> lines(path, w, stroke));
    }

    private static String lines(String path, double w, Color stroke) {
        return " d=\""
                + path
                + "\" fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
                + stroke(stroke, w);
    }

    private static String path(Outline outline) {
        StringBuilder d = new StringBuilder();
        for (Outline.Step step : outline.steps()) {
            switch (step) {
                case Outline.Move(double x, double y) -> d.append('M').append(pair(x, y));
                case Outline.Line(double x, double y) -> d.append('L').append(pair(x, y));
                case Outline.Curve(
                                double x1,
                                double y1,
                                double x2,
                                double y2,
                                double x,
                                double y) ->
                        d.append('C')
                                .append(pair(x1, y1))
                                .append(' ')
                                .append(pair(x2, y2))
                                .append(' ')
                                .append(pair(x, y));
                case Outline.Close _ -> d.append('Z');
            }
        }
        return d.toString();
    }

    private static String pair(double x, double y) {
        return number(x) + ' ' + number(y);
    }

    @Override
    public void text(
            String text, double x, double y, Align align, double size, boolean bold, Color fill) {
        String anchor =
                switch (align) {
                    case LEFT -> "start";
                    case CENTRE -> "middle";
                    case RIGHT -> "end";
                };
        body.append("<text")
                .append(at("x", x))
                .append(at("y", y + 0.35 * size))
                .append(at("font-size", size))
                .append(" text-anchor=\"")
                .append(anchor)
                .append('"')
                .append(bold ? " font-weight=\"600\"" : "")
                .append(fill(fill))
                .append('>')
                .append(escaped(text))
                .append("</text>\n");
    }

    @Override
    public double width(String text, double size, boolean bold) {
        return ruler.width(text, size, bold);
    }

    @Override
    public void raster(Raster raster, double x, double y, double w, double h) {
        double cellWidth = w / raster.columns();
        double cellHeight = h / raster.rows();
        body.append("<g shape-rendering=\"crispEdges\">\n");
        for (int row = 0; row < raster.rows(); row++) {
            int column = 0;
            while (column < raster.columns()) {
                int cell = raster.get(column, row);
                int end = column + 1;
                while (end < raster.columns() && raster.get(end, row) == cell) {
                    end++;
                }
                if (cell >>> 24 != 0) {
                    rectangle(
                            x + column * cellWidth,
                            y + row * cellHeight,
                            (end - column) * cellWidth,
                            cellHeight,
                            unpacked(cell));
                }
                column = end;
            }
        }
        body.append("</g>\n");
    }

    @Override
    public void cut(double x, double y, double w, double h) {
        clips++;
        body.append("<clipPath id=\"clip")
                .append(clips)
                .append("\"><rect")
                .append(at("x", x))
                .append(at("y", y))
                .append(at("width", w))
                .append(at("height", h))
                .append("/></clipPath>\n<g clip-path=\"url(#clip")
                .append(clips)
                .append(")\">\n");
    }

    @Override
    public void uncut() {
        body.append("</g>\n");
    }

    @Override
    public void enter(double dx, double dy, double scaleX, double scaleY) {
        body.append("<g transform=\"translate(")
                .append(pair(dx, dy))
                .append(") scale(")
                .append(String.format(Locale.ROOT, "%.5f %.5f", scaleX, scaleY))
                .append(")\">\n");
    }

    @Override
    public void leave() {
        body.append("</g>\n");
    }

    private void element(String name, Supplier<String> attributes) {
        body.append('<').append(name).append(attributes.get()).append("/>\n");
    }

    private static String points(double[] x, double[] y, int count) {
        StringBuilder s = new StringBuilder(" points=\"");
        for (int i = 0; i < count; i++) {
            s.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
        }
        return s.append('"').toString();
    }

    private static Color unpacked(int cell) {
        double alpha = (cell >>> 24) / 255.0;
        return Color.color(
                Math.min(1, (cell >> 16 & 0xff) / 255.0 / alpha),
                Math.min(1, (cell >> 8 & 0xff) / 255.0 / alpha),
                Math.min(1, (cell & 0xff) / 255.0 / alpha),
                alpha);
    }

    private static String fill(Color colour) {
        return " fill=\""
                + hex(colour)
                + '"'
                + (colour.isOpaque() ? "" : at("fill-opacity", colour.getOpacity()));
    }

    private static String stroke(Color colour, double w) {
        return " stroke=\""
                + hex(colour)
                + '"'
                + at("stroke-width", w)
                + (colour.isOpaque() ? "" : at("stroke-opacity", colour.getOpacity()));
    }

    private static String hex(Color c) {
        return String.format(
                "#%02x%02x%02x",
                Math.round(255 * c.getRed()),
                Math.round(255 * c.getGreen()),
                Math.round(255 * c.getBlue()));
    }

    private static String at(String name, double value) {
        return ' ' + name + "=\"" + number(value) + '"';
    }

    private static String number(double value) {
        String s = String.format(Locale.ROOT, "%.2f", value);
        return s.contains(".") ? s.replaceAll("\\.?0+$", "") : s;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
