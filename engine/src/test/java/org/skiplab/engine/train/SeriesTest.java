package org.skiplab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTest {

    private static final int LONG = 3 * Series.FULL + 12_345;

    private static float value(int i) {
        return (float) Math.sin(i * 1e-3) + (i % 7919 == 0 ? 5 : 0) - (i % 104_729 == 7 ? 9 : 0);
    }

    private static Series series(int size) {
        Series series = new Series();
        for (int i = 0; i < size; i++) {
            series.append(value(i));
        }
        return series;
    }

    @Test
    void keepsTheNewestNumbersAsTheyAre() {
        Series.View view = series(LONG).view();
        assertThat(view.size()).isEqualTo(LONG);
        for (int i = LONG - Series.FULL; i < LONG; i++) {
            if (view.get(i) != value(i)) {
                throw new AssertionError("step " + i);
            }
        }
    }

    @Test
    void neverLosesAnExtreme() {
        Series.View view = series(LONG).view();
        for (int from = 0; from + Series.CHUNK <= LONG; from += 16) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (int i = from; i < from + 16; i++) {
                low = Math.min(low, value(i));
                high = Math.max(high, value(i));
                least = Math.min(least, view.get(i));
                most = Math.max(most, view.get(i));
            }
            if (low != least || high != most) {
                throw new AssertionError("steps from " + from);
            }
        }
    }

    @Test
    void aViewTakenEarlierSeesTheSameExtremes() {
        Series series = series(100_000);
        Series.View early = series.view();
        for (int i = 100_000; i < 2 * Series.FULL; i++) {
            series.append(value(i));
        }
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < early.size(); i++) {
            most = Math.max(most, early.get(i));
        }
        assertThat(most).isGreaterThan(5);
        assertThat(series.view().continues(early)).isTrue();
        assertThat(early.continues(series.view())).isFalse();
    }

    @Test
    void everyNumberCanBeReadAgain() {
        Series series = series(LONG);
        Series.Exact exact = series.view().exact();
        Series.Exact copied = new Series(series.view().first(LONG - 7)).view().exact();
        for (int i = 0; i < LONG; i++) {
            if (exact.get(i) != value(i) || i < LONG - 7 && copied.get(i) != value(i)) {
                throw new AssertionError("step " + i);
            }
        }
        assertThat(exact.get(3)).as("also out of order").isEqualTo(value(3));
    }

    @Test
    void anInterruptedThreadReadsAndWritesAndLeavesTheRestToOthers() {
        Series series = series(LONG);
        Thread.currentThread().interrupt();
        float read = series.view().exact().get(3);
        for (int i = LONG; i < LONG + 2 * Series.CHUNK; i++) {
            series.append(value(i));
        }
        assertThat(Thread.interrupted()).as("told on").isTrue();

        assertThat(read).isEqualTo(value(3));
        assertThat(series.view().exact().get(3)).isEqualTo(value(3));
        assertThat(series.view().exact().get(LONG - Series.FULL))
                .isEqualTo(value(LONG - Series.FULL));
        assertThat(series.view().trouble()).isEmpty();
    }

    @Test
    void aFolderThatTakesNothingIsToldOfAndLeavesGaps(@TempDir Path folder) {
        Path gone = folder.resolve("gone");
        Series series = new Series(new Attic(gone));
        for (int i = 0; i < Series.FULL; i++) {
            series.append(value(i));
        }
        assertThat(series.view().trouble()).isEmpty();

        for (int i = Series.FULL; i < LONG; i++) {
            series.append(value(i));
        }
        assertThat(series.view().trouble())
                .contains(gone.toString())
                .contains("empty cells")
                .contains("make room");
        assertThat(series.view().exact().get(3)).isNaN();
        assertThat(series.view().exact().get(LONG - 1)).isEqualTo(value(LONG - 1));
        assertThat(series.view().get(3)).isNotNaN();
    }

    @Test
    void takesNoMoreRoomHoweverLongItIs() {
        Series series = new Series();
        Random random = new Random(3);
        float most = 0;
        for (int i = 0; i < 24 * Series.FULL; i++) {
            float next = random.nextFloat();
            most = Math.max(most, next);
            series.append(i == 1000 ? 77 : next);
        }
        assertThat(series.stored()).isLessThan(2 * Series.FULL + 2 * Series.FULL / 8);
        float kept = 0;
        for (int i = 0; i < Series.FULL; i++) {
            kept = Math.max(kept, series.view().get(i));
        }
        assertThat(kept).isEqualTo(77);
    }

    @Test
    void passesOverWhatWasNotMeasured() {
        Series series = new Series();
        for (int i = 0; i < 3 * Series.FULL; i++) {
            series.append(i % 32 < 16 ? Float.NaN : i % 32);
        }
        assertThat(series.view().get(5)).isNaN();
        assertThat(series.view().get(16)).isEqualTo(16);
        assertThat(series.view().get(31)).isEqualTo(31);
    }
}
