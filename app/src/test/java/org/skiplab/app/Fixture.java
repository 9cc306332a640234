package org.skiplab.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.fx.Background;
import org.skiplab.app.gallery.PaceStore;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.engine.train.Pace;

/// A workbench in a folder of its own, whose dialogs are answered by the test.
public final class Fixture implements Dialogs {

    public final Workbench bench;
    public Optional<Path> toOpen = Optional.empty();
    public Optional<Path> toSave = Optional.empty();
    public Optional<Path> toExport = Optional.empty();
    public Unsaved unsaved = Unsaved.CANCEL;
    public Supplier<OptionalDouble> scale = OptionalDouble::empty;
    public int asked;

    /// A machine of a made-up speed, so that no test measures this one.
    public static final Pace PACE = new Pace(3e-11, 1.5e-9, 6e-9, 5e-9);

    public Fixture(Path folder) {
        this(folder, Background.INLINE);
    }

    /// @param background where the document's files are read and written
    public Fixture(Path folder, Background background) {
        new PaceStore(folder.resolve("state")).keep(PACE);
        bench =
                Workbench.of(
                        new AppDirs(folder.resolve("config"), folder.resolve("state")),
                        this,
                        background,
                        Background.INLINE,
                        Duration.ZERO);
    }

    @Override
    public Optional<Path> chooseToOpen() {
        return toOpen;
    }

    @Override
    public Optional<Path> chooseToSave(String suggestion) {
        return toSave;
    }

    @Override
    public Optional<Path> chooseToExport(String suggestion, String kind) {
        return toExport;
    }

    @Override
    public OptionalDouble askScale() {
        return scale.get();
    }

    @Override
    public Unsaved askUnsaved(String name) {
        asked++;
        return unsaved;
    }
}
