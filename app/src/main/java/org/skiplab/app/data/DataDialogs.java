package org.skiplab.app.data;

import java.nio.file.Path;
import java.util.Optional;

/// The questions that opening data may have to ask.
public interface DataDialogs {

    /// Asks for a data file: an archive, a `.mat`, an IDX or a CSV file.
    Optional<Path> chooseFile();

    /// Asks for a folder with a published set or with pictures.
    Optional<Path> chooseFolder();
}
