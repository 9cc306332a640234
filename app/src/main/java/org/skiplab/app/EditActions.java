package org.skiplab.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import org.skiplab.app.canvas.CanvasViewModel;
import org.skiplab.app.command.Action;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.engine.graph.edit.Catalogue;

/// The commands of the menu Edit, which change the network or what is selected of it.
final class EditActions {

    private final DocumentViewModel document;
    private final CanvasViewModel canvas;

    EditActions(Workbench bench) {
        this.document = bench.document();
        this.canvas = bench.canvas();
    }

    Action undo() {
        return new Action(
                "edit.undo",
                document.undoTitleProperty(),
                "Shortcut+Z",
                "mdmz-undo",
                document.canUndoProperty(),
                canvas.edits()::undo);
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

    /// What a pointer does by clicking and pulling wires, for the keyboard.
    List<Action> wires() {
        return List.of(
                Action.of(
                        "edit.wire-out",
                        "Select the next wire that leaves the block",
                        "Alt+RIGHT",
                        "mdal-arrow_forward",
                        () -> canvas.walkToWire(true)),
                Action.of(
                        "edit.wire-in",
                        "Select the next wire that enters the block",
                        "Alt+LEFT",
                        "mdal-arrow_back",
                        () -> canvas.walkToWire(false)),
                Action.of(
                        "edit.connect",
                        "Wire the first selected block to the last",
                        "W",
                        "mdmz-trending_flat",
                        severalSelected(),
                        canvas.edits()::connect),
                Action.of(
                        "edit.shortcut",
                        "Add a shortcut from the first selected block to behind the last",
                        "Shift+W",
                        "mdmz-redo",
                        severalSelected(),
                        canvas.edits()::addShortcut),
                Action.of(
                        "edit.disconnect",
                        "Remove the wire from the first selected block to the last",
                        "Alt+W",
                        "mdal-link_off",
                        severalSelected(),
                        canvas.edits()::disconnect));
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

    private boolean foldable() {
        return canvas.selection().current().flatMap(canvas::runOf).isPresent();
    }

    private BooleanBinding blocksSelected() {
        return when(() -> !canvas.selectedNodes().isEmpty());
    }

    private BooleanBinding severalSelected() {
        return when(() -> canvas.selection().cards().size() > 1);
    }

    private BooleanBinding somethingSelected() {
        return when(
                () -> canvas.selection().wire().isPresent() || !canvas.selectedNodes().isEmpty());
    }

    private BooleanBinding when(BooleanSupplier condition) {
        return Bindings.createBooleanBinding(
                condition::getAsBoolean, canvas.selectionProperty(), canvas.sceneryProperty());
    }
}
