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

    /// Opens a web page in the browser.
    void browse(String address);

    /// Says something in one line, for a moment.
    void tell(String message);

    /// Says in one line what went wrong and what to do.
    void warn(String message);
}
