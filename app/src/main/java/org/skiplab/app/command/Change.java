package org.skiplab.app.command;

import org.jspecify.annotations.Nullable;

/// One undoable step from a value to another, or of something outside that value.
///
/// @param label what was done, for the menu: `Insert Residual block`
/// @param effect what else happened
/// @param gesture changes with equal, non-null gestures merge while the gesture lasts (a slider
///   being dragged)
public record Change<T>(String label, T before, T after, Effect effect, @Nullable Object gesture) {

    /// Something outside the value that was turned, from one value to another.
    ///
    /// @param undo puts `before` back
    /// @param redo puts `after` back
    public record Effect(Object before, Object after, Runnable undo, Runnable redo) {

        static final Effect NONE = new Effect("", "", () -> {}, () -> {});
    }

    boolean continues(Change<T> earlier) {
        return gesture != null && gesture.equals(earlier.gesture());
    }

    Change<T> after(Change<T> earlier) {
        return new Change<>(
                label,
                earlier.before(),
                after,
                new Effect(
                        earlier.effect().before(),
                        effect.after(),
                        earlier.effect().undo(),
                        effect.redo()),
                gesture);
    }

    /// Whether it leads back to where it began.
    boolean idle() {
        return before.equals(after) && effect.before().equals(effect.after());
    }
}
