package org.skiplab.app;

import java.time.Duration;
import org.skiplab.app.canvas.CanvasViewModel;
import org.skiplab.app.canvas.PictureExport;
import org.skiplab.app.document.Autosave;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.app.inspector.InspectorViewModel;
import org.skiplab.app.message.Messages;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.file.Design;

/// The view models behind one window, wired.
///
/// @param autosave closed by whoever made the workbench, after the window
public record Workbench(
        AppSettings settings,
        Messages messages,
        Autosave autosave,
        DocumentViewModel document,
        CanvasViewModel canvas,
        InspectorViewModel inspector,
        PictureExport pictures) {

    private static final Shape DIGITS = new Shape(28, 28, 1);
    private static final int DIGIT_CLASSES = 10;

    /// @param background for files and for the layout of large networks
    /// @param saver for autosaves, a thread of its own
    /// @param betweenSaves shortest time between two autosaves
    public static Workbench of(
            AppDirs dirs,
            Dialogs dialogs,
            Background background,
            Background saver,
            Duration betweenSaves) {
        return of(dirs, dialogs, background, saver, background, betweenSaves);
    }

    /// @param background for files
    /// @param saver for autosaves, a thread of its own
    /// @param layouts for the layout of large networks, a thread of its own
    /// @param betweenSaves shortest time between two autosaves
    public static Workbench of(
            AppDirs dirs,
            Dialogs dialogs,
            Background background,
            Background saver,
            Background layouts,
            Duration betweenSaves) {
        AppSettings settings = new AppSettings(dirs, background);
        Messages messages = new Messages();
        String session = Long.toString(ProcessHandle.current().pid());
        Autosave autosave = new Autosave(dirs.state(), session, saver, betweenSaves);
        DocumentViewModel document =
                new DocumentViewModel(
                        Design.of(first()), dialogs, messages, background, settings, autosave);
        CanvasViewModel canvas = new CanvasViewModel(document, messages, layouts);
        InspectorViewModel inspector = new InspectorViewModel(document, canvas, messages);
        PictureExport pictures = new PictureExport(canvas, dialogs, messages);
        return new Workbench(settings, messages, autosave, document, canvas, inspector, pictures);
    }

    /// What is on the canvas at the first start: the smallest residual network, for the bundled
    /// digits.
    public static Network first() {
        return Presets.get("resnet-8").network(DIGITS, DIGIT_CLASSES);
    }
}
