package org.skiplab.app.data;

import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import org.skiplab.app.command.Action;

/// What the data sets give to the main window.
public interface DataPanel {

    /// Lies over the window's content; invisible until it is opened.
    Node overlay();

    /// Entries of the Data menu and the command palette, in order.
    List<Action> actions();

    /// Opens a data file or folder that was dropped on the window.
    void open(Path path);
}
