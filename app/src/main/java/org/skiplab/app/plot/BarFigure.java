package org.skiplab.app.plot;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/// One bar per block, from the network's input on the left to its output on the right. A block
/// without a value gets an open ring, not a bar.
public final class BarFigure implements Figure {

    /// What a bar figure is about.
    ///
    /// @param title name of the quantity
    /// @param format how values are written
    /// @param missing why a block may have no value
    /// @param empty what to say while there is nothing to show
    public record Subject(
            String title, DoubleFunction<String> format, String missing, String empty) {}

    private static final double GUTTER = 52;

    private final Subject subject;
    private List<String> names = List.of();
    private float[] values = new float[0];
    private String note = "";
    private double reference = Double.NaN;
    private String referenceName = "";
    private int hovered = -1;
    private long revision;

    private double left;
    private double top;
    private double width;
    private double height;

    public BarFigure(Subject subject) {
        this.subject = subject;
    }

    /// Sets the bars. The vertical axis is logarithmic: the blocks' values differ by orders of
    /// magnitude.
    ///
    /// @param newNote where the values come from, shown beside the title
    public void update(List<String> newNames, float[] newValues, String newNote) {
        if (!names.equals(newNames) || !Arrays.equals(values, newValues) || !note.equals(newNote)) {
            names = List.copyOf(newNames);
            values = newValues.clone();
            note = newNote;
            revision++;
        }
    }

    /// A level to compare with, drawn as a dashed line.
    public BarFigure reference(double level, String name) {
        reference = level;
        referenceName = name;
        return this;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public String title() {
        return subject.title();
    }

    @Override
    public String summary() {
        StringBuilder s = new StringBuilder(subject.title());
        for (int i = 0; i < values.length; i++) {
            s.append(i == 0 ? ": " : ", ").append(names.get(i)).append(' ').append(text(i));
        }
        return values.length == 0 ? s + ": nothing measured yet" : s.toString();
    }

    @Override
    public void paint(Surface surface, double w, double h, Palette palette) {
        surface.rectangle(0, 0, w, h, palette.background());
        double text = palette.fontSize();
        left = GUTTER * text / 11;
        top = 2 * text;
        width = Math.max(1, w - left - text);
        height = Math.max(1, h - top - 2 * text);
        surface.text(subject.title(), left, text, Align.LEFT, text, true, palette.foreground());
        double titled = left + surface.width(subject.title(), text, true) + 1.2 * text;
        if (titled + surface.width(note, text, false) < w) {
            surface.text(note, titled, text, Align.LEFT, text, false, palette.muted());
        }
        if (values.length == 0) {
            surface.line(left, top + height, left + width, top + height, 1, palette.grid());
            Notes.centred(surface, palette, subject.empty(), left, top, width, height);
            return;
        }
        Axis y = axis();
        for (Tick tick : y.ticks((int) Math.clamp(height / (2.4 * text), 1, 8))) {
            double at = Math.floor(py(y, tick.value())) + 0.5;
            surface.line(left, at, left + width, at, 1, palette.grid());
            surface.text(
                    tick.label(), left - 0.5 * text, at, Align.RIGHT, text, false, palette.muted());
        }
        bars(surface, palette, y);
        if (!Double.isNaN(reference)) {
            double at = py(y, reference);
            surface.dashed(left, at, left + width, at, 1.5, palette.foreground());
            surface.text(
                    referenceName,
                    left + width,
                    at - 0.7 * text,
                    Align.RIGHT,
                    text,
                    false,
                    palette.foreground());
        }
        labels(surface, palette);
        if (hovered >= 0 && hovered < values.length) {
            double at = left + (hovered + 0.5) * width / values.length;
            Notes.box(
                    surface,
                    palette,
                    List.of(names.get(hovered), text(hovered)),
                    at,
                    top + 4,
                    left,
                    left + width);
        }
    }

    private void bars(Surface surface, Palette palette, Axis y) {
        double slot = width / values.length;
        double gap = slot > 6 ? Math.min(6, slot * 0.25) : slot > 2 ? 1 : 0;
        for (int i = 0; i < values.length; i++) {
            double x = left + i * slot + gap / 2;
            if (Float.isNaN(values[i]) || values[i] <= 0) {
                surface.ring(
                        left + (i + 0.5) * slot,
                        top + height - 5,
                        Math.min(3, slot / 2),
                        1.2,
                        palette.muted());
                continue;
            }
            double at = py(y, values[i]);
            surface.rectangle(
                    x,
                    at,
                    Math.max(0.5, slot - gap),
                    Math.max(1, top + height - at),
                    hovered == i ? palette.foreground() : palette.train());
        }
        surface.line(left, top + height, left + width, top + height, 1, palette.muted());
    }

    private void labels(Surface surface, Palette palette) {
        double text = palette.fontSize();
        double slot = width / values.length;
        double free = left;
        for (int i = 0; i < names.size(); i++) {
            double needed = surface.width(names.get(i), text, false);
            double at = left + (i + 0.5) * slot - needed / 2;
            if (at >= free && at + needed <= left + width + text / 2) {
                surface.text(
                        names.get(i),
                        at,
                        top + height + text,
                        Align.LEFT,
                        text,
                        false,
                        palette.muted());
                free = at + needed + text;
            }
        }
    }

    private Axis axis() {
        double low = Double.isNaN(reference) ? Double.POSITIVE_INFINITY : reference;
        double high = Double.isNaN(reference) ? 0 : reference;
        for (float value : values) {
            if (value > 0 && Float.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (!(low <= high)) {
            return new Axis(new Range(0.1, 1), true);
        }
        return new Axis(new Range(low / 2, high * 1.5), true);
    }

    private double py(Axis y, double value) {
        return top + (1 - y.position(value)) * height;
    }

    private String text(int i) {
        return Float.isNaN(values[i]) ? subject.missing() : subject.format().apply(values[i]);
    }

    @Override
    public void hover(double x, double y) {
        choose(x < left || x > left + width ? -1 : (int) ((x - left) / width * values.length));
    }

    @Override
    public void leave() {
        choose(-1);
    }

    @Override
    public void move(int dx, int dy) {
        if (values.length > 0) {
            choose(Math.clamp(hovered + dx, 0, values.length - 1));
        }
    }

    private void choose(int i) {
        if (i != hovered) {
            hovered = i;
            revision++;
        }
    }

    @Override
    public void csv(Appendable out) throws IOException {
        out.append("block,").append(subject.title()).append('\n');
        for (int i = 0; i < values.length; i++) {
            out.append(names.get(i)).append(',').append(Float.toString(values[i])).append('\n');
        }
    }
}
