package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.train.Series;

class OverlayFigureTest {

    private final OverlayFigure figure =
            new OverlayFigure("Loss", Numbers::plain, Double.NaN, "Nothing yet", new Viewport());

    private static OverlayFigure.Line line(String name, float... values) {
        Series series = new Series();
        for (float value : values) {
            series.append(value);
        }
        return new OverlayFigure.Line(name, 0, series.view(), new int[] {2}, new double[] {0.5});
    }

    private String csv() throws IOException {
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);
        return csv.toString();
    }

    @Test
    void csvHoldsWhatIsDrawn() throws IOException {
        figure.show(List.of(line("wide", 2, 2, 2), line("deep", 1)));
        assertThat(csv().lines())
                .containsExactly(
                        "step,\"wide\",\"wide average\",\"wide test\","
                                + "\"deep\",\"deep average\",\"deep test\"",
                        "1,2.0,2.0,,1.0,1.0,",
                        "2,2.0,2.0,0.5,,,0.5",
                        "3,2.0,2.0,,,,");
    }

    @Test
    void runsOfTheSameNameAreDrawnEachWithItsOwnNumbers() throws IOException {
        figure.show(List.of(line("one", 2), line("other", 1)));
        figure.show(List.of(line("one", 2), line("one", 1)));
        figure.show(List.of(line("one", 2, 2), line("one", 1, 1)));
        assertThat(csv()).contains("\n1,2.0,2.0,,1.0,1.0,\n");
    }
}
