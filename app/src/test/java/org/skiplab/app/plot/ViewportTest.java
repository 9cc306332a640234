package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ViewportTest {

    private final Viewport viewport = new Viewport();

    @Test
    void showsEverythingAsItGrows() {
        viewport.extent(1, 100);
        long before = viewport.revision();
        viewport.extent(1, 200);

        assertThat(viewport.axis().range()).isEqualTo(new Range(1, 200));
        assertThat(viewport.revision()).isGreaterThan(before);
    }

    @Test
    void aStretchAtTheEndFollowsTheNewestStep() {
        viewport.extent(1, 1000);
        viewport.zoom(1, 10);
        double span = viewport.axis().range().span();
        viewport.extent(1, 1500);

        assertThat(viewport.axis().range().high()).isEqualTo(1500);
        assertThat(viewport.axis().range().span()).isCloseTo(span, within(1e-9));
    }

    @Test
    void aStretchInThePastStays() {
        viewport.extent(1, 1000);
        viewport.zoom(0.2, 10);
        Range chosen = viewport.axis().range();
        viewport.extent(1, 1500);

        assertThat(viewport.axis().range()).isEqualTo(chosen);
    }

    @Test
    void rewindShowsEverythingAgain() {
        viewport.extent(1, 1000);
        viewport.zoom(0.2, 10);
        viewport.extent(1, 10);

        assertThat(viewport.zoomed()).isFalse();
        assertThat(viewport.axis().range()).isEqualTo(new Range(1, 10));
    }

    @Test
    void zoomingOutFullyEndsTheZoom() {
        viewport.extent(1, 1000);
        viewport.zoom(0.2, 10);
        viewport.zoom(0.5, 1e-6);

        assertThat(viewport.zoomed()).isFalse();
    }

    @Test
    void neverZoomsBelowAFewSteps() {
        viewport.extent(1, 1000);
        for (int i = 0; i < 100; i++) {
            viewport.zoom(0.5, 2);
        }

        assertThat(viewport.axis().range().span()).isGreaterThanOrEqualTo(4);
    }
}
