package org.skiplab.app;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.skiplab.app.command.Action;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.training.Surroundings;

/// What the training half asks of the window: file choosers, the browser and the message bar.
final class WindowSurroundings implements Surroundings {

    private final Window owner;
    private final Desktop desktop;
    private final Messages messages;

    WindowSurroundings(Window owner, Desktop desktop, Messages messages) {
        this.owner = owner;
        this.desktop = desktop;
        this.messages = messages;
    }

    @Override
    public Optional<Path> chooseFile(String name, FigureFile kind) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Save as " + kind.title().toLowerCase(Locale.ROOT));
        chooser.setInitialFileName(name);
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(kind.title(), "*." + kind.extension()));
        return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> chooseFolder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    }

    @Override
    public void offer(String message, String title, Runnable action) {
        messages.show(
                Message.offer(message, Action.of("message.remedy", title, null, null, action)));
    }

    @Override
    public void browse(String address) {
        desktop.browse(address);
    }

    @Override
    public void tell(String message) {
        messages.show(Message.info(message));
    }

    @Override
    public void refuse(String message) {
        messages.show(Message.refusal(message));
    }

    @Override
    public void warn(String message) {
        messages.show(Message.error(message));
    }
}
