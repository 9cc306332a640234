package org.skiplab.app.message;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The newest message, until it is dismissed or another takes its place.
public final class Messages {

    private final ReadOnlyObjectWrapper<Optional<Message>> newest =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    public ReadOnlyObjectProperty<Optional<Message>> newestProperty() {
        return newest.getReadOnlyProperty();
    }

    public Optional<Message> newest() {
        return newest.get();
    }

    public void show(Message message) {
        newest.set(Optional.of(message));
    }

    public void dismiss() {
        newest.set(Optional.empty());
    }
}
