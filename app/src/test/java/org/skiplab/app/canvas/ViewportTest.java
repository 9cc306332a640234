package org.skiplab.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.diagram.layout.Point;

class ViewportTest {

    private final Viewport viewport = new Viewport();

    @BeforeEach
    void size() {
        viewport.resize(800, 600);
    }

    @Test
    void zoomingKeepsThePointUnderTheCursor() {
        viewport.pan(30, -20);
        Point before = viewport.toWorld(200, 150);
        viewport.zoomAt(200, 150, 1.7);
        Point after = viewport.toWorld(200, 150);

        assertThat(after.distance(before)).isCloseTo(0, within(1e-9));
        assertThat(viewport.zoom()).isCloseTo(1.7, within(1e-9));
    }

    @Test
    void fitShowsEverythingAndIsNoTouch() {
        Box content = new Box(-100, 40, 4000, 300);
        viewport.zoomAt(200, 150, 1.2);
        assertThat(viewport.touched()).isTrue();
        viewport.fit(content, 1.3);

        Box seen = viewport.visible();
        assertThat(seen.contains(new Point(content.x(), content.y()))).isTrue();
        assertThat(seen.contains(new Point(content.right(), content.bottom()))).isTrue();
        assertThat(viewport.touched()).isFalse();
    }

    @Test
    void aSmallNetworkIsNotBlownUp() {
        viewport.fit(new Box(0, 0, 10, 10), 1.3);

        assertThat(viewport.zoom()).isEqualTo(1.3);
    }

    @Test
    void zoomStopsAtItsEnds() {
        viewport.zoomAt(0, 0, 1e9);
        assertThat(viewport.zoom()).isEqualTo(Viewport.LARGEST);
        viewport.zoomAt(0, 0, 1e-9);
        assertThat(viewport.zoom()).isEqualTo(Viewport.SMALLEST);
    }

    @Test
    void revealMovesOnlyWhenNeeded() {
        Box inside = new Box(300, 200, 50, 50);
        viewport.reveal(inside);
        assertThat(viewport.toWorld(0, 0)).isEqualTo(new Point(0, 0));

        Box outside = new Box(2000, 200, 50, 50);
        viewport.reveal(outside);
        assertThat(viewport.visible().contains(outside.centre())).isTrue();
    }
}
