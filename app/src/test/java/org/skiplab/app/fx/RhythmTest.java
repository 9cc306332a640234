package org.skiplab.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RhythmTest {

    @BeforeAll
    static void start() {
        Toolkit.startOffscreen();
    }

    @Test
    void beatsWithoutAnybodysHelp() throws Exception {
        CountDownLatch beats = new CountDownLatch(3);
        Rhythm rhythm = Toolkit.call(Rhythm::new);
        Toolkit.call(() -> rhythm.add((_, _) -> beats.countDown()));
        assertThat(beats.await(5, TimeUnit.MINUTES)).isTrue();
        close(rhythm);
    }

    @Test
    void anyInputWakesIt() throws Exception {
        Rhythm rhythm = Toolkit.call(() -> new Rhythm());
        Pane pane = new Pane();
        Toolkit.call(() -> {
            Scene scene = new Scene(pane);
            rhythm.follow(pane);
            rhythm.sleep();
            assertThat(rhythm.awake()).isFalse();
            scene.getRoot().fireEvent(key());
            assertThat(rhythm.awake()).isTrue();
            rhythm.sleep();
            scene.setRoot(new Pane());
            scene.getRoot().fireEvent(key());
            assertThat(rhythm.awake()).isFalse();
            return true;
        });
        close(rhythm);
    }

    @Test
    void framesLookNoMoreOftenThanRestingBeatsDo() throws Exception {
        List<Long> looks = new CopyOnWriteArrayList<>();
        CountDownLatch seen = new CountDownLatch(4);
        Rhythm rhythm = Toolkit.call(Rhythm::new);
        Toolkit.call(() ->
                rhythm.add((now, look) -> {
                    rhythm.wake();
                    if (look) {
                        looks.add(now);
                        seen.countDown();
                    }
                }));
        assertThat(seen.await(5, TimeUnit.MINUTES)).isTrue();
        close(rhythm);
        for (int i = 1; i < looks.size(); i++) {
            assertThat(looks.get(i) - looks.get(i - 1)).isGreaterThanOrEqualTo(250_000_000);
        }
    }

    @Test
    void aPartThatLeavesBeatsNoMore() throws Exception {
        AtomicInteger left = new AtomicInteger();
        CountDownLatch beats = new CountDownLatch(2);
        Rhythm rhythm = Toolkit.call(Rhythm::new);
        Toolkit.call(() -> {
            rhythm.add((_, _) -> left.incrementAndGet()).unsubscribe();
            return rhythm.add((_, _) -> beats.countDown());
        });
        assertThat(beats.await(5, TimeUnit.MINUTES)).isTrue();
        close(rhythm);
        assertThat(left).hasValue(0);
    }

    @Test
    void isStillOnceClosed() throws Exception {
        AtomicInteger beats = new AtomicInteger();
        Rhythm rhythm = Toolkit.call(Rhythm::new);
        Toolkit.call(() -> rhythm.add((_, _) -> beats.incrementAndGet()));
        close(rhythm);
        int then = Toolkit.call(beats::get);
        rhythm.beat();
        Toolkit.call(() -> {
            rhythm.wake();
            return rhythm.awake();
        });
        assertThat(Toolkit.call(beats::get)).isEqualTo(then);
    }

    private static KeyEvent key() {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.A, false, false, false, false);
    }

    private static void close(Rhythm rhythm) throws Exception {
        Toolkit.call(() -> {
            rhythm.close();
            return true;
        });
    }
}
