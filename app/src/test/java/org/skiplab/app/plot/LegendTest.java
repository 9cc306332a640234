package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

/// Letters are 5 wide.
class LegendTest {

    private static final double TEXT = 10;

    private final RecordedSurface surface = new RecordedSurface();

    private Legend legend(double right, String... names) {
        List<Legend.Entry> entries =
                Stream.of(names)
                        .map(n -> new Legend.Entry(n, Legend.Sign.LINE, 2, Color.BLACK))
                        .toList();
        Legend legend = new Legend(surface, "Loss", entries, TEXT, 0, right);
        legend.paint(surface, Palette.PAPER);
        return legend;
    }

    @Test
    void oneRowIsEnoughWhereThereIsRoom() {
        assertThat(legend(400, "with shortcuts", "without").height()).isCloseTo(20, within(1e-9));
        assertThat(surface.texts).containsExactly("Loss", "with shortcuts", "without");
    }

    @Test
    void whatHasNoRoomGoesOnInTheNextRow() {
        assertThat(legend(130, "with shortcuts", "without").height()).isCloseTo(34, within(1e-9));
        assertThat(surface.texts).containsExactly("Loss", "with shortcuts", "without");
    }

    @Test
    void onlyANameTooLongForARowIsCut() {
        assertThat(legend(60, "with shortcuts", "x").height()).isCloseTo(48, within(1e-9));
        assertThat(surface.texts.get(1)).startsWith("with").endsWith("…");
        assertThat(surface.texts.getLast()).isEqualTo("x");
    }
}
