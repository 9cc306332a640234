package org.skiplab.app.canvas;

import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;

/// Moves the viewport smoothly: a turn of the wheel zooms within a few frames, a fit flies there.
/// With reduced motion everything happens at once.
final class Glide {

    /// Time in which what is left shrinks to 1/e, in seconds.
    private static final double PACE = 0.045;

    private static final double FLIGHT_SECONDS = 0.26;
    private static final double LONGEST_FRAME = 0.05;

    /// Where a motion goes; says whether it has arrived.
    private interface Motion {
        boolean advance(double seconds);
    }

    private final Viewport viewport;
    private final BooleanSupplier still;
    private Motion motion = _ -> true;
    private double left;
    private double anchorX;
    private double anchorY;
    private long last;
    private final AnimationTimer timer =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    double seconds =
                            last == 0 ? 0.016 : Math.min(LONGEST_FRAME, (now - last) / 1e9);
                    last = now;
                    if (motion.advance(seconds)) {
                        stop();
                    }
                }
            };

    /// @param still whether motion is unwanted
    Glide(Viewport viewport, BooleanSupplier still) {
        this.viewport = viewport;
        this.still = still;
    }

    /// Multiplies the zoom around a point of the screen, together with what is left of the last
    /// turn.
    void zoom(double x, double y, double factor) {
        if (still.getAsBoolean()) {
            viewport.zoomAt(x, y, factor);
            return;
        }
        left += Math.log(factor);
        anchorX = x;
        anchorY = y;
        start(seconds -> {
            double step = left * (1 - Math.exp(-seconds / PACE));
            boolean there = Math.abs(left) < 0.004;
            viewport.zoomAt(anchorX, anchorY, Math.exp(there ? left : step));
            left = there ? 0 : left - step;
            return there;
        });
    }

    /// Moves the view by so many pixels of the screen.
    void pan(double dx, double dy) {
        fly(() -> viewport.pan(dx, dy));
    }

    /// Flies from one view to another. `go` jumps there.
    void fly(Runnable go) {
        left = 0;
        Viewport.View from = viewport.view();
        go.run();
        Viewport.View to = viewport.view();
        if (still.getAsBoolean() || from.equals(to)) {
            timer.stop();
            return;
        }
        boolean touched = viewport.touched();
        viewport.show(from, touched);
        double[] time = {0};
        start(seconds -> {
            time[0] = Math.min(1, time[0] + seconds / FLIGHT_SECONDS);
            double t = time[0] * time[0] * (3 - 2 * time[0]);
            viewport.show(time[0] == 1 ? to : from.towards(to, t), touched);
            return time[0] == 1;
        });
    }

    /// A hand takes over.
    void stop() {
        left = 0;
        timer.stop();
    }

    private void start(Motion next) {
        motion = next;
        last = 0;
        timer.start();
    }
}
