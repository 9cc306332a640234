package org.skiplab.app.training;

import java.nio.file.Path;
import java.util.Optional;

/// What the training half asks of the window around it.
public interface Surroundings {

    /// Lets a person choose where to write a file.
    ///
    /// @param name the name on offer, `loss.svg`
    /// @param kind for the dialog: `Drawing (SVG)`
    /// @return empty if they thought better of it
    Optional<Path> chooseFile(String name, String kind);

    /// Opens a web page in the browser.
    void browse(String address);

    /// Says something in one line, for a moment.
    void tell(String message);
}
