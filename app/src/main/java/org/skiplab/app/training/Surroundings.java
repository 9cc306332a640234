package org.skiplab.app.training;

import java.nio.file.Path;
import java.util.Optional;
import org.skiplab.app.plot.FigureFile;

/// What the training half asks of the window around it.
public interface Surroundings {

    /// Lets a person choose where to write a file.
    ///
    /// @param name the name on offer, `loss.svg`
    /// @return empty if they thought better of it
    Optional<Path> chooseFile(String name, FigureFile kind);

    /// Lets a person choose a folder.
    ///
    /// @return empty if they thought better of it
    default Optional<Path> chooseFolder(String title) {
        return Optional.empty();
    }

    /// Says something in one line, with something to do about it at once.
    default void offer(String message, String title, Runnable action) {
        tell(message);
    }

    /// Says in one line why something was not done.
    default void refuse(String message) {
        tell(message);
    }

    /// Opens a web page in the browser.
    void browse(String address);

    /// Says something in one line, for a moment.
    void tell(String message);

    /// Says in one line what went wrong and what to do.
    void warn(String message);
}
