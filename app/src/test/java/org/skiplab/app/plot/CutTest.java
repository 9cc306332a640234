package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutTest {

    private final Cut cut = new Cut(0, 0, 10, 10);

    @Test
    void aLineEndsAtTheEdges() {
        assertThat(pieces(-5, 5, 15, 5)).containsExactly("0.0,5.0 10.0,5.0");
        assertThat(pieces(5, -5, 15, 5)).containsExactly("10.0,0.0 10.0,0.0");
        assertThat(pieces(2, 3, 4, 9)).containsExactly("2.0,3.0 4.0,9.0");
        assertThat(pieces(5, 20, 5, 5)).containsExactly("5.0,10.0 5.0,5.0");
    }

    @Test
    void aLineBesideTheRectangleIsNotThere() {
        assertThat(pieces(-5, 5, -1, 5)).isEmpty();
        assertThat(pieces(11, 0, 11, 10)).isEmpty();
        assertThat(pieces(-3, 8, 3, 14)).isEmpty();
    }

    @Test
    void aPolylineFallsIntoItsStretchesInside() {
        double[] x = {1, 5, 5, 7, 7, 9};
        double[] y = {5, 5, 20, 20, 5, 5};
        List<String> stretches = new ArrayList<>();
        cut.polyline(
                x,
                y,
                x.length,
                (px, py, n) ->
                        stretches.add(
                                Arrays.toString(Arrays.copyOf(px, n))
                                        + Arrays.toString(Arrays.copyOf(py, n))));
        assertThat(stretches)
                .containsExactly(
                        "[1.0, 5.0, 5.0][5.0, 5.0, 10.0]", "[7.0, 7.0, 9.0][10.0, 5.0, 5.0]");
    }

    @Test
    void pointsOnTheEdgeAreInside() {
        assertThat(cut.holds(0, 10)).isTrue();
        assertThat(cut.holds(new double[] {1, 10.1}, new double[] {1, 1}, 2)).isFalse();
        assertThat(cut.holds(new double[] {1, 10.1}, new double[] {1, 1}, 1)).isTrue();
    }

    private List<String> pieces(double x1, double y1, double x2, double y2) {
        List<String> pieces = new ArrayList<>();
        cut.line(x1, y1, x2, y2, (a, b, c, d) -> pieces.add(a + "," + b + " " + c + "," + d));
        return pieces;
    }
}
