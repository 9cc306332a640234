package org.skiplab.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

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
        Rhythm rhythm = Toolkit.call(() -> new Rhythm(_ -> beats.countDown()));
        assertThat(beats.await(60, TimeUnit.SECONDS)).isTrue();
        close(rhythm);
    }

    @Test
    void anyInputWakesIt() throws Exception {
        Rhythm rhythm = Toolkit.call(() -> new Rhythm(_ -> {}));
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
    void isStillOnceClosed() throws Exception {
        AtomicInteger beats = new AtomicInteger();
        Rhythm rhythm = Toolkit.call(() -> new Rhythm(_ -> beats.incrementAndGet()));
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
