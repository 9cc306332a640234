package org.skiplab.app.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.train.Series;

/// The same measurement of several runs over one another: a smoothed line per run, its measurements
/// on the test set as dots, a legend, and all values under the pointer. Steps count from 1.
public final class OverlayFigure extends StepFigure {

    /// One run's line.
    ///
    /// @param name in the legend
    /// @param colour which of [#colour]
    /// @param values one per step
    /// @param dotSteps steps after which it was tested, oldest first
    /// @param dotValues as many
    public record Line(
            String name, int colour, Series.View values, int[] dotSteps, double[] dotValues) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Line l
                    && name.equals(l.name)
                    && colour == l.colour
                    && values.same(l.values)
                    && Arrays.equals(dotSteps, l.dotSteps)
                    && Arrays.equals(dotValues, l.dotValues);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, colour, values.size());
        }
    }

    /// Colours that also colour-blind people tell apart (Okabe and Ito), dark enough for white and
    /// light enough for black backgrounds.
    private static final List<Color> ON_LIGHT =
            colours(
                    "#0072b2", "#b25000", "#007a5a", "#a3477f", "#7a5c00", "#4b4bb5", "#00758a",
                    "#5b5b5b");

    private static final List<Color> ON_DARK =
            colours(
                    "#56b4e9", "#f0a04b", "#35c79a", "#e08fc0", "#e6d34d", "#a5a5ff", "#5fd3e8",
                    "#b5b5b5");

    private final String title;
    private final DoubleFunction<String> format;
    private final String empty;
    private final double ceiling;
    private final List<Strand> strands = new ArrayList<>();

    /// Steps that the lines look back.
    private static final double SPAN = 20;

    /// A line with what is derived from it.
    private static final class Strand {
        Line line;
        final Smoothed smoothed = new Smoothed(SPAN);
        Series.View average = Series.View.EMPTY;
        final Trace trace = new Trace();

        Strand(Line line) {
            this.line = line;
            follow(line);
        }

        void follow(Line newer) {
            line = newer;
            average = smoothed.update(newer.values());
            trace.update(average);
        }
    }

    /// @param ceiling a value that the vertical axis always reaches, or NaN
    /// @param empty what to say while there are no lines
    public OverlayFigure(
            String title,
            DoubleFunction<String> format,
            double ceiling,
            String empty,
            Viewport viewport) {
        super(viewport);
        this.title = title;
        this.format = format;
        this.ceiling = ceiling;
        this.empty = empty;
    }

    private static List<Color> colours(String... hex) {
        return Arrays.stream(hex).map(Color::web).toList();
    }

    /// The colour of a run; from the ninth on they repeat.
    public static Color colour(int index, Color background) {
        List<Color> colours = background.getBrightness() > 0.5 ? ON_LIGHT : ON_DARK;
        return colours.get(Math.floorMod(index, colours.size()));
    }

    /// Shows other lines, or more of them.
    public void show(List<Line> lines) {
        if (lines.equals(strands.stream().map(s -> s.line).toList())) {
            return;
        }
        List<Strand> next = new ArrayList<>();
        for (Line line : lines) {
            Strand same =
                    strands.stream()
                            .filter(s -> s.line.name().equals(line.name()) && !next.contains(s))
                            .findFirst()
                            .orElse(null);
            if (same == null) {
                next.add(new Strand(line));
            } else {
                same.follow(line);
                next.add(same);
            }
        }
        strands.clear();
        strands.addAll(next);
        int longest = lines.stream().mapToInt(l -> l.values().size()).max().orElse(1);
        viewport.extent(1, Math.max(2, longest));
        changed();
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean blank() {
        return strands.isEmpty();
    }

    @Override
    public String summary() {
        if (strands.isEmpty()) {
            return title + ": nothing to compare yet";
        }
        StringBuilder text = new StringBuilder(title);
        for (Strand s : strands) {
            text.append(strands.getFirst() == s ? ": " : "; ").append(s.line.name());
            if (!s.trace.isEmpty()) {
                text.append(' ').append(format.apply(s.trace.last()));
            }
        }
        return text.toString();
    }

    @Override
    public void paint(Surface surface, double width, double height, Palette palette) {
        double text = palette.fontSize();
        Legend legend =
                new Legend(
                        surface,
                        title,
                        strands.stream().map(s -> entry(s, palette)).toList(),
                        text,
                        LineFrame.left(text),
                        width - text);
        double top = legend.height();
        area = LineFrame.area(width, height, top, 2 * text, text, viewport.axis(), vertical());
        surface.rectangle(0, 0, width, height, palette.background());
        legend.paint(surface, palette);
        if (strands.stream().allMatch(s -> s.trace.isEmpty())) {
            LineFrame.edges(surface, palette, area);
            Notes.centred(surface, palette, empty, area.left(), top, area.width(), area.height());
            return;
        }
        LineFrame.values(surface, palette, area);
        LineFrame.steps(surface, palette, area, viewport.zoomed());
        LineFrame.edges(surface, palette, area);
        surface.cut(area.left(), top, area.width(), area.height());
        for (Strand s : strands) {
            s.trace.paint(surface, area, 2, of(s, palette));
        }
        for (Strand s : strands) {
            dots(surface, s, palette);
        }
        surface.uncut();
        if (!Double.isNaN(hovered())) {
            readout(surface, palette);
        }
    }

    private static Color of(Strand strand, Palette palette) {
        return colour(strand.line.colour(), palette.background());
    }

    private Axis vertical() {
        Range visible = viewport.axis().range();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Strand s : strands) {
            if (!s.trace.isEmpty() && s.trace.scan(visible)) {
                low = Math.min(low, s.trace.low());
                high = Math.max(high, s.trace.high());
            }
            for (int i = 0; i < s.line.dotSteps().length; i++) {
                double v = s.line.dotValues()[i];
                if (visible.contains(s.line.dotSteps()[i]) && Double.isFinite(v)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        return LineFrame.vertical(low, high, false, ceiling);
    }

    private void dots(Surface surface, Strand s, Palette palette) {
        for (int i = 0; i < s.line.dotSteps().length; i++) {
            double y = area.py(s.line.dotValues()[i]);
            if (!Double.isNaN(y)) {
                double x = area.px(Math.max(1, s.line.dotSteps()[i]));
                surface.disc(x, y, 4.5, palette.background());
                surface.disc(x, y, 3.5, of(s, palette));
            }
        }
    }

    private Legend.Entry entry(Strand s, Palette palette) {
        double[] dots = s.line.dotValues();
        double last =
                dots.length > 0
                        ? dots[dots.length - 1]
                        : s.trace.isEmpty() ? Double.NaN : s.trace.last();
        return new Legend.Entry(
                s.line.name() + (Double.isNaN(last) ? "" : " " + format.apply(last)),
                Legend.Sign.LINE,
                3,
                of(s, palette));
    }

    private void readout(Surface surface, Palette palette) {
        int step = (int) Math.max(1, Math.round(area.at(hovered())));
        double x = PlotArea.crisp(area.px(step));
        if (x < area.left() - 1 || x > area.right() + 1) {
            return;
        }
        surface.line(x, area.top(), x, area.bottom(), 1, palette.muted());
        List<String> lines = new ArrayList<>();
        lines.add("step " + Numbers.count(step));
        for (Strand s : strands) {
            if (s.line.values().size() >= step) {
                double value = s.trace.get(step - 1);
                lines.add(s.line.name() + "  " + format.apply(value) + test(s, step));
                double y = area.py(value);
                if (!Double.isNaN(y)) {
                    surface.disc(x, Math.clamp(y, area.top(), area.bottom()), 3, of(s, palette));
                }
            }
        }
        Notes.box(surface, palette, lines, x, area.top() + 4, area.left(), area.right());
    }

    private String test(Strand s, int step) {
        for (int i = 0; i < s.line.dotSteps().length; i++) {
            if (Math.abs(area.px(s.line.dotSteps()[i]) - area.px(step)) <= 6) {
                return ", test " + format.apply(s.line.dotValues()[i]);
            }
        }
        return "";
    }

    @Override
    int stride() {
        return strands.isEmpty() ? 0 : 1;
    }

    @Override
    public void csv(Appendable out) throws IOException {
        out.append("step");
        for (Strand s : strands) {
            String name = s.line.name();
            out.append(',').append(Figure.quoted(name));
            out.append(',').append(Figure.quoted(name + " average"));
            out.append(',').append(Figure.quoted(name + " test"));
        }
        out.append('\n');
        int longest = strands.stream().mapToInt(s -> s.line.values().size()).max().orElse(0);
        List<Series.Exact> measured = strands.stream().map(s -> s.line.values().exact()).toList();
        List<Series.Exact> averages = strands.stream().map(s -> s.average.exact()).toList();
        for (int i = 0; i < longest; i++) {
            out.append(Integer.toString(i + 1));
            for (int r = 0; r < strands.size(); r++) {
                Strand s = strands.get(r);
                out.append(',');
                if (i < s.line.values().size()) {
                    out.append(LineFigure.cell(measured.get(r).get(i)));
                }
                out.append(',');
                if (i < s.average.size()) {
                    out.append(LineFigure.cell(averages.get(r).get(i)));
                }
                out.append(',');
                int dot = Arrays.binarySearch(s.line.dotSteps(), i + 1);
                if (dot >= 0) {
                    out.append(Double.toString(s.line.dotValues()[dot]));
                }
            }
            out.append('\n');
        }
    }
}
