package org.skiplab.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skiplab.app.canvas.PictureExport;
import org.skiplab.app.command.Action;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;

/// The commands of the menu File: designs, presets, pictures, and the end.
final class FileActions {

    private final Workbench bench;
    private final DocumentViewModel document;
    private final Desktop desktop;

    FileActions(Workbench bench, Desktop desktop) {
        this.bench = bench;
        this.document = bench.document();
        this.desktop = desktop;
    }

    List<Action> file() {
        return List.of(
                Action.of("file.new", "New", "Shortcut+N", "mdmz-note_add", document::startEmpty),
                Action.of(
                        "file.open",
                        "Open…",
                        "Shortcut+O",
                        "mdal-folder_open",
                        () -> document.open()),
                Action.of("file.save", "Save", "Shortcut+S", "mdmz-save", document::save),
                Action.of("file.save-as", "Save as…", "Shortcut+Shift+S", null, document::saveAs));
    }

    Action quit() {
        return Action.of(
                "file.quit",
                "Quit",
                "Shortcut+Q",
                "mdal-exit_to_app",
                () -> document.whenSafe(desktop::quit));
    }

    /// Starts with a preset, made for the images and classes at hand.
    Action preset(Preset preset) {
        return Action.of(
                "file.preset." + preset.name(),
                "New " + preset.name(),
                null,
                "mdmz-widgets",
                () -> bench.gallery().open(preset));
    }

    List<Action> presets() {
        return Presets.all().stream().map(this::preset).toList();
    }

    Action recent(Path path) {
        return Action.of(
                "file.recent." + path,
                path.toString(),
                null,
                "mdal-history",
                () -> document.open(path));
    }

    List<Action> pictures() {
        PictureExport pictures = bench.pictures();
        List<Action> actions = new ArrayList<>();
        actions.add(
                Action.of(
                        "file.picture.copy",
                        "Copy picture",
                        "Shortcut+Shift+C",
                        "mdal-content_copy",
                        () -> pictures.copy(false)));
        for (boolean dark : new boolean[] {false, true}) {
            String shade = dark ? ", dark" : "";
            actions.add(
                    Action.of(
                            "file.picture.svg" + shade,
                            "Picture as SVG" + shade + "…",
                            dark ? null : "Shortcut+Shift+E",
                            "mdal-image",
                            () -> pictures.svg(dark)));
            for (int scale : new int[] {1, 2, 4}) {
                actions.add(
                        Action.of(
                                "file.picture.png" + scale + shade,
                                "Picture as PNG ×" + scale + shade + "…",
                                null,
                                "mdal-image",
                                () -> pictures.png(dark, scale)));
            }
            actions.add(
                    Action.of(
                            "file.picture.png" + shade,
                            "Picture as PNG at any scale" + shade + "…",
                            null,
                            "mdal-image",
                            () -> pictures.png(dark)));
        }
        return actions;
    }
}
