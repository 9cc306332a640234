package org.skiplab.app.plot;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
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

    private final Bars bars;
    private @Nullable Consumer<Set<String>> choose;
    private Set<String> chosen = Set.of();
    private int dragFrom = -1;
    private String empty;
    private String note = "";
    private int hovered = -1;
    private long revision;

    /// Where bars were painted last.
    private PlotArea area = LineFrame.NOWHERE;

    public BarFigure(Subject subject) {
        bars = new Bars(subject);
        empty = subject.empty();
    }

    /// Bars from 0 on a linear axis. Otherwise the axis is logarithmic: blocks may differ by orders
    /// of magnitude.
    public BarFigure linear() {
        bars.linear();
        return this;
    }

    /// Names the two parts of each bar.
    public BarFigure stacked(String lower, String upper) {
        bars.stacked(lower, upper);
        return this;
    }

    /// Names what the dots are that [#dots] sets.
    public BarFigure dotted(String barName, String name) {
        bars.dotted(barName, name);
        return this;
    }

    /// Lets a person choose bars: one by a click, several by dragging over them.
    public BarFigure onChoose(Consumer<Set<String>> told) {
        choose = told;
        return this;
    }

    /// A level to compare with, drawn as a dashed line.
    public BarFigure reference(double level, String name) {
        changed(bars.reference(level, name));
        return this;
    }

    /// Sets the bars.
    ///
    /// @param newNote where the values come from, shown beside the title
    public void update(List<String> names, float[] values, String newNote) {
        update(names, values, new float[0], newNote);
    }

    /// Sets bars of two parts.
    ///
    /// @param onTop what comes on top of each value
    public void update(List<String> names, float[] values, float[] onTop, String newNote) {
        changed(bars.update(names, values, onTop) | !note.equals(newNote));
        note = newNote;
    }

    /// A second value per block, drawn as a dot.
    public void dots(float[] values) {
        changed(bars.dots(values));
    }

    /// Outlines of another network's bars, behind which the own ones stand.
    ///
    /// @param name of the other network; empty takes the outlines away
    /// @param ids its blocks; those that this network has not are left out
    /// @param values one per id
    public void ghost(String name, List<String> ids, float[] values) {
        changed(bars.ghost(name, ids, values));
    }

    /// The bars that are set apart.
    public void chosen(Set<String> names) {
        changed(!names.equals(chosen));
        chosen = Set.copyOf(names);
    }

    /// What to say while there is nothing to show.
    public void empty(String text) {
        changed(!text.equals(empty));
        empty = text;
    }

    private void changed(boolean different) {
        revision += different ? 1 : 0;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public String title() {
        return bars.title();
    }

    @Override
    public boolean blank() {
        return bars.count() == 0;
    }

    @Override
    public String summary() {
        return bars.summary();
    }

    @Override
    public void csv(Appendable out) throws IOException {
        bars.csv(out);
    }

    @Override
    public void paint(Surface surface, double width, double height, Palette palette) {
        surface.rectangle(0, 0, width, height, palette.background());
        area = BarPlot.area(surface, width, height, palette.fontSize(), bars);
        BarPlot.head(surface, width, palette, bars, area, note);
        if (bars.count() > 0) {
            BarPlot.paint(surface, palette, bars, area, chosen, hovered);
            return;
        }
        double floor = area.bottom();
        surface.line(area.left(), floor, area.right(), floor, 1, palette.grid());
        Notes.centred(
                surface, palette, empty, area.left(), area.top(), area.width(), area.height());
    }

    @Override
    public void hover(double x, double y) {
        boolean inside = bars.count() > 0 && x >= area.left() && x <= area.right();
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
        if (choose != null && bars.count() > 0) {
            dragFrom = dragFrom < 0 ? at(x - dx) : dragFrom;
            int to = at(x);
            point(to);
            List<String> over =
                    bars.names().subList(Math.min(dragFrom, to), Math.max(dragFrom, to) + 1);
            chosen(new LinkedHashSet<>(over));
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
        if (choose != null && hovered >= 0 && hovered < bars.count()) {
            choose.accept(Set.of(bars.names().get(hovered)));
        }
    }

    @Override
    public void move(int dx, int dy) {
        if (bars.count() > 0) {
            point(Math.clamp(hovered + dx, 0, bars.count() - 1));
        }
    }

    private int at(double x) {
        return Math.clamp((long) area.at(x), 0, bars.count() - 1);
    }

    private void point(int i) {
        changed(i != hovered);
        hovered = i;
    }
}
