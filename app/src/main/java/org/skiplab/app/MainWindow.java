package org.skiplab.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.skiplab.app.canvas.CanvasView;
import org.skiplab.app.canvas.DragHint;
import org.skiplab.app.command.Action;
import org.skiplab.app.command.CommandPalette;
import org.skiplab.app.data.DataPanel;
import org.skiplab.app.fx.ControlKeys;
import org.skiplab.app.inspector.InspectorView;
import org.skiplab.app.palette.PaletteView;
import org.skiplab.app.training.TrainingPanel;
import org.skiplab.engine.graph.file.DesignFile;

/// The window's content: menus, palette, canvas, inspector, and the training half below them.
public final class MainWindow {

    private final Workbench bench;
    private final Optional<DataPanel> data;
    private final StackPane root = new StackPane();
    private final CanvasView canvas;
    private final PaletteView palette;
    private final CommandPalette commands;
    private final Sheets sheets;
    private final Menus menus;

    /// @param training what hangs below the canvas; empty leaves its room to the canvas
    public MainWindow(Workbench bench, Desktop desktop, Optional<TrainingPanel> training) {
        this(bench, desktop, training, Optional.empty());
    }

    /// @param data lies over everything when it is opened
    public MainWindow(
            Workbench bench,
            Desktop desktop,
            Optional<TrainingPanel> training,
            Optional<DataPanel> data) {
        this.data = data;
        this.bench = bench;
        sheets = new Sheets(bench, desktop, training, this::everything);
        DragHint hint = new DragHint();
        canvas = new CanvasView(bench.canvas(), bench.settings().textSize(), hint);
        palette = new PaletteView(bench.canvas().edits()::append, canvas.blockDrag());
        InspectorView inspector = sheets.inspector();
        inspector.setMinWidth(230);
        palette.setMinWidth(56);
        menus = new Menus(bench, desktop, training, data, sheets, canvas, this::search);
        commands = new CommandPalette(menus::everything);
        training.ifPresent(t -> {
            bench.canvas().ranProperty().bind(t.ran());
            bench.canvas().colours().follow(t.gradients(), t.times());
        });

        BorderPane frame = new BorderPane();
        frame.setTop(menus.bar());
        CanvasArea area = new CanvasArea(bench, canvas, sheets.start());
        frame.setCenter(new Panels(bench.settings(), palette, area, inspector, training).node());
        root.getChildren().addAll(frame, hint);
        data.ifPresent(d -> root.getChildren().add(d.overlay()));
        root.getChildren().add(commands);
        root.getStyleClass().add("window");
        root.addEventHandler(KeyEvent.KEY_PRESSED, MainWindow::keepTypingHere);
        ControlKeys.below(root);
        root.setOnDragOver(MainWindow::acceptFile);
        root.setOnDragDropped(this::openDropped);
        training.ifPresent(this::join);
        canvas.setOnContextMenuRequested(
                e -> menus.atPointer().show(canvas, e.getScreenX(), e.getScreenY()));
        sheets.over(root);
    }

    /// Canvas and insights tell each other what is pointed at.
    private void join(TrainingPanel panel) {
        bench.canvas().cutProperty().bind(panel.cut());
        bench.canvas().litProperty().bind(panel.lit());
        bench.canvas()
                .selectionProperty()
                .subscribe(_ ->
                        panel.select(
                                bench.canvas().selectedNodes().stream()
                                        .map(org.skiplab.engine.graph.Node::id)
                                        .toList()));
    }

    public Parent root() {
        return root;
    }

    public CanvasView canvas() {
        return canvas;
    }

    public PaletteView palette() {
        return palette;
    }

    /// What lies over the window when it is asked for.
    Sheets sheets() {
        return sheets;
    }

    /// Runs a command by its id, as the command palette does.
    ///
    /// @throws IllegalArgumentException if there is none
    public void run(String id) {
        menus.everything().stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no command " + id))
                .run();
    }

    /// Puts the keyboard where it is of most use at the start.
    public void focusCanvas() {
        canvas.requestFocus();
    }

    /// A design dragged here from the file manager is opened.
    private static void acceptFile(DragEvent e) {
        if (e.getDragboard().hasFiles()) {
            e.acceptTransferModes(TransferMode.COPY);
        }
        e.consume();
    }

    private void openDropped(DragEvent e) {
        boolean taken = e.getDragboard().hasFiles();
        if (taken) {
            drop(e.getDragboard().getFiles().getFirst().toPath());
        }
        e.setDropCompleted(taken);
        e.consume();
    }

    private List<Action> everything() {
        return menus.everything();
    }

    private void search(String words) {
        commands.open(words);
    }

    /// Designs are opened, everything else is taken for data.
    void drop(Path file) {
        boolean design = file.getFileName().toString().endsWith("." + DesignFile.EXTENSION);
        if (design || data.isEmpty()) {
            bench.document().open(file);
        } else {
            data.get().open(file);
        }
    }

    /// While someone types in a field, keys without Ctrl or Alt are letters, not commands.
    private static void keepTypingHere(KeyEvent e) {
        boolean plain =
                !e.isShortcutDown() && !e.isAltDown() && !e.isControlDown() && !e.isMetaDown();
        boolean leaves = e.getCode() == KeyCode.ESCAPE || e.getCode().isFunctionKey();
        if (e.getTarget() instanceof TextInputControl && plain && !leaves) {
            e.consume();
        }
    }
}
