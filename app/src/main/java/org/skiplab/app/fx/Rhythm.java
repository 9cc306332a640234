package org.skiplab.app.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.input.InputEvent;
import javafx.util.Subscription;

/// Beats for a window's parts that look after changes that nobody tells them of: on every frame
/// while a person's hands are at work, then four times a second, and half as often when they have
/// been still for long. Between those beats JavaFX rests, which an animation timer would not let
/// it: its frames take the cores that a network learns on, and with all of them at work that time
/// is lost twice.
///
/// A window has one, so that its parts beat together and one frame shows what is new to all.
/// Belongs to the JavaFX thread.
public final class Rhythm implements AutoCloseable {

    /// Nanoseconds between two beats while no hand is at work.
    private static final long REST = 250_000_000;

    /// Nanoseconds after the last input from which on every other beat will do.
    private static final long LEANT_BACK = 5_000_000_000L;

    /// Nanoseconds for which every frame beats after the last input.
    private static final long AWAKE = 400_000_000;

    /// What is done at a beat.
    public interface Beat {
        /// @param now nanoseconds, as [System#nanoTime] tells them
        /// @param look whether it is time to look at what goes on by itself, and not only at what
        ///   hands did
        void at(long now, boolean look);
    }

    private final List<Beat> beats = new ArrayList<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("skiplab-rhythm").daemon().factory());
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final EventHandler<InputEvent> hands = _ -> wake();
    private final AnimationTimer frames =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    frame();
                }
            };
    private Subscription following = Subscription.EMPTY;
    private boolean awake;
    private boolean skipped;
    private long woken;
    private long looked;

    /// Beats from now on.
    public Rhythm() {
        clock.scheduleAtFixedRate(this::tick, REST, REST, TimeUnit.NANOSECONDS);
        wake();
    }

    /// Lets one more part beat, behind the others.
    public Subscription add(Beat beat) {
        beats.add(beat);
        return () -> beats.remove(beat);
    }

    /// Beats on every frame after any input in the scene of a node.
    public void follow(Node node) {
        following.unsubscribe();
        following =
                node.sceneProperty()
                        .subscribe((was, now) -> {
                            if (was != null) {
                                was.removeEventFilter(InputEvent.ANY, hands);
                            }
                            if (now != null) {
                                now.addEventFilter(InputEvent.ANY, hands);
                            }
                        });
        // Subscribing tells changes only.
        if (node.getScene() != null) {
            node.getScene().addEventFilter(InputEvent.ANY, hands);
        }
    }

    /// Beats on every frame for a while.
    public void wake() {
        woken = System.nanoTime();
        if (!awake && !clock.isShutdown()) {
            awake = true;
            frames.start();
        }
    }

    private void frame() {
        long now = System.nanoTime();
        beat(now, now - looked >= REST);
        if (now - woken > AWAKE) {
            sleep();
        }
    }

    private void beat(long now, boolean look) {
        looked = look ? now : looked;
        List.copyOf(beats).forEach(b -> b.at(now, look));
    }

    boolean awake() {
        return awake;
    }

    void sleep() {
        awake = false;
        frames.stop();
    }

    /// Beats once as soon as it can be done, from any thread: what was waited for is there.
    public void beat() {
        asked.set(true);
        tick();
    }

    /// A beat that waits for its turn is enough for all who want one meanwhile.
    private void tick() {
        if (waiting.compareAndSet(false, true)) {
            FxThread.LATER.execute(() -> {
                waiting.set(false);
                skipped = !asked.getAndSet(false) && leantBack() && !skipped;
                if (!awake && !skipped && !clock.isShutdown()) {
                    beat(System.nanoTime(), true);
                }
            });
        }
    }

    private boolean leantBack() {
        return System.nanoTime() - woken > LEANT_BACK;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        following.unsubscribe();
        sleep();
    }
}
