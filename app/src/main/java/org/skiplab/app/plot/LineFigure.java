package org.skiplab.app.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.train.Series;

/// A measurement per step: faint as measured, strong as its moving average, with measurements
/// between epochs as dots, epochs and turned knobs as upright lines, and the values under the
/// pointer. Steps count from 1.
public final class LineFigure implements Figure {

    /// What a line figure is about.
    ///
    /// @param title name of the measurement and its unit
    /// @param line what the per-step line is, `train`
    /// @param dots what the dots are, `test`; empty when there are never any
    /// @param format how values are written
    /// @param empty what to say while there is nothing to show; lines are separated by `\n`
    /// @param strip whether it is a low strip under another figure, without steps and legend
    /// @param step what one number on the horizontal axis counts: `step`
    public record Subject(
            String title,
            String line,
            String dots,
            DoubleFunction<String> format,
            String empty,
            boolean strip,
            String step) {}

    private static final double GUTTER = 52;
    private static final double NEAR = 6;

    private final Subject subject;
    private final Tone tone;
    private final Viewport viewport;
    private final @Nullable Smoothed smoothed;
    private final Extremes raw = new Extremes();
    private final Extremes smooth = new Extremes();
    private int[] dotSteps = new int[0];
    private double[] dotValues = new double[0];
    private List<Mark> marks = List.of();
    private int stepsPerEpoch;
    private boolean log;
    private double floor = Double.NaN;
    private double ceiling = Double.NaN;
    private double reference = Double.NaN;
    private double hovered = Double.NaN;
    private long revision;

    private double left;
    private double top;
    private double width;
    private double height;
    private Axis y = new Axis(new Range(0, 1), false);
    private final double[] xs = new double[8192];
    private final double[] ys = new double[8192];

    /// @param smoothed how the strong line follows the measurements, or null for one line only
    public LineFigure(Subject subject, Tone tone, Viewport viewport, @Nullable Smoothed smoothed) {
        this.subject = subject;
        this.tone = tone;
        this.viewport = viewport;
        this.smoothed = smoothed;
    }

    public Viewport viewport() {
        return viewport;
    }

    /// Takes in a newer view of the measurements.
    public void update(Series.View series) {
        if (raw.update(series)) {
            revision++;
        }
        if (smoothed != null && smooth.update(smoothed.update(series))) {
            revision++;
        }
    }

    /// Sets the dots, oldest first.
    public void dots(int[] steps, double[] values) {
        if (steps.length != dotSteps.length || !java.util.Arrays.equals(values, dotValues)) {
            dotSteps = steps.clone();
            dotValues = values.clone();
            revision++;
        }
    }

    public void marks(List<Mark> newer, int newStepsPerEpoch) {
        if (!marks.equals(newer) || stepsPerEpoch != newStepsPerEpoch) {
            marks = List.copyOf(newer);
            stepsPerEpoch = newStepsPerEpoch;
            revision++;
        }
    }

    /// How many steps the strong line looks back.
    public void span(double steps) {
        if (smoothed != null) {
            smoothed.span(steps);
            revision++;
        }
    }

    /// Whether the vertical axis is logarithmic.
    public void log(boolean value) {
        log = value;
        revision++;
    }

    /// Bounds that the vertical axis always shows, NaN for none; accuracy always ends at 1.
    public LineFigure bounds(double newFloor, double newCeiling) {
        floor = newFloor;
        ceiling = newCeiling;
        return this;
    }

    /// A level to compare with, drawn as a dashed line.
    public LineFigure reference(double level) {
        reference = level;
        return this;
    }

    @Override
    public long revision() {
        return revision + viewport.revision();
    }

    @Override
    public String title() {
        return subject.title();
    }

    @Override
    public String summary() {
        if (raw.size() == 0) {
            return subject.title() + ": nothing measured yet";
        }
        String s =
                subject.title()
                        + ": "
                        + format(raw.get(raw.size() - 1))
                        + " at "
                        + subject.step()
                        + " "
                        + Numbers.count(raw.size());
        return dotValues.length == 0
                ? s
                : s + "; " + subject.dots() + " " + format(dotValues[dotValues.length - 1]);
    }

    @Override
    public void paint(Surface surface, double w, double h, Palette palette) {
        surface.rectangle(0, 0, w, h, palette.background());
        double text = palette.fontSize();
        left = GUTTER * text / 11;
        top = subject.strip() ? 4 : 2 * text;
        width = Math.max(1, w - left - text);
        height = Math.max(1, h - top - (subject.strip() ? 4 : 2 * text));
        if (!subject.strip()) {
            legend(surface, palette, w);
        }
        if (subject.strip()) {
            top = 1.5 * text;
            height = Math.max(1, h - top - 4);
            String value = raw.size() == 0 ? "" : " " + format(raw.get(raw.size() - 1));
            surface.text(
                    subject.title() + value,
                    left,
                    0.7 * text,
                    Align.LEFT,
                    text,
                    false,
                    palette.muted());
        }
        if (raw.size() == 0 && dotSteps.length == 0) {
            frame(surface, palette);
            if (!subject.strip()) {
                Notes.centred(surface, palette, subject.empty(), left, top, width, height);
            }
            return;
        }
        fit();
        axes(surface, palette);
        surface.clip(left, top, width, height);
        epochs(surface, palette);
        if (!Double.isNaN(reference)) {
            double at = py(reference);
            surface.dashed(left, at, left + width, at, 1, palette.foreground());
        }
        boolean both = smoothed != null && smoothed.span() > 1;
        curve(
                surface,
                raw,
                both ? Palette.faint(palette.of(tone), 0.3) : palette.of(tone),
                both ? 1 : 1.5);
        if (both) {
            curve(surface, smooth, palette.of(tone), 2);
        }
        for (Mark mark : marks) {
            double at = crisp(px(mark.step()));
            surface.dashed(at, top, at, top + height, 1, palette.setting());
        }
        dots(surface, palette);
        surface.unclip();
        flags(surface, palette);
        if (!Double.isNaN(hovered) && raw.size() > 0) {
            readout(surface, palette);
        }
    }

    private void legend(Surface surface, Palette palette, double w) {
        double text = palette.fontSize();
        double at = left;
        double line = text;
        surface.text(subject.title(), at, line, Align.LEFT, text, true, palette.foreground());
        at += surface.width(subject.title(), text, true) + 1.5 * text;
        if (raw.size() > 0) {
            Extremes shown = smoothed != null ? smooth : raw;
            String value = subject.line() + " " + format(shown.get(shown.size() - 1));
            double needed = 1.5 * text + surface.width(value, text, false);
            if (at + needed < w) {
                surface.line(at, line, at + text, line, 2, palette.of(tone));
                surface.text(
                        value, at + 1.4 * text, line, Align.LEFT, text, false, palette.muted());
                at += needed + 1.2 * text;
            }
        }
        if (dotValues.length > 0) {
            String value = subject.dots() + " " + format(dotValues[dotValues.length - 1]);
            if (at + 1.5 * text + surface.width(value, text, false) < w) {
                surface.disc(at + text / 2, line, 3.5, palette.test());
                surface.text(
                        value, at + 1.4 * text, line, Align.LEFT, text, false, palette.muted());
            }
        }
    }

    private void fit() {
        Range visible = viewport.axis().range();
        int from = (int) Math.ceil(visible.low()) - 1;
        int to = (int) Math.floor(visible.high());
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        if (raw.scan(from, to)) {
            low = raw.low();
            high = raw.high();
        }
        for (int i = 0; i < dotSteps.length; i++) {
            if (visible.contains(dotSteps[i]) && Double.isFinite(dotValues[i])) {
                low = Math.min(low, dotValues[i]);
                high = Math.max(high, dotValues[i]);
            }
        }
        if (!Double.isNaN(reference)) {
            low = Math.min(low, reference);
            high = Math.max(high, reference);
        }
        if (!(low <= high) || Double.isInfinite(high)) {
            low = Double.isNaN(floor) ? 0 : floor;
            high = Double.isNaN(ceiling) ? 1 : ceiling;
        }
        y = padded(low, high);
    }

    private Axis padded(double low, double high) {
        if (log) {
            double least = Math.max(low, high * 1e-6);
            double room = Math.max(1.05, Math.pow(high / least, 0.04));
            return new Axis(new Range(least / room, high * room), true);
        }
        double bottom = Double.isNaN(floor) ? low : Math.min(low, floor);
        double peak = Double.isNaN(ceiling) ? high : Math.max(high, ceiling);
        double room =
                peak > bottom ? 0.05 * (peak - bottom) : Math.max(1e-12, 0.1 * Math.abs(peak));
        return new Axis(
                new Range(
                        Double.isNaN(floor) || low < floor ? bottom - room : bottom,
                        Double.isNaN(ceiling) || high > ceiling ? peak + room : peak),
                false);
    }

    private void axes(Surface surface, Palette palette) {
        double text = palette.fontSize();
        int count = (int) Math.clamp(height / (2 * text), 1, 8);
        List<Tick> ticks = y.ticks(count);
        double used = Double.POSITIVE_INFINITY;
        for (Tick tick : ticks) {
            double at = crisp(py(tick.value()));
            surface.line(left, at, left + width, at, 1, palette.grid());
            if (used - at < 1.2 * text) {
                continue;
            }
            used = at;
            surface.text(
                    tick.label(), left - 0.5 * text, at, Align.RIGHT, text, false, palette.muted());
        }
        if (!subject.strip()) {
            double right = left + width;
            double free = right;
            String unit = viewport.zoomed() ? subject.step() + " (zoomed)" : subject.step();
            surface.text(
                    unit, right, top + height + text, Align.RIGHT, text, false, palette.muted());
            free -= surface.width(unit, text, false) + text;
            for (Tick tick : viewport.axis().ticks((int) Math.clamp(width / (6 * text), 1, 12))) {
                double at = px(tick.value());
                if (tick.value() != Math.rint(tick.value())) {
                    continue;
                }
                surface.line(
                        crisp(at), top + height, crisp(at), top + height + 3, 1, palette.muted());
                if (at + surface.width(tick.label(), text, false) / 2 < free) {
                    surface.text(
                            tick.label(),
                            at,
                            top + height + text,
                            Align.CENTRE,
                            text,
                            false,
                            palette.muted());
                }
            }
        }
        frame(surface, palette);
    }

    private void frame(Surface surface, Palette palette) {
        double right = crisp(left + width);
        double bottom = crisp(top + height);
        surface.line(crisp(left), bottom, right, bottom, 1, palette.grid());
        surface.line(crisp(left), crisp(top), crisp(left), bottom, 1, palette.grid());
    }

    private void epochs(Surface surface, Palette palette) {
        if (stepsPerEpoch <= 0) {
            return;
        }
        Range visible = viewport.axis().range();
        int first = (int) Math.max(1, Math.ceil(visible.low() / stepsPerEpoch));
        int last = (int) Math.floor(visible.high() / stepsPerEpoch);
        int stride = Math.max(1, (int) Math.ceil((last - first + 1) * 12 / width));
        for (int epoch = first; epoch <= last; epoch++) {
            if (epoch % stride == 0) {
                double at = crisp(px((double) epoch * stepsPerEpoch));
                surface.line(at, top, at, top + height, 1, palette.grid());
            }
        }
    }

    private void curve(
            Surface surface, Extremes data, javafx.scene.paint.Color colour, double thickness) {
        Axis x = viewport.axis();
        int first = Math.max(0, (int) Math.floor(x.range().low()) - 2);
        int last = Math.min(data.size() - 1, (int) Math.ceil(x.range().high()));
        int columns = Math.min((int) Math.ceil(width), xs.length / 2 - 2);
        if (!x.log() && last - first < 2 * columns && last - first + 1 <= xs.length) {
            points(surface, data, first, last, colour, thickness);
        } else {
            columns(surface, data, columns, colour, thickness);
        }
    }

    private void points(
            Surface surface,
            Extremes data,
            int first,
            int last,
            javafx.scene.paint.Color colour,
            double thickness) {
        int n = 0;
        for (int i = first; i <= last; i++) {
            double at = py(data.get(i));
            if (Double.isNaN(at)) {
                n = flush(surface, n, colour, thickness);
            } else {
                xs[n] = px(i + 1.0);
                ys[n++] = at;
            }
        }
        flush(surface, n, colour, thickness);
    }

    /// Joins the smallest and largest value of each pixel column, the nearer one to the column
    /// before first.
    private void columns(
            Surface surface,
            Extremes data,
            int columns,
            javafx.scene.paint.Color colour,
            double thickness) {
        Axis x = viewport.axis();
        int n = 0;
        int from = (int) Math.ceil(x.value(0)) - 1;
        for (int column = 0; column < columns; column++) {
            int to = (int) Math.ceil(x.value((column + 1.0) / columns)) - 1;
            if (column == columns - 1) {
                to = (int) Math.floor(x.range().high());
            }
            if (to <= from) {
                continue;
            }
            if (data.scan(from, to)) {
                double a = py(data.low());
                double b = py(data.high());
                double at = left + (column + 0.5) * width / columns;
                boolean lowFirst = n == 0 || Math.abs(ys[n - 1] - a) <= Math.abs(ys[n - 1] - b);
                if (!Double.isNaN(a) && !Double.isNaN(b)) {
                    xs[n] = at;
                    ys[n++] = lowFirst ? a : b;
                    xs[n] = at;
                    ys[n++] = lowFirst ? b : a;
                }
            } else if (from < data.size()) {
                n = flush(surface, n, colour, thickness);
            }
            from = to;
        }
        flush(surface, n, colour, thickness);
    }

    private int flush(Surface surface, int n, javafx.scene.paint.Color colour, double thickness) {
        if (n == 1) {
            surface.disc(xs[0], ys[0], Math.max(1.5, thickness), colour);
        } else if (n > 1) {
            surface.polyline(xs, ys, n, thickness, colour);
        }
        return 0;
    }

    private void dots(Surface surface, Palette palette) {
        int n = 0;
        for (int i = 0; i < dotSteps.length; i++) {
            double at = py(dotValues[i]);
            if (!Double.isNaN(at)) {
                xs[n % xs.length] = px(Math.max(dotSteps[i], viewport.axis().range().low()));
                ys[n % xs.length] = at;
                n++;
            }
        }
        n = Math.min(n, xs.length);
        if (n > 1) {
            surface.polyline(xs, ys, n, 1.5, palette.test());
        }
        for (int i = 0; i < n; i++) {
            surface.disc(xs[i], ys[i], 4, palette.background());
            surface.disc(xs[i], ys[i], 3, palette.test());
        }
    }

    /// Names the marks above the frame, where there is room; the last of a bundle wins.
    private void flags(Surface surface, Palette palette) {
        if (subject.strip()) {
            return;
        }
        double text = 0.9 * palette.fontSize();
        double free = left + width;
        for (int i = marks.size() - 1; i >= 0; i--) {
            double at = px(marks.get(i).step());
            double needed = surface.width(marks.get(i).label(), text, false);
            if (at < left || at > left + width) {
                continue;
            }
            boolean before = at + 4 + needed > left + width;
            double start = before ? at - 4 - needed : at + 4;
            if (start > left && start + needed <= free) {
                double y = Double.isNaN(ceiling) ? top + 2 : top + height - text - 6;
                surface.rectangle(
                        start - 2,
                        y,
                        needed + 4,
                        text + 4,
                        Palette.faint(palette.background(), 0.85));
                surface.text(
                        marks.get(i).label(),
                        start,
                        y + 2 + text / 2,
                        Align.LEFT,
                        text,
                        false,
                        palette.setting());
                free = start - text;
            }
        }
    }

    private void readout(Surface surface, Palette palette) {
        int step =
                Math.clamp(
                        Math.round(viewport.axis().value((hovered - left) / width)), 1, raw.size());
        double at = crisp(px(step));
        if (at < left - 1 || at > left + width + 1) {
            return;
        }
        surface.line(at, top, at, top + height, 1, palette.muted());
        double value = py(raw.get(step - 1));
        if (!Double.isNaN(value)) {
            surface.disc(at, Math.clamp(value, top, top + height), 3, palette.of(tone));
        }
        Notes.box(
                surface,
                palette,
                readout(step),
                at,
                top + 0.5 * palette.fontSize(),
                left,
                left + width);
    }

    private List<String> readout(int step) {
        List<String> lines = new ArrayList<>();
        String place = subject.step() + " " + Numbers.count(step);
        if (stepsPerEpoch > 0) {
            place += ", epoch " + Numbers.significant((double) step / stepsPerEpoch, 3);
        }
        lines.add(place);
        lines.add(subject.line() + " " + format(raw.get(step - 1)));
        if (smoothed != null && smoothed.span() > 1) {
            lines.add(
                    "average of "
                            + Math.round(smoothed.span())
                            + " steps: "
                            + format(smooth.get(step - 1)));
        }
        for (int i = 0; i < dotSteps.length; i++) {
            if (Math.abs(px(dotSteps[i]) - px(step)) <= NEAR) {
                lines.add(subject.dots() + " " + format(dotValues[i]));
                break;
            }
        }
        for (Mark mark : marks) {
            if (Math.abs(px(mark.step()) - px(step)) <= NEAR && lines.size() < 8) {
                lines.add(
                        mark.label()
                                + " from "
                                + subject.step()
                                + " "
                                + Numbers.count(mark.step()));
            }
        }
        return lines;
    }

    @Override
    public void hover(double x, double atY) {
        hovered = Math.clamp(x, left, left + width);
        revision++;
    }

    @Override
    public void leave() {
        hovered = Double.NaN;
        revision++;
    }

    @Override
    public void zoom(double x, double atY, double factor) {
        viewport.zoom(Math.clamp((x - left) / width, 0, 1), factor);
    }

    @Override
    public void drag(double x, double dx) {
        viewport.pan(-dx / width);
    }

    @Override
    public void reset() {
        viewport.reset();
    }

    @Override
    public void move(int dx, int dy) {
        if (raw.size() == 0) {
            return;
        }
        double now = Double.isNaN(hovered) ? left + width : hovered;
        double perStep = Math.abs(px(2) - px(1));
        hovered =
                Math.clamp(
                        now + dx * Math.max(1, viewport.log() ? 1 : perStep), left, left + width);
        revision++;
    }

    @Override
    public void csv(Appendable out) throws IOException {
        out.append(subject.step()).append(',').append(subject.line());
        out.append(smoothed == null ? "" : ",average");
        out.append(dotSteps.length == 0 ? "" : "," + subject.dots()).append('\n');
        int dot = 0;
        for (int i = 0; i < raw.size(); i++) {
            out.append(Integer.toString(i + 1)).append(',').append(Float.toString(raw.get(i)));
            if (smoothed != null) {
                out.append(',').append(Float.toString(smooth.get(i)));
            }
            while (dot < dotSteps.length && dotSteps[dot] < i + 1) {
                dot++;
            }
            if (dotSteps.length > 0) {
                boolean here = dot < dotSteps.length && dotSteps[dot] == i + 1;
                out.append(',').append(here ? Double.toString(dotValues[dot]) : "");
            }
            out.append('\n');
        }
    }

    private String format(double value) {
        return subject.format().apply(value);
    }

    private double px(double step) {
        return left + viewport.axis().position(step) * width;
    }

    private double py(double value) {
        return top + (1 - y.position(value)) * height;
    }

    private static double crisp(double at) {
        return Math.floor(at) + 0.5;
    }
}
