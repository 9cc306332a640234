package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TilesFigureTest {

    private final List<Integer> chosen = new ArrayList<>();
    private final TilesFigure figure =
            new TilesFigure(
                    "Maps",
                    "Nothing yet",
                    (tile, column, row) -> List.of("tile " + tile, column + "," + row),
                    out -> out.append("none\n"),
                    chosen::add);

    private static TilesFigure.Tile tile(String caption) {
        Raster raster = new Raster();
        raster.clear(8, 8);
        return new TilesFigure.Tile(raster, caption, null);
    }

    private RecordedSurface paint() {
        RecordedSurface surface = new RecordedSurface();
        figure.paint(surface, 420, 130, Palette.PAPER);
        return surface;
    }

    @Test
    void saysWhatToDoWhileThereIsNothing() {
        assertThat(paint().texts).contains("Nothing yet");
    }

    @Test
    void everyTileIsPaintedWithItsCaption() {
        figure.update(List.of(tile("7"), tile("3"), tile("1")), "three");
        RecordedSurface surface = paint();

        assertThat(surface.rasters).isEqualTo(3);
        assertThat(surface.texts).contains("three", "7", "3", "1");
    }

    @Test
    void thePointerReadsACellAndAClickChoosesTheTile() {
        figure.update(List.of(tile(""), tile(""), tile(""), tile("")), "four");
        paint();
        figure.hover(6, 22);
        assertThat(paint().texts).contains("tile 0", "0,0");
        figure.click(415, 60);
        figure.click(6, 22);

        assertThat(chosen).endsWith(0);
        figure.move(1, 0);
        figure.enter();
        assertThat(chosen).endsWith(1);
    }
}
