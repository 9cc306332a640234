package org.skiplab.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import org.skiplab.app.canvas.CanvasView;
import org.skiplab.app.canvas.CanvasViewModel;
import org.skiplab.app.canvas.Colouring;
import org.skiplab.app.canvas.PictureExport;
import org.skiplab.app.canvas.Viewport;
import org.skiplab.app.command.Action;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.theme.ThemeChoice;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.edit.Catalogue;

/// Every command of the window's composing half, by menu.
final class WindowActions {

    private final Workbench bench;
    private final DocumentViewModel document;
    private final CanvasViewModel canvas;
    private final Desktop desktop;

    WindowActions(Workbench bench, Desktop desktop) {
        this.bench = bench;
        this.document = bench.document();
        this.canvas = bench.canvas();
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

    Action recent(Path path) {
        return Action.of(
                "file.recent." + path,
                path.toString(),
                null,
                "mdal-history",
                () -> document.open(path));
    }

    Action undo() {
        return new Action(
                "edit.undo",
                document.undoTitleProperty(),
                "Shortcut+Z",
                "mdmz-undo",
                document.canUndoProperty(),
                document::undo);
    }

    Action redo() {
        return new Action(
                "edit.redo",
                document.redoTitleProperty(),
                "Shortcut+Shift+Z",
                "mdmz-redo",
                document.canRedoProperty(),
                document::redo);
    }

    List<Action> clipboard() {
        return List.of(
                Action.of(
                        "edit.cut",
                        "Cut",
                        "Shortcut+X",
                        "mdal-content_cut",
                        blocksSelected(),
                        canvas.edits()::cut),
                Action.of(
                        "edit.copy",
                        "Copy",
                        "Shortcut+C",
                        "mdal-content_copy",
                        blocksSelected(),
                        canvas.edits()::copy),
                Action.of(
                        "edit.paste",
                        "Paste",
                        "Shortcut+V",
                        "mdal-content_paste",
                        Bindings.createBooleanBinding(
                                () -> !canvas.edits().clipboardProperty().get().isEmpty(),
                                canvas.edits().clipboardProperty()),
                        canvas.edits()::paste),
                Action.of(
                        "edit.duplicate",
                        "Duplicate",
                        "Shortcut+D",
                        "mdal-library_add",
                        blocksSelected(),
                        canvas.edits()::duplicate),
                Action.of(
                        "edit.remove",
                        "Remove",
                        "DELETE",
                        "mdal-delete_outline",
                        somethingSelected(),
                        canvas.edits()::remove));
    }

    List<Action> blocks() {
        return List.of(
                Action.of(
                        "edit.gate",
                        "Add or remove drop path",
                        "G",
                        "mdal-lightbulb",
                        blocksSelected(),
                        canvas.edits()::toggleGate),
                Action.of(
                        "edit.break-apart",
                        "Break apart into layers",
                        "Shortcut+B",
                        "mdal-call_split",
                        blocksSelected(),
                        canvas.edits()::breakApart),
                Action.of(
                        "edit.wrap",
                        "Recognise layers as a block",
                        "Shortcut+Shift+B",
                        "mdal-call_merge",
                        blocksSelected(),
                        canvas.edits()::wrap),
                Action.of(
                        "edit.group",
                        "Group into one stage",
                        "Shortcut+G",
                        "mdal-library_books",
                        blocksSelected(),
                        canvas.edits()::group),
                Action.of(
                        "edit.ungroup",
                        "Ungroup the stage",
                        "Shortcut+Shift+G",
                        "mdal-library_books",
                        blocksSelected(),
                        canvas.edits()::ungroup),
                Action.of(
                        "edit.repeat-more",
                        "Repeat once more",
                        "Alt+UP",
                        "mdal-exposure_plus_1",
                        blocksSelected(),
                        () -> canvas.edits().repeatMore(1)),
                Action.of(
                        "edit.repeat-less",
                        "Repeat once less",
                        "Alt+DOWN",
                        "mdal-exposure_neg_1",
                        blocksSelected(),
                        () -> canvas.edits().repeatMore(-1)),
                Action.of(
                        "edit.open",
                        "Look inside",
                        "ENTER",
                        "mdmz-zoom_in",
                        blocksSelected(),
                        () ->
                                canvas.selection()
                                        .current()
                                        .ifPresent(c -> {
                                            if (!canvas.enter(c)) {
                                                canvas.toggleFold(c);
                                            }
                                        })),
                Action.of(
                        "edit.fold",
                        "Fold or unfold identical blocks",
                        "Shift+ENTER",
                        "mdmz-unfold_more",
                        when(this::foldable),
                        () -> canvas.selection().current().ifPresent(canvas::toggleFold)));
    }

    Action selectAll() {
        return Action.of(
                "edit.select-all",
                "Select all",
                "Shortcut+A",
                "mdmz-select_all",
                canvas::selectAll);
    }

    /// Appends each kind of block, for the command palette.
    List<Action> insertions() {
        List<Action> actions = new ArrayList<>();
        for (Catalogue entry : Catalogue.values()) {
            actions.add(
                    Action.of(
                            "insert." + entry.id(),
                            "Insert " + entry.title(),
                            null,
                            "mdal-add",
                            () -> canvas.edits().append(entry)));
        }
        return actions;
    }

    List<Action> presets() {
        return Presets.all().stream().map(this::preset).toList();
    }

    List<Action> zoom(CanvasView view) {
        return List.of(
                Action.of("view.fit", "Fit", "Shortcut+DIGIT0", "mdmz-zoom_out_map", view::fit),
                Action.of(
                        "view.fit-selection",
                        "Zoom to selection",
                        "Shortcut+DIGIT9",
                        "mdal-center_focus_weak",
                        view::fitSelection),
                Action.of(
                        "view.zoom-in",
                        "Zoom in",
                        "Shortcut+EQUALS",
                        "mdmz-zoom_in",
                        () -> view.zoom(Viewport.STEP)),
                Action.of(
                        "view.zoom-out",
                        "Zoom out",
                        "Shortcut+MINUS",
                        "mdmz-zoom_out",
                        () -> view.zoom(1 / Viewport.STEP)));
    }

    List<Action> folds() {
        return List.of(
                Action.of(
                        "view.fold-all",
                        "Fold all identical blocks",
                        "Shortcut+Shift+F",
                        "mdmz-unfold_less",
                        () -> canvas.foldAll(true)),
                Action.of(
                        "view.unfold-all",
                        "Unfold all blocks",
                        "Shortcut+Shift+U",
                        "mdmz-unfold_more",
                        () -> canvas.foldAll(false)));
    }

    Action labels() {
        return new Action(
                "view.wire-labels",
                title(
                        Bindings.when(canvas.labelsProperty())
                                .then("Shapes only on the wire under the pointer")
                                .otherwise("Shapes on every wire")),
                "Shortcut+L",
                "mdal-label",
                always(),
                () -> canvas.labelsProperty().set(!canvas.labelsProperty().get()));
    }

    List<Action> colours() {
        List<Action> actions = new ArrayList<>();
        for (Colouring colouring : Colouring.values()) {
            actions.add(
                    Action.of(
                            "view.colour." + colouring.name(),
                            "Colour by " + colouring.word(),
                            "Alt+Shift+" + (colouring.ordinal() + 1),
                            "mdmz-palette",
                            () -> canvas.colours().colouringProperty().set(colouring)));
        }
        return actions;
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
        }
        return actions;
    }

    List<Action> panels() {
        AppSettings settings = bench.settings();
        return List.of(
                new Action(
                        "view.palette",
                        title(
                                settings.paletteShown()
                                        .map(on -> on ? "Hide palette" : "Show palette")),
                        "F7",
                        null,
                        always(),
                        () -> settings.paletteShown().set(!settings.paletteShown().get())),
                new Action(
                        "view.inspector",
                        title(
                                settings.inspectorShown()
                                        .map(on -> on ? "Hide inspector" : "Show inspector")),
                        "F8",
                        null,
                        always(),
                        () -> settings.inspectorShown().set(!settings.inspectorShown().get())),
                new Action(
                        "view.insights",
                        title(
                                settings.insightsShown()
                                        .map(on -> on ? "Hide insights" : "Show insights")),
                        "F9",
                        null,
                        always(),
                        () -> settings.insightsShown().set(!settings.insightsShown().get())));
    }

    List<Action> themes() {
        List<Action> actions = new ArrayList<>();
        for (ThemeChoice choice : ThemeChoice.values()) {
            actions.add(
                    Action.of(
                            "view.theme." + choice.name(),
                            "Theme: " + choice.title(),
                            null,
                            switch (choice) {
                                case SYSTEM -> "mdmz-settings_brightness";
                                case LIGHT -> "mdmz-wb_sunny";
                                case DARK -> "mdmz-nights_stay";
                            },
                            () -> bench.settings().theme().set(choice)));
        }
        return actions;
    }

    List<Action> textSizes() {
        List<Action> actions = new ArrayList<>();
        actions.add(textSize("system", "as the system", AppSettings.SYSTEM_TEXT));
        Theme.TEXT_SIZES.forEach(size -> actions.add(textSize("" + size, size + " %", size)));
        return actions;
    }

    private Action textSize(String id, String title, int size) {
        return Action.of(
                "view.text." + id,
                "Text size: " + title,
                null,
                "mdal-format_size",
                () -> bench.settings().textChoice().set(size));
    }

    private boolean foldable() {
        return canvas.selection().current().flatMap(canvas::runOf).isPresent();
    }

    private BooleanBinding blocksSelected() {
        return when(() -> !canvas.selectedNodes().isEmpty());
    }

    private BooleanBinding somethingSelected() {
        return when(
                () -> canvas.selection().wire().isPresent() || !canvas.selectedNodes().isEmpty());
    }

    private BooleanBinding when(BooleanSupplier condition) {
        return Bindings.createBooleanBinding(
                condition::getAsBoolean, canvas.selectionProperty(), canvas.sceneryProperty());
    }

    private static ObservableBooleanValue always() {
        return new SimpleBooleanProperty(true);
    }

    private static SimpleStringProperty title(ObservableValue<String> text) {
        SimpleStringProperty title = new SimpleStringProperty();
        title.bind(text);
        return title;
    }
}
