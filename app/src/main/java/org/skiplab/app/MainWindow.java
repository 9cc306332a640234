package org.skiplab.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.canvas.Breadcrumbs;
import org.skiplab.app.canvas.CanvasView;
import org.skiplab.app.canvas.ColourLegend;
import org.skiplab.app.canvas.DragHint;
import org.skiplab.app.canvas.Minimap;
import org.skiplab.app.canvas.ProblemBar;
import org.skiplab.app.command.Action;
import org.skiplab.app.command.Actions;
import org.skiplab.app.command.CommandPalette;
import org.skiplab.app.data.DataPanel;
import org.skiplab.app.inspector.InspectorView;
import org.skiplab.app.message.MessageBar;
import org.skiplab.app.palette.PaletteView;
import org.skiplab.app.text.Quantity;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.training.TrainingPanel;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Family;
import org.skiplab.engine.graph.Paper;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.file.DesignFile;

/// The window's content: menus, palette, canvas, inspector, and the training half below them.
public final class MainWindow {

    private static final double PALETTE_WIDTH = 250;
    private static final double INSPECTOR_WIDTH = 286;

    /// Share of the height that canvas and panels get when the insight dock is open.
    private static final double CANVAS_SHARE = 0.62;

    private static final double LEAST_BELOW = 120;

    private final Workbench bench;
    private final WindowActions actions;
    private final Desktop desktop;
    private final Optional<TrainingPanel> training;
    private final Optional<DataPanel> data;
    private final StackPane root = new StackPane();
    private final CanvasView canvas;
    private final PaletteView palette;
    private final CommandPalette commands;
    private final List<Action> everything = new ArrayList<>();
    private final Sheets sheets;

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
        this.desktop = desktop;
        this.training = training;
        actions = new WindowActions(bench, desktop);
        sheets = new Sheets(bench, desktop, training, this::everything);
        DragHint hint = new DragHint();
        canvas = new CanvasView(bench.canvas(), bench.settings().textSize(), hint);
        palette = new PaletteView(bench.canvas().edits()::append, canvas.blockDrag());
        InspectorView inspector = sheets.inspector();
        inspector.setMinWidth(230);
        palette.setMinWidth(56);
        commands = new CommandPalette(this::everything);
        training.ifPresent(t -> {
            bench.canvas().ranProperty().bind(t.ran());
            bench.canvas().colours().follow(t.gradients(), t.times());
        });

        BorderPane frame = new BorderPane();
        frame.setTop(topBar());
        frame.setCenter(body(inspector));
        root.getChildren().addAll(frame, hint);
        data.ifPresent(d -> root.getChildren().add(d.overlay()));
        root.getChildren().add(commands);
        root.getStyleClass().add("window");
        root.addEventHandler(KeyEvent.KEY_PRESSED, MainWindow::keepTypingHere);
        root.setOnDragOver(MainWindow::acceptFile);
        root.setOnDragDropped(this::openDropped);
        training.ifPresent(this::join);
        canvas.setOnContextMenuRequested(
                e -> contextMenu().show(canvas, e.getScreenX(), e.getScreenY()));
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

    public CommandPalette commands() {
        return commands;
    }

    /// Runs a command by its id, as the command palette does.
    ///
    /// @throws IllegalArgumentException if there is none
    public void run(String id) {
        everything().stream()
                .filter(a -> a.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no command " + id))
                .run();
    }

    /// Puts the keyboard where it is of most use at the start.
    public void focusCanvas() {
        canvas.requestFocus();
    }

    private List<Action> everything() {
        List<Action> all = new ArrayList<>(everything);
        all.addAll(actions.insertions());
        all.addAll(actions.presets());
        bench.settings().recentFiles().get().forEach(p -> all.add(actions.recent(p)));
        return all;
    }

    private Node body(InspectorView inspector) {
        SplitPane columns = new SplitPane();
        columns.getStyleClass().add("columns");
        Node middle = canvasArea();
        SplitPane.setResizableWithParent(palette, false);
        SplitPane.setResizableWithParent(inspector, false);
        bench.settings().paletteShown().subscribe(_ -> arrange(columns, inspector, middle));
        bench.settings().inspectorShown().subscribe(_ -> arrange(columns, inspector, middle));
        columns.widthProperty()
                .addListener((_, before, _) -> {
                    if (before.doubleValue() == 0) {
                        divide(columns);
                    }
                });
        return training.map(panel -> withTraining(columns, panel)).orElse(columns);
    }

    /// The transport bar is always there; the insight dock below it shares the height with the
    /// canvas while it is open.
    private Node withTraining(SplitPane columns, TrainingPanel panel) {
        BorderPane frame = new BorderPane();
        VBox below = new VBox();
        SplitPane rows = new SplitPane();
        rows.setOrientation(Orientation.VERTICAL);
        rows.getStyleClass().add("rows");
        SplitPane.setResizableWithParent(below, false);
        VBox.setVgrow(panel.dock(), Priority.ALWAYS);
        bench.settings()
                .insightsShown()
                .subscribe(open -> {
                    rows.getItems().clear();
                    frame.setCenter(null);
                    if (open) {
                        below.getChildren().setAll(panel.transport(), panel.dock());
                        below.setMinHeight(LEAST_BELOW);
                        rows.getItems().setAll(columns, below);
                        rows.setDividerPositions(CANVAS_SHARE);
                        frame.setBottom(null);
                        frame.setCenter(rows);
                    } else {
                        below.getChildren().clear();
                        frame.setBottom(panel.transport());
                        frame.setCenter(columns);
                    }
                });
        return frame;
    }

    private void arrange(SplitPane columns, Node inspector, Node middle) {
        List<Node> shown = new ArrayList<>();
        if (bench.settings().paletteShown().get()) {
            shown.add(palette);
        }
        shown.add(middle);
        if (bench.settings().inspectorShown().get()) {
            shown.add(inspector);
        }
        columns.getItems().setAll(shown);
        divide(columns);
    }

    /// Gives the panels their widths, the canvas the rest. In a narrow window the palette shows
    /// glyphs only.
    private void divide(SplitPane columns) {
        double width = columns.getWidth();
        if (width <= 0) {
            return;
        }
        double scale = bench.settings().textSize().getValue() / 100.0;
        double left = width < 1200 * scale ? 58 : PALETTE_WIDTH * scale;
        double right = Math.min(INSPECTOR_WIDTH * scale, width * 0.3);
        int divider = 0;
        if (bench.settings().paletteShown().get()) {
            columns.setDividerPosition(divider++, left / width);
        }
        if (bench.settings().inspectorShown().get()) {
            columns.setDividerPosition(divider, 1 - right / width);
        }
    }

    private Node canvasArea() {
        Label name = new Label();
        name.textProperty().bind(bench.document().titleProperty());
        name.getStyleClass().add("document-title");
        name.setMinWidth(0);
        Label cost = new Label();
        cost.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        Label state = new Label();
        state.setId("run-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        bench.document().analysisProperty().subscribe(a -> showState(a, cost, state));
        HBox head = new HBox(10, name, cost, spacer(), state);
        head.getStyleClass().add("canvas-head");
        head.setAlignment(Pos.CENTER_LEFT);

        Label zoom = new Label();
        zoom.getStyleClass().addAll(AppStyles.SMALL, "zoom-value");
        zoom.textProperty()
                .bind(
                        bench.canvas()
                                .viewport()
                                .zoomProperty()
                                .map(z -> Math.round(z.doubleValue() * 100) + " %"));
        List<Action> zooms = actions.zoom(canvas);
        HBox tools =
                new HBox(
                        Actions.iconButton(zooms.get(3)),
                        zoom,
                        Actions.iconButton(zooms.get(2)),
                        Actions.iconButton(zooms.get(0)));
        tools.getChildren().addFirst(new ColourLegend(bench.canvas()));
        tools.setAlignment(Pos.CENTER);
        tools.getStyleClass().add("canvas-tools");
        tools.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        MessageBar messages = new MessageBar(bench.messages());
        StackPane.setAlignment(tools, Pos.BOTTOM_RIGHT);
        StackPane.setAlignment(messages, Pos.BOTTOM_CENTER);
        Minimap map = new Minimap(bench.canvas(), canvas);
        Breadcrumbs crumbs = new Breadcrumbs(bench.canvas());
        StackPane.setAlignment(map, Pos.BOTTOM_LEFT);
        StackPane.setAlignment(crumbs, Pos.TOP_LEFT);
        StackPane stage = new StackPane(canvas, map, sheets.start(), crumbs, tools, messages);
        stage.setMinSize(260, 140);
        VBox.setVgrow(stage, Priority.ALWAYS);
        VBox area = new VBox(head, new ProblemBar(bench.canvas()), stage);
        area.getStyleClass().add("canvas-area");
        area.setMinWidth(280);
        return area;
    }

    private static void showState(Analysis analysis, Label cost, Label state) {
        cost.setText(
                Quantity.brief(analysis.parameters())
                        + " parameters · "
                        + Quantity.brief(analysis.macs())
                        + " MACs");
        boolean runs = analysis.runnable();
        state.setText(runs ? "Can run" : "Cannot run");
        state.setGraphic(new FontIcon(runs ? "mdal-check_circle_outline" : "mdal-error_outline"));
        state.getStyleClass().setAll("label", "run-state", runs ? "good" : "bad");
    }

    private Node topBar() {
        MenuBar menus = new MenuBar(fileMenu(), editMenu(), viewMenu());
        menus.setUseSystemMenuBar(true);
        training.ifPresent(t -> menus.getMenus().add(menu("Train", t.actions())));
        data.ifPresent(d -> menus.getMenus().add(menu("Data", d.actions())));
        menus.getMenus().add(helpMenu());
        menus.getStyleClass().add("menus");
        HBox.setHgrow(menus, Priority.ALWAYS);
        Button search = new Button("Commands", new FontIcon("mdmz-search"));
        search.setId("open-commands");
        search.getStyleClass().addAll("flat", "search-button");
        search.setOnAction(_ -> commands.open(""));
        HBox bar =
                new HBox(
                        menus,
                        Actions.iconButton(actions.undo()),
                        Actions.iconButton(actions.redo()),
                        search);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("top-bar");
        return bar;
    }

    private Menu fileMenu() {
        List<Action> file = actions.file();
        Menu menu = menu("File", file.subList(0, 1));
        add(menu, sheets.openGallery());
        Menu presets = new Menu("New from preset", new FontIcon("mdmz-widgets"));
        Map<Family, Menu> families = new LinkedHashMap<>();
        for (Preset preset : Presets.all()) {
            Menu family = families.computeIfAbsent(preset.family(), f -> new Menu(f.title()));
            MenuItem item = Actions.menuItem(actions.preset(preset));
            item.textProperty().unbind();
            item.setText(preset.name());
            item.setGraphic(null);
            family.getItems().add(item);
        }
        presets.getItems().setAll(families.values());
        menu.getItems().add(presets);
        add(menu, file.get(1));
        Menu recent = new Menu("Open recent", new FontIcon("mdal-history"));
        bench.settings().recentFiles().subscribe(files -> fillRecent(recent, files));
        menu.getItems().addAll(recent, new SeparatorMenuItem());
        file.subList(2, file.size()).forEach(a -> add(menu, a));
        training.map(TrainingPanel::exports)
                .filter(exports -> !exports.isEmpty())
                .ifPresent(exports -> menu.getItems().add(menu("Export network", exports)));
        menu.getItems().add(menu("Export picture", actions.pictures()));
        add(menu, sheets.keep());
        menu.getItems().add(new SeparatorMenuItem());
        add(menu, actions.quit());
        return menu;
    }

    private void fillRecent(Menu menu, List<Path> files) {
        menu.getItems()
                .setAll(files.stream().map(f -> Actions.menuItem(actions.recent(f))).toList());
        menu.setDisable(files.isEmpty());
    }

    private Menu editMenu() {
        Menu menu = menu("Edit", List.of(actions.undo(), actions.redo()));
        menu.getItems().add(new SeparatorMenuItem());
        actions.clipboard().forEach(a -> add(menu, a));
        add(menu, actions.selectAll());
        menu.getItems().add(new SeparatorMenuItem());
        actions.blocks().forEach(a -> add(menu, a));
        menu.getItems().add(new SeparatorMenuItem());
        add(
                menu,
                Action.of(
                        "edit.insert",
                        "Insert block…",
                        "INSERT",
                        "mdal-add",
                        () -> commands.open("insert ")));
        return menu;
    }

    private Menu viewMenu() {
        Menu menu = new Menu("View");
        add(
                menu,
                Action.of(
                        "view.commands",
                        "All commands…",
                        "Shortcut+K",
                        "mdmz-search",
                        () -> commands.open("")));
        menu.getItems().add(new SeparatorMenuItem());
        actions.zoom(canvas).forEach(a -> add(menu, a));
        menu.getItems().add(new SeparatorMenuItem());
        actions.folds().forEach(a -> add(menu, a));
        add(menu, actions.labels());
        menu.getItems().add(menu("Colour", actions.colours()));
        menu.getItems().add(new SeparatorMenuItem());
        actions.panels().forEach(a -> add(menu, a));
        Menu theme = menu("Theme", actions.themes());
        Menu text = menu("Text size", actions.textSizes());
        menu.getItems().addAll(theme, text, new SeparatorMenuItem());
        add(menu, sheets.openCompare());
        return menu;
    }

    private Menu helpMenu() {
        Menu menu = menu("Help", sheets.pages());
        menu.getItems().add(new SeparatorMenuItem());
        for (Paper paper : Paper.values()) {
            add(
                    menu,
                    Action.of(
                            "help." + paper.name(),
                            "Paper: " + paper.authors() + ", " + paper.title(),
                            null,
                            "mdal-article",
                            () -> desktop.browse(paper.url())));
        }
        return menu;
    }

    private ContextMenu contextMenu() {
        ContextMenu menu = new ContextMenu();
        actions.blocks().forEach(a -> menu.getItems().add(Actions.menuItem(a)));
        menu.getItems().add(new SeparatorMenuItem());
        actions.clipboard().forEach(a -> menu.getItems().add(Actions.menuItem(a)));
        return menu;
    }

    private Menu menu(String title, List<Action> entries) {
        Menu menu = new Menu(title);
        entries.forEach(a -> add(menu, a));
        return menu;
    }

    private void add(Menu menu, Action action) {
        menu.getItems().add(Actions.menuItem(action));
        everything.add(action);
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

    private static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
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
