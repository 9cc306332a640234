package org.skiplab.app.command;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import org.jspecify.annotations.Nullable;

/// Something a person can do, described once for menu, button, keyboard and command palette.
///
/// @param id stable name: `edit.undo`
/// @param title what it will do now: `Undo Insert Residual block`
/// @param accelerator as `KeyCombination.valueOf` reads it: `Shortcut+Z`; null when it has none
/// @param icon Ikonli literal, or null
/// @param enabled whether it would do anything now
public record Action(
        String id,
        ObservableStringValue title,
        @Nullable String accelerator,
        @Nullable String icon,
        ObservableBooleanValue enabled,
        Runnable body) {

    /// An action that is always possible.
    public static Action of(
            String id,
            String title,
            @Nullable String accelerator,
            @Nullable String icon,
            Runnable body) {
        return new Action(
                id, fixed(title), accelerator, icon, new SimpleBooleanProperty(true), body);
    }

    public static Action of(
            String id,
            String title,
            @Nullable String accelerator,
            @Nullable String icon,
            ObservableBooleanValue enabled,
            Runnable body) {
        return new Action(id, fixed(title), accelerator, icon, enabled, body);
    }

    /// Runs the body if the action is enabled.
    public void run() {
        if (enabled.get()) {
            body.run();
        }
    }

    private static ObservableStringValue fixed(String title) {
        return new ReadOnlyStringWrapper(title).getReadOnlyProperty();
    }
}
