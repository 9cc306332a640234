package org.skiplab.app;

/// What the window asks of the system around it.
public interface Desktop {

    /// Opens a web page in the browser.
    void browse(String address);

    /// Ends the program; unsaved changes have been dealt with.
    void quit();
}
