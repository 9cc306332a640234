package org.skiplab.app;

import java.time.Duration;
import org.skiplab.app.canvas.CanvasViewModel;
import org.skiplab.app.canvas.Changes;
import org.skiplab.app.canvas.PictureExport;
import org.skiplab.app.compare.Origin;
import org.skiplab.app.compare.OriginViewModel;
import org.skiplab.app.document.Autosave;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.app.fx.BackgroundThread;
import org.skiplab.app.gallery.GalleryViewModel;
import org.skiplab.app.inspector.InspectorViewModel;
import org.skiplab.app.message.Messages;
import org.skiplab.app.redesign.RedesignViewModel;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.file.Design;

/// The view models behind one window, wired.
///
/// @param studies for what nobody waits for
/// @param autosave closed by whoever made the workbench, after the window
public record Workbench(
        AppSettings settings,
        Messages messages,
        Autosave autosave,
        DocumentViewModel document,
        CanvasViewModel canvas,
        InspectorViewModel inspector,
        PictureExport pictures,
        GalleryViewModel gallery,
        RedesignViewModel redesign,
        OriginViewModel origin,
        Background studies) {

    private static final Shape DIGITS = new Shape(28, 28, 1);
    private static final int DIGIT_CLASSES = 10;

    /// @param background for everything that may wait
    /// @param saver for autosaves, a thread of its own
    /// @param betweenSaves shortest time between two autosaves
    public static Workbench of(
            AppDirs dirs,
            Dialogs dialogs,
            Background background,
            Background saver,
            Duration betweenSaves) {
        return of(dirs, dialogs, background, saver, background, background, betweenSaves);
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
        return of(
                dirs,
                dialogs,
                background,
                saver,
                layouts,
                new BackgroundThread("skiplab-studies"),
                betweenSaves);
    }

    /// @param studies for the gallery's pictures and measurements, which nobody waits for; a thread
    ///   that may end with the program
    private static Workbench of(
            AppDirs dirs,
            Dialogs dialogs,
            Background background,
            Background saver,
            Background layouts,
            Background studies,
            Duration betweenSaves) {
        AppSettings settings = new AppSettings(dirs, background);
        Messages messages = new Messages();
        // Containers and restarts give the same process id again, and a crash's copy must survive
        // that.
        String session =
                ProcessHandle.current().pid() + "-" + Long.toString(System.currentTimeMillis(), 36);
        Autosave autosave = new Autosave(dirs.state(), session, saver, betweenSaves);
        DocumentViewModel document =
                new DocumentViewModel(
                        Design.of(first()), dialogs, messages, background, settings, autosave);
        CanvasViewModel canvas = new CanvasViewModel(document, messages, layouts);
        OriginViewModel origin = new OriginViewModel(document, background);
        canvas.changesProperty()
                .bind(
                        origin.originProperty()
                                .map(o ->
                                        o.map(Origin::changes)
                                                .map(Changes::new)
                                                .orElse(Changes.NONE)));
        InspectorViewModel inspector =
                new InspectorViewModel(document, canvas, origin.originProperty(), messages);
        PictureExport pictures = new PictureExport(canvas, dialogs, messages);
        GalleryViewModel gallery =
                new GalleryViewModel(dirs, document, messages, settings, studies);
        return new Workbench(
                settings,
                messages,
                autosave,
                document,
                canvas,
                inspector,
                pictures,
                gallery,
                new RedesignViewModel(document, background),
                origin,
                studies);
    }

    /// What is on the canvas at the first start: the smallest residual network, for the bundled
    /// digits.
    public static Network first() {
        return Presets.get("resnet-8").network(DIGITS, DIGIT_CLASSES);
    }
}
