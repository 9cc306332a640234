package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BarFigureTest {

    private final List<Set<String>> chosen = new ArrayList<>();
    private final BarFigure figure =
            new BarFigure(new BarFigure.Subject("Time", Numbers::plain, "idle", "Nothing yet"))
                    .linear()
                    .onChoose(chosen::add);

    private RecordedSurface paint() {
        RecordedSurface surface = new RecordedSurface();
        figure.paint(surface, 460, 200, Palette.PAPER);
        return surface;
    }

    @Test
    void aClickChoosesOneBarAndDraggingSeveral() {
        figure.update(List.of("a", "b", "c", "d"), new float[] {1, 2, 3, 4}, "");
        paint();
        figure.click(60, 100);
        figure.press(160, 100);
        figure.drag(170, 10);
        figure.drag(360, 190);
        assertThat(chosen).as("only when let go").hasSize(1);
        figure.release();

        assertThat(chosen).containsExactly(Set.of("a"), Set.of("b", "c", "d"));
    }

    @Test
    void draggingWithoutAPressBeforeChoosesNothing() {
        paint();
        figure.drag(100, 10);
        figure.release();
        figure.click(100, 100);

        assertThat(chosen).isEmpty();
    }

    @Test
    void wideNumbersStandInThePicture() {
        BarFigure wide =
                new BarFigure(new BarFigure.Subject("Time", v -> v + " seconds", "idle", ""))
                        .linear();
        wide.update(List.of("a"), new float[] {2}, "");
        RecordedSurface surface = new RecordedSurface();
        wide.paint(surface, 460, 200, Palette.PAPER);

        assertThat(surface.texts).anyMatch(t -> t.endsWith(" seconds"));
        assertThat(surface.leftmost).isPositive();
    }

    @Test
    void hoverTellsBothParts() {
        figure.stacked("forward", "backward");
        figure.update(List.of("a", "b"), new float[] {1, 2}, new float[] {3, 4}, "");
        paint();
        figure.hover(400, 100);

        assertThat(paint().texts).contains("b: 6", "forward 2", "backward 4");
    }

    @Test
    void csvHoldsEveryPart() throws IOException {
        figure.stacked("forward", "backward");
        figure.update(List.of("a"), new float[] {1}, new float[] {3}, "");
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);

        assertThat(csv.toString()).isEqualTo("block,forward,backward\na,1.0,3.0\n");
    }

    @Test
    void blocksWithoutAValueSaySo() {
        figure.update(List.of("a", "b"), new float[] {1, Float.NaN}, "");
        paint();
        figure.hover(400, 100);

        assertThat(paint().texts).contains("b", "idle");
    }

    @Test
    void aGhostStandsBehindTheBarsThatItShares() throws IOException {
        figure.update(List.of("a", "b", "c"), new float[] {1, 2, 3}, "");
        int before = paint().dashes.size();
        figure.ghost("plain", List.of("c", "a"), new float[] {9, 0.5f});
        RecordedSurface haunted = paint();
        assertThat(haunted.texts).contains("plain");
        assertThat(haunted.dashes.size()).isGreaterThan(before);
        figure.hover(400, 100);
        assertThat(paint().texts).contains("c", "3", "plain 9");
        figure.hover(250, 100);
        assertThat(paint().texts).contains("plain –");
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);
        assertThat(csv.toString().lines())
                .containsExactly("block,Time,plain", "a,1.0,0.5", "b,2.0,", "c,3.0,9.0");
        figure.ghost("", List.of(), new float[0]);
        assertThat(paint().texts).doesNotContain("plain");
    }

    @Test
    void csvHoldsTheLevelThatBarsAreComparedWith() throws IOException {
        figure.update(List.of("a", "b"), new float[] {1, 2}, "");
        figure.reference(0.5, "whole network");
        StringBuilder csv = new StringBuilder();
        figure.csv(csv);
        assertThat(csv.toString().lines())
                .containsExactly("block,Time,whole network", "a,1.0,0.5", "b,2.0,0.5");
    }
}
