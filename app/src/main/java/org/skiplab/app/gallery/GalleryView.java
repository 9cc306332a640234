package org.skiplab.app.gallery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.collections.MapChangeListener;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.sheet.Sheet;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.graph.Family;

/// The gallery over the window: tiles by family, a search, and details of the chosen one.
///
/// Keyboard: type to search, arrows move among the tiles, Enter opens, Escape closes.
public final class GalleryView extends Sheet {

    private static final String ALL = "All";

    private final GalleryViewModel model;
    private final BooleanSupplier busy;
    private final TextField search = new TextField();
    private final FlowPane chips = new FlowPane(6, 6);
    private final VBox shelves = new VBox();
    private final ScrollPane scroll = new ScrollPane(shelves);
    private final DetailView detail;
    private final Map<String, Tile> tiles = new LinkedHashMap<>();
    private final List<Tile> shown = new ArrayList<>();
    private final TextField name = new TextField();
    private Optional<Entry> chosen = Optional.empty();
    private String section = ALL;

    /// @param busy whether something trains at the moment
    /// @param compare asked to set an entry beside the open network
    /// @param browse opens a web address
    public GalleryView(
            GalleryViewModel model,
            BooleanSupplier busy,
            Consumer<Entry> compare,
            Consumer<String> browse) {
        super("gallery", "Gallery", 1240, 860);
        this.model = model;
        this.busy = busy;
        detail = new DetailView(model, acts(compare, browse));
        search.setPromptText("Find a network, paper or table");
        search.setAccessibleText("Find a network, paper or table");
        search.setId("gallery-search");
        search.setPrefColumnCount(22);
        search.textProperty().subscribe(_ -> filter());
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::searchKey);
        name.setPromptText("Name");
        name.setId("gallery-keep-name");
        name.setAccessibleText("Name of a new preset");
        name.setPrefColumnCount(12);
        Button keep = new Button("Keep as preset", new FontIcon("mdal-bookmark_border"));
        keep.setId("gallery-keep");
        keep.disableProperty()
                .bind(name.textProperty().map(t -> OwnPresets.problem(t.strip()).isPresent()));
        keep.setOnAction(_ -> keep());
        name.setOnAction(_ -> keep());
        HBox own = new HBox(6, name, keep);
        own.setAlignment(Pos.CENTER_LEFT);
        tools(search, own);
        chips.getStyleClass().add("gallery-chips");
        chips.setAlignment(Pos.CENTER_LEFT);
        shelves.getStyleClass().add("gallery-shelves");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("panel-scroll", "gallery-scroll");
        scroll.setFocusTraversable(false);
        scroll.addEventFilter(KeyEvent.KEY_PRESSED, this::tileKey);
        scroll.addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        BorderPane body = new BorderPane(scroll);
        body.setTop(chips);
        body.setRight(detail);
        content(body);
        model.entriesProperty().subscribe(this::arrange);
        model.exhibits()
                .addListener(
                        (MapChangeListener<String, Exhibit>)
                                c -> {
                                    if (c.wasAdded()) {
                                        follow(c.getKey());
                                    }
                                });
        model.paceProperty().subscribe(_ -> model.exhibits().keySet().forEach(this::follow));
    }

    /// Shows the gallery with everything in it.
    public void open() {
        search.clear();
        name.clear();
        model.prepare(busy);
        open(search);
    }

    /// Shows the gallery where a design can be given a name and kept.
    public void openToKeep() {
        open();
        name.requestFocus();
    }

    private void keep() {
        if (OwnPresets.problem(name.getText().strip()).isEmpty()) {
            model.keep(name.getText());
            name.clear();
        }
    }

    private DetailView.Acts acts(Consumer<Entry> compare, Consumer<String> browse) {
        return new DetailView.Acts() {
            @Override
            public void open(Entry entry) {
                take(entry);
            }

            @Override
            public void compare(Entry entry) {
                close();
                compare.accept(entry);
            }

            @Override
            public void browse(String address) {
                browse.accept(address);
            }

            @Override
            public void rename(Entry.Own preset, String to) {
                model.rename(preset, to);
            }

            @Override
            public void delete(Entry.Own preset) {
                model.delete(preset);
            }
        };
    }

    private void take(Entry entry) {
        close();
        model.open(entry);
    }

    private void arrange(List<Entry> entries) {
        Map<String, Tile> before = Map.copyOf(tiles);
        tiles.clear();
        for (Entry entry : entries) {
            Tile old = before.get(entry.id());
            Tile tile = old != null && old.entry().equals(entry) ? old : tile(entry);
            tiles.put(entry.id(), tile);
        }
        chips(entries);
        filter();
    }

    private Tile tile(Entry entry) {
        Tile tile = new Tile(entry);
        Exhibit known = model.exhibits().get(entry.id());
        if (known != null) {
            tile.show(known, model.paceProperty().get());
        }
        tile.setOnMouseClicked(e -> {
            tile.requestFocus();
            if (e.getClickCount() == 2) {
                take(entry);
            }
        });
        tile.focusedProperty()
                .subscribe(on -> {
                    if (on) {
                        choose(Optional.of(entry));
                        reveal(tile);
                    }
                });
        return tile;
    }

    private void follow(String id) {
        Tile tile = tiles.get(id);
        Exhibit exhibit = model.exhibits().get(id);
        if (tile != null && exhibit != null) {
            tile.show(exhibit, model.paceProperty().get());
            if (chosen.filter(c -> c.id().equals(id)).isPresent()) {
                detail.show(chosen);
            }
        }
    }

    private void chips(List<Entry> entries) {
        ToggleGroup group = new ToggleGroup();
        chips.getChildren().clear();
        List<String> sections = new ArrayList<>(List.of(ALL));
        entries.stream().map(Entry::section).distinct().forEach(sections::add);
        if (!sections.contains(section)) {
            section = ALL;
        }
        for (String each : sections) {
            ToggleButton chip = new ToggleButton(each);
            chip.getStyleClass().addAll("small", "gallery-chip");
            chip.setToggleGroup(group);
            chip.setSelected(each.equals(section));
            chip.setOnAction(_ -> {
                chip.setSelected(true);
                section = each;
                filter();
            });
            chips.getChildren().add(chip);
        }
    }

    private void filter() {
        shelves.getChildren().clear();
        shown.clear();
        Map<String, FlowPane> rows = new LinkedHashMap<>();
        for (Tile tile : tiles.values()) {
            Entry entry = tile.entry();
            boolean here = section.equals(ALL) || section.equals(entry.section());
            if (here && entry.matches(search.getText())) {
                rows.computeIfAbsent(entry.section(), this::shelf).getChildren().add(tile);
                shown.add(tile);
            }
        }
        model.entriesProperty().get().stream()
                .filter(e -> model.problem(e).isPresent())
                .forEach(e ->
                        Optional.ofNullable(tiles.get(e.id()))
                                .ifPresent(t -> t.showProblem(model.problem(e).orElse(""))));
        Optional<Entry> kept =
                chosen.filter(c -> shown.stream().anyMatch(t -> t.entry().equals(c)));
        choose(kept.or(() -> shown.stream().map(Tile::entry).findFirst()));
        scroll.setVvalue(0);
    }

    private FlowPane shelf(String title) {
        Label label = new Label(title);
        label.getStyleClass().add("gallery-section");
        String summary = "";
        for (Family family : Family.values()) {
            if (family.title().equals(title)) {
                summary = family.summary();
            }
        }
        Label words = new Label(summary);
        words.getStyleClass().addAll(AppStyles.MUTED, AppStyles.SMALL);
        FlowPane row = new FlowPane(10, 10);
        row.getStyleClass().add("gallery-shelf");
        HBox head = new HBox(10, label, words);
        head.setAlignment(Pos.BASELINE_LEFT);
        shelves.getChildren().addAll(head, row);
        return row;
    }

    private void choose(Optional<Entry> entry) {
        chosen = entry;
        tiles.values().forEach(t -> t.showSelected(entry.filter(t.entry()::equals).isPresent()));
        detail.show(entry);
    }

    private void searchKey(KeyEvent e) {
        if (e.getCode() == KeyCode.DOWN && !shown.isEmpty()) {
            focusChosen();
            e.consume();
        } else if (e.getCode() == KeyCode.ENTER) {
            chosen.ifPresent(this::take);
            e.consume();
        }
    }

    private void focusChosen() {
        shown.stream()
                .filter(t -> chosen.filter(t.entry()::equals).isPresent())
                .findFirst()
                .or(() -> shown.stream().findFirst())
                .ifPresent(Tile::requestFocus);
    }

    private void tileKey(KeyEvent e) {
        int at = -1;
        for (int i = 0; i < shown.size(); i++) {
            at = shown.get(i).isFocused() ? i : at;
        }
        if (at < 0) {
            return;
        }
        switch (e.getCode()) {
            case LEFT -> focus(at - 1);
            case RIGHT -> focus(at + 1);
            case UP -> vertically(at, -1);
            case DOWN -> vertically(at, 1);
            case HOME -> focus(0);
            case END -> focus(shown.size() - 1);
            case ENTER, SPACE -> take(shown.get(at).entry());
            default -> {
                return;
            }
        }
        e.consume();
    }

    /// Letters typed among the tiles go on searching.
    private void typed(KeyEvent e) {
        String text = e.getCharacter();
        if (!e.isShortcutDown() && !text.isBlank() && text.codePointAt(0) > ' ') {
            search.requestFocus();
            search.appendText(text);
            search.end();
            e.consume();
        }
    }

    private void focus(int index) {
        shown.get(Math.clamp(index, 0, shown.size() - 1)).requestFocus();
    }

    /// The tile above or below, the closest by the middle.
    private void vertically(int at, int direction) {
        Bounds here = place(shown.get(at));
        Tile best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Tile tile : shown) {
            Bounds there = place(tile);
            double down = (there.getCenterY() - here.getCenterY()) * direction;
            if (down > here.getHeight() / 2) {
                double far = down * 4 + Math.abs(there.getCenterX() - here.getCenterX());
                if (far < least) {
                    least = far;
                    best = tile;
                }
            }
        }
        if (best != null) {
            best.requestFocus();
        } else if (direction < 0) {
            search.requestFocus();
        }
    }

    private Bounds place(Tile tile) {
        return shelves.sceneToLocal(tile.localToScene(tile.getBoundsInLocal()));
    }

    private void reveal(Tile tile) {
        Bounds at = place(tile);
        double view = scroll.getViewportBounds().getHeight();
        double rest = shelves.getHeight() - view;
        if (rest <= 0) {
            return;
        }
        double top = scroll.getVvalue() * rest;
        if (at.getMinY() - 30 < top) {
            scroll.setVvalue(Math.max(0, (at.getMinY() - 30) / rest));
        } else if (at.getMaxY() + 10 > top + view) {
            scroll.setVvalue(Math.min(1, (at.getMaxY() + 10 - view) / rest));
        }
    }
}
