package org.skiplab.app.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.train.Series;

/// A measurement per step: faint as measured, strong as its moving average, with measurements
/// between epochs as dots, epochs and turned knobs as upright lines, and the values under the
/// pointer. Steps count from 1.
public final class LineFigure extends StepFigure {

    /// What a line figure is about.
    ///
    /// @param title name of the measurement and its unit
    /// @param line what the per-step line is, `train`
    /// @param dots what the dots are, `test`; empty when there are never any
    /// @param format how values are written
    /// @param empty what to say while there is nothing to show; lines are separated by `\n`
    /// @param strip whether it is a low strip under another figure, without steps and legend
    public record Subject(
            String title,
            String line,
            String dots,
            DoubleFunction<String> format,
            String empty,
            boolean strip) {}

    private static final double NEAR = 6;
    private static final double FAINT = 0.3;
    private static final double GHOSTLY = 0.75;

    private final Subject subject;
    private final Tone tone;
    private final @Nullable Smoothed smoothed;
    private final Trace raw = new Trace();
    private final Trace smooth = new Trace();
    private final Smoothed ghostly = new Smoothed(20);
    private final Trace ghost = new Trace();
    private Series.View ghostSeries = Series.View.EMPTY;
    private String ghostName = "";
    private int[] dotSteps = new int[0];
    private double[] dotValues = new double[0];
    private List<Mark> marks = List.of();
    private int stepsPerEpoch;
    private boolean log;
    private double ceiling = Double.NaN;

    /// @param smoothed how the strong line follows the measurements, or null for one line only
    public LineFigure(Subject subject, Tone tone, Viewport viewport, @Nullable Smoothed smoothed) {
        super(viewport);
        this.subject = subject;
        this.tone = tone;
        this.smoothed = smoothed;
    }

    public Viewport viewport() {
        return viewport;
    }

    /// Takes in a newer view of the measurements, one per step.
    public void update(Series.View series) {
        update(series, 1);
    }

    /// Takes in a newer view of measurements that are `stride` steps apart, from step 1 on.
    public void update(Series.View series, int stride) {
        boolean changed = raw.update(series) | raw.stride(stride);
        if (smoothed != null) {
            changed |= smooth.update(smoothed.update(series)) | smooth.stride(stride);
        }
        if (changed) {
            changed();
        }
    }

    /// Sets the dots, oldest first.
    public void dots(int[] steps, double[] values) {
        if (!Arrays.equals(steps, dotSteps) || !Arrays.equals(values, dotValues)) {
            dotSteps = steps.clone();
            dotValues = values.clone();
            changed();
        }
    }

    /// Another network's measurements behind this one's, smoothed alike.
    ///
    /// @param name of the other network; empty takes its line away
    public void ghost(String name, Series.View series) {
        ghostly.span(smoothed == null ? 1 : smoothed.span());
        boolean changed = ghost.update(ghostly.update(series)) | !name.equals(ghostName);
        ghostName = name;
        ghostSeries = series;
        if (changed) {
            changed();
        }
    }

    private boolean haunted() {
        return !ghostName.isEmpty() && !ghost.isEmpty();
    }

    public void marks(List<Mark> newer, int newStepsPerEpoch) {
        if (!marks.equals(newer) || stepsPerEpoch != newStepsPerEpoch) {
            marks = List.copyOf(newer);
            stepsPerEpoch = newStepsPerEpoch;
            changed();
        }
    }

    /// How many measurements the strong line looks back; takes effect with the next update.
    public void span(double count) {
        if (smoothed != null) {
            smoothed.span(count);
            changed();
        }
    }

    /// Whether the vertical axis is logarithmic.
    public void log(boolean value) {
        log = value;
        changed();
    }

    /// A value that the vertical axis always reaches: 1 for accuracy.
    public LineFigure upTo(double value) {
        ceiling = value;
        return this;
    }

    @Override
    public String title() {
        return subject.title();
    }

    @Override
    public boolean blank() {
        return raw.isEmpty();
    }

    @Override
    public String summary() {
        if (raw.isEmpty()) {
            return subject.title() + ": nothing measured yet";
        }
        String now =
                subject.title()
                        + ": "
                        + format(raw.last())
                        + " at step "
                        + Numbers.count(raw.step(raw.size() - 1));
        return dotValues.length == 0
                ? now
                : now + "; " + subject.dots() + " " + format(dotValues[dotValues.length - 1]);
    }

    @Override
    public void paint(Surface surface, double width, double height, Palette palette) {
        double text = palette.fontSize();
        Legend legend =
                new Legend(
                        surface,
                        subject.title(),
                        subject.strip() ? List.of() : entries(palette),
                        text,
                        LineFrame.left(text),
                        width - text);
        double top = subject.strip() ? 1.5 * text : legend.height();
        double below = subject.strip() ? 4 : 2 * text;
        area = LineFrame.area(width, height, top, below, text, viewport.axis(), vertical());
        surface.rectangle(0, 0, width, height, palette.background());
        if (subject.strip()) {
            heading(surface, palette);
        } else {
            legend.paint(surface, palette);
        }
        if (raw.isEmpty() && dotSteps.length == 0) {
            LineFrame.edges(surface, palette, area);
            Notes.centred(
                    surface,
                    palette,
                    subject.empty(),
                    area.left(),
                    top,
                    area.width(),
                    area.height());
            return;
        }
        LineFrame.values(surface, palette, area);
        if (!subject.strip()) {
            LineFrame.steps(surface, palette, area, viewport.zoomed());
        }
        LineFrame.edges(surface, palette, area);
        surface.cut(area.left(), top, area.width(), area.height());
        LineFrame.epochs(surface, palette, area, stepsPerEpoch);
        boolean both = smoothed != null && smoothed.span() > 1;
        raw.paint(
                surface,
                area,
                both ? 1 : 1.5,
                both ? Palette.faint(palette.of(tone), FAINT) : palette.of(tone));
        if (haunted()) {
            ghost.paint(surface, area, 1.5, Palette.faint(palette.foreground(), GHOSTLY));
        }
        if (both) {
            smooth.paint(surface, area, 2, palette.of(tone));
        }
        for (Mark mark : marks) {
            double x = PlotArea.crisp(area.px(mark.step()));
            surface.dashed(x, top, x, area.bottom(), 1, palette.setting());
        }
        dots(surface, palette);
        surface.uncut();
        if (!subject.strip()) {
            flags(surface, palette);
        }
        if (!Double.isNaN(hovered()) && !raw.isEmpty()) {
            readout(surface, palette);
        }
    }

    /// Title and newest value of a strip.
    private void heading(Surface surface, Palette palette) {
        double text = palette.fontSize();
        String value = raw.isEmpty() ? "" : " " + format(raw.last());
        surface.text(
                subject.title() + value,
                area.left(),
                0.7 * text,
                Align.LEFT,
                text,
                false,
                palette.muted());
    }

    /// The newest values with the colours they are painted in.
    private List<Legend.Entry> entries(Palette palette) {
        List<Legend.Entry> entries = new ArrayList<>();
        if (!raw.isEmpty()) {
            double last = (smoothed != null ? smooth : raw).last();
            entries.add(
                    new Legend.Entry(
                            subject.line() + " " + format(last),
                            Legend.Sign.LINE,
                            2,
                            palette.of(tone)));
        }
        if (haunted()) {
            entries.add(
                    new Legend.Entry(
                            ghostName + " " + format(ghost.last()),
                            Legend.Sign.LINE,
                            1.5,
                            Palette.faint(palette.foreground(), GHOSTLY)));
        }
        if (dotValues.length > 0) {
            entries.add(
                    new Legend.Entry(
                            subject.dots() + " " + format(dotValues[dotValues.length - 1]),
                            Legend.Sign.DOT,
                            0,
                            palette.test()));
        }
        return entries;
    }

    /// A vertical axis on which everything in sight fits.
    private Axis vertical() {
        Range visible = viewport.axis().range();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        if (raw.scan(visible)) {
            low = raw.low();
            high = raw.high();
        }
        if (haunted() && ghost.scan(visible)) {
            low = Math.min(low, ghost.low());
            high = Math.max(high, ghost.high());
        }
        for (int i = 0; i < dotSteps.length; i++) {
            if (visible.contains(dotSteps[i]) && Double.isFinite(dotValues[i])) {
                low = Math.min(low, dotValues[i]);
                high = Math.max(high, dotValues[i]);
            }
        }
        return LineFrame.vertical(low, high, log, ceiling);
    }

    private void dots(Surface surface, Palette palette) {
        double beforeX = Double.NaN;
        double beforeY = Double.NaN;
        for (int i = 0; i < dotSteps.length; i++) {
            double x = area.px(Math.max(1, dotSteps[i]));
            double y = area.py(dotValues[i]);
            if (!Double.isNaN(y) && !Double.isNaN(beforeY)) {
                surface.line(beforeX, beforeY, x, y, 1.5, palette.test());
            }
            beforeX = x;
            beforeY = y;
        }
        for (int i = 0; i < dotSteps.length; i++) {
            double y = area.py(dotValues[i]);
            if (!Double.isNaN(y)) {
                double x = area.px(Math.max(1, dotSteps[i]));
                surface.disc(x, y, 4, palette.background());
                surface.disc(x, y, 3, palette.test());
            }
        }
    }

    /// Names the marks, where there is room; the last of a bundle wins.
    private void flags(Surface surface, Palette palette) {
        double text = 0.9 * palette.fontSize();
        double y = Double.isNaN(ceiling) ? area.top() + 2 : area.bottom() - text - 6;
        double free = area.right();
        for (Mark mark : marks.reversed()) {
            double x = area.px(mark.step());
            double needed = surface.width(mark.label(), text, false);
            double start = x + 4 + needed > area.right() ? x - 4 - needed : x + 4;
            if (x >= area.left()
                    && x <= area.right()
                    && start > area.left()
                    && start + needed <= free) {
                surface.rectangle(
                        start - 2,
                        y,
                        needed + 4,
                        text + 4,
                        Palette.faint(palette.background(), 0.85));
                surface.text(
                        mark.label(),
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
        int index = raw.nearest(area.at(hovered()));
        double x = PlotArea.crisp(area.px(raw.step(index)));
        if (x < area.left() - 1 || x > area.right() + 1) {
            return;
        }
        surface.line(x, area.top(), x, area.bottom(), 1, palette.muted());
        double y = area.py(raw.get(index));
        if (!Double.isNaN(y)) {
            surface.disc(x, Math.clamp(y, area.top(), area.bottom()), 3, palette.of(tone));
        }
        Notes.box(surface, palette, said(index), x, area.top() + 4, area.left(), area.right());
    }

    /// What there is to say about one measurement, the most important first.
    private List<String> said(int index) {
        int step = raw.step(index);
        List<String> lines = new ArrayList<>();
        lines.add(
                "step "
                        + Numbers.count(step)
                        + (stepsPerEpoch > 0
                                ? ", epoch " + Numbers.significant((double) step / stepsPerEpoch, 3)
                                : ""));
        if (subject.strip()) {
            lines.set(0, lines.getFirst() + ": " + format(raw.get(index)));
            return lines;
        }
        lines.add(subject.line() + " " + format(raw.get(index)));
        if (smoothed != null && smoothed.span() > 1) {
            lines.add(
                    "average of " + Math.round(smoothed.span()) + ": " + format(smooth.get(index)));
        }
        if (haunted() && index < ghost.size()) {
            lines.add(ghostName + " " + format(ghost.get(index)));
        }
        for (int i = 0; i < dotSteps.length; i++) {
            if (near(dotSteps[i], step)) {
                lines.add(subject.dots() + " " + format(dotValues[i]));
                break;
            }
        }
        marks.stream()
                .filter(m -> near(m.step(), step))
                .limit(4)
                .forEach(m -> lines.add(m.label() + " from step " + Numbers.count(m.step())));
        return lines;
    }

    private boolean near(int one, int other) {
        return Math.abs(area.px(one) - area.px(other)) <= NEAR;
    }

    @Override
    int stride() {
        return raw.isEmpty() ? 0 : raw.step(1) - raw.step(0);
    }

    @Override
    public void csv(Appendable out) throws IOException {
        out.append("step,").append(subject.line());
        out.append(smoothed == null ? "" : ",average");
        out.append(haunted() ? "," + ghostName : "");
        out.append(dotSteps.length == 0 ? "" : "," + subject.dots()).append('\n');
        int dot = 0;
        Series.Exact measured = raw.exact();
        Series.Exact average = smooth.exact();
        Series.Exact others = ghostSeries.exact();
        for (int i = 0; i < raw.size(); i++) {
            int step = raw.step(i);
            out.append(Integer.toString(step)).append(',').append(cell(measured.get(i)));
            if (smoothed != null) {
                out.append(',').append(cell(average.get(i)));
            }
            if (haunted()) {
                out.append(',').append(i < ghostSeries.size() ? cell(others.get(i)) : "");
            }
            while (dot < dotSteps.length && dotSteps[dot] < step) {
                dot++;
            }
            if (dotSteps.length > 0) {
                boolean here = dot < dotSteps.length && dotSteps[dot] == step;
                out.append(',').append(here ? Double.toString(dotValues[dot]) : "");
            }
            out.append('\n');
        }
    }

    /// A number in a table; nothing where nothing was measured.
    static String cell(float value) {
        return Float.isNaN(value) ? "" : Float.toString(value);
    }

    private String format(double value) {
        return Double.isNaN(value) ? "–" : subject.format().apply(value);
    }
}
