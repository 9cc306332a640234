package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.probe.GateStrip;

class FilmWindowTest {

    private final FilmWindow film = new FilmWindow();
    private final GateStrip strip = new GateStrip(List.of("a"));

    private void fit(int more, double width) {
        for (int i = 0; i < more; i++) {
            strip.append(new float[] {1});
        }
        film.fit(strip.view(new double[] {1}), width);
    }

    @Test
    void fillsFromTheLeftAndThenScrolls() {
        fit(10, 400);
        assertThat(film.columns()).isEqualTo(10);
        assertThat(film.stepAt(0)).isZero();
        fit(190, 400);
        assertThat(film.columns()).isEqualTo(100);
        assertThat(film.firstStep()).isEqualTo(100);
        assertThat(film.stepAt(399)).isEqualTo(199);
        assertThat(film.stepAt(400)).isEqualTo(-1);
    }

    @Test
    void draggingGoesBackAndHoldsThere() {
        fit(1000, 400);
        film.drag(400);
        fit(0, 400);
        assertThat(film.firstStep()).isEqualTo(800);
        assertThat(film.live()).isFalse();
        film.hold(50);
        fit(50, 400);
        assertThat(film.firstStep())
                .as("the same steps, though there are newer ones")
                .isEqualTo(800);
        film.drag(1e9);
        fit(0, 400);
        assertThat(film.firstStep()).isZero();
    }

    @Test
    void zoomedOutManyStepsShareAColumn() {
        fit(10_000, 400);
        for (int i = 0; i < 10; i++) {
            film.zoom(false);
        }
        fit(0, 400);

        assertThat(film.stepsPerColumn()).isEqualTo(16);
        assertThat(film.columns()).isEqualTo(400);
        assertThat(film.shows(9_999)).isTrue();
        assertThat(film.stepAt(film.columnAt(5_000))).isEqualTo(5_000 / 16 * 16);
    }

    @Test
    void onlyKeptStepsCanBeSeen() {
        fit(GateStrip.CAPACITY + 5000, 400);
        film.drag(1e9);
        fit(0, 400);

        assertThat(film.firstStep())
                .isEqualTo(strip.view(new double[] {1}).firstKept())
                .isPositive();
    }
}
