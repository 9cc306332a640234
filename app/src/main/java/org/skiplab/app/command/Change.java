package org.skiplab.app.command;

import org.jspecify.annotations.Nullable;

/// One undoable step from a value to another.
///
/// @param label what was done, for the menu: `Insert Residual block`
/// @param gesture changes with equal, non-null gestures merge while the gesture lasts (a slider
///   being dragged)
public record Change<T>(String label, T before, T after, @Nullable Object gesture) {

    boolean continues(Change<T> earlier) {
        return gesture != null && gesture.equals(earlier.gesture());
    }

    Change<T> after(Change<T> earlier) {
        return new Change<>(label, earlier.before(), after, gesture);
    }
}
