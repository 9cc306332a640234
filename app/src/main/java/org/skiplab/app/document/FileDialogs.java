package org.skiplab.app.document;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.TextInputDialog;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.file.DesignFile;

/// The operating system's file dialogs, and one question of our own.
public final class FileDialogs implements Dialogs {

    /// More would be no picture of a network any more.
    private static final double MOST_SCALE = 20;

    private final Window owner;
    private Optional<File> folder = Optional.empty();

    public FileDialogs(Window owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> chooseToOpen() {
        return remember(chooser("Open design").showOpenDialog(owner));
    }

    @Override
    public Optional<Path> chooseToSave(String suggestion) {
        FileChooser chooser = chooser("Save design");
        chooser.setInitialFileName(suggestion);
        return remember(chooser.showSaveDialog(owner));
    }

    @Override
    public Optional<Path> chooseToExport(String suggestion, String kind) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export " + kind);
        chooser.setInitialFileName(suggestion);
        String ending = suggestion.substring(suggestion.lastIndexOf('.'));
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind, "*" + ending));
        folder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        return remember(chooser.showSaveDialog(owner))
                .map(p ->
                        p.toString().toLowerCase(Locale.ROOT).endsWith(ending)
                                ? p
                                : Path.of(p + ending));
    }

    @Override
    public Unsaved askUnsaved(String name) {
        ButtonType save = new ButtonType("Save", ButtonData.YES);
        ButtonType discard = new ButtonType("Don't save", ButtonData.NO);
        ButtonType cancel = new ButtonType("Cancel", ButtonData.CANCEL_CLOSE);
        Alert alert =
                new Alert(
                        Alert.AlertType.CONFIRMATION,
                        "Without saving they are lost.",
                        save,
                        discard,
                        cancel);
        alert.initOwner(owner);
        alert.setTitle("SkipLab");
        alert.setHeaderText("Save the changes to " + name + "?");
        ButtonType answer = alert.showAndWait().orElse(cancel);
        return answer == save ? Unsaved.SAVE : answer == discard ? Unsaved.DISCARD : Unsaved.CANCEL;
    }

    @Override
    public OptionalDouble askScale() {
        TextInputDialog dialog = new TextInputDialog("3");
        dialog.initOwner(owner);
        dialog.setTitle("SkipLab");
        dialog.setHeaderText("Pixels of the picture for one pixel at 100 %");
        dialog.getDialogPane()
                .lookupButton(ButtonType.OK)
                .disableProperty()
                .bind(dialog.getEditor().textProperty().map(t -> scale(t).isEmpty()));
        return dialog.showAndWait().map(FileDialogs::scale).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble scale(String text) {
        try {
            double scale = Double.parseDouble(text.strip().replace(',', '.'));
            return scale > 0 && scale <= MOST_SCALE
                    ? OptionalDouble.of(scale)
                    : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    private FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter(
                                "SkipLab designs", "*." + DesignFile.EXTENSION),
                        new FileChooser.ExtensionFilter("All files", "*.*"));
        folder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        return chooser;
    }

    private Optional<Path> remember(@Nullable File chosen) {
        if (chosen == null) {
            return Optional.empty();
        }
        folder = Optional.ofNullable(chosen.getAbsoluteFile().getParentFile());
        return Optional.of(chosen.toPath());
    }
}
