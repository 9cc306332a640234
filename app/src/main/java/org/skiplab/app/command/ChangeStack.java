package org.skiplab.app.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The current value of a document and the changes that led to it. Listeners watch
/// [#revisionProperty], which grows with every change, undo and redo; a change from inside such a
/// listener is a bug and refused.
public final class ChangeStack<T> {

    /// Older changes are forgotten; values share structure, so this is small.
    private static final int LIMIT = 1000;

    private final ReadOnlyObjectWrapper<T> value;
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper();
    private final Deque<Change<T>> undo = new ArrayDeque<>();
    private final Deque<Change<T>> redo = new ArrayDeque<>();
    private @Nullable T saved;
    private boolean open;
    private boolean busy;

    public ChangeStack(T first) {
        value = new ReadOnlyObjectWrapper<>(first);
        saved = first;
    }

    public T value() {
        return value.get();
    }

    public ReadOnlyObjectProperty<T> valueProperty() {
        return value.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /// Makes `after` the value. Nothing happens when it equals the present one.
    ///
    /// @param gesture merges this change with the last one when that has an equal gesture; null
    ///   never merges
    /// @return whether the value changed
    public boolean apply(String label, T after, @Nullable Object gesture) {
        refuseReentry();
        if (after.equals(value())) {
            return false;
        }
        push(new Change<>(label, value(), after, Change.Effect.NONE, gesture));
        show(after);
        return true;
    }

    /// Remembers a turn of something outside the value, which has happened already. Undo and redo
    /// put its values back in their turn.
    ///
    /// @param put puts one of the two back
    /// @param gesture as in [#apply]
    public <S> void turned(
            String label, S before, S after, Consumer<S> put, @Nullable Object gesture) {
        refuseReentry();
        if (!before.equals(after)) {
            Change.Effect effect =
                    new Change.Effect(
                            before, after, () -> put.accept(before), () -> put.accept(after));
            push(new Change<>(label, value(), value(), effect, gesture));
            show(value());
        }
    }

    private void push(Change<T> newest) {
        Change<T> change = newest;
        Change<T> last = undo.peek();
        if (open && last != null && change.continues(last)) {
            undo.pop();
            change = change.after(last);
        }
        if (!change.idle()) {
            undo.push(change);
        }
        if (undo.size() > LIMIT) {
            undo.removeLast();
        }
        redo.clear();
        open = true;
    }

    /// Ends a gesture: the next change starts a new entry.
    public void seal() {
        open = false;
    }

    public void undo() {
        refuseReentry();
        Change<T> change = undo.poll();
        if (change != null) {
            redo.push(change);
            seal();
            show(change.before());
            change.effect().undo().run();
        }
    }

    public void redo() {
        refuseReentry();
        Change<T> change = redo.poll();
        if (change != null) {
            undo.push(change);
            seal();
            show(change.after());
            change.effect().redo().run();
        }
    }

    public Optional<String> undoLabel() {
        return Optional.ofNullable(undo.peek()).map(Change::label);
    }

    public Optional<String> redoLabel() {
        return Optional.ofNullable(redo.peek()).map(Change::label);
    }

    /// What a file holds, or what was opened; empty if that is not known.
    public Optional<T> saved() {
        return Optional.ofNullable(saved);
    }

    /// The value that undo would bring back.
    public Optional<T> previous() {
        return Optional.ofNullable(undo.peek()).map(Change::before);
    }

    /// Starts over with another document.
    ///
    /// @param onDisk whether the value is what a file holds
    public void reset(T first, boolean onDisk) {
        refuseReentry();
        undo.clear();
        redo.clear();
        saved = onDisk ? first : null;
        seal();
        show(first);
    }

    /// Remembers `written` as what the file holds.
    public void markSaved(T written) {
        saved = written;
        seal();
        show(value());
    }

    /// The value is in no file, whatever its history.
    public void markUnsaved() {
        saved = null;
        show(value());
    }

    /// Whether the value differs from what the file holds.
    public boolean dirty() {
        return !value().equals(saved);
    }

    private void show(T next) {
        busy = true;
        try {
            value.set(next);
            revision.set(revision.get() + 1);
        } finally {
            busy = false;
        }
    }

    private void refuseReentry() {
        if (busy) {
            throw new IllegalStateException("a listener of the document tried to change it");
        }
    }
}
