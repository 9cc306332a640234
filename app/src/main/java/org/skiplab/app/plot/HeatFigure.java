package org.skiplab.app.plot;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// One or more matrices of numbers as colours, side by side on one scale, with the value under the
/// pointer.
public final class HeatFigure implements Figure {

    /// A matrix.
    ///
    /// @param title above it
    /// @param rows names of the rows, top first
    /// @param columns names of the columns, left first
    /// @param value `value[row][column]`, NaN where there is none
    /// @param boxed number of last columns that are set apart by a frame
    public record Matrix(
            String title, List<String> rows, List<String> columns, float[][] value, int boxed) {
        public Matrix {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
        }
    }

    /// Says what a cell holds, one line each.
    @FunctionalInterface
    public interface Reading {
        List<String> of(Matrix matrix, int row, int column);
    }

    /// A hovered cell.
    ///
    /// @param matrix index among the matrices
    public record Cell(int matrix, int row, int column) {}

    /// What a heat map is about.
    ///
    /// @param title name of the figure
    /// @param rows what the rows are, `source`
    /// @param columns what the columns are, `target`
    /// @param format how values on the scale are written
    /// @param empty what to say while there is nothing to show
    public record Subject(
            String title,
            String rows,
            String columns,
            DoubleFunction<String> format,
            String empty) {}

    private static final Matrix NONE = new Matrix("", List.of(), List.of(), new float[0][], 0);

    private final Subject subject;
    private final Reading reading;
    private final boolean numbered;
    private List<Matrix> matrices = List.of();
    private double least;
    private double most = 1;
    private String empty;
    private String note = "";
    private @Nullable Cell hovered;
    private Consumer<Cell> chosen = _ -> {};
    private Table table = this::values;
    private long revision;

    private double[] lefts = new double[0];
    private double right;
    private double bottom;
    private double top;
    private double cellWidth = 1;
    private double cellHeight = 1;
    private Raster[] rasters = new Raster[0];

    /// @param numbered whether cells that are large enough show their number
    public HeatFigure(Subject subject, Reading reading, boolean numbered) {
        this.subject = subject;
        this.reading = reading;
        this.numbered = numbered;
        this.empty = subject.empty();
    }

    /// Sets the matrices and the ends of the colour scale.
    public void update(List<Matrix> newer, double low, double high) {
        matrices = List.copyOf(newer);
        least = low;
        most = high > low ? high : low + 1;
        if (rasters.length < matrices.size()) {
            int had = rasters.length;
            rasters = Arrays.copyOf(rasters, matrices.size());
            for (int i = had; i < rasters.length; i++) {
                rasters[i] = new Raster();
            }
        }
        lefts = new double[matrices.size()];
        if (hovered != null && !exists(hovered)) {
            hovered = null;
        }
        revision++;
    }

    /// A line below the maps: how the numbers came about.
    public void note(String text) {
        if (!text.equals(note)) {
            note = text;
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

    /// The cell under the pointer, if any.
    public @Nullable Cell hovered() {
        return hovered;
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
    public boolean blank() {
        return matrices.isEmpty();
    }

    @Override
    public String summary() {
        Cell cell = hovered;
        if (cell != null) {
            return String.join(
                    ", ", reading.of(matrices.get(cell.matrix()), cell.row(), cell.column()));
        }
        return matrices.isEmpty()
                ? empty.replace('\n', ' ')
                : subject.title()
                        + ", "
                        + matrices.size()
                        + (matrices.size() == 1 ? " map" : " maps");
    }

    @Override
    public void paint(Surface surface, double w, double h, Palette palette) {
        surface.rectangle(0, 0, w, h, palette.background());
        double text = palette.fontSize();
        if (matrices.isEmpty()) {
            Notes.centred(surface, palette, empty, 0, 0, w, h);
            return;
        }
        arrange(surface, palette, w, h);
        for (int m = 0; m < matrices.size(); m++) {
            matrix(surface, palette, m);
        }
        double tall = Math.max(1, bottom - top);
        double ends = right + 1.5 * text;
        HeatAxes.scale(
                surface,
                palette,
                ends,
                top,
                tall,
                v -> subject.format().apply(least + v * (most - least)));
        surface.text(
                footer(surface, text, w - lefts[0] - text),
                lefts[0],
                Math.min(h - 0.8 * text, bottom + 2.3 * text),
                Align.LEFT,
                text,
                false,
                palette.muted());
        Cell cell = hovered;
        if (cell != null) {
            double x = lefts[cell.matrix()] + cell.column() * cellWidth;
            double y = top + cell.row() * cellHeight;
            outline(surface, palette.foreground(), x, y, cellWidth, cellHeight, 2);
            List<String> lines = reading.of(matrices.get(cell.matrix()), cell.row(), cell.column());
            double boxed = lines.size() * 1.4 * text + 0.6 * text;
            Notes.box(
                    surface,
                    palette,
                    lines,
                    x + cellWidth,
                    Math.clamp(y, 2, Math.max(2, h - boxed - 4)),
                    2,
                    w - 2);
        }
    }

    /// What the axes are, and as much of the note as there is room for.
    private String footer(Surface surface, double text, double room) {
        String axes = subject.rows() + " ↓   " + subject.columns() + " →";
        String whole = axes + "      " + note;
        if (note.isEmpty() || surface.width(whole, text, false) <= room) {
            return whole.strip();
        }
        String shorter = whole.replaceFirst(";[^;]*$", "");
        return surface.width(shorter, text, false) <= room ? shorter : axes;
    }

    private void arrange(Surface surface, Palette palette, double w, double h) {
        double text = palette.fontSize();
        double names = 0;
        int columns = 0;
        int rows = 1;
        for (Matrix matrix : matrices) {
            columns += matrix.columns().size();
            rows = Math.max(rows, matrix.rows().size());
            for (String name : matrix.rows()) {
                names = Math.max(names, surface.width(name, text, false));
            }
        }
        names += text;
        top = 1.9 * text;
        double legend = 7.5 * text;
        double tall = h - top - 3.2 * text;
        double wide = w - legend - matrices.size() * (names + text) - 2 * text;
        double cell = Math.max(1, Math.min(tall / rows, wide / columns));
        double broad = Math.max(cell, Math.min(wide / columns, 3.2 * cell));
        cellHeight = cell >= 3 ? Math.floor(cell) : cell;
        cellWidth = broad >= 3 ? Math.floor(broad) : broad;
        double x = text;
        for (int m = 0; m < matrices.size(); m++) {
            x += names;
            lefts[m] = Math.floor(x);
            x += matrices.get(m).columns().size() * cellWidth;
            right = x;
            x += text;
        }
        bottom = top + rows * cellHeight;
    }

    private void matrix(Surface surface, Palette palette, int m) {
        Matrix matrix = matrices.get(m);
        double text = palette.fontSize();
        int rows = matrix.rows().size();
        int columns = matrix.columns().size();
        double left = lefts[m];
        double width = columns * cellWidth;
        double height = rows * cellHeight;
        surface.text(
                matrix.title(), left, 0.9 * text, Align.LEFT, text, true, palette.foreground());
        Raster raster = rasters[m];
        raster.clear(columns, rows);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                float value = matrix.value()[r][c];
                if (!Float.isNaN(value)) {
                    raster.set(c, r, palette.scale().argb(share(value)));
                }
            }
        }
        surface.raster(raster, left, top, width, height);
        if (numbered && cellHeight >= 1.3 * text) {
            numbers(surface, palette, matrix, left);
        }
        HeatAxes.names(
                surface,
                palette,
                matrix,
                new HeatAxes.Place(left, top, width, height, cellWidth, cellHeight));
        if (matrix.boxed() > 0) {
            double boxed = matrix.boxed() * cellWidth;
            outline(surface, palette.foreground(), left + width - boxed, top, boxed, height, 1);
        }
    }

    private void numbers(Surface surface, Palette palette, Matrix matrix, double left) {
        double text = 0.9 * palette.fontSize();
        for (int r = 0; r < matrix.rows().size(); r++) {
            for (int c = 0; c < matrix.columns().size(); c++) {
                float value = matrix.value()[r][c];
                String number = reading.of(matrix, r, c).getFirst();
                if (!Float.isNaN(value) && surface.width(number, text, false) < cellWidth - 4) {
                    surface.text(
                            number,
                            left + (c + 0.5) * cellWidth,
                            top + (r + 0.5) * cellHeight,
                            Align.CENTRE,
                            text,
                            false,
                            palette.scale().textOn(share(value)));
                }
            }
        }
    }

    private static void outline(
            Surface surface,
            javafx.scene.paint.Color colour,
            double x,
            double y,
            double w,
            double h,
            double thickness) {
        surface.line(x, y, x + w, y, thickness, colour);
        surface.line(x + w, y, x + w, y + h, thickness, colour);
        surface.line(x + w, y + h, x, y + h, thickness, colour);
        surface.line(x, y + h, x, y, thickness, colour);
    }

    private double share(double value) {
        return (value - least) / (most - least);
    }

    private boolean exists(Cell cell) {
        Matrix matrix = cell.matrix() < matrices.size() ? matrices.get(cell.matrix()) : NONE;
        return cell.row() < matrix.rows().size() && cell.column() < matrix.columns().size();
    }

    @Override
    public void hover(double x, double y) {
        Cell found = null;
        for (int m = 0; m < matrices.size(); m++) {
            int row = (int) Math.floor((y - top) / cellHeight);
            int column = (int) Math.floor((x - lefts[m]) / cellWidth);
            Cell cell = new Cell(m, row, column);
            if (row >= 0
                    && column >= 0
                    && exists(cell)
                    && !Float.isNaN(matrices.get(m).value()[row][column])) {
                found = cell;
            }
        }
        choose(found);
    }

    @Override
    public void leave() {
        choose(null);
    }

    /// Lets a person choose cells.
    public HeatFigure onChoose(Consumer<Cell> told) {
        chosen = told;
        return this;
    }

    @Override
    public void click(double x, double y) {
        hover(x, y);
        enter();
    }

    @Override
    public void enter() {
        Cell cell = hovered;
        if (cell != null) {
            chosen.accept(cell);
        }
    }

    @Override
    public void move(int dx, int dy) {
        if (matrices.isEmpty()) {
            return;
        }
        Cell from = hovered;
        if (from == null) {
            choose(new Cell(0, 0, 0));
            return;
        }
        Matrix matrix = matrices.get(from.matrix());
        int column = from.column() + dx;
        int index = from.matrix();
        if (column < 0 && index > 0) {
            index--;
            column = matrices.get(index).columns().size() - 1;
        } else if (column >= matrix.columns().size() && index < matrices.size() - 1) {
            index++;
            column = 0;
        }
        Matrix target = matrices.get(index);
        choose(
                new Cell(
                        index,
                        Math.clamp(from.row() + dy, 0, target.rows().size() - 1),
                        Math.clamp(column, 0, target.columns().size() - 1)));
    }

    private void choose(@Nullable Cell cell) {
        if (!java.util.Objects.equals(cell, hovered)) {
            hovered = cell;
            revision++;
        }
    }

    /// Writes other numbers than those that the colours show.
    public HeatFigure table(Table other) {
        table = other;
        return this;
    }

    @Override
    public void csv(Appendable out) throws IOException {
        table.write(out);
    }

    private void values(Appendable out) throws IOException {
        out.append("matrix,")
                .append(subject.rows())
                .append(',')
                .append(subject.columns())
                .append(",value\n");
        for (Matrix matrix : matrices) {
            for (int r = 0; r < matrix.rows().size(); r++) {
                for (int c = 0; c < matrix.columns().size(); c++) {
                    if (!Float.isNaN(matrix.value()[r][c])) {
                        out.append(
                                String.format(
                                        Locale.ROOT,
                                        "%s,%s,%s,%s%n",
                                        matrix.title(),
                                        matrix.rows().get(r),
                                        matrix.columns().get(c),
                                        matrix.value()[r][c]));
                    }
                }
            }
        }
    }
}
