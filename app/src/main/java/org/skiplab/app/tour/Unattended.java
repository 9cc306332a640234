package org.skiplab.app.tour;

import java.nio.file.Path;
import java.util.Optional;
import org.skiplab.app.Desktop;
import org.skiplab.app.data.DataDialogs;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.training.Surroundings;

/// What stands around a window at which nobody sits: questions are answered by doing without, and
/// nothing is opened outside of it.
public final class Unattended implements Dialogs, DataDialogs, Desktop, Surroundings {

    @Override
    public Optional<Path> chooseToOpen() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> chooseToSave(String suggestion) {
        return Optional.empty();
    }

    @Override
    public Unsaved askUnsaved(String name) {
        return Unsaved.DISCARD;
    }

    @Override
    public Optional<Path> chooseFile() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> chooseFolder() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> chooseFile(String name, FigureFile kind) {
        return Optional.empty();
    }

    @Override
    public void browse(String address) {}

    @Override
    public void quit() {}

    @Override
    public void tell(String message) {}

    @Override
    public void warn(String message) {}
}
