package org.skiplab.app.fx;

import java.util.Map;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// The keys that people know of sliders, closed choices and fields from elsewhere, where JavaFX has
/// other ones: it acts on Home only when the key comes up, when a menu has long heard it, and takes
/// up and down for a way out of a slider.
public final class ControlKeys {
    private ControlKeys() {}

    /// Arrow presses that one press of Page Up or Page Down is worth.
    private static final int PAGE = 5;

    private static final KeyCombination UNDO = KeyCombination.valueOf("Shortcut+Z");
    private static final KeyCombination REDO = KeyCombination.valueOf("Shift+Shortcut+Z");
    private static final KeyCombination REDO_TOO = KeyCombination.valueOf("Shortcut+Y");

    /// Lets up, down, Page Up, Page Down, Home and End move every slider below a node, and Home and
    /// End go through its closed choices.
    public static void below(Node root) {
        root.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (plain(e) && taken(e.getTarget(), e.getCode())) {
                        e.consume();
                    }
                });
    }

    private static boolean plain(KeyEvent e) {
        return !e.isShortcutDown() && !e.isControlDown() && !e.isAltDown() && !e.isMetaDown();
    }

    private static boolean taken(EventTarget target, KeyCode key) {
        return switch (target) {
            case Slider slider -> moved(slider, key);
            case ComboBox<?> box when !box.isShowing() && !box.isEditable() -> chosen(box, key);
            default -> false;
        };
    }

    private static boolean moved(Slider slider, KeyCode key) {
        double now = slider.getValue();
        double step = slider.getBlockIncrement();
        switch (key) {
            case UP -> slider.increment();
            case DOWN -> slider.decrement();
            case PAGE_UP -> slider.adjustValue(now + PAGE * step);
            case PAGE_DOWN -> slider.adjustValue(now - PAGE * step);
            case HOME -> slider.adjustValue(slider.getMin());
            case END -> slider.adjustValue(slider.getMax());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean chosen(ComboBox<?> box, KeyCode key) {
        switch (key) {
            case HOME -> box.getSelectionModel().selectFirst();
            case END -> box.getSelectionModel().selectLast();
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Lets undo and redo reach the window's commands from a field in which nothing is being typed.
    public static void undoPast(TextField field) {
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    boolean past =
                            UNDO.match(e) && !field.isUndoable()
                                    || (REDO.match(e) || REDO_TOO.match(e)) && !field.isRedoable();
                    if (past) {
                        run(field.getScene(), e);
                        e.consume();
                    }
                });
    }

    private static void run(Scene scene, KeyEvent e) {
        scene.getAccelerators().entrySet().stream()
                .filter(a -> a.getKey().match(e))
                .map(Map.Entry::getValue)
                .findFirst()
                .ifPresent(Runnable::run);
    }
}
