package org.skiplab.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.canvas.CanvasView;
import org.skiplab.app.command.Action;
import org.skiplab.app.command.Actions;
import org.skiplab.app.data.DataPanel;
import org.skiplab.app.training.TrainingPanel;
import org.skiplab.engine.graph.Family;
import org.skiplab.engine.graph.Paper;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;

/// The window's menus, and all commands that are in them.
final class Menus {

    private final Workbench bench;
    private final Desktop desktop;
    private final Optional<TrainingPanel> training;
    private final Optional<DataPanel> data;
    private final Sheets sheets;
    private final CanvasView canvas;
    private final Consumer<String> search;
    private final FileActions files;
    private final EditActions edits;
    private final ViewActions views;
    private final List<Action> inMenus = new ArrayList<>();

    /// @param search opens the command palette with the first words of a search
    Menus(
            Workbench bench,
            Desktop desktop,
            Optional<TrainingPanel> training,
            Optional<DataPanel> data,
            Sheets sheets,
            CanvasView canvas,
            Consumer<String> search) {
        this.bench = bench;
        this.desktop = desktop;
        this.training = training;
        this.data = data;
        this.sheets = sheets;
        this.canvas = canvas;
        this.search = search;
        files = new FileActions(bench, desktop);
        edits = new EditActions(bench);
        views = new ViewActions(bench);
    }

    /// All commands, for the command palette and the page of keys.
    List<Action> everything() {
        List<Action> all = new ArrayList<>(inMenus);
        all.addAll(edits.insertions());
        all.addAll(files.presets());
        bench.settings().recentFiles().get().forEach(p -> all.add(files.recent(p)));
        return all;
    }

    /// The menus, and what is always at hand beside them.
    Node bar() {
        MenuBar menus = new MenuBar(fileMenu(), editMenu(), viewMenu());
        menus.setUseSystemMenuBar(true);
        training.ifPresent(t -> menus.getMenus().add(menu("Train", t.actions())));
        data.ifPresent(d -> menus.getMenus().add(menu("Data", d.actions())));
        menus.getMenus().add(helpMenu());
        menus.getStyleClass().add("menus");
        HBox.setHgrow(menus, Priority.ALWAYS);
        Button find = new Button("Commands", new FontIcon("mdmz-search"));
        find.setId("open-commands");
        find.getStyleClass().addAll("flat", "search-button");
        find.setOnAction(_ -> search.accept(""));
        HBox bar =
                new HBox(
                        menus,
                        Actions.iconButton(edits.undo()),
                        Actions.iconButton(edits.redo()),
                        find);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("top-bar");
        return bar;
    }

    private Menu fileMenu() {
        List<Action> file = files.file();
        Menu menu = menu("File", file.subList(0, 1));
        add(menu, sheets.openGallery());
        Menu presets = new Menu("New from preset", new FontIcon("mdmz-widgets"));
        Map<Family, Menu> families = new LinkedHashMap<>();
        for (Preset preset : Presets.all()) {
            Menu family = families.computeIfAbsent(preset.family(), f -> new Menu(f.title()));
            MenuItem item = Actions.menuItem(files.preset(preset));
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
        menu.getItems().add(menu("Export picture", files.pictures()));
        add(menu, sheets.keep());
        menu.getItems().add(new SeparatorMenuItem());
        add(menu, files.quit());
        return menu;
    }

    private void fillRecent(Menu menu, List<Path> recent) {
        menu.getItems()
                .setAll(recent.stream().map(f -> Actions.menuItem(files.recent(f))).toList());
        menu.setDisable(recent.isEmpty());
    }

    private Menu editMenu() {
        Menu menu = menu("Edit", List.of(edits.undo(), edits.redo()));
        menu.getItems().add(new SeparatorMenuItem());
        edits.clipboard().forEach(a -> add(menu, a));
        add(menu, edits.selectAll());
        menu.getItems().add(new SeparatorMenuItem());
        edits.blocks().forEach(a -> add(menu, a));
        menu.getItems().add(new SeparatorMenuItem());
        edits.wires().forEach(a -> add(menu, a));
        menu.getItems().add(new SeparatorMenuItem());
        add(
                menu,
                Action.of(
                        "edit.insert",
                        "Insert block…",
                        "INSERT",
                        "mdal-add",
                        () -> search.accept("insert ")));
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
                        () -> search.accept("")));
        menu.getItems().add(new SeparatorMenuItem());
        views.zoom(canvas).forEach(a -> add(menu, a));
        menu.getItems().add(new SeparatorMenuItem());
        views.folds().forEach(a -> add(menu, a));
        add(menu, views.labels());
        menu.getItems().add(menu("Colour", views.colours()));
        menu.getItems().add(new SeparatorMenuItem());
        views.panels().forEach(a -> add(menu, a));
        Menu theme = menu("Theme", views.themes());
        Menu text = menu("Text size", views.textSizes());
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

    /// What can be done to the blocks, at the pointer.
    ContextMenu atPointer() {
        ContextMenu menu = new ContextMenu();
        edits.blocks().forEach(a -> menu.getItems().add(Actions.menuItem(a)));
        menu.getItems().add(new SeparatorMenuItem());
        edits.clipboard().forEach(a -> menu.getItems().add(Actions.menuItem(a)));
        return menu;
    }

    private Menu menu(String title, List<Action> entries) {
        Menu menu = new Menu(title);
        entries.forEach(a -> add(menu, a));
        return menu;
    }

    private void add(Menu menu, Action action) {
        menu.getItems().add(Actions.menuItem(action));
        inMenus.add(action);
    }
}
