package org.skiplab.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.robot.Robot;

/// Mouse and keyboard of a test. After each action it waits until the window is laid out again,
/// however slow the machine, so that what follows finds things where they are.
public final class Hand {

    /// Only a test that would hang for ever runs into it, however busy the machine is.
    private static final long PATIENCE_SECONDS = 300;

    private final Scene scene;
    private final Robot robot;

    public Hand(Scene scene) {
        this.scene = scene;
        robot = fx(Robot::new);
        pulse();
    }

    public void move(Point2D to) {
        act(() -> robot.mouseMove(to));
    }

    public void press() {
        act(() -> robot.mousePress(MouseButton.PRIMARY));
    }

    public void release() {
        act(() -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    public void click(Point2D at) {
        move(at);
        press();
        release();
    }

    /// Clicks twice without a pause: two clicks apart are no double click on a busy machine.
    public void doubleClick(Point2D at) {
        move(at);
        act(() -> {
            for (int i = 0; i < 2; i++) {
                robot.mousePress(MouseButton.PRIMARY);
                robot.mouseRelease(MouseButton.PRIMARY);
            }
        });
    }

    /// Presses at one point, moves to the others, and lets go at the last.
    public void drag(Point2D from, Point2D... way) {
        move(from);
        press();
        for (Point2D point : way) {
            move(point);
        }
        release();
    }

    /// Presses keys in order and lets them go in reverse, without a pause: `keys(CONTROL, Z)`.
    public void keys(KeyCode... codes) {
        act(() -> {
            for (KeyCode code : codes) {
                robot.keyPress(code);
            }
            for (int i = codes.length - 1; i >= 0; i--) {
                robot.keyRelease(codes[i]);
            }
        });
    }

    /// Does something with Shift held down. The headless platform's mouse knows no keys, so its
    /// events are sent again with the key.
    public void withShift(Runnable work) {
        EventHandler<MouseEvent> filter =
                e -> {
                    if (!e.isShiftDown()) {
                        e.consume();
                        Event.fireEvent(e.getTarget(), shifted(e));
                    }
                };
        fx(() -> {
            scene.addEventFilter(MouseEvent.ANY, filter);
            return true;
        });
        work.run();
        fx(() -> {
            scene.removeEventFilter(MouseEvent.ANY, filter);
            return true;
        });
    }

    private static MouseEvent shifted(MouseEvent e) {
        return new MouseEvent(
                e.getSource(),
                e.getTarget(),
                e.getEventType(),
                e.getX(),
                e.getY(),
                e.getScreenX(),
                e.getScreenY(),
                e.getButton(),
                e.getClickCount(),
                true,
                e.isControlDown(),
                e.isAltDown(),
                e.isMetaDown(),
                e.isPrimaryButtonDown(),
                e.isMiddleButtonDown(),
                e.isSecondaryButtonDown(),
                e.isSynthesized(),
                e.isPopupTrigger(),
                e.isStillSincePress(),
                e.getPickResult());
    }

    /// Types lower-case letters, digits and spaces.
    public void write(String text) {
        for (char c : text.toCharArray()) {
            keys(
                    c == ' '
                            ? KeyCode.SPACE
                            : KeyCode.getKeyCode(String.valueOf(Character.toUpperCase(c))));
        }
    }

    public Optional<Node> find(String query) {
        return Optional.ofNullable(fx(() -> scene.getRoot().lookup(query)));
    }

    /// Waits for a node: those on the canvas come when it rests.
    public Node get(String query) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Optional<Node> found = find(query);
        while (found.isEmpty() && System.nanoTime() < end) {
            pulse();
            found = find(query);
        }
        return found.orElseThrow(() -> new AssertionError("there is no " + query));
    }

    /// The middle of a node on the screen.
    public Point2D middle(Node node) {
        Bounds bounds = fx(() -> node.localToScreen(node.getBoundsInLocal()));
        return new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    /// Runs something on the JavaFX thread.
    public <T> T fx(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.call());
            } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
            }
        });
        return await(result);
    }

    /// Waits for a layout that begins after now.
    public void pulse() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Runnable listener = () -> done.complete(true);
        fx(() -> {
            scene.addPostLayoutPulseListener(listener);
            Platform.requestNextPulse();
            return true;
        });
        await(done);
        fx(() -> {
            scene.removePostLayoutPulseListener(listener);
            return true;
        });
    }

    /// Waits until flights of the view have landed.
    public void settle() {
        double[] before = {Double.NaN};
        for (int i = 0, still = 0; i < 600 && still < 4; i++) {
            pulse();
            double now =
                    fx(() ->
                            scene.getRoot().lookupAll(".card").stream()
                                    .mapToDouble(n ->
                                            n.localToScene(0, 0).getX()
                                                    + n.localToScene(0, 0).getY())
                                    .sum());
            still = now == before[0] ? still + 1 : 0;
            before[0] = now;
        }
    }

    private void act(Runnable action) {
        fx(() -> {
            action.run();
            return true;
        });
        pulse();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the window did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
