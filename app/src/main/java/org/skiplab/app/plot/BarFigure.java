package org.skiplab.app.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// One bar per block, from the network's input on the left to its output on the right. A block
/// without a value gets an open ring, not a bar. Bars may have a second part on top, and may be
/// chosen by a click or by dragging over several.
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
    private float[] onTop = new float[0];
    private float[] dots = new float[0];
    private String dotName = "";
    private float[] ghost = new float[0];
    private String ghostName = "";
    private String lowerName = "";
    private String upperName = "";
    private boolean log = true;
    private @Nullable Consumer<Set<String>> choose;
    private Set<String> chosen = Set.of();
    private int dragFrom = -1;
    private String empty;
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
        this.empty = subject.empty();
    }

    /// Bars from 0 on a linear axis. Otherwise the axis is logarithmic: blocks may differ by orders
    /// of magnitude.
    public BarFigure linear() {
        log = false;
        return this;
    }

    /// Names the two parts of each bar.
    public BarFigure stacked(String lower, String upper) {
        lowerName = lower;
        upperName = upper;
        return this;
    }

    /// Names what the dots are that [#dots] sets.
    public BarFigure dotted(String bars, String name) {
        lowerName = bars;
        dotName = name;
        return this;
    }

    /// A second value per block, drawn as a dot.
    public void dots(float[] newDots) {
        if (!Arrays.equals(dots, newDots)) {
            dots = newDots.clone();
            revision++;
        }
    }

    /// Outlines of another network's bars, behind which the own ones stand.
    ///
    /// @param name of the other network; empty takes the outlines away
    /// @param ids its blocks; those that this network has not are left out
    /// @param newValues one per id
    public void ghost(String name, List<String> ids, float[] newValues) {
        float[] placed = new float[name.isEmpty() ? 0 : names.size()];
        for (int i = 0; i < placed.length; i++) {
            int at = ids.indexOf(names.get(i));
            placed[i] = at < 0 ? Float.NaN : newValues[at];
        }
        if (!name.equals(ghostName) || !Arrays.equals(placed, ghost)) {
            ghostName = name;
            ghost = placed;
            revision++;
        }
    }

    /// Lets a person choose bars: one by a click, several by dragging over them.
    public BarFigure onChoose(Consumer<Set<String>> told) {
        choose = told;
        return this;
    }

    /// The bars that are set apart.
    public void chosen(Set<String> names) {
        if (!names.equals(chosen)) {
            chosen = Set.copyOf(names);
            revision++;
        }
    }

    /// What to say while there is nothing to show.
    public void empty(String text) {
        if (!text.equals(empty)) {
            empty = text;
            revision++;
        }
    }

    /// Sets the bars.
    ///
    /// @param newNote where the values come from, shown beside the title
    public void update(List<String> newNames, float[] newValues, String newNote) {
        update(newNames, newValues, new float[0], newNote);
    }

    /// Sets bars of two parts.
    ///
    /// @param newTop what comes on top of each value
    public void update(List<String> newNames, float[] newValues, float[] newTop, String newNote) {
        if (!names.equals(newNames)
                || !Arrays.equals(values, newValues)
                || !Arrays.equals(onTop, newTop)
                || !note.equals(newNote)) {
            names = List.copyOf(newNames);
            values = newValues.clone();
            onTop = newTop.clone();
            note = newNote;
            revision++;
        }
    }

    /// A level to compare with, drawn as a dashed line.
    public BarFigure reference(double level, String name) {
        if (reference != level || !referenceName.equals(name)) {
            reference = level;
            referenceName = name;
            revision++;
        }
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
        titled = legend(surface, palette, titled);
        if (titled + surface.width(note, text, false) < w) {
            surface.text(note, titled, text, Align.LEFT, text, false, palette.muted());
        }
        if (values.length == 0) {
            surface.line(left, top + height, left + width, top + height, 1, palette.grid());
            Notes.centred(surface, palette, empty, left, top, width, height);
            return;
        }
        Axis y = axis();
        for (Tick tick : y.ticks((int) Math.clamp(height / (2.4 * text), 1, 8))) {
            double at = Math.floor(py(y, tick.value())) + 0.5;
            surface.line(left, at, left + width, at, 1, palette.grid());
            surface.text(
                    log ? tick.label() : subject.format().apply(tick.value()),
                    left - 0.5 * text,
                    at,
                    Align.RIGHT,
                    text,
                    false,
                    palette.muted());
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
            Notes.box(surface, palette, said(hovered), at, top + 4, left, left + width);
        }
    }

    private void bars(Surface surface, Palette palette, Axis y) {
        double slot = width / values.length;
        double gap = slot > 6 ? Math.min(6, slot * 0.25) : slot > 2 ? 1 : 0;
        for (int i = 0; i < values.length; i++) {
            double x = left + i * slot + gap / 2;
            if (Float.isNaN(values[i]) || (log && values[i] <= 0)) {
                boolean marked = chosen.contains(names.get(i));
                surface.ring(
                        left + (i + 0.5) * slot,
                        top + height - 5,
                        Math.min(3, slot / 2),
                        1.2,
                        marked ? palette.alarm() : palette.muted());
                continue;
            }
            double at = py(y, values[i]);
            double floor = log ? top + height : py(y, 0);
            Color colour = chosen.contains(names.get(i)) ? palette.alarm() : palette.train();
            bar(surface, x, at, floor, slot - gap, hovered == i, colour, palette);
            if (i < onTop.length) {
                double above = py(y, values[i] + onTop[i]);
                bar(surface, x, above, at, slot - gap, hovered == i, palette.test(), palette);
            }
        }
        double floor = log ? top + height : py(y, 0);
        for (int i = 0; i < Math.min(ghost.length, values.length); i++) {
            if (ghost[i] > 0) {
                double x = left + i * slot + Math.min(gap, 2) / 2;
                outline(surface, x, py(y, ghost[i]), floor, slot - Math.min(gap, 2), palette);
            }
        }
        surface.line(left, floor, left + width, floor, 1, palette.muted());
        for (int i = 0; i < Math.min(dots.length, values.length); i++) {
            if (!Float.isNaN(dots[i])) {
                double radius = Math.clamp(slot / 4, 1.5, 4);
                surface.disc(left + (i + 0.5) * slot, py(y, dots[i]), radius, palette.test());
            }
        }
    }

    private static void bar(
            Surface surface,
            double x,
            double from,
            double to,
            double wide,
            boolean hovered,
            Color colour,
            Palette palette) {
        Color fill = hovered ? colour.interpolate(palette.foreground(), 0.4) : colour;
        surface.rectangle(x, from, Math.max(0.5, wide), Math.max(1, to - from), fill);
    }

    /// Three sides of a bar; where bars are hairlines, its upper end alone.
    private static void outline(
            Surface surface, double x, double from, double to, double wide, Palette palette) {
        Color colour = palette.foreground();
        surface.line(x, from, x + wide, from, 1.5, colour);
        if (wide > 5) {
            surface.dashed(x, from, x, to, 1, colour);
            surface.dashed(x + wide, from, x + wide, to, 1, colour);
        }
    }

    /// Names the two parts and the ghost; returns where there is room behind them.
    private double legend(Surface surface, Palette palette, double from) {
        double text = palette.fontSize();
        double x = from;
        for (int part = 0; part < 2 && !lowerName.isEmpty(); part++) {
            String name = part == 0 ? lowerName : dotName.isEmpty() ? upperName : dotName;
            Color colour = part == 0 ? palette.train() : palette.test();
            surface.rectangle(x, 0.65 * text, 0.7 * text, 0.7 * text, colour);
            surface.text(name, x + text, text, Align.LEFT, text, false, palette.muted());
            x += 2.2 * text + surface.width(name, text, false);
        }
        if (!ghostName.isEmpty()) {
            outline(surface, x, 0.6 * text, 1.4 * text, 0.8 * text, palette);
            surface.text(
                    ghostName, x + 1.2 * text, text, Align.LEFT, text, false, palette.foreground());
            x += 2.4 * text + surface.width(ghostName, text, false);
        }
        return x;
    }

    private List<String> said(int i) {
        List<String> lines = new ArrayList<>(own(i));
        if (i < ghost.length) {
            boolean known = !Float.isNaN(ghost[i]);
            lines.add(ghostName + " " + (known ? subject.format().apply(ghost[i]) : "–"));
        }
        return lines;
    }

    private List<String> own(int i) {
        if (i < dots.length && !dotName.isEmpty()) {
            return List.of(
                    names.get(i),
                    dotName + " " + subject.format().apply(dots[i]),
                    lowerName + " " + text(i));
        }
        if (i >= onTop.length || Float.isNaN(values[i])) {
            return List.of(names.get(i), text(i));
        }
        return List.of(
                names.get(i) + ": " + subject.format().apply(values[i] + onTop[i]),
                lowerName + " " + text(i),
                upperName + " " + subject.format().apply(onTop[i]));
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
        for (int i = 0; i < values.length; i++) {
            double value = values[i] + (i < onTop.length ? onTop[i] : 0);
            for (double v : new double[] {value, i < ghost.length ? ghost[i] : value}) {
                if (v > 0 && Double.isFinite(v)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        if (!log) {
            double least = 0;
            for (float dot : dots) {
                least = Math.min(least, dot);
                high = Math.max(high, dot);
            }
            high = high > 0 ? high * 1.08 : 1;
            return new Axis(new Range(least * 1.08, high), false);
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
        boolean inside = values.length > 0 && x >= left && x <= left + width;
        point(inside ? at(x) : -1);
    }

    @Override
    public void leave() {
        point(-1);
    }

    @Override
    public void press(double x, double y) {
        dragFrom = -1;
    }

    @Override
    public void drag(double x, double dx) {
        if (choose != null && values.length > 0) {
            dragFrom = dragFrom < 0 ? at(x - dx) : dragFrom;
            int to = at(x);
            point(to);
            Set<String> over =
                    new LinkedHashSet<>(
                            names.subList(Math.min(dragFrom, to), Math.max(dragFrom, to) + 1));
            chosen(over);
        }
    }

    @Override
    public void release() {
        if (choose != null && dragFrom >= 0) {
            dragFrom = -1;
            choose.accept(chosen);
        }
    }

    @Override
    public void click(double x, double y) {
        hover(x, y);
        enter();
    }

    @Override
    public void enter() {
        if (choose != null && hovered >= 0 && hovered < names.size()) {
            choose.accept(Set.of(names.get(hovered)));
        }
    }

    private int at(double x) {
        return Math.clamp((long) ((x - left) / width * values.length), 0, values.length - 1);
    }

    @Override
    public void move(int dx, int dy) {
        if (values.length > 0) {
            point(Math.clamp(hovered + dx, 0, values.length - 1));
        }
    }

    private void point(int i) {
        if (i != hovered) {
            hovered = i;
            revision++;
        }
    }

    @Override
    public void csv(Appendable out) throws IOException {
        out.append("block,").append(lowerName.isEmpty() ? subject.title() : lowerName);
        out.append(onTop.length == 0 ? "" : "," + upperName);
        out.append(dots.length == 0 ? "" : "," + dotName);
        out.append(ghost.length == 0 ? "" : "," + ghostName).append('\n');
        for (int i = 0; i < values.length; i++) {
            out.append(names.get(i)).append(',').append(Float.toString(values[i]));
            if (i < onTop.length) {
                out.append(',').append(Float.toString(onTop[i]));
            }
            if (i < dots.length) {
                out.append(',').append(Float.toString(dots[i]));
            }
            if (i < ghost.length) {
                out.append(',').append(Float.toString(ghost[i]));
            }
            out.append('\n');
        }
    }
}
