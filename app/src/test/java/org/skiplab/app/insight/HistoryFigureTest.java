package org.skiplab.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.app.plot.Palette;
import org.skiplab.app.plot.RecordedSurface;
import org.skiplab.engine.probe.DepthHistory;

class HistoryFigureTest {

    private final List<Integer> chosen = new ArrayList<>();
    private final DepthHistory history = new DepthHistory(List.of("first", "last"));
    private final HistoryFigure figure = new HistoryFigure("Gradient", "Nothing yet", chosen::add);

    private RecordedSurface paint() {
        RecordedSurface surface = new RecordedSurface();
        figure.paint(surface, 400, 120, Palette.PAPER);
        return surface;
    }

    private void read() {
        history.append(1, new float[] {0.5f, Float.NaN});
        history.append(6, new float[] {0.25f, 0.125f});
        figure.update(history.view());
    }

    @Test
    void saysWhatToDoWhileThereIsNothing() {
        assertThat(paint().texts).contains("Nothing yet");
    }

    @Test
    void hoverTellsValueBlockAndStep() {
        read();
        paint();
        figure.hover(380, 90);
        assertThat(paint().texts).contains("0.125", "last at step 6");
        figure.hover(120, 90);
        assertThat(paint().texts).contains("did not run", "last at step 1");
    }

    @Test
    void aClickChoosesAReadingAndAnotherLetsGo() {
        read();
        paint();
        figure.click(380, 90);
        figure.chosen(1);
        figure.click(380, 90);

        assertThat(chosen).containsExactly(1, -1);
    }

    @Test
    void csvHoldsEveryReading() throws IOException {
        read();
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);

        assertThat(csv.toString()).isEqualTo("step,first,last\n1,0.5,\n6,0.25,0.125\n");
    }

    @Test
    void revisionGrowsOnlyWithReadings() {
        read();
        long before = figure.revision();
        figure.update(history.view());
        assertThat(figure.revision()).isEqualTo(before);
        history.append(11, new float[] {1, 1});
        figure.update(history.view());
        assertThat(figure.revision()).isGreaterThan(before);
    }
}
