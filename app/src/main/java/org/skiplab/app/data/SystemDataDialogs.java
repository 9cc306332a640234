package org.skiplab.app.data;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The operating system's choosers of files and folders.
public final class SystemDataDialogs implements DataDialogs {

    private final Window owner;
    private Optional<File> folder = Optional.empty();

    public SystemDataDialogs(Window owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> chooseFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Open data");
        chooser.getExtensionFilters()
                .addAll(
                        new ExtensionFilter(
                                "Data",
                                "*.tar.gz",
                                "*.tgz",
                                "*.tar",
                                "*.zip",
                                "*.bin",
                                "*.mat",
                                "*.csv",
                                "*.csv.gz",
                                "*ubyte",
                                "*ubyte.gz"),
                        new ExtensionFilter("CIFAR archives", "*.tar.gz", "*.tgz", "*.tar"),
                        new ExtensionFilter("SVHN, cropped digits", "*.mat"),
                        new ExtensionFilter("MNIST and its kin (IDX)", "*ubyte", "*ubyte.gz"),
                        new ExtensionFilter("Tables of pixels", "*.csv", "*.csv.gz"),
                        new ExtensionFilter("All files", "*.*"));
        folder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        return remembered(chooser.showOpenDialog(owner));
    }

    @Override
    public Optional<Path> chooseFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Open a folder of data or pictures");
        folder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        return remembered(chooser.showDialog(owner));
    }

    private Optional<Path> remembered(@Nullable File chosen) {
        if (chosen == null) {
            return Optional.empty();
        }
        folder = Optional.ofNullable(chosen.getAbsoluteFile().getParentFile());
        return Optional.of(chosen.toPath());
    }
}
