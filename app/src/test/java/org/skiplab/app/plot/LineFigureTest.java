package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.train.Series;

class LineFigureTest {

    private static final double WIDTH = 800;
    private static final double HEIGHT = 300;

    private final Viewport viewport = new Viewport();
    private final LineFigure figure =
            new LineFigure(
                    new LineFigure.Subject(
                            "Loss",
                            "train",
                            "test",
                            Numbers::plain,
                            "Nothing yet\nPress Space.",
                            false),
                    Tone.TRAIN,
                    viewport,
                    new Smoothed(10));
    private final Series series = new Series();

    private RecordedSurface paint() {
        RecordedSurface surface = new RecordedSurface();
        figure.paint(surface, WIDTH, HEIGHT, Palette.PAPER);
        return surface;
    }

    private void append(int count) {
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            series.append((float) (1 + random.nextGaussian() * 0.1));
        }
        viewport.extent(1, series.view().size());
        figure.update(series.view());
    }

    @Test
    void saysWhatToDoWhileThereIsNothing() {
        assertThat(paint().texts).contains("Nothing yet", "Press Space.");
    }

    @Test
    void hasTwoLinesRawAndSmoothed() {
        append(50);
        RecordedSurface surface = paint();

        assertThat(surface.polylines).hasSize(2);
        assertThat(surface.polylines.get(0).stroke().getOpacity()).isLessThan(0.5);
        assertThat(surface.polylines.get(1).stroke()).isEqualTo(Palette.PAPER.train());
        assertThat(surface.polylines.get(0).x()).hasSize(50).isSorted();
    }

    @Test
    void aMillionStepsBecomeTwoPointsPerPixelAndKeepTheirSpike() {
        append(1_000_000);
        series.append(50);
        append(1000);
        RecordedSurface surface = paint();
        double[] y = surface.polylines.get(0).y();
        double highest = DoubleStream.of(y).min().orElseThrow();
        double usual = DoubleStream.of(y).sorted().skip(y.length / 2).findFirst().orElseThrow();

        assertThat(y.length).isLessThanOrEqualTo((int) (2 * WIDTH));
        assertThat(usual - highest).as("the spike stands out").isGreaterThan(100);
    }

    @Test
    void csvHoldsAlsoWhatMemoryOnlyKeepsTheExtremesOf() throws IOException {
        append(2 * Series.FULL);
        float first = series.view().exact().get(100);
        StringBuilder out = new StringBuilder();
        figure.csv(out);

        assertThat(series.view().get(100)).as("long ago").isNotEqualTo(first);
        assertThat(out.substring(0, 10_000)).contains("\n101," + first + ",");
    }

    @Test
    void aGapIsWhereThereIsNoNumber() {
        append(20);
        series.append(Float.NaN);
        append(20);

        assertThat(paint().polylines.stream().filter(p -> p.stroke().getOpacity() < 0.5))
                .hasSize(2);
    }

    @Test
    void hoverTellsTheStepUnderThePointer() {
        append(101);
        figure.marks(List.of(new Mark(101, "learning rate 0.01")), 50);
        figure.dots(new int[] {50, 100}, new double[] {0.9, 0.8});
        paint();
        figure.hover(WIDTH, 100);
        RecordedSurface surface = paint();

        assertThat(surface.texts)
                .contains("step 101, epoch 2.02", "train " + Numbers.plain(series.view().get(100)))
                .contains("test 0.8", "learning rate 0.01 from step 101");
        figure.leave();
        assertThat(paint().texts).doesNotContain("step 101, epoch 2.02");
    }

    @Test
    void zoomShowsFewerStepsAndResetAll() {
        append(1000);
        paint();
        figure.zoom(WIDTH / 2, 0, 20);

        assertThat(paint().polylines.getFirst().x().length).isLessThan(80);
        figure.reset();
        assertThat(paint().polylines.getFirst().x()).hasSize(1000);
    }

    @Test
    void dotsOnALogarithmicAxisLeaveOutZero() {
        append(10);
        figure.log(true);
        figure.dots(new int[] {5, 10}, new double[] {0, 0.5});

        assertThat(
                        paint().discs.stream()
                                .filter(d -> d.fill().equals(Palette.PAPER.test()) && d.y() > 20))
                .hasSize(1);
    }

    @Test
    void revisionGrowsOnlyWithChanges() {
        append(10);
        long before = figure.revision();
        figure.update(series.view());
        figure.dots(new int[0], new double[0]);
        figure.marks(List.of(), 0);

        assertThat(figure.revision()).isEqualTo(before);
        append(1);
        assertThat(figure.revision()).isGreaterThan(before);
    }

    @Test
    void csvHoldsEveryStepAndTheTests() throws IOException {
        series.append(2);
        series.append(1);
        figure.update(series.view());
        figure.dots(new int[] {2}, new double[] {1.5});
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);

        assertThat(csv.toString())
                .isEqualTo("step,train,average,test\n1,2.0,2.0,\n2,1.0,1.4736842,1.5\n");
    }

    @Test
    void aGhostIsALineOfItsOwnWithinTheSameAxes() throws IOException {
        append(50);
        Series other = new Series();
        for (int i = 0; i < 30; i++) {
            other.append(20);
        }
        figure.ghost("plain", other.view());
        RecordedSurface surface = paint();
        assertThat(surface.polylines).hasSize(3);
        assertThat(surface.texts).contains("plain 20");
        assertThat(DoubleStream.of(surface.polylines.get(1).y()).min().orElseThrow())
                .as("on the picture")
                .isPositive();
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);
        assertThat(csv.toString().lines().findFirst()).contains("step,train,average,plain");
        assertThat(csv.toString().lines().skip(30).findFirst().orElseThrow()).endsWith(",20.0");
        assertThat(csv.toString().lines().skip(31).findFirst().orElseThrow()).endsWith(",");
        figure.ghost("", Series.View.EMPTY);
        assertThat(paint().polylines).hasSize(2);
    }
}
