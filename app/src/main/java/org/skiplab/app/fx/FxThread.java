package org.skiplab.app.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The JavaFX thread as an executor.
public final class FxThread {
    private FxThread() {}

    /// Runs each task on the JavaFX thread after the current pulse's work, in order.
    public static final Executor LATER = Platform::runLater;
}
