package org.skiplab.app.document;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// The questions that a document may have to ask. Tests answer them without a window.
public interface Dialogs {

    /// What to do with changes that are in no file.
    enum Unsaved {
        SAVE,
        DISCARD,
        CANCEL
    }

    /// Asks for a file to open.
    Optional<Path> chooseToOpen();

    /// Asks for a file to write.
    ///
    /// @param suggestion file name with extension
    Optional<Path> chooseToSave(String suggestion);

    /// Asks for a file to write something else than a design to.
    ///
    /// @param suggestion file name with extension
    /// @param kind what such a file is: `SVG drawing`
    default Optional<Path> chooseToExport(String suggestion, String kind) {
        return Optional.empty();
    }

    /// Asks how large a picture shall be.
    ///
    /// @return pixels for one pixel of the canvas at 100 %, larger than 0
    default OptionalDouble askScale() {
        return OptionalDouble.empty();
    }

    /// Asks what to do with the changes in `name` before it is left.
    Unsaved askUnsaved(String name);
}
