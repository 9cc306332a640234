package org.skiplab.app.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The values of a bar figure, one or more per block, and what they are called.
final class Bars {
    private final BarFigure.Subject subject;
    private List<String> names = List.of();
    private float[] values = new float[0];
    private float[] onTop = new float[0];
    private float[] dots = new float[0];
    private float[] ghost = new float[0];
    private String lowerName = "";
    private String upperName = "";
    private String dotName = "";
    private String ghostName = "";
    private boolean log = true;
    private double reference = Double.NaN;
    private String referenceName = "";

    Bars(BarFigure.Subject subject) {
        this.subject = subject;
    }

    void linear() {
        log = false;
    }

    void stacked(String lower, String upper) {
        lowerName = lower;
        upperName = upper;
    }

    void dotted(String bars, String name) {
        lowerName = bars;
        dotName = name;
    }

    /// Like the other setters, tells whether anything is different now.
    boolean update(List<String> newNames, float[] newValues, float[] newTop) {
        if (names.equals(newNames)
                && Arrays.equals(values, newValues)
                && Arrays.equals(onTop, newTop)) {
            return false;
        }
        names = List.copyOf(newNames);
        values = newValues.clone();
        onTop = newTop.clone();
        return true;
    }

    boolean dots(float[] newDots) {
        if (Arrays.equals(dots, newDots)) {
            return false;
        }
        dots = newDots.clone();
        return true;
    }

    boolean ghost(String name, List<String> ids, float[] newValues) {
        float[] placed = new float[name.isEmpty() ? 0 : names.size()];
        for (int i = 0; i < placed.length; i++) {
            int at = ids.indexOf(names.get(i));
            placed[i] = at < 0 ? Float.NaN : newValues[at];
        }
        if (name.equals(ghostName) && Arrays.equals(placed, ghost)) {
            return false;
        }
        ghostName = name;
        ghost = placed;
        return true;
    }

    boolean reference(double level, String name) {
        if (reference == level && referenceName.equals(name)) {
            return false;
        }
        reference = level;
        referenceName = name;
        return true;
    }

    int count() {
        return values.length;
    }

    List<String> names() {
        return names;
    }

    boolean log() {
        return log;
    }

    /// The level to compare with, or NaN.
    double reference() {
        return reference;
    }

    String referenceName() {
        return referenceName;
    }

    String lowerName() {
        return lowerName;
    }

    /// What the second part, or the dots, are called.
    String secondName() {
        return dotName.isEmpty() ? upperName : dotName;
    }

    String ghostName() {
        return ghostName;
    }

    /// Whether a block has a value that the axis can show.
    boolean shown(int i) {
        return !Float.isNaN(values[i]) && (!log || values[i] > 0);
    }

    float value(int i) {
        return values[i];
    }

    /// How high a bar is with what comes on top of it.
    float total(int i) {
        return values[i] + (i < onTop.length ? onTop[i] : 0);
    }

    boolean hasTop(int i) {
        return i < onTop.length;
    }

    /// NaN where there is no dot.
    float dot(int i) {
        return i < dots.length ? dots[i] : Float.NaN;
    }

    /// NaN where the other network has no such block.
    float ghost(int i) {
        return i < ghost.length ? ghost[i] : Float.NaN;
    }

    String title() {
        return subject.title();
    }

    String summary() {
        StringBuilder s = new StringBuilder(subject.title());
        for (int i = 0; i < values.length; i++) {
            s.append(i == 0 ? ": " : ", ").append(names.get(i)).append(' ').append(valueText(i));
        }
        return values.length == 0 ? s + ": nothing measured yet" : s.toString();
    }

    /// A value as it is written.
    String written(double value) {
        return subject.format().apply(value);
    }

    private String valueText(int i) {
        return Float.isNaN(values[i]) ? subject.missing() : written(values[i]);
    }

    /// All about a block, in a few lines.
    List<String> said(int i) {
        List<String> lines = new ArrayList<>(own(i));
        if (i < ghost.length) {
            boolean known = !Float.isNaN(ghost[i]);
            lines.add(ghostName + " " + (known ? written(ghost[i]) : "–"));
        }
        return lines;
    }

    private List<String> own(int i) {
        if (i < dots.length && !dotName.isEmpty()) {
            return List.of(
                    names.get(i), dotName + " " + written(dots[i]), lowerName + " " + valueText(i));
        }
        if (i >= onTop.length || Float.isNaN(values[i])) {
            return List.of(names.get(i), valueText(i));
        }
        return List.of(
                names.get(i) + ": " + written(total(i)),
                lowerName + " " + valueText(i),
                upperName + " " + written(onTop[i]));
    }

    /// A vertical axis on which everything fits.
    Axis axis() {
        double low = Double.isNaN(reference) ? Double.POSITIVE_INFINITY : reference;
        double high = Double.isNaN(reference) ? 0 : reference;
        for (int i = 0; i < values.length; i++) {
            for (double v : new double[] {total(i), ghost(i)}) {
                if (v > 0 && Double.isFinite(v)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        if (!log) {
            double least = 0;
            for (float dot : dots) {
                if (!Float.isNaN(dot)) {
                    least = Math.min(least, dot);
                    high = Math.max(high, dot);
                }
            }
            high = high > 0 ? high * 1.08 : 1;
            return new Axis(new Range(least * 1.08, high), false);
        }
        if (!(low <= high)) {
            return new Axis(new Range(0.1, 1), true);
        }
        return new Axis(new Range(low / 2, high * 1.5), true);
    }

    void csv(Appendable out) throws IOException {
        out.append("block,").append(lowerName.isEmpty() ? subject.title() : lowerName);
        out.append(onTop.length == 0 ? "" : "," + upperName);
        out.append(dots.length == 0 ? "" : "," + dotName);
        out.append(ghost.length == 0 ? "" : "," + ghostName);
        boolean compared = !Double.isNaN(reference);
        out.append(compared ? "," + referenceName : "").append('\n');
        for (int i = 0; i < values.length; i++) {
            out.append(names.get(i)).append(',').append(cell(values[i]));
            if (i < onTop.length) {
                out.append(',').append(cell(onTop[i]));
            }
            if (i < dots.length) {
                out.append(',').append(cell(dots[i]));
            }
            if (i < ghost.length) {
                out.append(',').append(cell(ghost[i]));
            }
            out.append(compared ? "," + cell((float) reference) : "").append('\n');
        }
    }

    /// Nothing where nothing was measured, as in the tables of lines.
    private static String cell(float value) {
        return Float.isNaN(value) ? "" : Float.toString(value);
    }
}
