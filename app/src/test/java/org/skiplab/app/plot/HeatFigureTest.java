package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeatFigureTest {

    private final HeatFigure figure =
            new HeatFigure(
                    new HeatFigure.Subject("Map", "from", "to", Numbers::plain, "Nothing yet"),
                    (m, r, c) -> List.of(m.title() + " " + r + " " + c),
                    false);

    private RecordedSurface paint() {
        RecordedSurface surface = new RecordedSurface();
        figure.paint(surface, 600, 300, Palette.PAPER);
        return surface;
    }

    private static HeatFigure.Matrix matrix(String title) {
        return new HeatFigure.Matrix(
                title,
                List.of("a", "b"),
                List.of("x", "y"),
                new float[][] {{1, 2}, {Float.NaN, 3}},
                1);
    }

    @Test
    void arrowsWalkFromCellToCellAndMapToMap() {
        figure.update(List.of(matrix("first"), matrix("second")), 0, 3);
        paint();
        figure.move(1, 0);
        assertThat(figure.hovered()).isEqualTo(new HeatFigure.Cell(0, 0, 0));
        figure.move(1, 0);
        figure.move(1, 0);
        assertThat(figure.hovered()).isEqualTo(new HeatFigure.Cell(1, 0, 0));
        figure.move(0, 5);
        assertThat(figure.hovered()).isEqualTo(new HeatFigure.Cell(1, 1, 0));
        assertThat(figure.summary()).isEqualTo("second 1 0");
    }

    @Test
    void aHoveredCellIsReadOut() {
        figure.update(List.of(matrix("first")), 0, 3);
        paint();
        for (int x = 0; x < 600 && figure.hovered() == null; x++) {
            figure.hover(x, 30);
        }

        assertThat(figure.hovered()).isEqualTo(new HeatFigure.Cell(0, 0, 0));
        assertThat(paint().texts).contains("first 0 0");
    }

    @Test
    void saysWhyItIsEmpty() {
        figure.empty("There is no dense block\nAdd one.");

        assertThat(paint().texts).contains("There is no dense block", "Add one.");
    }

    @Test
    void csvLeavesOutWhatIsNotThere() throws IOException {
        figure.update(List.of(matrix("m")), 0, 3);
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);

        assertThat(csv.toString().lines())
                .containsExactly("matrix,from,to,value", "m,a,x,1.0", "m,a,y,2.0", "m,b,y,3.0");
    }
}
